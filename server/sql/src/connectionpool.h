// SPDX-License-Identifier: GPL-3.0-or-later
// A bounded number of connections, each lent to one thread at a time, opened when needed. Thread-safe; it must outlive
// its leases.
#pragma once

#include "connection.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace graminsta::sql
{

class ConnectionPool
{
public:
    using Opener = std::function<Result<std::unique_ptr<Connection>>(const Deadline &)>;

    // A connection on loan: it goes back when the lease ends, or is closed if it was lost.
    class Lease
    {
    public:
        Lease(ConnectionPool &pool, std::unique_ptr<Connection> connection)
            : m_pool(&pool)
            , m_connection(std::move(connection))
        {
        }
        ~Lease() { giveBack(); }
        Lease(Lease &&other) noexcept = default;
        Lease &operator=(Lease &&) = delete;
        Lease(const Lease &) = delete;
        Lease &operator=(const Lease &) = delete;

        Connection &operator*() const { return *m_connection; }
        Connection *operator->() const { return m_connection.get(); }

    private:
        void giveBack();

        ConnectionPool *m_pool;
        std::unique_ptr<Connection> m_connection; // null after a move
    };

    // Precondition: bound >= 1.
    ConnectionPool(int bound, Opener opener)
        : m_opener(std::move(opener))
        , m_bound(bound)
    {
    }

    enum class Wanted {
        Any,
        Fresh, // opened now: the idle ones are closed, because the server they led to may be gone
    };
    // Fault::Timeout if none comes free before the deadline, Fault::Unavailable if none can be opened.
    [[nodiscard]] Result<Lease> lease(const Deadline &deadline, Wanted wanted = Wanted::Any);

private:
    void giveBack(std::unique_ptr<Connection> connection);

    const Opener m_opener;
    const int m_bound;

    std::mutex m_mutex;
    std::condition_variable m_cameFree;
    std::vector<std::unique_ptr<Connection>> m_idle; // protected by m_mutex; the last used last
    int m_lent = 0; // protected by m_mutex
};

} // namespace graminsta::sql
