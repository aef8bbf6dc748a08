// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/timelines/timelines.h>

#include <graminsta/domain/statuses/pinstatus.h>

#include <QSet>

namespace graminsta::domain
{

using entities::Page;
using entities::PageRequest;
using entities::Viewer;

namespace
{

// As Mastodon: a reblog is no news where the status or another reblog of it stands below.
QList<entities::Status> eachOnce(const QList<entities::Status> &newestFirst)
{
    QSet<StatusId> shown;
    QList<entities::Status> kept;
    for (auto status = newestFirst.crbegin(); status != newestFirst.crend(); ++status) {
        const StatusId original = status->isReblog() ? status->reblogOfId : status->id;
        if (status->isReblog() && shown.contains(original))
            continue;
        shown.insert(original);
        kept.prepend(*status);
    }
    return kept;
}

// A reblog has the media of what it reblogs.
void keepMedia(StatusSet &set)
{
    set.statuses.removeIf([&set](const entities::Status &status) {
        const StatusId shown = status.isReblog() ? status.reblogOfId : status.id;
        return set.media.value(shown).isEmpty();
    });
}

} // namespace

Timelines::Timelines(const ports::StatusReader &statuses, const VisibilityPolicy &visibility,
                     const GatherStatuses &gather)
    : m_statuses(statuses)
    , m_visibility(visibility)
    , m_gather(gather)
{
}

Result<StatusPage> Timelines::home(const Viewer &viewer, const ports::TimelineFilter &filter, const PageRequest &page,
                                   const Deadline &deadline) const
{
    const Page<StatusId> ids = GI_TRY(m_statuses.home(viewer.account, page, deadline));
    StatusPage shown = GI_TRY(show(viewer, ids, Hide::BlockedAndMuted, deadline));
    shown.set.statuses = eachOnce(shown.set.statuses);
    if (filter.onlyMedia)
        keepMedia(shown.set);
    return shown;
}

Result<StatusPage> Timelines::publicTimeline(const Viewer &viewer, const ports::TimelineFilter &filter,
                                             const PageRequest &page, const Deadline &deadline) const
{
    return show(viewer, GI_TRY(m_statuses.publicTimeline(filter, page, deadline)), Hide::Unsought, deadline);
}

Result<StatusPage> Timelines::tag(const Viewer &viewer, const QString &tag, const ports::TagFilter &filter,
                                  const PageRequest &page, const Deadline &deadline) const
{
    return show(viewer, GI_TRY(m_statuses.tagTimeline(tag, filter, page, deadline)), Hide::Unsought, deadline);
}

Result<StatusPage> Timelines::account(const Viewer &viewer, AccountId account, const AccountTimelineRequest &request,
                                      const PageRequest &page, const Deadline &deadline) const
{
    if (request.pinned) {
        const QList<StatusId> pinned = GI_TRY(m_statuses.pinned(account, kMaxPinnedStatuses, deadline));
        StatusPage shown = GI_TRY(show(viewer, { pinned, {} }, Hide::Blocked, deadline));
        if (request.onlyMedia)
            keepMedia(shown.set);
        return shown;
    }
    ports::AccountTimelineFilter filter;
    filter.onlyMedia = request.onlyMedia;
    filter.excludeReplies = request.excludeReplies;
    filter.excludeReblogs = request.excludeReblogs;
    filter.tagged = request.tagged;
    const std::optional<entities::Visibility> upTo = GI_TRY(m_visibility.listUpTo(viewer, account, deadline));
    if (!upTo)
        return StatusPage {};
    filter.upTo = *upTo;
    return show(viewer, GI_TRY(m_statuses.accountTimeline(account, filter, page, deadline)), Hide::Blocked, deadline);
}

Result<StatusPage> Timelines::bookmarks(const Viewer &viewer, const PageRequest &page, const Deadline &deadline) const
{
    return show(viewer, GI_TRY(m_statuses.bookmarks(viewer.account, page, deadline)), Hide::Blocked, deadline);
}

Result<StatusPage> Timelines::favourites(const Viewer &viewer, const PageRequest &page, const Deadline &deadline) const
{
    return show(viewer, GI_TRY(m_statuses.favourites(viewer.account, page, deadline)), Hide::Blocked, deadline);
}

Result<StatusPage> Timelines::show(const Viewer &viewer, const Page<StatusId> &ids, Hide hide,
                                   const Deadline &deadline) const
{
    // The cursor follows what was read, not what is shown: a page emptied by the policy still leads to the next one.
    return StatusPage { GI_TRY(m_gather.visible(viewer, ids.rows, hide, deadline)), ids.bounds };
}

} // namespace graminsta::domain
