// SPDX-License-Identifier: GPL-3.0-or-later
// Statuses: posts, comments and reblogs.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/ids.h>
#include <graminsta/entities/account.h>

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

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
    qint64 reblogsCount = 0;
    Timestamp createdAt;
    std::optional<Timestamp> editedAt;
    // Of a reblog. It has no text, media nor marks of its own; whoever may see it may see what it reblogs, since of
    // what not everybody may see there are only its author's reblogs, seen by the same people.
    StatusId reblogOfId;
    AccountId reblogOfAccountId;
    bool commentsDisabled = false;
    StatusId conversationId; // what the thread began with; null: this

    // For everybody who has its address; whether it is in timelines is another matter.
    [[nodiscard]] bool isOpen() const { return visibility == Visibility::Public || visibility == Visibility::Unlisted; }
    [[nodiscard]] bool isReblog() const { return !reblogOfId.isNull(); }
    [[nodiscard]] StatusId conversation() const { return conversationId.isNull() ? id : conversationId; }
};

// One version of a status that was edited.
struct StatusEdit {
    struct Media {
        MediaId id;
        QString description;
        friend bool operator==(const Media &, const Media &) = default;
    };

    StatusEditId id;
    StatusId statusId;
    QString text;
    QString spoilerText;
    bool sensitive = false;
    QList<Media> media; // in their order
    Timestamp createdAt; // of this version
};

// What the viewer has done with a status.
struct StatusFlags {
    bool favourited = false;
    bool bookmarked = false;
    bool reblogged = false;
    bool muted = false; // its thread
    bool pinned = false; // to the viewer's own profile
    friend bool operator==(const StatusFlags &, const StatusFlags &) = default;
};

enum class NotificationType { Mention = 0, Favourite = 1, Follow = 2, Reblog = 3, FollowRequest = 10 };

// What is told of together: of one type, about one status if about any, and not more than that after the first of it.
inline constexpr int kGroupHours = 12;

// Whether notifications of this type come in groups.
[[nodiscard]] constexpr bool isGroupable(NotificationType type)
{
    return type == NotificationType::Favourite || type == NotificationType::Follow || type == NotificationType::Reblog;
}

// Names those of an account's notifications that are told of together.
struct NotificationGroupKey {
    NotificationId alone; // of a notification that stands alone; then the rest does not count
    NotificationType type = NotificationType::Favourite;
    StatusId statusId {}; // null for Follow
    qint64 hour = 0; // Notification::groupHour
};

struct Notification {
    NotificationId id;
    AccountId accountId; // who is told
    NotificationType type = NotificationType::Follow;
    AccountId fromAccountId;
    StatusId statusId; // null for Follow and FollowRequest
    Timestamp createdAt;
    qint64 groupHour = 0; // when its group began, in hours since 1970; 0: it stands alone. Set by whoever stores it

    [[nodiscard]] NotificationGroupKey groupKey() const
    {
        return groupHour == 0 ? NotificationGroupKey { id } : NotificationGroupKey { {}, type, statusId, groupHour };
    }
};

} // namespace graminsta::entities
