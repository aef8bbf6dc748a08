// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/sql/sqldatabase.h>

#include "accounts.h"
#include "blobs.h"
#include "collections.h"
#include "connectionpool.h"
#include "filters.h"
#include "follows.h"
#include "groupcommit.h"
#include "instance.h"
#include "integrity.h"
#include "jobs.h"
#include "markers.h"
#include "media.h"
#include "migrator.h"
#include "moderation.h"
#include "notifications.h"
#include "oauth.h"
#include "pooledexecutor.h"
#include "postgresconnection.h"
#include "postgrestransactions.h"
#include "push.h"
#include "relations.h"
#include "reports.h"
#include "scheduledstatuses.h"
#include "search.h"
#include "sqlaccess.h"
#include "sqliteconnection.h"
#include "statuses.h"
#include "tags.h"
#include "transfers.h"
#include "twofactor.h"
#include "unitofwork.h"
#include "uploads.h"

#include <QUrl>
#include <QUrlQuery>

namespace graminsta::sql
{

// All that works together on one database, in the order of its making.
class SqlDatabase::Parts
{
public:
    Parts(ConnectionPool::Opener openReader, ConnectionPool::Opener openWriter, int readers)
        : opener(std::move(openWriter))
        , readerPool(readers, std::move(openReader))
    {
    }

    const ConnectionPool::Opener opener; // of a connection that may write, for what runs beside the pools
    ConnectionPool readerPool;
    std::unique_ptr<ConnectionPool> writerPool; // PostgreSQL only
    std::unique_ptr<TransactionRunner> transactions;
    PooledExecutor reads { readerPool };

    std::unique_ptr<SqlJobQueue> jobs;
    std::unique_ptr<SqlUnitOfWork> unitOfWork;
    std::unique_ptr<SqlInstance> instance;
    std::unique_ptr<SqlPush> push;
    SqlAccounts accounts { reads };
    SqlBlobs blobs { reads };
    SqlFollows follows { reads };
    SqlMedia media { reads };
    SqlNotifications notifications { reads };
    SqlOAuth oauth { reads };
    SqlStatuses statuses { reads };
    SqlMarkers markers { reads };
    SqlRelations relations { reads };
    SqlReports reports { reads };
    SqlFilters filters { reads };
    SqlScheduledStatuses scheduled { reads };
    SqlSearch search { reads };
    SqlTags tags { reads };
    SqlModeration moderation { reads };
    SqlTwoFactor twoFactor { reads };
    SqlTransfers transfers { reads };
    SqlCollections collections { reads };
    SqlUploads uploads { reads };
};

namespace
{

Error notOurUrl(const QString &reason)
{
    return makeError(Fault::Invalid,
                     QStringLiteral("database.url must be sqlite:///path/to/file or postgresql://user@host/database: ")
                         + reason);
}

PostgresConnection::Statements statementsOf(const QUrl &url)
{
    return QUrlQuery(url).queryItemValue(QStringLiteral("statements")) == QLatin1String("unnamed")
        ? PostgresConnection::Statements::Unnamed
        : PostgresConnection::Statements::Named;
}

} // namespace

QString sqliteUrl(const QString &file)
{
    QUrl url;
    url.setScheme(QStringLiteral("sqlite"));
    url.setHost(QLatin1String(""));
    url.setPath(file, QUrl::DecodedMode);
    return url.toString(QUrl::FullyEncoded);
}

QString redactedUrl(const QString &url)
{
    return QUrl(url).toDisplayString(QUrl::RemovePassword);
}

Result<std::unique_ptr<SqlDatabase>> SqlDatabase::open(const SqlOptions &options, const Deadline &deadline)
{
    const QUrl url(options.url);
    std::unique_ptr<Parts> parts;
    if (url.scheme() == QLatin1String("sqlite")) {
        const QString file = url.path(QUrl::FullyDecoded);
        if (!url.host().isEmpty() || !file.startsWith(QLatin1Char('/')) || file.size() < 2)
            return notOurUrl(QStringLiteral("a file needs three slashes and an absolute path"));
        parts = std::make_unique<Parts>(
            [file](const Deadline &limit) { return SqliteConnection::open(file, SqliteConnection::Mode::Read, limit); },
            [file](const Deadline &limit) {
                return SqliteConnection::open(file, SqliteConnection::Mode::Write, limit);
            },
            options.readers);
        parts->transactions = std::make_unique<GroupCommit>(GI_TRY(parts->opener(deadline)), options.queueBound);
    } else if (url.scheme() == QLatin1String("postgresql") || url.scheme() == QLatin1String("postgres")) {
        if (url.path().size() < 2)
            return notOurUrl(QStringLiteral("it names no database"));
        const ConnectionPool::Opener opener = [url](const Deadline &limit) {
            return PostgresConnection::open(url, statementsOf(url), limit);
        };
        parts = std::make_unique<Parts>(opener, opener, options.readers);
        parts->writerPool = std::make_unique<ConnectionPool>(options.writers, opener);
        parts->transactions = std::make_unique<PostgresTransactions>(*parts->writerPool);
    } else {
        return notOurUrl(QStringLiteral("it begins with \"%1\"").arg(url.scheme()));
    }
    parts->jobs = std::make_unique<SqlJobQueue>(parts->reads, *parts->transactions);
    parts->unitOfWork = std::make_unique<SqlUnitOfWork>(*parts->transactions, *parts->jobs, options.events);
    parts->instance = std::make_unique<SqlInstance>(parts->reads, *parts->transactions);
    parts->push = std::make_unique<SqlPush>(parts->reads, *parts->transactions);
    GI_TRY(parts->instance->ping(deadline));
    return std::unique_ptr<SqlDatabase>(new SqlDatabase(std::move(parts)));
}

SqlDatabase::SqlDatabase(std::unique_ptr<Parts> parts)
    : m_parts(std::move(parts))
{
}

SqlDatabase::~SqlDatabase() = default;

Result<int> SqlDatabase::migrate(const Deadline &deadline)
{
    const std::unique_ptr<Connection> connection = GI_TRY(m_parts->opener(deadline));
    return Migrator(*connection, GI_TRY(builtInMigrations())).migrate(deadline);
}

Result<int> SqlDatabase::schemaVersion(const Deadline &deadline)
{
    const ConnectionPool::Lease lease = GI_TRY(m_parts->readerPool.lease(deadline));
    return Migrator(*lease, GI_TRY(builtInMigrations())).version(deadline);
}

Result<QStringList> SqlDatabase::integrityCheck(const Deadline &deadline)
{
    const ConnectionPool::Lease lease = GI_TRY(m_parts->readerPool.lease(deadline));
    return findDamage(*lease, deadline);
}

Result<QStringList> SqlDatabase::repairCounters(const Deadline &deadline)
{
    const std::unique_ptr<Connection> connection = GI_TRY(m_parts->opener(deadline));
    return sql::repairCounters(*connection, deadline);
}

ports::UnitOfWork &SqlDatabase::unitOfWork()
{
    return *m_parts->unitOfWork;
}

ports::InstanceStore &SqlDatabase::instance()
{
    return *m_parts->instance;
}

ports::JobQueue &SqlDatabase::jobs()
{
    return *m_parts->jobs;
}

ports::PushStore &SqlDatabase::push()
{
    return *m_parts->push;
}

const ports::AccountReader &SqlDatabase::accounts() const
{
    return m_parts->accounts;
}

const ports::BlobReader &SqlDatabase::blobs() const
{
    return m_parts->blobs;
}

const ports::FollowReader &SqlDatabase::follows() const
{
    return m_parts->follows;
}

const ports::MediaReader &SqlDatabase::media() const
{
    return m_parts->media;
}

const ports::NotificationReader &SqlDatabase::notifications() const
{
    return m_parts->notifications;
}

const ports::OAuthReader &SqlDatabase::oauth() const
{
    return m_parts->oauth;
}

const ports::StatusReader &SqlDatabase::statuses() const
{
    return m_parts->statuses;
}

const ports::MarkerReader &SqlDatabase::markers() const
{
    return m_parts->markers;
}

const ports::RelationReader &SqlDatabase::relations() const
{
    return m_parts->relations;
}

const ports::ReportReader &SqlDatabase::reports() const
{
    return m_parts->reports;
}

const ports::FilterReader &SqlDatabase::filters() const
{
    return m_parts->filters;
}

const ports::ScheduledStatusReader &SqlDatabase::scheduledStatuses() const
{
    return m_parts->scheduled;
}

const ports::SearchReader &SqlDatabase::search() const
{
    return m_parts->search;
}

const ports::TagReader &SqlDatabase::tags() const
{
    return m_parts->tags;
}

const ports::TwoFactorReader &SqlDatabase::twoFactor() const
{
    return m_parts->twoFactor;
}

const ports::CollectionReader &SqlDatabase::collections() const
{
    return m_parts->collections;
}

const ports::UploadReader &SqlDatabase::uploads() const
{
    return m_parts->uploads;
}

const ports::ModerationReader &SqlDatabase::moderation() const
{
    return m_parts->moderation;
}

const ports::TransferReader &SqlDatabase::transfers() const
{
    return m_parts->transfers;
}

TransactionRunner &SqlAccess::transactions(SqlDatabase &database)
{
    return *database.m_parts->transactions;
}

} // namespace graminsta::sql
