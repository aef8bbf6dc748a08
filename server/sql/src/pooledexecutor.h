// SPDX-License-Identifier: GPL-3.0-or-later
// Reads, each on a connection of the pool for as long as it takes. Thread-safe.
#pragma once

#include "connectionpool.h"
#include "executor.h"

namespace graminsta::sql
{

class PooledExecutor final : public Executor
{
public:
    explicit PooledExecutor(ConnectionPool &pool)
        : m_pool(pool)
    {
    }

    // A read whose connection turns out to be lost is repeated once on a new one.
    [[nodiscard]] Result<qint64> query(const QByteArray &sql, const Bindings &bindings, const Deadline &deadline,
                                       const RowVisitor &visitor) override;
    [[nodiscard]] Result<qint64> change(const QByteArray &sql, const Bindings &bindings,
                                        const RowVisitor &visitor) override;
    [[nodiscard]] const Deadline &deadline() const override;

private:
    ConnectionPool &m_pool;
};

} // namespace graminsta::sql
