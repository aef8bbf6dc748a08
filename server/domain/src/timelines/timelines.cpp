// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/timelines/timelines.h>

namespace graminsta::domain
{

using entities::Page;
using entities::PageRequest;
using entities::Viewer;

Timelines::Timelines(const ports::StatusReader &statuses, const VisibilityPolicy &visibility,
                     const GatherStatuses &gather)
    : m_statuses(statuses)
    , m_visibility(visibility)
    , m_gather(gather)
{
}

Result<StatusPage> Timelines::home(const Viewer &viewer, const PageRequest &page, const Deadline &deadline) const
{
    return show(viewer, GI_TRY(m_statuses.home(viewer.account, page, deadline)), Hide::BlockedAndMuted, deadline);
}

Result<StatusPage> Timelines::publicTimeline(const Viewer &viewer, const ports::TimelineFilter &filter,
                                             const PageRequest &page, const Deadline &deadline) const
{
    return show(viewer, GI_TRY(m_statuses.publicTimeline(filter, page, deadline)), Hide::BlockedAndMuted, deadline);
}

Result<StatusPage> Timelines::tag(const Viewer &viewer, const QString &tag, const ports::TagFilter &filter,
                                  const PageRequest &page, const Deadline &deadline) const
{
    return show(viewer, GI_TRY(m_statuses.tagTimeline(tag, filter, page, deadline)), Hide::BlockedAndMuted, deadline);
}

Result<StatusPage> Timelines::account(const Viewer &viewer, AccountId account, const AccountTimelineRequest &request,
                                      const PageRequest &page, const Deadline &deadline) const
{
    if (request.pinned)
        return StatusPage {};
    ports::AccountTimelineFilter filter;
    filter.onlyMedia = request.onlyMedia;
    filter.excludeReplies = request.excludeReplies;
    filter.tagged = request.tagged;
    const std::optional<entities::Visibility> upTo = GI_TRY(m_visibility.listUpTo(viewer, account, deadline));
    if (!upTo)
        return StatusPage {};
    filter.upTo = *upTo;
    return show(viewer, GI_TRY(m_statuses.accountTimeline(account, filter, page, deadline)), Hide::Blocked, deadline);
}

Result<StatusPage> Timelines::show(const Viewer &viewer, const Page<StatusId> &ids, Hide hide,
                                   const Deadline &deadline) const
{
    const QList<entities::Status> statuses = GI_TRY(m_statuses.byIds(ids.rows, deadline));
    const QList<entities::Status> visible = GI_TRY(m_visibility.visible(viewer, statuses, hide, deadline));
    // The cursor follows what was read, not what is shown: a page emptied by the policy still leads to the next one.
    return StatusPage { GI_TRY(m_gather.run(viewer, visible, Detail::List, deadline)), ids.bounds };
}

} // namespace graminsta::domain
