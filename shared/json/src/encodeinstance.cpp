// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/json/encode.h>

#include "entitywriter.h"
#include "pixelfed/config.h"

namespace graminsta::json
{

namespace
{

constexpr qsizetype kInstanceBytes = 4096;
constexpr int kMaxFeaturedTags = 10;
constexpr int kMaxProfileFields = 4;
constexpr int kMaxPinnedStatuses = 5;

void writeAccountLimits(JsonWriter &out)
{
    out.key("accounts");
    out.beginObject();
    out.field("max_featured_tags", kMaxFeaturedTags);
    out.field("max_pinned_statuses", kMaxPinnedStatuses);
    out.field("max_profile_fields", kMaxProfileFields);
    out.endObject();
}

void writeStatusLimits(JsonWriter &out, const model::InstanceLimits &limits)
{
    out.key("statuses");
    out.beginObject();
    out.field("max_characters", limits.maxCharacters);
    out.field("max_media_attachments", limits.maxMediaAttachments);
    out.field("characters_reserved_per_url", limits.charactersReservedPerUrl);
    out.endObject();
}

void writeMediaLimits(JsonWriter &out, const model::InstanceLimits &limits)
{
    out.key("media_attachments");
    out.beginObject();
    out.key("supported_mime_types");
    write(out, limits.supportedMimeTypes);
    out.field("description_limit", limits.descriptionLimit);
    out.field("image_size_limit", limits.imageSizeLimit);
    out.field("image_matrix_limit", limits.imageMatrixLimit);
    out.field("video_size_limit", limits.videoSizeLimit);
    out.field("video_frame_rate_limit", limits.videoFrameRateLimit);
    out.field("video_matrix_limit", limits.videoMatrixLimit);
    out.endObject();
}

// There are none, but megalodon's Pixelfed driver fails without the object.
void writePollLimits(JsonWriter &out)
{
    out.key("polls");
    out.beginObject();
    out.field("max_options", 0);
    out.field("max_characters_per_option", 0);
    out.field("min_expiration", 0);
    out.field("max_expiration", 0);
    out.endObject();
}

// The same for all feeds, and for posts and profiles, of which Mastodon has no word.
void writeTimelinesAccess(JsonWriter &out, const model::Instance &instance)
{
    const QLatin1String access(instance.guestsMayRead ? "public" : "authenticated");
    out.key("timelines_access");
    out.beginObject();
    const auto write = [&] {
        out.beginObject();
        out.field("local", access);
        out.field("remote", access);
        out.endObject();
    };
    out.key("live_feeds");
    write();
    out.key("hashtag_feeds");
    write();
    out.key("trending_link_feeds");
    write();
    out.endObject();
}

// What only Graminsta has; a client that knows it finds it here.
void writeGraminsta(JsonWriter &out, const model::Instance &instance)
{
    if (instance.graminstaVersion.isEmpty())
        return;
    out.key("graminsta");
    out.beginObject();
    out.field("version", instance.graminstaVersion);
    out.key("uploads");
    out.beginObject();
    out.field("multipart", QLatin1String("/api/v2/media"));
    if (!instance.limits.tusPath.isEmpty()) {
        out.field("tus", instance.limits.tusPath);
        out.field("max_size", instance.limits.tusMaxSize);
        out.key("extensions");
        write(out, instance.limits.tusExtensions);
    }
    out.endObject();
    if (instance.limits.accountMediaBytes > 0)
        out.field("account_media_bytes", instance.limits.accountMediaBytes);
    out.key("licenses");
    write(out, instance.licenses);
    if (instance.maxCollectionPosts > 0) {
        out.key("collections");
        out.beginObject();
        out.field("max_statuses", instance.maxCollectionPosts);
        out.endObject();
    }
    out.endObject();
}

void writeConfigurationV2(JsonWriter &out, const model::Instance &instance)
{
    out.key("configuration");
    out.beginObject();
    out.key("urls");
    out.beginObject();
    out.field("streaming", instance.streamingUrl);
    out.field("status", QLatin1String(""));
    out.endObject();
    out.key("vapid");
    out.beginObject();
    out.field("public_key", instance.vapidKey);
    out.endObject();
    writeAccountLimits(out);
    writeStatusLimits(out, instance.limits);
    writeMediaLimits(out, instance.limits);
    writePollLimits(out);
    out.key("translation");
    out.beginObject();
    out.field("enabled", false);
    out.endObject();
    writeTimelinesAccess(out, instance);
    writeGraminsta(out, instance);
    out.endObject();
}

void writeRules(JsonWriter &out, const QList<model::Rule> &rules)
{
    out.key("rules");
    write(out, rules);
}

void writeContactAccount(JsonWriter &out, const model::Instance &instance)
{
    if (instance.contactAccount)
        write(out, *instance.contactAccount);
    else
        out.null();
}

void writeLanguages(JsonWriter &out, const model::Instance &instance)
{
    out.key("languages");
    write(out, instance.languages);
}

void writeNodeInfoUsage(JsonWriter &out, const model::Instance &instance)
{
    out.key("usage");
    out.beginObject();
    out.key("users");
    out.beginObject();
    out.field("total", instance.users);
    out.field("activeMonth", instance.activeMonth);
    out.field("activeHalfyear", instance.activeMonth);
    out.endObject();
    out.field("localPosts", instance.statuses);
    out.endObject();
}

void writeNodeInfoMetadata(JsonWriter &out, const model::Instance &instance)
{
    out.key("metadata");
    out.beginObject();
    out.field("nodeName", instance.title);
    out.field("nodeDescription", instance.shortDescription);
    // megalodon asks only this where it does not know the software's name.
    out.key("upstream");
    out.beginObject();
    out.field("name", QLatin1String("mastodon"));
    out.endObject();
    out.key("software");
    out.beginObject();
    out.field("homepage", instance.sourceUrl);
    out.field("repo", instance.sourceUrl);
    out.endObject();
    out.key("config");
    pixelfed::writeConfig(out, instance);
    out.endObject();
}

} // namespace

// https://docs.joinmastodon.org/entities/Rule/
void write(JsonWriter &out, const model::Rule &rule)
{
    out.beginObject();
    out.field("id", rule.id);
    out.field("text", rule.text);
    out.field("hint", rule.hint);
    out.endObject();
}

QByteArray encode(const QList<model::Rule> &rules)
{
    JsonWriter out;
    write(out, rules);
    return out.take();
}

// https://docs.joinmastodon.org/entities/V1_Instance/
QByteArray encodeInstanceV1(const model::Instance &instance)
{
    JsonWriter out(kInstanceBytes);
    out.beginObject();
    out.field("uri", instance.domain);
    out.field("title", instance.title);
    out.field("short_description", instance.shortDescription);
    out.field("description", instance.description);
    out.field("email", instance.contactEmail);
    out.field("version", instance.version);
    out.key("urls");
    out.beginObject();
    out.field("streaming_api", instance.streamingUrl);
    out.endObject();
    out.key("stats");
    out.beginObject();
    out.field("user_count", instance.users);
    out.field("status_count", instance.statuses);
    out.field("domain_count", 0);
    out.endObject();
    out.fieldOrNull("thumbnail", instance.thumbnailUrl);
    writeLanguages(out, instance);
    out.field("registrations", instance.registrationsEnabled);
    out.field("approval_required", instance.approvalRequired);
    out.field("invites_enabled", instance.invitesEnabled);
    out.key("configuration");
    out.beginObject();
    writeAccountLimits(out);
    writeStatusLimits(out, instance.limits);
    writeMediaLimits(out, instance.limits);
    writePollLimits(out);
    out.endObject();
    out.key("contact_account");
    writeContactAccount(out, instance);
    writeRules(out, instance.rules);
    out.endObject();
    return out.take();
}

// https://docs.joinmastodon.org/entities/Instance/
QByteArray encodeInstanceV2(const model::Instance &instance)
{
    JsonWriter out(kInstanceBytes);
    out.beginObject();
    out.field("domain", instance.domain);
    out.field("title", instance.title);
    out.field("version", instance.version);
    out.field("source_url", instance.sourceUrl);
    out.field("description", instance.shortDescription);
    out.key("usage");
    out.beginObject();
    out.key("users");
    out.beginObject();
    out.field("active_month", instance.activeMonth);
    out.endObject();
    out.endObject();
    out.key("thumbnail");
    out.beginObject();
    out.field("url", instance.thumbnailUrl);
    out.endObject();
    out.emptyArrayField("icon");
    writeLanguages(out, instance);
    writeConfigurationV2(out, instance);
    out.key("registrations");
    out.beginObject();
    out.field("enabled", instance.registrationsEnabled);
    out.field("approval_required", instance.approvalRequired);
    out.field("reason_required", instance.approvalRequired);
    out.fieldOrNull("message", instance.registrationsMessage);
    out.nullField("url");
    out.endObject();
    out.key("api_versions");
    out.beginObject();
    out.field("mastodon", instance.apiVersion);
    out.endObject();
    out.key("contact");
    out.beginObject();
    out.field("email", instance.contactEmail);
    out.key("account");
    writeContactAccount(out, instance);
    out.endObject();
    writeRules(out, instance.rules);
    out.endObject();
    return out.take();
}

QByteArray encodeNodeInfo(const model::Instance &instance)
{
    JsonWriter out(kInstanceBytes);
    out.beginObject();
    out.field("version", QLatin1String("2.0"));
    out.key("software");
    out.beginObject();
    out.field("name", QLatin1String("graminsta"));
    out.field("version", instance.graminstaVersion);
    out.endObject();
    out.emptyArrayField("protocols");
    out.key("services");
    out.beginObject();
    out.emptyArrayField("inbound");
    out.emptyArrayField("outbound");
    out.endObject();
    out.field("openRegistrations", instance.registrationsEnabled);
    writeNodeInfoUsage(out, instance);
    writeNodeInfoMetadata(out, instance);
    out.endObject();
    return out.take();
}

QByteArray encodeNodeInfoLinks(const QString &baseUrl)
{
    JsonWriter out;
    out.beginObject();
    out.key("links");
    out.beginArray();
    out.element();
    out.beginObject();
    out.field("rel", QLatin1String("http://nodeinfo.diaspora.software/ns/schema/2.0"));
    out.field("href", QString(baseUrl + QLatin1String("/nodeinfo/2.0")));
    out.endObject();
    out.endArray();
    out.endObject();
    return out.take();
}

} // namespace graminsta::json
