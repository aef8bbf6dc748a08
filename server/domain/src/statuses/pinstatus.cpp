// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/statuses/pinstatus.h>

#include <graminsta/domain/statuses/composing.h>

namespace graminsta::domain
{

using entities::Status;
using entities::Viewer;

PinStatus::PinStatus(const ShowStatus &showStatus, ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock)
    : m_showStatus(showStatus)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<StatusSet> PinStatus::pin(const Viewer &viewer, StatusId id, const Deadline &deadline) const
{
    const Status status = GI_TRY(ownStatus(viewer, id, deadline));
    if (!status.isOpen())
        return invalidStatus(QStringLiteral("Posts that not everybody may see cannot be pinned"));
    const Result<> pinned = m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        // Statuses before accounts, as a deletion locks them.
        GI_TRY(writers.statuses.lock(id));
        return writers.statuses.pin(m_ids.next<StatusPinId>(), viewer.account, id, m_clock.now(), kMaxPinnedStatuses);
    });
    if (!pinned) {
        if (pinned.error().fault == Fault::Conflict)
            return invalidStatus(QStringLiteral("You have already pinned the maximum number of posts"));
        return pinned.error();
    }
    return m_showStatus.run(viewer, id, deadline);
}

Result<StatusSet> PinStatus::unpin(const Viewer &viewer, StatusId id, const Deadline &deadline) const
{
    GI_TRY(ownStatus(viewer, id, deadline));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) { return writers.statuses.unpin(id); }));
    return m_showStatus.run(viewer, id, deadline);
}

Result<Status> PinStatus::ownStatus(const Viewer &viewer, StatusId id, const Deadline &deadline) const
{
    const Status status = GI_TRY(m_showStatus.visibleStatus(viewer, id, deadline));
    if (status.accountId != viewer.account)
        return invalidStatus(QStringLiteral("Someone else's post cannot be pinned"));
    if (status.isReblog())
        return invalidStatus(QStringLiteral("A boost cannot be pinned"));
    return status;
}

} // namespace graminsta::domain
