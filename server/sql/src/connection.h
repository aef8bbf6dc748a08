// SPDX-License-Identifier: GPL-3.0-or-later
// One connection to a database, opened by Qt SQL and used through the driver's own handle: QSqlQuery costs two to four
// times as much on both databases, and its PREPARE breaks behind PgBouncer (docs/adr). Used by one thread at a time.
#pragma once

#include "binding.h"
#include "dialect.h"
#include "faults.h"
#include "row.h"

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>

namespace graminsta::sql
{

class Connection
{
public:
    virtual ~Connection() = default;
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    // Runs one statement, prepared once and kept. `visitor` sees each row; it must not use the connection. Gives the
    // number of changed rows, or of rows read. Fault::Timeout when the deadline ends it, Fault::Invalid for a text with
    // U+0000 (PostgreSQL cannot hold it, so SQLite must not either).
    [[nodiscard]] Result<qint64> run(const QByteArray &sql, const Bindings &bindings, const Deadline &deadline,
                                     const RowVisitor &visitor = {});
    // Runs text without parameters: BEGIN, COMMIT, a pragma, DDL. Does not count as a query.
    [[nodiscard]] Result<> runScript(const QByteArray &sql, const Deadline &deadline);

    [[nodiscard]] virtual Dialect dialect() const = 0;
    // Whether a transaction that was begun still stands: some failures end it.
    [[nodiscard]] virtual bool isInTransaction() const = 0;

    // What the last run() or runScript() came to.
    [[nodiscard]] Failure lastFailure() const { return m_lastFailure; }
    [[nodiscard]] bool isLost() const { return m_isLost; }

protected:
    Connection() = default;

    [[nodiscard]] virtual Result<qint64> doRun(const QByteArray &sql, const Bindings &bindings,
                                               const Deadline &deadline, const RowVisitor &visitor) = 0;
    [[nodiscard]] virtual Result<> doRunScript(const QByteArray &sql, const Deadline &deadline) = 0;

    // Notes the failure and gives its error.
    [[nodiscard]] Error failed(DatabaseError error);

private:
    Failure m_lastFailure = Failure::None;
    bool m_isLost = false;
};

} // namespace graminsta::sql
