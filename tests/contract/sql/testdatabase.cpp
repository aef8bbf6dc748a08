// SPDX-License-Identifier: GPL-3.0-or-later
#include "testdatabase.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUrl>

namespace graminsta::test
{

using entities::Account;
using entities::Status;
using entities::User;

void addDatabaseRows()
{
    QTest::addColumn<bool>("isPostgres");
    QTest::newRow("sqlite") << false;
    QTest::newRow("postgres") << true;
}

rig::PostgresServer *TestDatabase::postgres()
{
    static const Result<std::unique_ptr<rig::PostgresServer>> server = rig::PostgresServer::start();
    if (!server) {
        qWarning("%s", qPrintable(describe(server.error())));
        return nullptr;
    }
    return server->get();
}

TestDatabase::TestDatabase()
{
    QFETCH(bool, isPostgres);
    m_isPostgres = isPostgres;
    m_options.readers = 8;
    m_options.events = &m_recorder;
    m_options.writers = 8;
    if (isPostgres) {
        if (postgres() == nullptr) {
            if (qEnvironmentVariableIsSet("CI"))
                QFAIL("There is no PostgreSQL here, and CI must have one");
            QSKIP("There is no PostgreSQL here");
        }
        m_options.url = must(postgres()->createDatabase());
    } else {
        m_options.url = sql::sqliteUrl(m_folder.filePath(QStringLiteral("graminsta 100%?.db")));
    }
    m_database = must(sql::SqlDatabase::open(m_options, kSoon));
    must(m_database->migrate(kSoon));
}

std::unique_ptr<sql::SqlDatabase> TestDatabase::openAgain() const
{
    return must(sql::SqlDatabase::open(m_options, kSoon));
}

void TestDatabase::write(const ports::UnitOfWork::Work &work)
{
    must(m_database->unitOfWork().write(kSoon, work));
}

void TestDatabase::sql(const QByteArray &statement)
{
    if (m_isPostgres) {
        must(postgres()->execute(statement, m_options.url));
        return;
    }
    const QString name = QStringLiteral("past all rules");
    {
        QSqlDatabase file = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        file.setDatabaseName(QUrl(m_options.url).path(QUrl::FullyDecoded));
        QSqlQuery query(file);
        if (!file.open() || !(query = QSqlQuery(file)).exec(QString::fromUtf8(statement)))
            qFatal("%s", qPrintable(query.lastError().text()));
    }
    QSqlDatabase::removeDatabase(name);
}

Account TestDatabase::addAccount(const QString &username)
{
    Account account;
    account.id = newId<AccountId>();
    account.username = username;
    account.createdAt = m_clock.now();
    User user;
    user.accountId = account.id;
    user.createdAt = account.createdAt;
    write([&](ports::WriteSet &writers) { return writers.accounts.insert(account, user); });
    return account;
}

void TestDatabase::follow(AccountId follower, AccountId followed, ports::FollowState state, bool showReblogs)
{
    const ports::FollowRow row { newId<FollowId>(), follower, followed, state, showReblogs, false, m_clock.now() };
    write([&](ports::WriteSet &writers) -> Result<> {
        if (!GI_TRY(writers.follows.insert(row)) || state != ports::FollowState::Accepted)
            return {};
        GI_TRY(writers.accounts.changeCounters(follower, { 0, 1, 0 }));
        return writers.accounts.changeCounters(followed, { 1, 0, 0 });
    });
}

Status TestDatabase::draft(AccountId author, const QString &text)
{
    Status status;
    status.id = newId<StatusId>();
    status.accountId = author;
    status.text = text;
    status.createdAt = m_clock.now();
    return status;
}

Status TestDatabase::reblog(AccountId account, StatusId original)
{
    Status status = draft(account, QString());
    status.reblogOfId = original;
    write([&](ports::WriteSet &writers) -> Result<> {
        if (!GI_TRY(writers.statuses.addReblog(status)))
            return {};
        GI_TRY(writers.accounts.changeCounters(account, { 0, 0, 1 }));
        return writers.accounts.refreshLastStatus(account);
    });
    return status;
}

Status TestDatabase::post(const Status &status)
{
    write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.statuses.insert(status));
        GI_TRY(writers.search.index(status.id));
        if (!status.inReplyToId.isNull())
            GI_TRY(writers.statuses.changeRepliesCount(status.inReplyToId, 1));
        GI_TRY(writers.accounts.changeCounters(status.accountId, { 0, 0, 1 }));
        return writers.accounts.refreshLastStatus(status.accountId);
    });
    return status;
}

} // namespace graminsta::test
