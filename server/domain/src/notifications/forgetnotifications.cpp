// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/notifications/forgetnotifications.h>

#include <graminsta/ports/notifications.h>

namespace graminsta::domain
{

ForgetNotifications::ForgetNotifications(ports::UnitOfWork &unitOfWork)
    : m_unitOfWork(unitOfWork)
{
}

Result<> ForgetNotifications::one(const entities::Viewer &viewer, NotificationId id, const Deadline &deadline) const
{
    return m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        if (!GI_TRY(writers.notifications.dismiss(viewer.account, id)))
            return makeError(Fault::NotFound, QStringLiteral("Record not found"));
        return {};
    });
}

Result<> ForgetNotifications::all(const entities::Viewer &viewer, const Deadline &deadline) const
{
    return m_unitOfWork.write(
        deadline, [&](ports::WriteSet &writers) -> Result<> { return writers.notifications.clear(viewer.account); });
}

} // namespace graminsta::domain
