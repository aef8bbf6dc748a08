// SPDX-License-Identifier: GPL-3.0-or-later
// Whom a notification is pushed to: by the same policy that lists notifications, and by what each client wishes.
// Thread-safe.
#pragma once

#include <graminsta/domain/notifications/listnotifications.h>
#include <graminsta/ports/events.h>
#include <graminsta/ports/push.h>
#include <graminsta/ports/relations.h>

namespace graminsta::domain
{

struct PushNews {
    NotificationSet set; // of one, or empty: nothing is pushed
    QList<entities::PushSubscription> subscriptions; // whose policy lets its sender through, whatever their alerts
};

class GatherPushNews
{
public:
    GatherPushNews(const ports::PushStore &store, const ListNotifications &notifications,
                   const ports::RelationReader &relations, const Clock &clock);

    // One query where the account has no subscription.
    [[nodiscard]] Result<PushNews> run(const ports::NotificationCreated &created, const Deadline &deadline) const;

private:
    const ports::PushStore &m_store;
    const ListNotifications &m_notifications;
    const ports::RelationReader &m_relations;
    const Clock &m_clock;
};

} // namespace graminsta::domain
