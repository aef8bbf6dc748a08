// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/timelines/markers.h>

namespace graminsta::domain
{

using entities::MarkedTimeline;
using entities::Marker;
using entities::Viewer;

Markers::Markers(const ports::MarkerReader &markers, ports::UnitOfWork &unitOfWork, const Clock &clock)
    : m_markers(markers)
    , m_unitOfWork(unitOfWork)
    , m_clock(clock)
{
}

Result<QList<Marker>> Markers::show(const Viewer &viewer, const QList<MarkedTimeline> &timelines,
                                    const Deadline &deadline) const
{
    QList<Marker> markers = GI_TRY(m_markers.markers(viewer.account, deadline));
    markers.removeIf([&timelines](const Marker &marker) { return !timelines.contains(marker.timeline); });
    return markers;
}

Result<QList<Marker>> Markers::set(const Viewer &viewer, const QList<MarkerChange> &changes,
                                   const Deadline &deadline) const
{
    QList<Marker> markers;
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        markers.clear();
        for (const MarkerChange &change : changes)
            markers.append(GI_TRY(writers.markers.set(viewer.account, change.timeline, change.lastReadId,
                                                      change.expectedVersion, m_clock.now())));
        return {};
    }));
    return markers;
}

} // namespace graminsta::domain
