// SPDX-License-Identifier: GPL-3.0-or-later
// Grouped notifications, as the wire has them. https://docs.joinmastodon.org/methods/grouped_notifications/
#pragma once

#include <graminsta/model/entities.h>

namespace graminsta::model
{

// As much of an account as a row of pictures takes.
struct PartialAccount {
    QString id;
    QString acct;
    QString url;
    QString avatar;
    QString avatarStatic;
    bool locked = false;
    bool bot = false;
};

// What a page has of a group.
struct GroupPlace {
    QString minId;
    QString maxId;
    Timestamp latestAt;
};

struct NotificationGroup {
    QString groupKey;
    qint64 count = 1;
    QString type;
    QString mostRecentId;
    std::optional<GroupPlace> place; // only where there are pages
    QStringList sampleAccountIds;
    QString statusId; // empty: about none
};

struct GroupedNotifications {
    QList<Account> accounts;
    std::optional<QList<PartialAccount>> partialAccounts; // only where they are asked for
    QList<Status> statuses;
    QList<NotificationGroup> groups;
};

} // namespace graminsta::model
