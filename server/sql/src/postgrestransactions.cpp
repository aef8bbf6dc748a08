// SPDX-License-Identifier: GPL-3.0-or-later
#include "postgrestransactions.h"

#include <QRandomGenerator>

#include <algorithm>
#include <thread>

namespace graminsta::sql
{

namespace
{

constexpr int kAttempts = 6;

// Longer each time and never the same for two, or they would meet again.
void waitBeforeAgain(int attempt, const Deadline &deadline)
{
    const std::chrono::milliseconds pause { 1 + QRandomGenerator::global()->bounded(4 << attempt) };
    std::this_thread::sleep_for(std::min(pause, deadline.remaining()));
}

// What the last failure means for trying again.
Failure again(const Connection &connection)
{
    return connection.lastFailure() == Failure::Statement ? Failure::None : connection.lastFailure();
}

} // namespace

Result<> PostgresTransactions::run(const Deadline &deadline, const Work &work)
{
    ConnectionPool::Wanted wanted = ConnectionPool::Wanted::Any;
    for (int count = 1;; ++count) {
        Attempt made;
        {
            const ConnectionPool::Lease lease = GI_TRY(m_pool.lease(deadline, wanted));
            made = attempt(*lease, deadline, work);
        }
        if (made.result || made.failure == Failure::None || count == kAttempts || deadline.expired())
            return made.result;
        if (made.failure == Failure::Lost)
            wanted = ConnectionPool::Wanted::Fresh;
        waitBeforeAgain(count, deadline);
    }
}

PostgresTransactions::Attempt PostgresTransactions::attempt(Connection &connection, const Deadline &deadline,
                                                            const Work &work) const
{
    if (Result<> begun = connection.runScript("BEGIN", deadline); !begun)
        return { begun, again(connection) };

    Transaction transaction(connection, deadline);
    Result<> done = transaction.complete([&] { return work(transaction); });
    if (!done) {
        const Failure failure = transaction.failure();
        // Where it fails too, the pool closes the connection and the server rolls back.
        if (!connection.isLost())
            static_cast<void>(connection.runScript("ROLLBACK", Deadline::after(std::chrono::seconds { 2 })));
        return { done, failure };
    }

    // Its answer is waited for beyond the deadline: only it tells what has happened.
    Result<> committed = connection.runScript("COMMIT", Deadline::after(std::chrono::seconds { 5 }));
    if (committed)
        return { {}, Failure::None };
    if (connection.isLost())
        return { unknownOutcomeError(committed.error().detail), Failure::None };
    return { committed, again(connection) };
}

} // namespace graminsta::sql
