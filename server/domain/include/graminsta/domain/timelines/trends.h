// SPDX-License-Identifier: GPL-3.0-or-later
// What is liked now. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/domain/statuses/gatherstatuses.h>

namespace graminsta::domain
{

// What trends without saying since when.
inline constexpr std::chrono::days kTrendSpan { 7 };

class Trends
{
public:
    Trends(const ports::StatusReader &statuses, const GatherStatuses &gather, const Clock &clock);

    // Of the newest 1,000 public posts since then those with the most likes and comments together; none
    // that have neither. What was left out for the viewer is not made up for.
    [[nodiscard]] Result<StatusSet> statuses(const entities::Viewer &viewer, std::chrono::days span, int offset,
                                             int limit, const Deadline &deadline) const;

private:
    const ports::StatusReader &m_statuses;
    const GatherStatuses &m_gather;
    const Clock &m_clock;
};

} // namespace graminsta::domain
