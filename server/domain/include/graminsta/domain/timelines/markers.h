// SPDX-License-Identifier: GPL-3.0-or-later
// How far the viewer has read, kept for all their clients. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/markers.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

struct MarkerChange {
    entities::MarkedTimeline timeline = entities::MarkedTimeline::Home;
    qint64 lastReadId = 0;
    std::optional<qint64> expectedVersion; // not set: whatever it is
};

class Markers
{
public:
    Markers(const ports::MarkerReader &markers, ports::UnitOfWork &unitOfWork, const Clock &clock);

    // Those of `timelines` that have one.
    [[nodiscard]] Result<QList<entities::Marker>> show(const entities::Viewer &viewer,
                                                       const QList<entities::MarkedTimeline> &timelines,
                                                       const Deadline &deadline) const;
    // All or none; what they are then, in that order. Fault::Conflict if one has another version than expected, or
    // another client changes it at this moment.
    [[nodiscard]] Result<QList<entities::Marker>>
    set(const entities::Viewer &viewer, const QList<MarkerChange> &changes, const Deadline &deadline) const;

private:
    const ports::MarkerReader &m_markers;
    ports::UnitOfWork &m_unitOfWork;
    const Clock &m_clock;
};

} // namespace graminsta::domain
