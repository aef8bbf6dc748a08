// SPDX-License-Identifier: GPL-3.0-or-later
// The inside of a transaction: runs its statements on one connection and remembers the first that failed. It neither
// begins nor commits. For one thread.
#pragma once

#include "accountchanges.h"
#include "connection.h"
#include "executor.h"

namespace graminsta::sql
{

class Transaction final : public Executor
{
public:
    // Both must outlive it.
    Transaction(Connection &connection, const Deadline &deadline)
        : m_connection(connection)
        , m_deadline(deadline)
    {
    }

    [[nodiscard]] Result<qint64> query(const QByteArray &sql, const Bindings &bindings, const Deadline &deadline,
                                       const RowVisitor &visitor) override;
    [[nodiscard]] Result<qint64> change(const QByteArray &sql, const Bindings &bindings,
                                        const RowVisitor &visitor) override;
    [[nodiscard]] const Deadline &deadline() const override { return m_deadline; }

    [[nodiscard]] AccountChanges &accountChanges() { return m_accountChanges; }

    // Runs `work` and then what it has left to the end. The error of `work`, or of the first statement that failed even
    // if `work` went on after it: PostgreSQL keeps nothing of such a transaction, so neither does SQLite.
    template<typename Work> [[nodiscard]] Result<> complete(const Work &work)
    {
        GI_TRY(work());
        if (m_firstError)
            return *m_firstError;
        return writeAccountChanges();
    }

    // What the first statement that failed means for trying again; None if none has, or if again would be in vain.
    [[nodiscard]] Failure failure() const { return m_failure; }

private:
    [[nodiscard]] Result<> writeAccountChanges();
    [[nodiscard]] Result<qint64> noted(Result<qint64> result);

    Connection &m_connection;
    const Deadline &m_deadline;
    AccountChanges m_accountChanges;
    std::optional<Error> m_firstError;
    Failure m_failure = Failure::None;
};

} // namespace graminsta::sql
