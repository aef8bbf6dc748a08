// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/statuses/favouritestatus.h>

#include <graminsta/ports/notifications.h>

namespace graminsta::domain
{

using entities::NotificationType;
using entities::Viewer;

FavouriteStatus::FavouriteStatus(const ShowStatus &showStatus, const ports::StatusReader &statuses,
                                 const ports::AccountReader &accounts, ports::UnitOfWork &unitOfWork, IdGenerator &ids,
                                 const Clock &clock)
    : m_showStatus(showStatus)
    , m_statuses(statuses)
    , m_accounts(accounts)
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
                                                                        const entities::PageRequest &page,
                                                                        const Deadline &deadline) const
{
    const entities::Status status = GI_TRY(m_showStatus.visibleOriginal(viewer, id, deadline));
    const entities::Page<ports::FavouriteEdge> edges = GI_TRY(m_statuses.favouritedBy(status.id, page, deadline));
    QList<AccountId> ids;
    for (const ports::FavouriteEdge &edge : edges.rows)
        ids.append(edge.accountId);
    return entities::Page<entities::Account> { GI_TRY(m_accounts.byIds(ids, deadline)), edges.bounds };
}

} // namespace graminsta::domain
