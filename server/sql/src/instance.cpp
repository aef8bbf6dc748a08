// SPDX-License-Identifier: GPL-3.0-or-later
#include "instance.h"

#include <graminsta/core/idgenerator.h>

#include <QSet>

namespace graminsta::sql
{

using ports::Usage;

namespace
{

// Ids tell the time, so that the newest status's id says whether an account was active. One pass over the accounts:
// they are fewer than statuses. CAST, because PostgreSQL's sum() of bigint is numeric.
const QByteArray kUsage = "SELECT (SELECT count(*) FROM users),"
                          " coalesce(CAST(sum(CASE WHEN last_status_id >= ?1 THEN 1 ELSE 0 END) AS bigint), 0),"
                          " coalesce(CAST(sum(CASE WHEN last_status_id >= ?2 THEN 1 ELSE 0 END) AS bigint), 0),"
                          " coalesce(CAST(sum(statuses_count) AS bigint), 0) FROM accounts";
const QByteArray kPing = "SELECT 1";

const QByteArray kHeldNodes = "SELECT node FROM node_leases WHERE lease_until > ?1 AND holder <> ?2";
const QByteArray kTakeNode = "INSERT INTO node_leases (node, holder, lease_until) VALUES (?1, ?2, ?3)"
                             " ON CONFLICT (node) DO UPDATE SET holder = excluded.holder,"
                             " lease_until = excluded.lease_until"
                             " WHERE node_leases.lease_until <= ?4 OR node_leases.holder = excluded.holder";
const QByteArray kRenewNode = "UPDATE node_leases SET lease_until = ?3 WHERE node = ?1 AND holder = ?2";
const QByteArray kReleaseNode = "DELETE FROM node_leases WHERE node = ?1 AND holder = ?2";

// The lowest number that nobody holds; -1 for none.
int freeNode(const QSet<int> &held)
{
    for (int node = 0; node <= kMaxIdNode; ++node) {
        if (!held.contains(node))
            return node;
    }
    return -1;
}

} // namespace

Result<Usage> SqlInstance::usage(Timestamp now, const Deadline &deadline) const
{
    using std::chrono::days;
    return m_reads.one<Usage>(
        kUsage, Bindings(firstIdAt(now - days { 30 }), firstIdAt(now - days { 180 })), deadline,
        [](const Row &row) {
            return Usage { row.integer(0), row.integer(1), row.integer(2), row.integer(3) };
        },
        QStringLiteral("The instance has no numbers"));
}

Result<> SqlInstance::ping(const Deadline &deadline) const
{
    GI_TRY(m_reads.query(kPing, Bindings(), deadline, {}));
    return {};
}

Result<int> SqlInstance::leaseNode(const QString &holder, Timestamp now, Timestamp until, const Deadline &deadline)
{
    int leased = -1;
    GI_TRY(m_writes.run(deadline, [&](Transaction &transaction) -> Result<> {
        QSet<int> held;
        GI_TRY(transaction.query(kHeldNodes, Bindings(now, holder), deadline,
                                 [&held](const Row &row) { held.insert(static_cast<int>(row.integer(0))); }));
        // Another server may take the same one at the same moment: the row decides, and the loser looks further.
        for (leased = freeNode(held); leased >= 0; leased = freeNode(held)) {
            if (GI_TRY(transaction.change(kTakeNode, Bindings(leased, holder, until, now), {})) > 0)
                return {};
            held.insert(leased);
        }
        return makeError(Fault::Unavailable,
                         QStringLiteral("All %1 node numbers are taken by running servers").arg(kMaxIdNode + 1));
    }));
    return leased;
}

Result<> SqlInstance::renewNode(int node, const QString &holder, Timestamp until, const Deadline &deadline)
{
    return m_writes.run(deadline, [&](Transaction &transaction) -> Result<> {
        if (GI_TRY(transaction.change(kRenewNode, Bindings(node, holder, until), {})) == 0) {
            return makeError(Fault::Conflict, QStringLiteral("Node number %1 is another server's by now").arg(node));
        }
        return {};
    });
}

Result<> SqlInstance::releaseNode(int node, const QString &holder, const Deadline &deadline)
{
    return m_writes.run(deadline, [&](Transaction &transaction) -> Result<> {
        GI_TRY(transaction.change(kReleaseNode, Bindings(node, holder), {}));
        return {};
    });
}

} // namespace graminsta::sql
