// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/timelines/trends.h>

#include <graminsta/core/idgenerator.h>

namespace graminsta::domain
{

namespace
{

constexpr int kAmong = 1000;

} // namespace

Trends::Trends(const ports::StatusReader &statuses, const GatherStatuses &gather, const Clock &clock)
    : m_statuses(statuses)
    , m_gather(gather)
    , m_clock(clock)
{
}

Result<StatusSet> Trends::statuses(const entities::Viewer &viewer, std::chrono::days span, int offset, int limit,
                                   const Deadline &deadline) const
{
    const StatusId since { firstIdAt(m_clock.now() - span) };
    const QList<StatusId> ids = GI_TRY(m_statuses.mostLiked(since, kAmong, offset, limit, deadline));
    return m_gather.visible(viewer, ids, Hide::Unsought, deadline);
}

} // namespace graminsta::domain
