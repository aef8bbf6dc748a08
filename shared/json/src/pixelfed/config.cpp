// SPDX-License-Identifier: GPL-3.0-or-later
#include "pixelfed/config.h"

#include "entitywriter.h"

#include <graminsta/json/pixelfed.h>

namespace graminsta::json::pixelfed
{

namespace
{

// The version whose routes and entities these are.
constexpr char kVersion[] = "0.12.6";

void writeUploader(JsonWriter &out, const model::InstanceLimits &limits)
{
    out.key("uploader");
    out.beginObject();
    out.field("max_photo_size", limits.imageSizeLimit / 1024);
    out.field("max_caption_length", limits.maxCharacters);
    out.field("max_altext_length", limits.descriptionLimit);
    out.field("album_limit", limits.maxMediaAttachments);
    out.field("image_quality", 85);
    out.field("media_types", limits.supportedMimeTypes.join(QLatin1Char(',')));
    out.field("optimize_image", false);
    out.field("optimize_video", false);
    out.field("enforce_account_limit", limits.accountMediaBytes > 0);
    out.endObject();
}

void writeTimelines(JsonWriter &out)
{
    out.key("timelines");
    out.beginObject();
    out.field("show_public", false);
    out.field("show_network", false);
    out.field("hide_likes_shares", false);
    out.endObject();
}

void writeMediaChoices(JsonWriter &out)
{
    out.key("media");
    out.beginObject();
    out.field("hide_public_behind_cw", true);
    out.field("always_show_cw", false);
    out.field("show_alt_text", false);
    out.endObject();
}

} // namespace

void writeConfig(JsonWriter &out, const model::Instance &instance)
{
    out.beginObject();
    writeUploader(out, instance.limits);
    out.key("site");
    out.beginObject();
    out.field("name", instance.title);
    out.field("domain", instance.domain);
    out.field("url", instance.publicUrl);
    out.field("description", instance.shortDescription);
    out.endObject();
    out.key("account");
    out.beginObject();
    out.field("max_bio_length", instance.limits.maxNote);
    out.endObject();
    out.key("activitypub");
    out.beginObject();
    out.field("enabled", false);
    out.field("remote_follow", false);
    out.endObject();
    out.key("features");
    out.beginObject();
    out.field("mobile_apis", true);
    out.field("mobile_registration", false);
    out.field("stories", false);
    out.field("video", instance.limits.videoSizeLimit > 0);
    out.endObject();
    out.endObject();
}

QByteArray encodeConfig(const model::Instance &instance)
{
    JsonWriter out;
    writeConfig(out, instance);
    return out.take();
}

QByteArray encodeNodeInfo(const model::Instance &instance)
{
    JsonWriter out;
    out.beginObject();
    out.field("version", QLatin1String("2.0"));
    out.key("software");
    out.beginObject();
    out.field("name", QLatin1String("pixelfed"));
    out.field("version",
              QStringLiteral("%1 (compatible; Graminsta %2)").arg(QLatin1String(kVersion), instance.graminstaVersion));
    out.endObject();
    out.emptyArrayField("protocols");
    out.key("services");
    out.beginObject();
    out.emptyArrayField("inbound");
    out.emptyArrayField("outbound");
    out.endObject();
    out.field("openRegistrations", instance.registrationsEnabled);
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
    out.key("metadata");
    out.beginObject();
    out.field("nodeName", instance.title);
    out.key("software");
    out.beginObject();
    out.field("homepage", instance.sourceUrl);
    out.field("repo", instance.sourceUrl);
    out.endObject();
    out.key("config");
    writeConfig(out, instance);
    out.endObject();
    out.endObject();
    return out.take();
}

QByteArray encode(const model::ComposeSettings &settings)
{
    JsonWriter out;
    out.beginObject();
    out.field("allowed_media_types", settings.mimeTypes.join(QLatin1Char(',')));
    out.field("max_caption_length", settings.maxCharacters);
    out.field("default_license", settings.license);
    out.field("media_descriptions", false);
    out.field("max_file_size", settings.maxFileBytes / 1024);
    out.field("max_media_attachments", settings.maxMediaAttachments);
    out.field("max_altext_length", settings.maxDescription);
    out.field("default_scope", settings.visibility);
    out.endObject();
    return out.take();
}

QByteArray encodeTrendingTags(const QList<model::Tag> &tags)
{
    JsonWriter out;
    out.beginArray();
    for (const model::Tag &tag : tags) {
        int total = 0;
        for (const model::TagDay &day : tag.history)
            total += day.uses;
        out.element();
        out.beginObject();
        out.field("name", QString(QLatin1Char('#') + tag.name));
        out.field("hashtag", tag.name);
        out.field("url", tag.url);
        out.field("total", total);
        out.endObject();
    }
    out.endArray();
    return out.take();
}

QByteArray encodeAppSettings(const QString &accountId, const QString &username)
{
    JsonWriter out;
    out.beginObject();
    out.field("id", accountId);
    out.field("username", username);
    out.nullField("updated_at");
    out.key("common");
    out.beginObject();
    writeTimelines(out);
    writeMediaChoices(out);
    out.key("appearance");
    out.beginObject();
    out.field("links_use_in_app_browser", true);
    out.field("theme", QLatin1String("system"));
    out.endObject();
    out.endObject();
    out.endObject();
    return out.take();
}

QByteArray encodePushState(const QString &accountId, const QString &username)
{
    JsonWriter out;
    out.beginObject();
    out.field("version", QLatin1String("1"));
    out.field("username", username);
    out.field("profile_id", accountId);
    out.field("notify_enabled", false);
    out.field("has_token", false);
    out.field("notify_like", false);
    out.field("notify_follow", false);
    out.field("notify_mention", false);
    out.field("notify_comment", false);
    out.endObject();
    return out.take();
}

QByteArray encodeNagState()
{
    JsonWriter out;
    out.beginObject();
    out.field("active", false);
    out.endObject();
    return out.take();
}

QByteArray encodeReportSent()
{
    JsonWriter out;
    out.beginObject();
    out.field("msg", QLatin1String("Successfully sent report"));
    out.field("code", 200);
    out.endObject();
    return out.take();
}

} // namespace graminsta::json::pixelfed
