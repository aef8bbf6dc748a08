// SPDX-License-Identifier: GPL-3.0-or-later
// Transactions on PostgreSQL: each on the caller's thread and a connection of its own, READ COMMITTED. What another
// transaction was in the way of is tried again, and so is what lost its connection before COMMIT was sent.
#pragma once

#include "connectionpool.h"
#include "transactionrunner.h"

namespace graminsta::sql
{

class PostgresTransactions final : public TransactionRunner
{
public:
    explicit PostgresTransactions(ConnectionPool &pool)
        : m_pool(pool)
    {
    }

    Result<> run(const Deadline &deadline, const Work &work) override;

private:
    struct Attempt {
        Result<> result;
        Failure failure = Failure::None; // what kept it from being done, where it may be tried again
    };
    [[nodiscard]] Attempt attempt(Connection &connection, const Deadline &deadline, const Work &work) const;

    ConnectionPool &m_pool;
};

} // namespace graminsta::sql
