// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/json/decode.h>

#include "reader.h"

namespace graminsta::json
{

namespace
{

constexpr int kMastodonDescriptionLimit = 1500;

// A limit that is null or not positive says nothing.
template<typename Number> void take(const QJsonObject &from, const char *name, Number &limit)
{
    if (const qint64 given = number(from, name); given > 0)
        limit = static_cast<Number>(std::min<qint64>(given, std::numeric_limits<Number>::max()));
}

model::InstanceLimits decodeLimits(const QJsonObject &configuration, const QString &version)
{
    model::InstanceLimits limits;
    // Mastodon itself, which had this limit long before it said so: its version has no words in brackets.
    if (!version.contains(QLatin1String("compatible")))
        limits.descriptionLimit = kMastodonDescriptionLimit;
    const QJsonObject statuses = object(configuration, "statuses");
    take(statuses, "max_characters", limits.maxCharacters);
    take(statuses, "max_media_attachments", limits.maxMediaAttachments);
    take(statuses, "characters_reserved_per_url", limits.charactersReservedPerUrl);
    const QJsonObject media = object(configuration, "media_attachments");
    take(media, "description_limit", limits.descriptionLimit);
    take(media, "image_size_limit", limits.imageSizeLimit);
    take(media, "image_matrix_limit", limits.imageMatrixLimit);
    take(media, "video_size_limit", limits.videoSizeLimit);
    take(media, "video_frame_rate_limit", limits.videoFrameRateLimit);
    take(media, "video_matrix_limit", limits.videoMatrixLimit);
    limits.supportedMimeTypes = texts(media, "supported_mime_types");
    return limits;
}

QList<model::Rule> decodeRules(const QJsonArray &array)
{
    return decodeList<model::Rule>(array, kMaxListItems, [](const QJsonObject &from) -> Result<model::Rule> {
        return model::Rule { text(from, "id"), text(from, "text"), text(from, "hint") };
    });
}

void decodeContact(const QJsonObject &account, model::Instance &instance)
{
    if (auto contact = decodeAccount(account))
        instance.contactAccount = std::move(contact).value();
}

} // namespace

Result<model::Instance> decodeInstanceV1(const QJsonObject &from)
{
    model::Instance instance;
    instance.domain = text(from, "uri");
    instance.version = text(from, "version");
    if (instance.domain.isEmpty() && instance.version.isEmpty())
        return unreadable("V1::Instance", "uri");
    instance.title = text(from, "title");
    instance.shortDescription = text(from, "short_description");
    instance.description = text(from, "description");
    instance.contactEmail = text(from, "email");
    instance.thumbnailUrl = text(from, "thumbnail");
    instance.languages = texts(from, "languages");
    instance.streamingUrl = text(object(from, "urls"), "streaming_api");
    instance.limits = decodeLimits(object(from, "configuration"), instance.version);
    // Pleroma and old forks of Mastodon say it here.
    take(from, "max_toot_chars", instance.limits.maxCharacters);
    instance.registrationsEnabled = truth(from, "registrations");
    instance.approvalRequired = truth(from, "approval_required");
    const QJsonObject stats = object(from, "stats");
    instance.users = number(stats, "user_count");
    instance.statuses = number(stats, "status_count");
    instance.rules = decodeRules(array(from, "rules"));
    decodeContact(object(from, "contact_account"), instance);
    return instance;
}

Result<model::Instance> decodeInstanceV2(const QJsonObject &from)
{
    model::Instance instance;
    instance.domain = text(from, "domain");
    if (instance.domain.isEmpty())
        return unreadable("Instance", "domain");
    instance.title = text(from, "title");
    instance.version = text(from, "version");
    instance.sourceUrl = text(from, "source_url");
    instance.shortDescription = text(from, "description");
    instance.description = instance.shortDescription;
    instance.thumbnailUrl = text(object(from, "thumbnail"), "url");
    instance.languages = texts(from, "languages");
    const QJsonObject configuration = object(from, "configuration");
    instance.streamingUrl = text(object(configuration, "urls"), "streaming");
    instance.limits = decodeLimits(configuration, instance.version);
    const QJsonObject feeds = object(object(configuration, "timelines_access"), "live_feeds");
    instance.guestsMayRead = feeds.isEmpty() || text(feeds, "local") == QLatin1String("public");
    const QJsonObject graminsta = object(configuration, "graminsta");
    instance.graminstaVersion = text(graminsta, "version");
    instance.licenses = decodeList<model::License>(array(graminsta, "licenses"), kMaxListItems, decodeLicense);
    instance.maxCollectionPosts = smallNumber(object(graminsta, "collections"), "max_statuses");
    const QJsonObject uploads = object(graminsta, "uploads");
    instance.limits.tusPath = text(uploads, "tus");
    instance.limits.tusMaxSize = number(uploads, "max_size");
    instance.limits.tusExtensions = texts(uploads, "extensions");
    const QJsonObject registrations = object(from, "registrations");
    instance.registrationsEnabled = truth(registrations, "enabled");
    instance.approvalRequired = truth(registrations, "approval_required");
    instance.activeMonth = number(object(object(from, "usage"), "users"), "active_month");
    instance.apiVersion = smallNumber(object(from, "api_versions"), "mastodon");
    const QJsonObject contact = object(from, "contact");
    instance.contactEmail = text(contact, "email");
    decodeContact(object(contact, "account"), instance);
    instance.rules = decodeRules(array(from, "rules"));
    return instance;
}

} // namespace graminsta::json
