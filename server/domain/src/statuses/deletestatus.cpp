// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/statuses/deletestatus.h>

#include <graminsta/ports/notifications.h>

namespace graminsta::domain
{

using entities::Status;

namespace
{

Result<> removeReblog(ports::WriteSet &writers, const Status &reblog)
{
    if (!GI_TRY(writers.statuses.removeReblog(reblog.accountId, reblog.reblogOfId)))
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    const Status original = GI_TRY(writers.statuses.lock(reblog.reblogOfId));
    GI_TRY(writers.accounts.changeCounters(reblog.accountId, { 0, 0, -1 }));
    GI_TRY(writers.accounts.refreshLastStatus(reblog.accountId));
    return writers.notifications.remove(original.accountId, entities::NotificationType::Reblog, reblog.accountId,
                                        original.id);
}

} // namespace

DeleteStatus::DeleteStatus(const ports::StatusReader &statuses, const GatherStatuses &gather, const MediaGrants &grants,
                           ports::UnitOfWork &unitOfWork)
    : m_statuses(statuses)
    , m_gather(gather)
    , m_grants(grants)
    , m_unitOfWork(unitOfWork)
{
}

Result<StatusSet> DeleteStatus::run(const entities::Viewer &viewer, StatusId id, const Deadline &deadline) const
{
    const Result<Status> status = m_statuses.byId(id, deadline);
    if (!status && status.error().fault != Fault::NotFound)
        return status.error();
    if (!status || status->accountId != viewer.account)
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    // Gathered before it goes; its favourites and comments are history then, its photos and text are the new draft's.
    StatusSet set = GI_TRY(m_gather.run(viewer, { *status }, Detail::Single, deadline));

    if (set.statuses.isEmpty())
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));

    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) { return removeStatus(writers, *status); }));
    // The new draft's from now on, and nobody else's.
    for (QList<entities::MediaAttachment> &media : set.media) {
        for (entities::MediaAttachment &one : media)
            one.published = false;
        m_grants.grant(media);
    }
    return set;
}

Result<> removeStatus(ports::WriteSet &writers, const Status &status)
{
    if (status.isReblog())
        return removeReblog(writers, status);
    GI_TRY(writers.statuses.lock(status.id));
    // Before what is noted of accounts: a look at the database writes that down, and the post must be gone by then.
    GI_TRY(writers.media.detach(status.id));
    for (const AccountId reblogger : GI_TRY(writers.statuses.rebloggers(status.id))) {
        GI_TRY(writers.accounts.changeCounters(reblogger, { 0, 0, -1 }));
        GI_TRY(writers.accounts.refreshLastStatus(reblogger));
    }
    GI_TRY(writers.statuses.remove(status.id));
    if (!status.inReplyToId.isNull())
        GI_TRY(writers.statuses.changeRepliesCount(status.inReplyToId, -1));
    GI_TRY(writers.accounts.changeCounters(status.accountId, { 0, 0, -1 }));
    return writers.accounts.refreshLastStatus(status.accountId);
}

} // namespace graminsta::domain
