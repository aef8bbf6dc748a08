// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/notifications/notificationgroups.h>

#include <QSet>

namespace graminsta::domain
{

using entities::Notification;
using entities::NotificationGroupKey;
using entities::NotificationType;
using entities::Viewer;

namespace
{

NotificationGroupKey keyOf(const Notification &notification, bool isGrouped)
{
    if (!isGrouped)
        return { notification.id, notification.type, {}, 0 };
    return { {}, notification.type, notification.statusId, notification.groupHour };
}

} // namespace

NotificationGroups::NotificationGroups(const ports::NotificationReader &notifications,
                                       const ports::MarkerReader &markers, const ListNotifications &list,
                                       ports::UnitOfWork &unitOfWork)
    : m_notifications(notifications)
    , m_markers(markers)
    , m_list(list)
    , m_unitOfWork(unitOfWork)
{
}

Result<NotificationGroupSet> NotificationGroups::run(const Viewer &viewer, const ports::NotificationFilter &filter,
                                                     const QList<NotificationType> &grouped,
                                                     const entities::PageRequest &page, const Deadline &deadline) const
{
    const entities::Page<Notification> found =
        GI_TRY(m_notifications.groups(viewer.account, filter, grouped, page, deadline));
    // Below lies the next page, and clients ask for it by the lowest that this one covers.
    const NotificationId lowest { found.bounds.oldest };
    NotificationGroupSet groups = GI_TRY(put(viewer, found.rows, grouped, filter.from, lowest, deadline));
    groups.set.bounds = found.bounds;
    return groups;
}

Result<NotificationGroupSet> NotificationGroups::one(const Viewer &viewer, const NotificationGroupKey &key,
                                                     const Deadline &deadline) const
{
    entities::PageRequest newest;
    newest.limit = 1;
    const entities::Page<Notification> found = GI_TRY(m_notifications.ofGroup(viewer.account, key, newest, deadline));
    const QList<NotificationType> grouped = key.alone.isNull() ? QList { key.type } : QList<NotificationType>();
    NotificationGroupSet groups = GI_TRY(put(viewer, found.rows, grouped, {}, {}, deadline));
    if (groups.set.notifications.isEmpty())
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    return groups;
}

Result<entities::Page<entities::Account>> NotificationGroups::people(const Viewer &viewer,
                                                                     const NotificationGroupKey &key,
                                                                     const entities::PageRequest &page,
                                                                     const Deadline &deadline) const
{
    const entities::Page<Notification> found = GI_TRY(m_notifications.ofGroup(viewer.account, key, page, deadline));
    const QList<Notification> shown = GI_TRY(m_list.shown(viewer, found.rows, deadline));
    QSet<AccountId> ids;
    for (const Notification &notification : shown)
        ids.insert(notification.fromAccountId);
    const QHash<AccountId, entities::Account> accounts = GI_TRY(m_list.accounts(ids, deadline));
    entities::Page<entities::Account> people;
    people.bounds = found.bounds;
    people.rows.reserve(shown.size());
    for (const Notification &notification : shown) {
        const auto account = accounts.constFind(notification.fromAccountId);
        if (account != accounts.cend())
            people.rows.append(*account);
    }
    return people;
}

Result<int> NotificationGroups::countUnread(const Viewer &viewer, const ports::NotificationFilter &filter,
                                            const QList<NotificationType> &grouped, int most,
                                            const Deadline &deadline) const
{
    entities::PageRequest page;
    page.limit = most;
    for (const entities::Marker &marker : GI_TRY(m_markers.markers(viewer.account, deadline))) {
        if (marker.timeline == entities::MarkedTimeline::Notifications)
            page.sinceId = marker.lastReadId;
    }
    const entities::Page<Notification> found =
        GI_TRY(m_notifications.groups(viewer.account, filter, grouped, page, deadline));
    return static_cast<int>(GI_TRY(m_list.shown(viewer, found.rows, deadline)).size());
}

Result<> NotificationGroups::dismiss(const Viewer &viewer, const NotificationGroupKey &key,
                                     const Deadline &deadline) const
{
    return m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        return writers.notifications.dismissGroup(viewer.account, key);
    });
}

Result<NotificationGroupSet> NotificationGroups::put(const Viewer &viewer, const QList<Notification> &newest,
                                                     const QList<NotificationType> &grouped, AccountId from,
                                                     NotificationId lowest, const Deadline &deadline) const
{
    const auto isGrouped = [&grouped](const Notification &notification) {
        return notification.groupHour != 0 && grouped.contains(notification.type);
    };
    QList<NotificationId> together;
    for (const Notification &notification : newest) {
        if (isGrouped(notification))
            together.append(notification.id);
    }
    QList<ports::GroupMember> members;
    if (!together.isEmpty())
        members = GI_TRY(m_notifications.members(viewer.account, together, from, lowest, kSeenOfGroup, deadline));
    QList<Notification> all;
    all.reserve(members.size() + newest.size());
    for (const ports::GroupMember &member : std::as_const(members))
        all.append(member.notification);
    for (const Notification &notification : newest) {
        if (!isGrouped(notification))
            all.append(notification);
    }
    QHash<NotificationId, Notification> shown;
    for (const Notification &notification : GI_TRY(m_list.shown(viewer, all, deadline)))
        shown.insert(notification.id, notification);

    // By the newest of each, as `newest` has it: who of it is shown, and what stands for it.
    QHash<NotificationId, NotificationGroup> groups;
    QHash<NotificationId, Notification> leading;
    for (const ports::GroupMember &member : std::as_const(members)) {
        NotificationGroup &group = groups[member.newest];
        if (group.key.hour == 0) {
            group = { keyOf(member.notification, true), member.total, {}, member.lowestOnPage, member.newest };
            if (lowest.isNull())
                group.pageMin = group.pageMax = {};
        }
        if (!shown.contains(member.notification.id)) {
            --group.count;
            continue;
        }
        if (!leading.contains(member.newest))
            leading.insert(member.newest, member.notification);
        const AccountId sender = member.notification.fromAccountId;
        if (group.sample.size() < kSampleOfGroup && !group.sample.contains(sender))
            group.sample.append(sender);
    }

    NotificationGroupSet result;
    QList<Notification> leaders;
    QSet<AccountId> people;
    for (const Notification &notification : newest) {
        NotificationGroup group;
        Notification leader = notification;
        if (isGrouped(notification)) {
            if (!leading.contains(notification.id))
                continue;
            leader = leading.value(notification.id);
            group = groups.value(notification.id);
        } else {
            if (!shown.contains(notification.id))
                continue;
            const NotificationId place = lowest.isNull() ? NotificationId() : notification.id;
            group = { keyOf(notification, false), 1, { notification.fromAccountId }, place, place };
        }
        leaders.append(leader);
        for (const AccountId account : std::as_const(group.sample))
            people.insert(account);
        result.groups.insert(leader.id, group);
    }
    result.set = GI_TRY(m_list.gather(viewer, leaders, people, deadline));
    return result;
}

} // namespace graminsta::domain
