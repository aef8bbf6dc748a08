// SPDX-License-Identifier: GPL-3.0-or-later
#include "pooledexecutor.h"

namespace graminsta::sql
{

Result<qint64> PooledExecutor::query(const QByteArray &sql, const Bindings &bindings, const Deadline &deadline,
                                     const RowVisitor &visitor)
{
    {
        const ConnectionPool::Lease lease = GI_TRY(m_pool.lease(deadline));
        Result<qint64> result = lease->run(sql, bindings, deadline, visitor);
        // The visitor has seen nothing yet: a connection is lost before an answer is complete, never within one.
        if (result || !lease->isLost() || deadline.expired())
            return result;
    }
    const ConnectionPool::Lease lease = GI_TRY(m_pool.lease(deadline, ConnectionPool::Wanted::Fresh));
    return lease->run(sql, bindings, deadline, visitor);
}

Result<qint64> PooledExecutor::change(const QByteArray &sql, const Bindings &, const RowVisitor &)
{
    return makeError(Fault::Internal, QStringLiteral("The server tried to write outside a transaction"),
                     QString::fromUtf8(sql));
}

const Deadline &PooledExecutor::deadline() const
{
    static const Deadline passed = Deadline::after(std::chrono::milliseconds { 0 });
    return passed;
}

} // namespace graminsta::sql
