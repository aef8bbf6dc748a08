// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/statuses/favouritestatus.h>

#include <graminsta/domain/accounts/edgeaccounts.h>
#include <graminsta/ports/notifications.h>

namespace graminsta::domain
{

using entities::NotificationType;
using entities::Viewer;

FavouriteStatus::FavouriteStatus(const ShowStatus &showStatus, const ports::StatusReader &statuses,
                                 const ports::AccountReader &accounts, const VisibilityPolicy &visibility,
                                 ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock)
    : m_showStatus(showStatus)
    , m_statuses(statuses)
    , m_accounts(accounts)
    , m_visibility(visibility)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<StatusSet> FavouriteStatus::favourite(const Viewer &viewer, StatusId id, const Deadline &deadline) const
{
    const entities::Status status = GI_TRY(m_showStatus.visibleOriginal(viewer, id, deadline));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        const Timestamp now = m_clock.now();
        const bool isNew =
            GI_TRY(writers.statuses.addFavourite(m_ids.next<FavouriteId>(), viewer.account, status.id, now));
        if (!isNew || status.accountId == viewer.account)
            return {};
        return writers.notifications.insert({ m_ids.next<NotificationId>(), status.accountId,
                                              NotificationType::Favourite, viewer.account, status.id, now });
    }));
    return m_showStatus.run(viewer, status.id, deadline);
}

Result<StatusSet> FavouriteStatus::unfavourite(const Viewer &viewer, StatusId id, const Deadline &deadline) const
{
    const entities::Status status = GI_TRY(m_showStatus.visibleOriginal(viewer, id, deadline));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        const bool removed = GI_TRY(writers.statuses.removeFavourite(viewer.account, status.id));
        if (!removed)
            return {};
        return writers.notifications.remove(status.accountId, NotificationType::Favourite, viewer.account, status.id);
    }));
    return m_showStatus.run(viewer, status.id, deadline);
}

Result<entities::Page<entities::Account>> FavouriteStatus::favouritedBy(const Viewer &viewer, StatusId id,
                                                                        const entities::PageRequest &request,
                                                                        const Deadline &deadline) const
{
    const entities::Status status = GI_TRY(m_showStatus.visibleOriginal(viewer, id, deadline));
    entities::Page<entities::Account> page =
        GI_TRY(edgeAccounts(m_accounts, GI_TRY(m_statuses.favouritedBy(status.id, request, deadline)), deadline));
    page.rows = GI_TRY(m_visibility.visibleAccounts(viewer, std::move(page.rows), Hide::Blocked, deadline));
    return page;
}

} // namespace graminsta::domain
