// SPDX-License-Identifier: GPL-3.0-or-later
// Transactions on SQLite, which has one writer: a thread of its own runs what has queued up, each in a savepoint, and
// commits all of it with one wait for the disk. A transaction that fails takes no other with it. Thread-safe.
//
//   Queued --(the thread takes it)--> Running --(commit, or its failure)--> Done
//      \--(its deadline passes)--> withdrawn
#pragma once

#include "connection.h"
#include "transactionrunner.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace graminsta::sql
{

class GroupCommit final : public TransactionRunner
{
public:
    // At most `queueBound` wait; more are refused.
    GroupCommit(std::unique_ptr<Connection> connection, int queueBound);
    // Runs what is queued to its end first.
    ~GroupCommit() override;

    // Fault::Unavailable if too many wait already. Not to be called from inside a transaction: Fault::Internal.
    Result<> run(const Deadline &deadline, const Work &work) override;

private:
    enum class State { Queued, Running, Done };
    struct Unit {
        const Work &work;
        const Deadline &deadline;
        State state;
        Result<> result;
    };
    using Group = std::vector<Unit *>;

    void runThread();
    void runGroup(const Group &group);
    // Runs and commits those that have not failed yet; false if that has to be begun anew, with one more failed.
    [[nodiscard]] bool tryGroup(const Group &group);
    // False, and the unit failed, if the transaction around it is lost: some failures make SQLite roll all of it back.
    [[nodiscard]] bool runUnit(Unit &unit);

    const std::unique_ptr<Connection> m_connection; // the thread's
    const int m_queueBound;

    std::mutex m_mutex;
    std::condition_variable m_hasWork;
    std::condition_variable m_hasResults;
    std::deque<Unit *> m_queue; // protected by m_mutex; each owned by the caller that waits
    bool m_isStopping = false; // protected by m_mutex

    std::thread m_thread; // last: it uses all the above
};

} // namespace graminsta::sql
