// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/json/encode.h>

#include "entitywriter.h"

namespace graminsta::json
{

namespace
{

// Seen in timelines of photos: a status with its account, one picture and a few tags.
constexpr qsizetype kStatusBytes = 3072;
constexpr qsizetype kAccountBytes = 1024;

void writeFields(JsonWriter &out, const QList<model::Field> &fields)
{
    out.key("fields");
    out.beginArray();
    for (const model::Field &field : fields) {
        out.element();
        out.beginObject();
        out.field("name", field.name);
        out.field("value", field.value);
        out.field("verified_at", field.verifiedAt);
        out.endObject();
    }
    out.endArray();
}

// https://docs.joinmastodon.org/entities/Account/#CredentialAccount
void writeSource(JsonWriter &out, const model::Account &account, const model::AccountSource &source)
{
    out.key("source");
    out.beginObject();
    out.field("privacy", source.privacy);
    out.field("sensitive", source.sensitive);
    out.fieldOrNull("language", source.language);
    out.field("note", source.note);
    writeFields(out, source.fields);
    out.field("follow_requests_count", source.followRequestsCount);
    out.nullField("hide_collections");
    out.field("discoverable", account.discoverable);
    out.field("indexable", false);
    out.endObject();
}

// Into an object that is begun.
void writeSizeFields(JsonWriter &out, const model::MediaSize &size)
{
    out.field("width", size.width);
    out.field("height", size.height);
    out.key("size");
    out.sizeText(size.width, size.height);
    out.field("aspect", size.height > 0 ? double(size.width) / size.height : 0.0);
}

double seconds(const model::VideoMeta &video)
{
    return static_cast<double>(video.duration.count()) / 1000;
}

void writeSize(JsonWriter &out, const model::MediaSize &size, const model::VideoMeta *video = nullptr)
{
    out.beginObject();
    writeSizeFields(out, size);
    if (video) {
        out.field("frame_rate",
                  QStringLiteral("%1/%2").arg(video->frameRateNumerator).arg(video->frameRateDenominator));
        out.field("duration", seconds(*video));
        out.field("bitrate", video->bitRate);
    }
    out.endObject();
}

// "0:00:06.20"
QString lengthText(std::chrono::milliseconds duration)
{
    const qint64 hundredths = duration.count() / 10;
    return QStringLiteral("%1:%2:%3.%4")
        .arg(hundredths / 360'000)
        .arg(hundredths / 6000 % 60, 2, 10, QLatin1Char('0'))
        .arg(hundredths / 100 % 60, 2, 10, QLatin1Char('0'))
        .arg(hundredths % 100, 2, 10, QLatin1Char('0'));
}

// Of a video Mastodon says all that there is to say twice, here and in "original", and clients read either.
void writeVideo(JsonWriter &out, const model::VideoMeta &video, const std::optional<model::MediaSize> &size)
{
    out.field("length", lengthText(video.duration));
    out.field("duration", seconds(video));
    out.field("fps", static_cast<double>(video.frameRateNumerator) / std::max(video.frameRateDenominator, 1));
    if (size)
        writeSizeFields(out, *size);
}

// https://docs.joinmastodon.org/entities/Status/#Tag
void writeStatusTags(JsonWriter &out, const QList<model::Tag> &tags)
{
    out.key("tags");
    out.beginArray();
    for (const model::Tag &tag : tags) {
        out.element();
        out.beginObject();
        out.field("name", tag.name);
        out.field("url", tag.url);
        out.endObject();
    }
    out.endArray();
}

// What the viewer has done; nobody is signed in where it is not known.
void writeViewer(JsonWriter &out, const model::Status &status)
{
    if (status.favourited)
        out.field("favourited", *status.favourited);
    if (status.reblogged)
        out.field("reblogged", *status.reblogged);
    if (status.muted)
        out.field("muted", *status.muted);
    if (status.bookmarked)
        out.field("bookmarked", *status.bookmarked);
    if (status.pinned)
        out.field("pinned", *status.pinned);
    if (status.favourited) {
        out.key("filtered");
        write(out, status.filtered);
    }
}

void writeApplication(JsonWriter &out, const model::ApplicationInfo &application)
{
    out.key("application");
    out.beginObject();
    out.field("name", application.name);
    out.fieldOrNull("website", application.website);
    out.endObject();
}

template<typename T> QByteArray document(const T &entity, qsizetype expected)
{
    JsonWriter out(expected);
    write(out, entity);
    return out.take();
}

} // namespace

// https://docs.joinmastodon.org/entities/Role/
void write(JsonWriter &out, const model::Role &role)
{
    out.beginObject();
    out.field("id", role.id);
    out.field("name", role.name);
    out.field("permissions", role.permissions);
    out.field("color", QLatin1String(""));
    out.field("highlighted", false);
    out.endObject();
}

void write(JsonWriter &out, const model::License &license)
{
    out.beginObject();
    out.field("id", license.id);
    out.field("title", license.title);
    out.fieldOrNull("url", license.url);
    out.endObject();
}

// https://docs.joinmastodon.org/entities/MediaAttachment/
void write(JsonWriter &out, const model::MediaAttachment &media)
{
    out.beginObject();
    out.field("id", media.id);
    out.field("type", media.type);
    out.fieldOrNull("url", media.url);
    out.fieldOrNull("preview_url", media.previewUrl);
    out.fieldOrNull("remote_url", media.remoteUrl);
    out.key("meta");
    out.beginObject();
    if (media.video)
        writeVideo(out, *media.video, media.original);
    if (media.original) {
        out.key("original");
        writeSize(out, *media.original, media.video ? &*media.video : nullptr);
    }
    if (media.small) {
        out.key("small");
        writeSize(out, *media.small);
    }
    out.key("focus");
    out.beginObject();
    out.field("x", media.focusX);
    out.field("y", media.focusY);
    out.endObject();
    out.endObject();
    out.field("description", media.description);
    out.fieldOrNull("blurhash", media.blurhash);
    if (media.license) {
        out.key("license");
        write(out, *media.license);
    }
    out.endObject();
}

void write(JsonWriter &out, const model::Mention &mention)
{
    out.beginObject();
    out.field("id", mention.id);
    out.field("username", mention.username);
    out.field("url", mention.url);
    out.field("acct", mention.acct);
    out.endObject();
}

// https://docs.joinmastodon.org/entities/Tag/
void write(JsonWriter &out, const model::Tag &tag)
{
    out.beginObject();
    out.field("name", tag.name);
    out.field("url", tag.url);
    out.key("history");
    out.beginArray();
    for (const model::TagDay &day : tag.history) {
        out.element();
        out.beginObject();
        // All three are text in this API.
        out.field("day", QString::number(toUnixMs(day.day) / 1000));
        out.field("uses", QString::number(day.uses));
        out.field("accounts", QString::number(day.accounts));
        out.endObject();
    }
    out.endArray();
    if (tag.following)
        out.field("following", *tag.following);
    out.endObject();
}

// https://docs.joinmastodon.org/entities/Relationship/
void write(JsonWriter &out, const model::Relationship &relationship)
{
    out.beginObject();
    out.field("id", relationship.id);
    out.field("following", relationship.following);
    out.field("showing_reblogs", relationship.showingReblogs);
    out.field("notifying", relationship.notifying);
    out.key("languages");
    write(out, relationship.languages);
    out.field("followed_by", relationship.followedBy);
    out.field("blocking", relationship.blocking);
    out.field("blocked_by", relationship.blockedBy);
    out.field("muting", relationship.muting);
    out.field("muting_notifications", relationship.mutingNotifications);
    out.field("muting_expires_at", relationship.mutingExpiresAt);
    out.field("requested", relationship.requested);
    out.field("requested_by", relationship.requestedBy);
    out.field("domain_blocking", relationship.domainBlocking);
    out.field("endorsed", relationship.endorsed);
    out.field("note", relationship.note);
    out.endObject();
}

// https://docs.joinmastodon.org/entities/Notification/
void write(JsonWriter &out, const model::Notification &notification)
{
    out.beginObject();
    out.field("id", notification.id);
    out.field("type", notification.type);
    out.field("created_at", notification.createdAt);
    out.field("group_key", notification.groupKey);
    out.key("account");
    write(out, notification.account);
    if (notification.status) {
        out.key("status");
        write(out, *notification.status);
    }
    out.endObject();
}

void write(JsonWriter &out, const QString &text)
{
    out.value(text);
}

// https://docs.joinmastodon.org/entities/Account/
void write(JsonWriter &out, const model::Account &account)
{
    out.beginObject();
    out.field("id", account.id);
    out.field("username", account.username);
    out.field("acct", account.acct);
    out.field("display_name", account.displayName);
    out.field("locked", account.locked);
    out.field("bot", account.bot);
    out.field("discoverable", account.discoverable);
    out.field("indexable", false);
    out.field("group", account.group);
    if (account.suspended)
        out.field("suspended", true);
    if (account.limited)
        out.field("limited", true);
    out.field("created_at", account.createdAt);
    out.field("note", account.note);
    out.field("url", account.url);
    out.field("uri", account.uri);
    out.field("avatar", account.avatar);
    out.field("avatar_static", account.avatarStatic);
    out.field("header", account.header);
    out.field("header_static", account.headerStatic);
    out.field("followers_count", account.followersCount);
    out.field("following_count", account.followingCount);
    out.field("statuses_count", account.statusesCount);
    out.field("last_status_at", account.lastStatusAt);
    out.nullField("hide_collections");
    if (account.source)
        writeSource(out, account, *account.source);
    if (account.role) {
        out.key("role");
        write(out, *account.role);
    }
    if (account.mute)
        out.field("mute_expires_at", account.mute->expiresAt);
    out.emptyArrayField("emojis");
    out.emptyArrayField("roles");
    writeFields(out, account.fields);
    out.endObject();
}

// https://docs.joinmastodon.org/entities/Status/
void write(JsonWriter &out, const model::Status &status)
{
    out.beginObject();
    out.field("id", status.id);
    out.field("created_at", status.createdAt);
    out.field("in_reply_to_id", status.inReplyToId);
    out.field("in_reply_to_account_id", status.inReplyToAccountId);
    out.field("sensitive", status.sensitive);
    out.field("spoiler_text", status.spoilerText);
    out.field("visibility", status.visibility);
    out.fieldOrNull("language", status.language);
    out.field("uri", status.uri);
    out.fieldOrNull("url", status.url);
    out.field("replies_count", status.repliesCount);
    out.field("reblogs_count", status.reblogsCount);
    out.field("favourites_count", status.favouritesCount);
    out.field("edited_at", status.editedAt);
    if (status.commentsDisabled)
        out.field("comments_disabled", true);
    writeViewer(out, status);
    out.field("content", status.content);
    if (status.text)
        out.field("text", *status.text);
    out.key("reblog");
    if (status.reblog)
        write(out, *status.reblog);
    else
        out.null();
    if (status.application)
        writeApplication(out, *status.application);
    out.key("account");
    write(out, status.account);
    out.key("media_attachments");
    write(out, status.mediaAttachments);
    out.key("mentions");
    write(out, status.mentions);
    writeStatusTags(out, status.tags);
    out.emptyArrayField("emojis");
    out.nullField("card");
    out.nullField("poll");
    out.endObject();
}

QByteArray encode(const model::Account &account)
{
    return document(account, kAccountBytes);
}

QByteArray encode(const QList<model::Account> &accounts)
{
    return document(accounts, kAccountBytes * (accounts.size() + 1));
}

QByteArray encode(const model::Status &status)
{
    return document(status, kStatusBytes);
}

QByteArray encode(const QList<model::Status> &statuses)
{
    return document(statuses, kStatusBytes * (statuses.size() + 1));
}

QByteArray encode(const model::MediaAttachment &media)
{
    return document(media, kAccountBytes);
}

QByteArray encode(const model::Context &context)
{
    JsonWriter out(kStatusBytes * (context.ancestors.size() + context.descendants.size() + 1));
    out.beginObject();
    out.key("ancestors");
    write(out, context.ancestors);
    out.key("descendants");
    write(out, context.descendants);
    out.endObject();
    return out.take();
}

QByteArray encode(const model::Relationship &relationship)
{
    return document(relationship, kAccountBytes);
}

QByteArray encode(const QList<model::Relationship> &relationships)
{
    return document(relationships, kAccountBytes * (relationships.size() + 1));
}

QByteArray encode(const model::Notification &notification)
{
    return document(notification, kStatusBytes);
}

QByteArray encode(const QList<model::Notification> &notifications)
{
    return document(notifications, kStatusBytes * (notifications.size() + 1));
}

QByteArray encode(const model::Tag &tag)
{
    return document(tag, kAccountBytes);
}

QByteArray encode(const QList<model::Tag> &tags)
{
    return document(tags, kAccountBytes);
}

QByteArray encode(const model::Search &search)
{
    JsonWriter out(kStatusBytes * (search.statuses.size() + 1) + kAccountBytes * search.accounts.size());
    out.beginObject();
    out.key("accounts");
    write(out, search.accounts);
    out.key("statuses");
    write(out, search.statuses);
    out.key("hashtags");
    write(out, search.hashtags);
    out.endObject();
    return out.take();
}

} // namespace graminsta::json
