// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/statuses/showstatus.h>

namespace graminsta::domain
{

using entities::Status;
using entities::Viewer;

namespace
{

constexpr int kMaxAncestors = 200;
constexpr int kMaxDescendants = 400;

} // namespace

ShowStatus::ShowStatus(const ports::StatusReader &statuses, const VisibilityPolicy &visibility,
                       const GatherStatuses &gather)
    : m_statuses(statuses)
    , m_visibility(visibility)
    , m_gather(gather)
{
}

Result<Status> ShowStatus::visibleStatus(const Viewer &viewer, StatusId id, const Deadline &deadline) const
{
    Result<Status> status = m_statuses.byId(id, deadline);
    if (!status && status.error().fault != Fault::NotFound)
        return status;
    const bool visible = status.has_value() && GI_TRY(m_visibility.maySee(viewer, *status, deadline));
    if (!visible)
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    return status;
}

Result<Status> ShowStatus::visibleOriginal(const Viewer &viewer, StatusId id, const Deadline &deadline) const
{
    Result<Status> status = visibleStatus(viewer, id, deadline);
    if (!status || !status->isReblog())
        return status;
    return visibleStatus(viewer, status->reblogOfId, deadline);
}

Result<StatusSet> ShowStatus::run(const Viewer &viewer, StatusId id, const Deadline &deadline) const
{
    const Status status = GI_TRY(visibleStatus(viewer, id, deadline));
    StatusSet set = GI_TRY(m_gather.run(viewer, { status }, Detail::Single, deadline));
    // Its author, or what it reblogs, was deleted meanwhile.
    if (set.statuses.isEmpty())
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    return set;
}

Result<Thread> ShowStatus::thread(const Viewer &viewer, StatusId id, const Deadline &deadline) const
{
    const StatusId original = GI_TRY(visibleOriginal(viewer, id, deadline)).id;
    const QList<Status> above = GI_TRY(m_statuses.ancestors(original, kMaxAncestors, deadline));
    const QList<Status> below = GI_TRY(m_statuses.descendants(original, kMaxDescendants, deadline));
    Thread thread;
    thread.ancestors = GI_TRY(m_gather.run(viewer, GI_TRY(m_visibility.visible(viewer, above, Hide::Blocked, deadline)),
                                           Detail::List, deadline));
    thread.descendants = GI_TRY(m_gather.run(
        viewer, GI_TRY(m_visibility.visible(viewer, below, Hide::Blocked, deadline)), Detail::List, deadline));
    return thread;
}

} // namespace graminsta::domain
