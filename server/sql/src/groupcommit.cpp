// SPDX-License-Identifier: GPL-3.0-or-later
#include "groupcommit.h"

#include <algorithm>

namespace graminsta::sql
{

namespace
{

// So many transactions share one commit at most; the first of them waits for the last.
constexpr size_t kMaxGroup = 64;
// For what belongs to no unit: BEGIN waits so long for another process that writes.
constexpr std::chrono::seconds kOwnLimit { 10 };

} // namespace

GroupCommit::GroupCommit(std::unique_ptr<Connection> connection, int queueBound)
    : m_connection(std::move(connection))
    , m_queueBound(queueBound)
    , m_thread([this] { runThread(); })
{
}

GroupCommit::~GroupCommit()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
    }
    m_hasWork.notify_one();
    m_thread.join();
}

Result<> GroupCommit::run(const Deadline &deadline, const Work &work)
{
    if (std::this_thread::get_id() == m_thread.get_id())
        return makeError(Fault::Internal, QStringLiteral("The server tried to write inside a transaction"));

    Unit unit { work, deadline, State::Queued, {} };
    std::unique_lock lock(m_mutex);
    if (static_cast<int>(m_queue.size()) >= m_queueBound)
        return unavailableError(QStringLiteral("%1 transactions wait for the writer").arg(m_queueBound));
    m_queue.push_back(&unit);
    m_hasWork.notify_one();

    m_hasResults.wait_until(lock, deadline.timePoint(), [&unit] { return unit.state == State::Done; });
    if (unit.state == State::Queued) {
        m_queue.erase(std::find(m_queue.begin(), m_queue.end(), &unit));
        return timeoutError();
    }
    // It runs: its statements end by its deadline, and only the commit tells what has happened.
    m_hasResults.wait(lock, [&unit] { return unit.state == State::Done; });
    return std::move(unit.result);
}

void GroupCommit::runThread()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_hasWork.wait(lock, [this] { return m_isStopping || !m_queue.empty(); });
        if (m_queue.empty())
            return;
        const auto end = m_queue.begin() + std::ptrdiff_t(std::min(m_queue.size(), kMaxGroup));
        const Group group(m_queue.begin(), end);
        m_queue.erase(m_queue.begin(), end);
        for (Unit *unit : group)
            unit->state = State::Running;

        lock.unlock();
        runGroup(group);
        lock.lock();

        for (Unit *unit : group)
            unit->state = State::Done;
        m_hasResults.notify_all();
    }
}

void GroupCommit::runGroup(const Group &group)
{
    // Each round that is begun anew has one unit less.
    while (!tryGroup(group)) { }
}

bool GroupCommit::tryGroup(const Group &group)
{
    const auto failAll = [&group](const Error &error) {
        for (Unit *unit : group) {
            if (unit->result)
                unit->result = error;
        }
    };
    // IMMEDIATE: a transaction that reads first and writes then would fail where another process has written between.
    if (const Result<> begun = m_connection->runScript("BEGIN IMMEDIATE", Deadline::after(kOwnLimit)); !begun) {
        failAll(begun.error());
        return true;
    }
    for (Unit *unit : group) {
        if (unit->result && !runUnit(*unit))
            return false;
    }
    if (const Result<> committed = m_connection->runScript("COMMIT", Deadline::after(kOwnLimit)); !committed) {
        if (m_connection->isInTransaction())
            static_cast<void>(m_connection->runScript("ROLLBACK", Deadline::after(kOwnLimit)));
        failAll(committed.error());
    }
    return true;
}

bool GroupCommit::runUnit(Unit &unit)
{
    if (unit.deadline.expired()) {
        unit.result = timeoutError();
        return true;
    }
    const auto script = [this](const char *sql) {
        return m_connection->runScript(sql, Deadline::after(kOwnLimit)).has_value();
    };
    if (script("SAVEPOINT unit")) {
        Transaction transaction(*m_connection, unit.deadline);
        unit.result = transaction.complete([&unit, &transaction] { return unit.work(transaction); });
        if (m_connection->isInTransaction() && (unit.result || script("ROLLBACK TO unit")) && script("RELEASE unit"))
            return true;
    }
    if (unit.result)
        unit.result = unavailableError(QStringLiteral("The transaction around it was lost"));
    if (m_connection->isInTransaction())
        script("ROLLBACK");
    return false;
}

} // namespace graminsta::sql
