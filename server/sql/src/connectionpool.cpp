// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectionpool.h"

namespace graminsta::sql
{

void ConnectionPool::Lease::giveBack()
{
    if (m_connection)
        m_pool->giveBack(std::move(m_connection));
}

Result<ConnectionPool::Lease> ConnectionPool::lease(const Deadline &deadline, Wanted wanted)
{
    std::vector<std::unique_ptr<Connection>> stale; // closed without the lock
    {
        std::unique_lock lock(m_mutex);
        if (!m_cameFree.wait_until(lock, deadline.timePoint(), [this] { return m_lent < m_bound; }))
            return timeoutError();
        ++m_lent;
        if (wanted == Wanted::Fresh) {
            stale.swap(m_idle);
        } else if (!m_idle.empty()) {
            // The one used last has the warmest caches.
            Lease lease(*this, std::move(m_idle.back()));
            m_idle.pop_back();
            return lease;
        }
    }
    Result<std::unique_ptr<Connection>> opened = m_opener(deadline);
    if (!opened) {
        giveBack(nullptr);
        return std::move(opened).error();
    }
    return Lease(*this, std::move(opened).value());
}

void ConnectionPool::giveBack(std::unique_ptr<Connection> connection)
{
    {
        const std::lock_guard lock(m_mutex);
        --m_lent;
        // A transaction that could not be rolled back must not reach the next borrower.
        if (connection && !connection->isLost() && !connection->isInTransaction())
            m_idle.push_back(std::move(connection));
    }
    m_cameFree.notify_one();
}

} // namespace graminsta::sql
