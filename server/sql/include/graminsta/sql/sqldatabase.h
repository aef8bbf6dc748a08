// SPDX-License-Identifier: GPL-3.0-or-later
// A database that holds everything but the photos' bytes: SQLite in a file or PostgreSQL. Gives the ports that the
// domain reads and writes through. Thread-safe; the ports live as long as it does.
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/ports/accounts.h>
#include <graminsta/ports/blobs.h>
#include <graminsta/ports/collections.h>
#include <graminsta/ports/events.h>
#include <graminsta/ports/filters.h>
#include <graminsta/ports/follows.h>
#include <graminsta/ports/instance.h>
#include <graminsta/ports/jobs.h>
#include <graminsta/ports/markers.h>
#include <graminsta/ports/media.h>
#include <graminsta/ports/moderation.h>
#include <graminsta/ports/notifications.h>
#include <graminsta/ports/oauth.h>
#include <graminsta/ports/push.h>
#include <graminsta/ports/relations.h>
#include <graminsta/ports/reports.h>
#include <graminsta/ports/scheduledstatuses.h>
#include <graminsta/ports/search.h>
#include <graminsta/ports/statuses.h>
#include <graminsta/ports/tags.h>
#include <graminsta/ports/transfers.h>
#include <graminsta/ports/twofactor.h>
#include <graminsta/ports/unitofwork.h>
#include <graminsta/ports/uploads.h>

#include <QString>
#include <QStringList>

#include <memory>

namespace graminsta::sql
{

struct SqlOptions {
    // "sqlite:///absolute/path/graminsta.db", or "postgresql://user:password@host:port/database". PostgreSQL also takes
    // libpq's parameters ("?sslmode=verify-full", "?host=/run/postgresql" for a socket) and "statements=unnamed", which
    // a pooler in transaction mode needs (PgBouncer before 1.21). It holds a password: never log it, use redactedUrl().
    QString url;
    int readers = 4; // connections that read at once
    int writers = 4; // connections that write at once; SQLite has one
    ports::EventPublisher *events = nullptr; // told of what has happened; outlives the database
    int queueBound = 512; // transactions that may wait for SQLite's writer
};

// The URL of an SQLite file, whatever characters its absolute path holds.
[[nodiscard]] QString sqliteUrl(const QString &file);
// The URL without its password, for people to read.
[[nodiscard]] QString redactedUrl(const QString &url);

class SqlDatabase
{
public:
    // Connects once, to be sure. Fault::Invalid for a URL that names no database of ours, Fault::Unavailable if it does
    // not answer. Does not migrate.
    [[nodiscard]] static Result<std::unique_ptr<SqlDatabase>> open(const SqlOptions &options, const Deadline &deadline);
    // No port may be in use any more. What has been given to the writer is written first.
    ~SqlDatabase();
    SqlDatabase(const SqlDatabase &) = delete;
    SqlDatabase &operator=(const SqlDatabase &) = delete;

    // Brings the schema up to date and gives its version. Fault::Conflict, and nothing changed, if the schema is of a
    // newer program.
    [[nodiscard]] Result<int> migrate(const Deadline &deadline);
    // 0 for an empty database.
    [[nodiscard]] Result<int> schemaVersion(const Deadline &deadline);
    // What is wrong with the database, a line each; empty if it is whole. Reads everything: minutes on a large one.
    [[nodiscard]] Result<QStringList> integrityCheck(const Deadline &deadline);
    // Sets the counters that differ from the facts, also while servers run, and says which, a line each.
    [[nodiscard]] Result<QStringList> repairCounters(const Deadline &deadline);

    [[nodiscard]] ports::UnitOfWork &unitOfWork();
    [[nodiscard]] ports::InstanceStore &instance();
    [[nodiscard]] ports::PushStore &push();
    [[nodiscard]] ports::JobQueue &jobs();
    [[nodiscard]] const ports::AccountReader &accounts() const;
    [[nodiscard]] const ports::BlobReader &blobs() const;
    [[nodiscard]] const ports::FollowReader &follows() const;
    [[nodiscard]] const ports::MediaReader &media() const;
    [[nodiscard]] const ports::NotificationReader &notifications() const;
    [[nodiscard]] const ports::OAuthReader &oauth() const;
    [[nodiscard]] const ports::StatusReader &statuses() const;
    [[nodiscard]] const ports::MarkerReader &markers() const;
    [[nodiscard]] const ports::RelationReader &relations() const;
    [[nodiscard]] const ports::ReportReader &reports() const;
    [[nodiscard]] const ports::FilterReader &filters() const;
    [[nodiscard]] const ports::ScheduledStatusReader &scheduledStatuses() const;
    [[nodiscard]] const ports::SearchReader &search() const;
    [[nodiscard]] const ports::TagReader &tags() const;
    [[nodiscard]] const ports::ModerationReader &moderation() const;
    [[nodiscard]] const ports::TwoFactorReader &twoFactor() const;
    [[nodiscard]] const ports::TransferReader &transfers() const;
    [[nodiscard]] const ports::CollectionReader &collections() const;
    [[nodiscard]] const ports::UploadReader &uploads() const;

private:
    friend class SqlAccess;
    class Parts;
    explicit SqlDatabase(std::unique_ptr<Parts> parts);

    const std::unique_ptr<Parts> m_parts;
};

} // namespace graminsta::sql
