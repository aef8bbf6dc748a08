// SPDX-License-Identifier: GPL-3.0-or-later
// A connection to an SQLite file: WAL, foreign keys on, every commit on the disk before it returns.
#pragma once

#include "connection.h"

#include <QHash>
#include <QSqlDatabase>

#include <memory>

struct sqlite3;
struct sqlite3_stmt;

namespace graminsta::sql
{

class SqliteConnection final : public Connection
{
public:
    enum class Mode { Read, Write };

    // Creates the file, readable by its owner only, where there is none (Mode::Write). Fault::Unavailable if it cannot
    // be opened.
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const QString &file, Mode mode,
                                                                  const Deadline &deadline);
    ~SqliteConnection() override;

    [[nodiscard]] Dialect dialect() const override { return Dialect::Sqlite; }
    [[nodiscard]] bool isInTransaction() const override;

private:
    SqliteConnection(QSqlDatabase database, sqlite3 *handle);

    [[nodiscard]] Result<qint64> doRun(const QByteArray &sql, const Bindings &bindings, const Deadline &deadline,
                                       const RowVisitor &visitor) override;
    [[nodiscard]] Result<> doRunScript(const QByteArray &sql, const Deadline &deadline) override;
    [[nodiscard]] Result<sqlite3_stmt *> prepared(const QByteArray &sql);
    [[nodiscard]] Error lastError();

    QSqlDatabase m_database;
    sqlite3 *const m_handle; // owned by m_database
    QHash<QByteArray, sqlite3_stmt *> m_statements; // owned
    const Deadline *m_deadline = nullptr; // of the statement that runs
};

} // namespace graminsta::sql
