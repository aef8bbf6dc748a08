// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/notifications/listnotifications.h>

namespace graminsta::domain
{

using entities::Notification;
using entities::Viewer;

ListNotifications::ListNotifications(const ports::NotificationReader &notifications, const ports::MarkerReader &markers,
                                     const ports::AccountReader &accounts, const VisibilityPolicy &visibility,
                                     const GatherStatuses &gather)
    : m_notifications(notifications)
    , m_markers(markers)
    , m_accounts(accounts)
    , m_visibility(visibility)
    , m_gather(gather)
{
}

Result<NotificationSet> ListNotifications::run(const Viewer &viewer, const ports::NotificationFilter &filter,
                                               const entities::PageRequest &page, const Deadline &deadline) const
{
    const entities::Page<Notification> found = GI_TRY(m_notifications.list(viewer.account, filter, page, deadline));
    NotificationSet set = GI_TRY(gather(viewer, GI_TRY(shown(viewer, found.rows, deadline)), {}, deadline));
    set.bounds = found.bounds;
    return set;
}

Result<NotificationSet> ListNotifications::one(const Viewer &viewer, NotificationId id, const Deadline &deadline) const
{
    const Result<Notification> found = m_notifications.byId(viewer.account, id, deadline);
    if (!found)
        return found.error().fault == Fault::NotFound ? makeError(Fault::NotFound, QStringLiteral("Record not found"))
                                                      : found.error();
    return gather(viewer, GI_TRY(shown(viewer, { *found }, deadline)), {}, deadline);
}

Result<int> ListNotifications::countUnread(const Viewer &viewer, const ports::NotificationFilter &filter, int most,
                                           const Deadline &deadline) const
{
    entities::PageRequest page;
    page.limit = most;
    for (const entities::Marker &marker : GI_TRY(m_markers.markers(viewer.account, deadline))) {
        if (marker.timeline == entities::MarkedTimeline::Notifications)
            page.sinceId = marker.lastReadId;
    }
    const entities::Page<Notification> found = GI_TRY(m_notifications.list(viewer.account, filter, page, deadline));
    return static_cast<int>(GI_TRY(shown(viewer, found.rows, deadline)).size());
}

Result<QList<Notification>> ListNotifications::shown(const Viewer &viewer, QList<Notification> notifications,
                                                     const Deadline &deadline) const
{
    QSet<AccountId> senders;
    for (const Notification &notification : notifications)
        senders.insert(notification.fromAccountId);
    const QHash<AccountId, entities::Standing> known =
        GI_TRY(m_visibility.standings(viewer, QList<AccountId>(senders.cbegin(), senders.cend()), deadline));
    notifications.removeIf([&known](const Notification &notification) {
        const entities::Standing standing = known.value(notification.fromAccountId);
        return standing.hidden || standing.blocked || standing.mutingNotifications
            || (standing.silenced && !standing.following);
    });
    return notifications;
}

Result<NotificationSet> ListNotifications::gather(const Viewer &viewer, const QList<Notification> &notifications,
                                                  const QSet<AccountId> &others, const Deadline &deadline) const
{
    NotificationSet set;
    QSet<AccountId> accountIds = others;
    QSet<StatusId> statusIds;
    for (const Notification &notification : notifications) {
        accountIds.insert(notification.fromAccountId);
        if (!notification.statusId.isNull())
            statusIds.insert(notification.statusId);
    }
    set.accounts = GI_TRY(accounts(accountIds, deadline));
    const QList<StatusId> wanted(statusIds.cbegin(), statusIds.cend());
    set.statuses = GI_TRY(m_gather.visible(viewer, wanted, Hide::Blocked, deadline));

    QSet<StatusId> shown;
    for (const entities::Status &status : set.statuses.statuses)
        shown.insert(status.id);
    for (const Notification &notification : notifications) {
        const bool statusShown = notification.statusId.isNull() || shown.contains(notification.statusId);
        if (statusShown && set.accounts.contains(notification.fromAccountId))
            set.notifications.append(notification);
    }
    return set;
}

Result<QHash<AccountId, entities::Account>> ListNotifications::accounts(const QSet<AccountId> &ids,
                                                                        const Deadline &deadline) const
{
    QHash<AccountId, entities::Account> accounts;
    const QList<AccountId> wanted(ids.cbegin(), ids.cend());
    for (const entities::Account &account : GI_TRY(m_accounts.byIds(wanted, deadline)))
        accounts.insert(account.id, account);
    return accounts;
}

} // namespace graminsta::domain
