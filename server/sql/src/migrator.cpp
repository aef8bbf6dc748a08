// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrator.h"

#include <QDateTime>
#include <QHash>

namespace graminsta::sql
{

namespace
{

const QByteArray kCreateTable = "CREATE TABLE IF NOT EXISTS schema_migrations (version smallint PRIMARY KEY,"
                                " name text NOT NULL, checksum text NOT NULL, applied_at bigint NOT NULL)";
const QByteArray kApplied = "SELECT version, name, checksum FROM schema_migrations ORDER BY version";
const QByteArray kRemember =
    "INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES (?1, ?2, ?3, ?4)";

// Any number will do that nobody else uses: "gramins" in ASCII.
const QByteArray kPostgresLock = "SELECT pg_advisory_xact_lock(29099056536645235)";

} // namespace

Result<int> Migrator::migrate(const Deadline &deadline)
{
    const bool isSqlite = m_connection.dialect() == Dialect::Sqlite;
    GI_TRY(m_connection.runScript(isSqlite ? "BEGIN IMMEDIATE" : "BEGIN", deadline));
    Result<int> version = migrateInTransaction(deadline);
    if (version) {
        GI_TRY(m_connection.runScript("COMMIT", deadline));
    } else if (m_connection.isInTransaction()) {
        static_cast<void>(m_connection.runScript("ROLLBACK", Deadline::after(std::chrono::seconds { 5 })));
    }
    return version;
}

Result<int> Migrator::migrateInTransaction(const Deadline &deadline)
{
    if (m_connection.dialect() == Dialect::Postgres)
        GI_TRY(m_connection.runScript(kPostgresLock, deadline));
    GI_TRY(m_connection.runScript(kCreateTable, deadline));
    const QSet<int> applied = GI_TRY(checkApplied(deadline));
    for (const Migration &migration : m_migrations) {
        if (!applied.contains(migration.version))
            GI_TRY(apply(migration, deadline));
    }
    return m_migrations.isEmpty() ? 0 : m_migrations.last().version;
}

Result<> Migrator::apply(const Migration &migration, const Deadline &deadline)
{
    const QList<QByteArray> statements = statementsOf(migration.text);
    for (const QByteArray &statement : statements)
        GI_TRY(m_connection.runScript(translate(m_connection.dialect(), statement), deadline));
    GI_TRY(m_connection.run(kRemember,
                            Bindings(migration.version, migration.name, QString::fromLatin1(migration.checksum),
                                     QDateTime::currentMSecsSinceEpoch()),
                            deadline));
    return {};
}

Result<int> Migrator::version(const Deadline &deadline)
{
    const QByteArray tables = m_connection.dialect() == Dialect::Sqlite
        ? "SELECT 1 FROM sqlite_master WHERE name = 'schema_migrations'"
        : "SELECT 1 FROM pg_tables WHERE tablename = 'schema_migrations' AND schemaname = current_schema()";
    if (GI_TRY(m_connection.run(tables, Bindings(), deadline)) == 0)
        return 0;
    int version = 0;
    GI_TRY(m_connection.run(kApplied, Bindings(), deadline,
                            [&version](const Row &row) { version = static_cast<int>(row.integer(0)); }));
    return version;
}

Result<QSet<int>> Migrator::checkApplied(const Deadline &deadline)
{
    QHash<int, QByteArray> checksums;
    for (const Migration &migration : m_migrations)
        checksums.insert(migration.version, migration.checksum);
    QSet<int> applied;
    QString unknown;
    QString changed;
    GI_TRY(m_connection.run(kApplied, Bindings(), deadline, [&](const Row &row) {
        const int version = static_cast<int>(row.integer(0));
        const auto known = checksums.constFind(version);
        applied.insert(version);
        if (known == checksums.cend())
            unknown = row.text(1);
        else if (*known != row.utf8(2))
            changed = row.text(1);
    }));
    if (!unknown.isEmpty()) {
        return makeError(Fault::Conflict,
                         QStringLiteral("The database's schema (\"%1\") is newer than this program knows. Please run "
                                        "the newer program")
                             .arg(unknown));
    }
    if (!changed.isEmpty()) {
        return makeError(
            Fault::Conflict,
            QStringLiteral("The database was migrated by another text of \"%1\" than this program has").arg(changed));
    }
    return applied;
}

} // namespace graminsta::sql
