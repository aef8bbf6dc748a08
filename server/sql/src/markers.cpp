// SPDX-License-Identifier: GPL-3.0-or-later
#include "markers.h"

namespace graminsta::sql
{

using entities::MarkedTimeline;
using entities::Marker;

namespace
{

const QByteArray kMarkers =
    "SELECT timeline, last_read_id, version, updated_at FROM markers WHERE account_id = ?1 ORDER BY timeline";
const QByteArray kVersion = "SELECT version FROM markers WHERE account_id = ?1 AND timeline = ?2";
const QByteArray kInsert = "INSERT INTO markers (account_id, timeline, last_read_id, version, updated_at)"
                           " VALUES (?1, ?2, ?3, 0, ?4) ON CONFLICT (account_id, timeline) DO NOTHING";
const QByteArray kUpdate = "UPDATE markers SET last_read_id = ?3, version = version + 1, updated_at = ?4"
                           " WHERE account_id = ?1 AND timeline = ?2 AND version = ?5";

Marker markerOf(const Row &row)
{
    return { row.enumerator<MarkedTimeline>(0), row.integer(1), row.integer(2), row.time(3) };
}

} // namespace

Result<QList<Marker>> SqlMarkers::markers(AccountId account, const Deadline &deadline) const
{
    return m_executor.list<Marker>(kMarkers, Bindings(account), deadline, markerOf);
}

Result<Marker> SqlMarkers::set(AccountId account, MarkedTimeline timeline, qint64 lastReadId,
                               std::optional<qint64> expected, Timestamp now)
{
    const std::optional<qint64> version = GI_TRY(m_executor.first<qint64>(
        kVersion, Bindings(account, timeline), m_executor.deadline(), [](const Row &row) { return row.integer(0); }));
    qint64 changed = 0;
    if (version && expected.value_or(*version) == *version)
        changed = GI_TRY(m_executor.change(kUpdate, Bindings(account, timeline, lastReadId, now, *version)));
    else if (!version && !expected)
        changed = GI_TRY(m_executor.change(kInsert, Bindings(account, timeline, lastReadId, now)));
    if (changed == 0)
        return makeError(Fault::Conflict, QStringLiteral("Conflict during update, please try again"));
    return Marker { timeline, lastReadId, version ? *version + 1 : 0, now };
}

} // namespace graminsta::sql
