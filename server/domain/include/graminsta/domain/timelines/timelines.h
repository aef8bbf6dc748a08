// SPDX-License-Identifier: GPL-3.0-or-later
// Timelines: home, public, tag, account. Thread-safe.
#pragma once

#include <graminsta/domain/policy/visibility.h>
#include <graminsta/domain/statuses/gatherstatuses.h>
#include <graminsta/ports/statuses.h>

namespace graminsta::domain
{

struct AccountTimelineRequest {
    bool onlyMedia = false;
    bool excludeReplies = false;
    bool excludeReblogs = false;
    bool pinned = false; // only those, the newest pin first; of the other filters only onlyMedia counts then
    QString tagged;
};

class Timelines
{
public:
    Timelines(const ports::StatusReader &statuses, const VisibilityPolicy &visibility, const GatherStatuses &gather);

    // The viewer's own posts and those of whom the viewer follows, with their reblogs; of what is twice on the page, as
    // itself or reblogged, only the oldest. What the filter leaves out is not made up for. Six queries whatever the
    // page, seven where there are reblogs.
    [[nodiscard]] Result<StatusPage> home(const entities::Viewer &viewer, const ports::TimelineFilter &filter,
                                          const entities::PageRequest &page, const Deadline &deadline) const;
    [[nodiscard]] Result<StatusPage> publicTimeline(const entities::Viewer &viewer, const ports::TimelineFilter &filter,
                                                    const entities::PageRequest &page, const Deadline &deadline) const;
    [[nodiscard]] Result<StatusPage> tag(const entities::Viewer &viewer, const QString &tag,
                                         const ports::TagFilter &filter, const entities::PageRequest &page,
                                         const Deadline &deadline) const;
    // As far as the viewer may see them.
    [[nodiscard]] Result<StatusPage> account(const entities::Viewer &viewer, AccountId account,
                                             const AccountTimelineRequest &request, const entities::PageRequest &page,
                                             const Deadline &deadline) const;

    // What the viewer has marked, the newest mark first, as far as the viewer may still see it.
    [[nodiscard]] Result<StatusPage> bookmarks(const entities::Viewer &viewer, const entities::PageRequest &page,
                                               const Deadline &deadline) const;
    [[nodiscard]] Result<StatusPage> favourites(const entities::Viewer &viewer, const entities::PageRequest &page,
                                                const Deadline &deadline) const;

private:
    [[nodiscard]] Result<StatusPage> show(const entities::Viewer &viewer, const entities::Page<StatusId> &ids,
                                          Hide hide, const Deadline &deadline) const;

    const ports::StatusReader &m_statuses;
    const VisibilityPolicy &m_visibility;
    const GatherStatuses &m_gather;
};

} // namespace graminsta::domain
