// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/json/decode.h>

#include "reader.h"

#include <cmath>

namespace graminsta::json
{

namespace
{

enum class Nesting {
    MayReblog,
    IsReblogged, // a reblog of a reblog does not exist, and must not become deep recursion
};

Result<model::Status> decodeStatusAt(const QJsonObject &from, Nesting nesting);

QList<model::Field> decodeFields(const QJsonArray &array)
{
    return decodeList<model::Field>(array, kMaxListItems, [](const QJsonObject &from) -> Result<model::Field> {
        return model::Field { text(from, "name"), text(from, "value"), someTime(from, "verified_at") };
    });
}

std::optional<QDate> decodeDate(const QJsonObject &from, const char *name)
{
    // A moment where a date should be: Mastodon before 3.1.
    const QDate date = QDate::fromString(text(from, name).left(10), Qt::ISODate);
    return date.isValid() ? std::optional(date) : std::nullopt;
}

model::AccountSource decodeSource(const QJsonObject &from)
{
    model::AccountSource source;
    source.note = text(from, "note");
    source.fields = decodeFields(array(from, "fields"));
    source.privacy = someText(from, "privacy").value_or(QStringLiteral("public"));
    source.sensitive = truth(from, "sensitive");
    source.language = text(from, "language");
    source.followRequestsCount = smallNumber(from, "follow_requests_count");
    return source;
}

std::optional<model::MediaSize> decodeSize(const QJsonObject &from)
{
    const model::MediaSize size { smallNumber(from, "width"), smallNumber(from, "height") };
    return size.width > 0 && size.height > 0 ? std::optional(size) : std::nullopt;
}

// What a server says of a video; nothing if it does not say how long it is.
std::optional<model::VideoMeta> decodeVideo(const QJsonObject &original)
{
    constexpr double kMostSeconds = 7.0 * 24 * 3600;
    const double duration = original.value(QLatin1String("duration")).toDouble();
    if (!(duration > 0 && duration < kMostSeconds))
        return std::nullopt;
    model::VideoMeta video;
    video.duration = std::chrono::milliseconds(std::lround(duration * 1000));
    const QStringList rate = text(original, "frame_rate").split(QLatin1Char('/'));
    video.frameRateNumerator = std::max(rate.value(0).toInt(), 0);
    video.frameRateDenominator = std::max(rate.value(1).toInt(), 1);
    video.bitRate = std::max<qint64>(original.value(QLatin1String("bitrate")).toInteger(), 0);
    return video;
}

double decodeFocus(const QJsonObject &focus, const char *axis)
{
    const double value = focus.value(QLatin1String(axis)).toDouble();
    return std::isfinite(value) ? std::clamp(value, -1.0, 1.0) : 0.0;
}

Result<model::Mention> decodeMention(const QJsonObject &from)
{
    model::Mention mention { text(from, "id"), text(from, "username"), text(from, "acct"), text(from, "url") };
    if (mention.id.isEmpty())
        return unreadable("Mention", "id");
    return mention;
}

void decodeViewer(const QJsonObject &from, model::Status &status)
{
    status.favourited = someTruth(from, "favourited");
    status.reblogged = someTruth(from, "reblogged");
    status.muted = someTruth(from, "muted");
    status.bookmarked = someTruth(from, "bookmarked");
    status.pinned = someTruth(from, "pinned");
}

void decodeApplicationInfo(const QJsonObject &from, model::Status &status)
{
    const QJsonObject application = object(from, "application");
    if (!application.isEmpty())
        status.application = model::ApplicationInfo { text(application, "name"), text(application, "website") };
}

// Counters never are negative, whatever a server says.
qint64 count(const QJsonObject &from, const char *name)
{
    return std::max<qint64>(number(from, name), 0);
}

Result<model::Status> decodeStatusAt(const QJsonObject &from, Nesting nesting)
{
    model::Status status;
    status.id = text(from, "id");
    if (status.id.isEmpty())
        return unreadable("Status", "id");
    status.account = GI_TRY(decodeAccount(object(from, "account")));
    status.uri = text(from, "uri");
    status.url = text(from, "url");
    status.createdAt = time(from, "created_at");
    status.editedAt = someTime(from, "edited_at");
    status.content = text(from, "content");
    if (from.value(QLatin1String("text")).isString())
        status.text = text(from, "text");
    status.visibility = someText(from, "visibility").value_or(QStringLiteral("public"));
    status.sensitive = truth(from, "sensitive");
    status.spoilerText = text(from, "spoiler_text");
    status.language = text(from, "language");
    status.inReplyToId = someText(from, "in_reply_to_id");
    status.inReplyToAccountId = someText(from, "in_reply_to_account_id");
    status.mediaAttachments =
        decodeList<model::MediaAttachment>(array(from, "media_attachments"), kMaxListItems, decodeMedia);
    status.mentions = decodeList<model::Mention>(array(from, "mentions"), kMaxListItems, decodeMention);
    status.tags = decodeList<model::Tag>(array(from, "tags"), kMaxListItems, decodeTag);
    // Pixelfed's own dialect has it in the singular.
    status.repliesCount = std::max(count(from, "replies_count"), count(from, "reply_count"));
    status.reblogsCount = count(from, "reblogs_count");
    status.favouritesCount = count(from, "favourites_count");
    decodeApplicationInfo(from, status);
    decodeViewer(from, status);
    if (const QJsonObject reblog = object(from, "reblog"); nesting == Nesting::MayReblog && !reblog.isEmpty())
        status.reblog = std::make_shared<model::Status>(GI_TRY(decodeStatusAt(reblog, Nesting::IsReblogged)));
    return status;
}

} // namespace

Result<model::Account> decodeAccount(const QJsonObject &from)
{
    model::Account account;
    account.id = text(from, "id");
    if (account.id.isEmpty())
        return unreadable("Account", "id");
    account.acct = text(from, "acct");
    account.username = someText(from, "username").value_or(account.acct.section(QLatin1Char('@'), 0, 0));
    account.displayName = text(from, "display_name");
    account.note = text(from, "note");
    account.url = text(from, "url");
    account.uri = text(from, "uri");
    account.avatar = text(from, "avatar");
    account.avatarStatic = someText(from, "avatar_static").value_or(account.avatar);
    account.header = text(from, "header");
    account.headerStatic = someText(from, "header_static").value_or(account.header);
    account.locked = truth(from, "locked");
    account.bot = truth(from, "bot");
    account.discoverable = truth(from, "discoverable");
    account.suspended = truth(from, "suspended");
    account.limited = truth(from, "limited");
    account.group = truth(from, "group");
    account.createdAt = time(from, "created_at");
    account.lastStatusAt = decodeDate(from, "last_status_at");
    account.statusesCount = count(from, "statuses_count");
    account.followersCount = count(from, "followers_count");
    account.followingCount = count(from, "following_count");
    account.fields = decodeFields(array(from, "fields"));
    if (const QJsonObject source = object(from, "source"); !source.isEmpty())
        account.source = decodeSource(source);
    if (const QJsonObject role = object(from, "role"); !role.isEmpty())
        account.role = model::Role { text(role, "id"), text(role, "name"), text(role, "permissions") };
    return account;
}

Result<model::Status> decodeStatus(const QJsonObject &from)
{
    return decodeStatusAt(from, Nesting::MayReblog);
}

Result<model::License> decodeLicense(const QJsonObject &from)
{
    model::License license { smallNumber(from, "id"), text(from, "title"), text(from, "url") };
    if (license.title.isEmpty())
        return unreadable("License", "title");
    return license;
}

Result<model::MediaAttachment> decodeMedia(const QJsonObject &from)
{
    model::MediaAttachment media;
    media.id = text(from, "id");
    if (media.id.isEmpty())
        return unreadable("MediaAttachment", "id");
    media.type = someText(from, "type").value_or(QStringLiteral("unknown"));
    media.url = text(from, "url");
    media.previewUrl = text(from, "preview_url");
    media.remoteUrl = text(from, "remote_url");
    media.description = someText(from, "description");
    media.blurhash = text(from, "blurhash");
    const QJsonObject meta = object(from, "meta");
    media.original = decodeSize(object(meta, "original"));
    media.small = decodeSize(object(meta, "small"));
    media.video = decodeVideo(object(meta, "original"));
    const QJsonObject focus = object(meta, "focus");
    media.focusX = decodeFocus(focus, "x");
    media.focusY = decodeFocus(focus, "y");
    if (auto license = decodeLicense(object(from, "license")))
        media.license = std::move(license).value();
    return media;
}

Result<model::Relationship> decodeRelationship(const QJsonObject &from)
{
    model::Relationship relationship;
    relationship.id = text(from, "id");
    if (relationship.id.isEmpty())
        return unreadable("Relationship", "id");
    relationship.following = truth(from, "following");
    relationship.showingReblogs = truth(from, "showing_reblogs");
    relationship.notifying = truth(from, "notifying");
    relationship.languages = texts(from, "languages");
    relationship.followedBy = truth(from, "followed_by");
    relationship.blocking = truth(from, "blocking");
    relationship.blockedBy = truth(from, "blocked_by");
    relationship.muting = truth(from, "muting");
    relationship.mutingNotifications = truth(from, "muting_notifications");
    relationship.requested = truth(from, "requested");
    relationship.requestedBy = truth(from, "requested_by");
    relationship.domainBlocking = truth(from, "domain_blocking");
    relationship.endorsed = truth(from, "endorsed");
    relationship.note = text(from, "note");
    return relationship;
}

Result<model::Notification> decodeNotification(const QJsonObject &from)
{
    model::Notification notification;
    notification.id = text(from, "id");
    if (notification.id.isEmpty())
        return unreadable("Notification", "id");
    notification.type = text(from, "type");
    notification.createdAt = time(from, "created_at");
    notification.account = GI_TRY(decodeAccount(object(from, "account")));
    // What happened is worth showing even where its status cannot be read.
    if (auto status = decodeStatus(object(from, "status")))
        notification.status = std::move(status).value();
    return notification;
}

Result<model::Tag> decodeTag(const QJsonObject &from)
{
    model::Tag tag { text(from, "name"), text(from, "url"), someTruth(from, "following"), {} };
    if (tag.name.isEmpty())
        return unreadable("Tag", "name");
    return tag;
}

Result<model::Context> decodeContext(const QJsonObject &from)
{
    return model::Context { decodeStatuses(array(from, "ancestors")), decodeStatuses(array(from, "descendants")) };
}

Result<model::Search> decodeSearch(const QJsonObject &from)
{
    return model::Search { decodeAccounts(array(from, "accounts")), decodeStatuses(array(from, "statuses")),
                           decodeList<model::Tag>(array(from, "hashtags"), kMaxListItems, decodeTag) };
}

QList<model::Account> decodeAccounts(const QJsonArray &array)
{
    return decodeList<model::Account>(array, kMaxListItems, decodeAccount);
}

QList<model::Status> decodeStatuses(const QJsonArray &array)
{
    return decodeList<model::Status>(array, kMaxListItems, decodeStatus);
}

QList<model::Relationship> decodeRelationships(const QJsonArray &array)
{
    return decodeList<model::Relationship>(array, kMaxListItems, decodeRelationship);
}

QList<model::Notification> decodeNotifications(const QJsonArray &array)
{
    return decodeList<model::Notification>(array, kMaxListItems, decodeNotification);
}

} // namespace graminsta::json
