// SPDX-License-Identifier: GPL-3.0-or-later
// What the viewer is told of, with likes, reblogs and follows of the same time put together. Thread-safe.
#pragma once

#include <graminsta/domain/notifications/listnotifications.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

struct NotificationGroup {
    entities::NotificationGroupKey key;
    int count = 1; // without those hidden from the viewer, as far as the newest kSeenOfGroup go
    QList<AccountId> sample; // who did it last, the newest first; at most kSampleOfGroup
    NotificationId pageMin; // what of it the page covers; null where there are no pages
    NotificationId pageMax;
};

// As many of a group are looked at, and as many people of it shown.
inline constexpr int kSeenOfGroup = 40;
inline constexpr int kSampleOfGroup = 8;

struct NotificationGroupSet {
    NotificationSet set; // the newest of each group
    QHash<NotificationId, NotificationGroup> groups; // by that
};

class NotificationGroups
{
public:
    NotificationGroups(const ports::NotificationReader &notifications, const ports::MarkerReader &markers,
                       const ListNotifications &list, ports::UnitOfWork &unitOfWork);

    // Each group is on one page, that of its newest notification. `grouped`: what to put together. Two queries more
    // than ListNotifications::run(), less one.
    [[nodiscard]] Result<NotificationGroupSet> run(const entities::Viewer &viewer,
                                                   const ports::NotificationFilter &filter,
                                                   const QList<entities::NotificationType> &grouped,
                                                   const entities::PageRequest &page, const Deadline &deadline) const;
    // Fault::NotFound if the viewer has none of that key, or none to be shown.
    [[nodiscard]] Result<NotificationGroupSet>
    one(const entities::Viewer &viewer, const entities::NotificationGroupKey &key, const Deadline &deadline) const;
    // The people of a group, by notification; none if there is no such group.
    [[nodiscard]] Result<entities::Page<entities::Account>> people(const entities::Viewer &viewer,
                                                                   const entities::NotificationGroupKey &key,
                                                                   const entities::PageRequest &page,
                                                                   const Deadline &deadline) const;
    // How many groups have something that the viewer has not read yet; more than `most` count as `most`.
    [[nodiscard]] Result<int> countUnread(const entities::Viewer &viewer, const ports::NotificationFilter &filter,
                                          const QList<entities::NotificationType> &grouped, int most,
                                          const Deadline &deadline) const;
    // Success also if there is none.
    [[nodiscard]] Result<> dismiss(const entities::Viewer &viewer, const entities::NotificationGroupKey &key,
                                   const Deadline &deadline) const;

private:
    [[nodiscard]] Result<NotificationGroupSet> put(const entities::Viewer &viewer,
                                                   const QList<entities::Notification> &newest,
                                                   const QList<entities::NotificationType> &grouped, AccountId from,
                                                   NotificationId lowest, const Deadline &deadline) const;

    const ports::NotificationReader &m_notifications;
    const ports::MarkerReader &m_markers;
    const ListNotifications &m_list;
    ports::UnitOfWork &m_unitOfWork;
};

} // namespace graminsta::domain
