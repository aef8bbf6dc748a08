// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/statuses/mutethread.h>

namespace graminsta::domain
{

using entities::Viewer;

MuteThread::MuteThread(const ShowStatus &showStatus, ports::UnitOfWork &unitOfWork, const Clock &clock)
    : m_showStatus(showStatus)
    , m_unitOfWork(unitOfWork)
    , m_clock(clock)
{
}

Result<StatusSet> MuteThread::mute(const Viewer &viewer, StatusId id, const Deadline &deadline) const
{
    const entities::Status status = GI_TRY(m_showStatus.visibleOriginal(viewer, id, deadline));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) {
        return writers.statuses.muteConversation(viewer.account, status.conversation(), m_clock.now());
    }));
    return m_showStatus.run(viewer, status.id, deadline);
}

Result<StatusSet> MuteThread::unmute(const Viewer &viewer, StatusId id, const Deadline &deadline) const
{
    const entities::Status status = GI_TRY(m_showStatus.visibleOriginal(viewer, id, deadline));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) {
        return writers.statuses.unmuteConversation(viewer.account, status.conversation());
    }));
    return m_showStatus.run(viewer, status.id, deadline);
}

} // namespace graminsta::domain
