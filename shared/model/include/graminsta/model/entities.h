// SPDX-License-Identifier: GPL-3.0-or-later
// The entities of the Mastodon client API as plain values: what both sides of the wire agree on.
// https://docs.joinmastodon.org/entities/
//
// Ids are opaque text here, since a client talks to servers whose ids are not ours. URLs are text as on the wire: a
// timeline holds hundreds, and most are only passed on. What is optional on the wire, or may be null, is std::optional;
// text that foreign servers null (Pixelfed's content) is empty.
#pragma once

#include <graminsta/core/clock.h>

#include <QDate>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <memory>
#include <optional>

namespace graminsta::model
{

struct Field {
    QString name;
    QString value; // HTML
    std::optional<Timestamp> verifiedAt;
    friend bool operator==(const Field &, const Field &) = default;
};

struct Role {
    QString id;
    QString name;
    QString permissions;
    friend bool operator==(const Role &, const Role &) = default;
};

// What only the owner of an account sees (CredentialAccount).
struct AccountSource {
    QString note; // plain text
    QList<Field> fields; // plain text
    QString privacy; // "public", "unlisted", "private", "direct"
    bool sensitive = false;
    QString language;
    int followRequestsCount = 0;
    friend bool operator==(const AccountSource &, const AccountSource &) = default;
};

// When a mute ends; never if it says nothing.
struct MuteEnd {
    std::optional<Timestamp> expiresAt;
    friend bool operator==(const MuteEnd &, const MuteEnd &) = default;
};

struct Account {
    QString id;
    QString username;
    QString acct;
    QString displayName;
    QString note; // HTML
    QString url;
    QString uri;
    QString avatar;
    QString avatarStatic;
    QString header;
    QString headerStatic;
    bool locked = false;
    bool bot = false;
    bool discoverable = true;
    bool group = false;
    bool suspended = false; // on the wire only where it is so, as the next
    bool limited = false;
    Timestamp createdAt;
    std::optional<QDate> lastStatusAt;
    qint64 statusesCount = 0;
    qint64 followersCount = 0;
    qint64 followingCount = 0;
    QList<Field> fields;
    std::optional<AccountSource> source; // CredentialAccount only
    std::optional<Role> role; // CredentialAccount only
    std::optional<MuteEnd> mute; // MutedAccount only
    QString noteText; // plain text; Pixelfed's dialect only, as the next
    QString website; // what the field of that name says
    friend bool operator==(const Account &, const Account &) = default;
};

struct MediaSize {
    int width = 0;
    int height = 0;
    friend bool operator==(const MediaSize &, const MediaSize &) = default;
};

// What there is to say of a video besides its size.
struct VideoMeta {
    std::chrono::milliseconds duration { 0 };
    int frameRateNumerator = 0;
    int frameRateDenominator = 1;
    qint64 bitRate = 0; // bits a second
    friend bool operator==(const VideoMeta &, const VideoMeta &) = default;
};

// Under which licence a photo may be used. The ids are Pixelfed's.
struct License {
    int id = 0;
    QString title;
    QString url;
    friend bool operator==(const License &, const License &) = default;
};

struct MediaAttachment {
    QString id;
    QString type; // "image", "video", "gifv", "audio", "unknown"
    QString url; // empty while it is processed
    QString previewUrl;
    QString remoteUrl;
    std::optional<QString> description;
    QString blurhash;
    std::optional<MediaSize> original;
    std::optional<MediaSize> small;
    std::optional<VideoMeta> video; // of "video" and "gifv", where the server says it
    double focusX = 0;
    double focusY = 0;
    QString mimeType; // of what `url` leads to; Pixelfed's dialect only
    std::optional<License> license; // Pixelfed's; not set: all rights reserved
    friend bool operator==(const MediaAttachment &, const MediaAttachment &) = default;
};

struct Mention {
    QString id;
    QString username;
    QString acct;
    QString url;
    friend bool operator==(const Mention &, const Mention &) = default;
};

struct TagDay {
    Timestamp day; // its begin in UTC
    int uses = 0;
    int accounts = 0;
    friend bool operator==(const TagDay &, const TagDay &) = default;
};

struct Tag {
    QString name;
    QString url;
    std::optional<bool> following;
    QList<TagDay> history {};
    friend bool operator==(const Tag &, const Tag &) = default;
};

struct ApplicationInfo {
    QString name;
    QString website;
    friend bool operator==(const ApplicationInfo &, const ApplicationInfo &) = default;
};

// What somebody does not want to see.
struct FilterKeyword {
    QString id;
    QString keyword;
    bool wholeWord = false;
    friend bool operator==(const FilterKeyword &, const FilterKeyword &) = default;
};

struct FilterStatus {
    QString id;
    QString statusId;
    friend bool operator==(const FilterStatus &, const FilterStatus &) = default;
};

struct Filter {
    QString id;
    QString title;
    QStringList context; // "home", "notifications", "public", "thread", "account"
    std::optional<Timestamp> expiresAt;
    QString filterAction; // "warn", "hide", "blur"
    QList<FilterKeyword> keywords {};
    QList<FilterStatus> statuses {};
    friend bool operator==(const Filter &, const Filter &) = default;
};

// That a filter means a status; the filter without its keywords and statuses.
struct FilterResult {
    Filter filter;
    QStringList keywordMatches;
    QStringList statusMatches; // ids
    friend bool operator==(const FilterResult &, const FilterResult &) = default;
};

// A keyword, as the first version of the API knows it.
struct FilterV1 {
    QString id;
    QString phrase;
    QStringList context;
    std::optional<Timestamp> expiresAt;
    bool irreversible = false;
    bool wholeWord = false;
};

struct Status {
    QString id;
    QString uri;
    QString url;
    Timestamp createdAt;
    std::optional<Timestamp> editedAt;
    Account account;
    QString content; // HTML
    std::optional<QString> text; // source, only in the answer to a deletion
    QString visibility;
    bool sensitive = false;
    QString spoilerText;
    QString language;
    std::optional<QString> inReplyToId;
    std::optional<QString> inReplyToAccountId;
    std::shared_ptr<const Status> reblog;
    std::optional<ApplicationInfo> application;
    QList<MediaAttachment> mediaAttachments;
    QList<Mention> mentions;
    QList<Tag> tags;
    qint64 repliesCount = 0;
    qint64 reblogsCount = 0;
    qint64 favouritesCount = 0;
    bool commentsDisabled = false; // Pixelfed's; on the wire only where it is so
    QString contentText; // plain text; Pixelfed's dialect only
    // The viewer's own; on the wire only where somebody is signed in.
    std::optional<bool> favourited;
    std::optional<bool> reblogged;
    std::optional<bool> muted;
    std::optional<bool> bookmarked;
    std::optional<bool> pinned;
    QList<FilterResult> filtered;
    friend bool operator==(const Status &, const Status &) = default;
};

// The text as it was written, for an edit.
struct StatusSource {
    QString id;
    QString text;
    QString spoilerText;
};

// One version of a status.
struct StatusEdit {
    QString content; // HTML
    QString spoilerText;
    bool sensitive = false;
    Timestamp createdAt;
    Account account;
    QList<MediaAttachment> mediaAttachments;
};

struct Context {
    QList<Status> ancestors;
    QList<Status> descendants;
};

struct Relationship {
    QString id;
    bool following = false;
    bool showingReblogs = false;
    bool notifying = false;
    QStringList languages;
    bool followedBy = false;
    bool blocking = false;
    bool blockedBy = false;
    bool muting = false;
    bool mutingNotifications = false;
    std::optional<Timestamp> mutingExpiresAt;
    bool requested = false;
    bool requestedBy = false;
    bool domainBlocking = false;
    bool endorsed = false;
    QString note;
    friend bool operator==(const Relationship &, const Relationship &) = default;
};

struct Notification {
    QString id;
    QString type; // "mention", "favourite", "follow", …; others from foreign servers pass through
    Timestamp createdAt;
    Account account;
    std::optional<Status> status;
    QString groupKey; // opaque; empty where the server has none
};

struct Marker {
    QString timeline; // "home", "notifications"
    QString lastReadId;
    qint64 version = 0;
    Timestamp updatedAt;
    friend bool operator==(const Marker &, const Marker &) = default;
};

struct Preferences {
    QString visibility; // of new posts
    bool sensitive = false;
    QString language;
    friend bool operator==(const Preferences &, const Preferences &) = default;
};

struct Report {
    QString id;
    std::optional<Timestamp> actionTakenAt;
    QString category; // "spam", "legal", "violation", "other"
    QString comment;
    Timestamp createdAt;
    QStringList statusIds;
    QStringList ruleIds;
    Account targetAccount;
};

struct Suggestion {
    QString source; // as Mastodon's "sources": "friends_of_friends"
    Account account;
};

struct Search {
    QList<Account> accounts;
    QList<Status> statuses;
    QList<Tag> hashtags;
};

} // namespace graminsta::model
