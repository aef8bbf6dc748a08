// SPDX-License-Identifier: GPL-3.0-or-later
#include "pixelfed/dialectwriter.h"

#include <graminsta/json/pixelfed.h>

#include <algorithm>

namespace graminsta::json::pixelfed
{

namespace
{

void writeAccountMembers(JsonWriter &out, const model::Account &account)
{
    out.field("id", account.id);
    out.field("username", account.username);
    out.field("acct", account.acct);
    out.field("display_name", account.displayName);
    out.field("discoverable", account.discoverable);
    out.field("locked", account.locked);
    out.field("followers_count", account.followersCount);
    out.field("following_count", account.followingCount);
    out.field("statuses_count", account.statusesCount);
    out.field("note", account.note);
    out.field("note_text", account.noteText);
    out.field("url", account.url);
    out.field("avatar", account.avatar);
    out.fieldOrNull("website", account.website);
    out.field("local", true);
    // It would lead the app to pages of administration that this server has not.
    out.field("is_admin", false);
    out.field("created_at", account.createdAt);
    out.nullField("header_bg");
    out.nullField("last_fetched_at");
    out.emptyArrayField("pronouns");
    out.nullField("location");
}

void writeSource(JsonWriter &out, const model::AccountSource &source)
{
    out.key("source");
    out.beginObject();
    out.field("privacy", source.privacy);
    out.field("sensitive", source.sensitive);
    out.fieldOrNull("language", source.language);
    out.field("note", source.note);
    out.emptyArrayField("fields");
    out.endObject();
}

void writeSettings(JsonWriter &out, const model::Account &account)
{
    out.key("settings");
    out.beginObject();
    out.field("crawlable", account.discoverable);
    out.field("disable_embeds", true);
    out.field("high_contrast_mode", false);
    out.field("indexable", false);
    out.field("is_suggestable", account.discoverable);
    out.field("media_descriptions", false);
    out.field("public_dm", false);
    out.field("reduce_motion", false);
    out.field("show_atom", false);
    out.field("show_profile_follower_count", true);
    out.field("show_profile_following_count", true);
    out.field("video_autoplay", true);
    out.endObject();
}

} // namespace

void writeEntity(JsonWriter &out, const model::Account &account)
{
    out.beginObject();
    writeAccountMembers(out, account);
    if (account.source) {
        writeSource(out, *account.source);
        writeSettings(out, account);
    }
    out.endObject();
}

namespace
{

void writeMeta(JsonWriter &out, const model::MediaAttachment &media)
{
    out.key("meta");
    if (!media.original)
        return out.null();
    const model::MediaSize &size = *media.original;
    out.beginObject();
    out.key("focus");
    out.beginObject();
    out.field("x", media.focusX);
    out.field("y", media.focusY);
    out.endObject();
    out.key("original");
    out.beginObject();
    out.field("width", size.width);
    out.field("height", size.height);
    out.key("size");
    out.sizeText(size.width, size.height);
    out.field("aspect", size.height > 0 ? double(size.width) / size.height : 0.0);
    out.endObject();
    out.endObject();
}

void writeOrientation(JsonWriter &out, const std::optional<model::MediaSize> &size)
{
    out.key("orientation");
    if (!size)
        out.null();
    else if (size->width == size->height)
        out.value(QLatin1String("square"));
    else
        out.value(QLatin1String(size->width > size->height ? "landscape" : "portrait"));
}

void writeMedia(JsonWriter &out, const model::MediaAttachment &media, bool isSensitive)
{
    out.beginObject();
    out.field("id", media.id);
    out.field("type", media.type);
    out.fieldOrNull("url", media.url);
    out.fieldOrNull("remote_url", media.remoteUrl);
    out.fieldOrNull("preview_url", media.previewUrl);
    out.fieldOrNull("optimized_url", media.previewUrl);
    out.nullField("text_url");
    writeMeta(out, media);
    out.field("description", media.description);
    out.key("license");
    if (media.license)
        json::write(out, *media.license);
    else
        out.null();
    out.field("is_nsfw", isSensitive);
    writeOrientation(out, media.original);
    out.nullField("filter_name");
    out.nullField("filter_class");
    out.fieldOrNull("mime", media.mimeType);
    out.fieldOrNull("blurhash", media.blurhash);
    out.endObject();
}

// What a post is, by what it shows.
QString typeOf(const model::Status &status)
{
    if (status.reblog)
        return QStringLiteral("share");
    const auto isVideo = [](const model::MediaAttachment &media) {
        return media.type == QLatin1String("video") || media.type == QLatin1String("gifv");
    };
    const qsizetype media = status.mediaAttachments.size();
    const qsizetype videos = std::count_if(status.mediaAttachments.cbegin(), status.mediaAttachments.cend(), isVideo);
    if (media == 0)
        return status.inReplyToId ? QStringLiteral("reply") : QStringLiteral("text");
    if (videos > 0 && videos < media)
        return QStringLiteral("photo:video:album");
    return (videos > 0 ? QStringLiteral("video") : QStringLiteral("photo"))
        + (media > 1 ? QStringLiteral(":album") : QString());
}

void writeTags(JsonWriter &out, const QList<model::Tag> &tags)
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

void writeApplication(JsonWriter &out, const std::optional<model::ApplicationInfo> &application)
{
    out.key("application");
    out.beginObject();
    out.field("name", application ? application->name : QStringLiteral("web"));
    out.fieldOrNull("website", application ? application->website : QString());
    out.endObject();
}

// What Graminsta knows nothing of.
void writeUnknown(JsonWriter &out)
{
    out.field("thread", false);
    out.emptyArrayField("replies");
    out.emptyArrayField("parent");
    out.nullField("place");
    out.field("local", true);
    out.emptyArrayField("taggedPeople");
    out.key("label");
    out.beginObject();
    out.field("covid", false);
    out.endObject();
    out.key("liked_by");
    out.beginObject();
    out.nullField("username");
    out.field("others", false);
    out.endObject();
}

// What the viewer has done; false where nobody is signed in.
void writeViewer(JsonWriter &out, const model::Status &status)
{
    out.field("reblogged", status.reblogged.value_or(false));
    out.field("favourited", status.favourited.value_or(false));
    out.field("muted", status.muted.value_or(false));
    out.field("bookmarked", status.bookmarked.value_or(false));
    out.field("pinned", status.pinned.value_or(false));
}

} // namespace

void writeEntity(JsonWriter &out, const model::Status &status)
{
    out.beginObject();
    out.field("_v", 1);
    out.field("id", status.id);
    // Pixelfed shortens the id to make addresses of it; ours are made of the id.
    out.field("shortcode", status.id);
    out.field("uri", status.uri);
    out.field("url", status.url);
    out.field("in_reply_to_id", status.inReplyToId);
    out.field("in_reply_to_account_id", status.inReplyToAccountId);
    out.key("reblog");
    if (status.reblog)
        writeEntity(out, *status.reblog);
    else
        out.null();
    out.field("content", status.content);
    out.field("content_text", status.contentText);
    out.field("created_at", status.createdAt);
    out.emptyArrayField("emojis");
    out.field("reblogs_count", status.reblogsCount);
    out.field("favourites_count", status.favouritesCount);
    writeViewer(out, status);
    out.field("sensitive", status.sensitive);
    out.field("spoiler_text", status.spoilerText);
    out.field("visibility", status.visibility);
    writeApplication(out, status.application);
    out.fieldOrNull("language", status.language);
    out.key("mentions");
    json::write(out, status.mentions);
    out.field("pf_type", typeOf(status));
    out.field("reply_count", status.repliesCount);
    out.field("comments_disabled", status.commentsDisabled);
    writeUnknown(out);
    out.key("media_attachments");
    out.beginArray();
    for (const model::MediaAttachment &media : status.mediaAttachments) {
        out.element();
        writeMedia(out, media, status.sensitive);
    }
    out.endArray();
    out.key("account");
    writeEntity(out, status.account);
    writeTags(out, status.tags);
    out.nullField("poll");
    out.field("edited_at", status.editedAt);
    out.endObject();
}

namespace
{

QString typeOf(const model::Notification &notification)
{
    if (notification.type == QLatin1String("reblog"))
        return QStringLiteral("share");
    const bool isComment = notification.status && notification.status->inReplyToId;
    return notification.type == QLatin1String("mention") && isComment ? QStringLiteral("comment") : notification.type;
}

} // namespace

void writeEntity(JsonWriter &out, const model::Notification &notification)
{
    out.beginObject();
    out.field("id", notification.id);
    out.field("type", typeOf(notification));
    out.field("created_at", notification.createdAt);
    out.key("account");
    writeEntity(out, notification.account);
    if (notification.status) {
        out.key("status");
        writeEntity(out, *notification.status);
    }
    out.endObject();
}

QByteArray encode(const model::Account &account)
{
    return document(account, kAccountBytes);
}

QByteArray encode(const QList<model::Account> &accounts)
{
    return documentOf(accounts, kAccountBytes);
}

QByteArray encode(const model::Status &status)
{
    return document(status, kStatusBytes);
}

QByteArray encode(const QList<model::Status> &statuses)
{
    return documentOf(statuses, kStatusBytes);
}

QByteArray encode(const model::MediaAttachment &media)
{
    JsonWriter out(kAccountBytes);
    writeMedia(out, media, false);
    return out.take();
}

QByteArray encode(const model::Context &context)
{
    JsonWriter out(kStatusBytes * (context.ancestors.size() + context.descendants.size() + 1));
    out.beginObject();
    out.key("ancestors");
    writeList(out, context.ancestors);
    out.key("descendants");
    writeList(out, context.descendants);
    out.endObject();
    return out.take();
}

QByteArray encode(const model::Notification &notification)
{
    return document(notification, kStatusBytes);
}

QByteArray encode(const QList<model::Notification> &notifications)
{
    return documentOf(notifications, kStatusBytes);
}

QByteArray encode(const model::Search &search)
{
    JsonWriter out(kStatusBytes * (search.statuses.size() + 1) + kAccountBytes * search.accounts.size());
    out.beginObject();
    out.key("accounts");
    writeList(out, search.accounts);
    out.key("statuses");
    writeList(out, search.statuses);
    out.key("hashtags");
    json::write(out, search.hashtags);
    out.endObject();
    return out.take();
}

} // namespace graminsta::json::pixelfed
