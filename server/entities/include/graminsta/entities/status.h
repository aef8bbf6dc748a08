// SPDX-License-Identifier: GPL-3.0-or-later
// Statuses: posts and comments.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/ids.h>
#include <graminsta/entities/account.h>

#include <QList>
#include <QString>
#include <QStringList>

namespace graminsta::entities
{

// An account that a text names, as it was when the text was written.
struct Mention {
    AccountId accountId;
    QString username;
};

struct Status {
    StatusId id;
    AccountId accountId;
    QString text; // source, not HTML
    QString spoilerText;
    bool sensitive = false;
    Visibility visibility = Visibility::Public;
    QString language; // BCP 47, empty if unknown
    StatusId inReplyToId;
    AccountId inReplyToAccountId;
    ApplicationId applicationId;
    QStringList tags; // lower case, without '#', each once
    QList<Mention> mentions;
    int mediaCount = 0;
    qint64 favouritesCount = 0;
    qint64 repliesCount = 0;
    Timestamp createdAt;
};

// What the viewer has done with a status.
struct StatusFlags {
    bool favourited = false;
};

enum class NotificationType { Mention = 0, Favourite = 1, Follow = 2, FollowRequest = 10 };

struct Notification {
    NotificationId id;
    AccountId accountId; // who is told
    NotificationType type = NotificationType::Follow;
    AccountId fromAccountId;
    StatusId statusId; // null for Follow and FollowRequest
    Timestamp createdAt;
};

} // namespace graminsta::entities
