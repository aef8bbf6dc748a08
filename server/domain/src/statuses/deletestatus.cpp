// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/statuses/deletestatus.h>

namespace graminsta::domain
{

using entities::Status;

DeleteStatus::DeleteStatus(const ports::StatusReader &statuses, const GatherStatuses &gather,
                           ports::UnitOfWork &unitOfWork)
    : m_statuses(statuses)
    , m_gather(gather)
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
    const StatusSet set = GI_TRY(m_gather.run(viewer, { *status }, Detail::Single, deadline));

    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.media.detach(id));
        GI_TRY(writers.statuses.remove(id));
        if (!status->inReplyToId.isNull())
            GI_TRY(writers.statuses.changeRepliesCount(status->inReplyToId, -1));
        GI_TRY(writers.accounts.changeCounters(status->accountId, { 0, 0, -1 }));
        return writers.accounts.refreshLastStatus(status->accountId);
    }));
    return set;
}

} // namespace graminsta::domain
