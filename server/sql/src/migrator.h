// SPDX-License-Identifier: GPL-3.0-or-later
// Brings a database's schema to what this program knows, all in one transaction. Several servers may start at once: one
// migrates, the others wait for it and find it done. What is missing is applied in the order of its version, also a
// version below one that is there already: of branches that are merged, either may be the first to be run. For one
// thread.
#pragma once

#include "connection.h"
#include "migrations.h"

#include <QSet>

namespace graminsta::sql
{

class Migrator
{
public:
    // `connection` must outlive it and be in no transaction.
    Migrator(Connection &connection, QList<Migration> migrations)
        : m_connection(connection)
        , m_migrations(std::move(migrations))
    {
    }

    // Gives the version the schema has afterwards. Fault::Conflict, and nothing changed, if the database is of a newer
    // program or was migrated by other texts than this program's.
    [[nodiscard]] Result<int> migrate(const Deadline &deadline);
    // 0 for an empty database.
    [[nodiscard]] Result<int> version(const Deadline &deadline);

private:
    [[nodiscard]] Result<int> migrateInTransaction(const Deadline &deadline);
    [[nodiscard]] Result<> apply(const Migration &migration, const Deadline &deadline);
    // The versions that are there. Fault::Conflict where one is not ours, or not of our text.
    [[nodiscard]] Result<QSet<int>> checkApplied(const Deadline &deadline);

    Connection &m_connection;
    const QList<Migration> m_migrations;
};

} // namespace graminsta::sql
