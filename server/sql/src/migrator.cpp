// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrator.h"

#include <QDateTime>

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
    const int applied = GI_TRY(checkApplied(deadline));
    for (const Migration &migration : m_migrations) {
        if (migration.version > applied)
            GI_TRY(apply(migration, deadline));
    }
    return static_cast<int>(m_migrations.size());
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

Result<int> Migrator::checkApplied(const Deadline &deadline)
{
    int applied = 0;
    QString changed;
    GI_TRY(m_connection.run(kApplied, Bindings(), deadline, [&](const Row &row) {
        const Migration known = m_migrations.value(applied++);
        if (changed.isEmpty() && applied <= m_migrations.size() && known.checksum != row.utf8(2))
            changed = row.text(1);
    }));
    if (applied > m_migrations.size()) {
        return makeError(Fault::Conflict,
                         QStringLiteral("The database's schema (version %1) is newer than this program knows (%2). "
                                        "Please run the newer program")
                             .arg(applied)
                             .arg(m_migrations.size()));
    }
    if (!changed.isEmpty()) {
        return makeError(
            Fault::Conflict,
            QStringLiteral("The database was migrated by another text of \"%1\" than this program has").arg(changed));
    }
    return applied;
}

} // namespace graminsta::sql
