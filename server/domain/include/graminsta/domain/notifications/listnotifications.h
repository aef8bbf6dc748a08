// SPDX-License-Identifier: GPL-3.0-or-later
// What the viewer is told of. Thread-safe.
#pragma once

#include <graminsta/domain/policy/visibility.h>
#include <graminsta/domain/statuses/gatherstatuses.h>
#include <graminsta/ports/markers.h>
#include <graminsta/ports/notifications.h>

#include <QSet>

namespace graminsta::domain
{

// Notifications in order, and what they refer to. A status that the viewer may no longer see is not in the set.
struct NotificationSet {
    QList<entities::Notification> notifications;
    QHash<AccountId, entities::Account> accounts;
    StatusSet statuses;
    entities::PageBounds bounds;
};

class ListNotifications
{
public:
    ListNotifications(const ports::NotificationReader &notifications, const ports::MarkerReader &markers,
                      const ports::AccountReader &accounts, const VisibilityPolicy &visibility,
                      const GatherStatuses &gather);

    [[nodiscard]] Result<NotificationSet> run(const entities::Viewer &viewer, const ports::NotificationFilter &filter,
                                              const entities::PageRequest &page, const Deadline &deadline) const;
    // Fault::NotFound if the viewer has none of that id, or none to be shown.
    [[nodiscard]] Result<NotificationSet> one(const entities::Viewer &viewer, NotificationId id,
                                              const Deadline &deadline) const;

    // How many the viewer has not read yet, by the marker; more than `most` count as `most`.
    [[nodiscard]] Result<int> countUnread(const entities::Viewer &viewer, const ports::NotificationFilter &filter,
                                          int most, const Deadline &deadline) const;

    // Without those of whom a block or a mute hides. One query.
    [[nodiscard]] Result<QList<entities::Notification>>
    shown(const entities::Viewer &viewer, QList<entities::Notification> notifications, const Deadline &deadline) const;
    // With all that showing these takes, and with `others` among the accounts.
    [[nodiscard]] Result<NotificationSet> gather(const entities::Viewer &viewer,
                                                 const QList<entities::Notification> &notifications,
                                                 const QSet<AccountId> &others, const Deadline &deadline) const;
    // One query.
    [[nodiscard]] Result<QHash<AccountId, entities::Account>> accounts(const QSet<AccountId> &ids,
                                                                       const Deadline &deadline) const;

private:
    const ports::NotificationReader &m_notifications;
    const ports::MarkerReader &m_markers;
    const ports::AccountReader &m_accounts;
    const VisibilityPolicy &m_visibility;
    const GatherStatuses &m_gather;
};

} // namespace graminsta::domain
