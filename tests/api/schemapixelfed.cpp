// SPDX-License-Identifier: GPL-3.0-or-later
#include "schemapixelfed.h"

namespace graminsta::api_test
{

namespace
{

constexpr EntityDescription kEntities[] = {
    { "License", "id:count title:text url:url?" },
    { "Collection",
      "id:id account:Account title:string description:string visibility:collectionVisibility statuses_count:count "
      "cover_url:url? url:url created_at:time updated_at:time published_at:time?" },
    { "PixelfedAccount",
      "id:id username:text acct:text display_name:string discoverable:bool locked:bool followers_count:count "
      "following_count:count statuses_count:count note:string note_text:string url:url avatar:url website:string? "
      "local:bool is_admin:bool created_at:time header_bg:string? last_fetched_at:time? pronouns:[string] "
      "location:string?" },
    { "PixelfedOwnAccount", "+PixelfedAccount source:PixelfedSource settings:object" },
    { "PixelfedSource", "privacy:visibility sensitive:bool language:language? note:string fields:[Field]" },
    { "PixelfedMedia",
      "id:id type:mediaType url:url? remote_url:url? preview_url:url? optimized_url:url? text_url:url? "
      "meta:PixelfedMeta? description:string? license:License? is_nsfw:bool orientation:orientation? "
      "filter_name:string? filter_class:string? mime:text? blurhash:string?" },
    { "PixelfedPostedMedia",
      "+PixelfedMedia url:url preview_url:url optimized_url:url meta:PixelfedMeta mime:text blurhash:text" },
    { "PixelfedMeta", "focus:Focus original:Size" },
    { "PixelfedStatus",
      "_v:count id:id shortcode:text uri:url url:url in_reply_to_id:id? in_reply_to_account_id:id? "
      "reblog:PixelfedStatus? content:string content_text:string created_at:time emojis:[Emoji] "
      "reblogs_count:count favourites_count:count reblogged:bool favourited:bool muted:bool bookmarked:bool "
      "pinned:bool sensitive:bool spoiler_text:string visibility:visibility application:StatusApplication "
      "language:language? mentions:[Mention] pf_type:pixelfedType reply_count:count comments_disabled:bool "
      "thread:bool replies:[object] parent:[object] place:object? local:bool taggedPeople:[object] "
      "label:PixelfedLabel liked_by:PixelfedLikedBy media_attachments:[PixelfedPostedMedia] "
      "account:PixelfedAccount tags:[StatusTag] poll:object? edited_at:time?" },
    { "PixelfedLabel", "covid:bool" },
    { "PixelfedLikedBy", "username:text? others:bool" },
    { "PixelfedContext", "ancestors:[PixelfedStatus] descendants:[PixelfedStatus]" },
    { "PixelfedNotification",
      "id:id type:pixelfedNotice created_at:time account:PixelfedAccount status:PixelfedStatus~" },
    { "PixelfedSearch", "accounts:[PixelfedAccount] statuses:[PixelfedStatus] hashtags:[Tag]" },
    { "PixelfedCollection",
      "id:id pid:id visibility:collectionVisibility title:string description:string thumb:url url:url "
      "username:text avatar:url post_count:count updated_at:time published_at:time?" },
    { "PixelfedOwnCollection", "+PixelfedCollection items:[PixelfedStatus]" },
    { "PixelfedComposeSettings",
      "allowed_media_types:text max_caption_length:count default_license:count media_descriptions:bool "
      "max_file_size:count max_media_attachments:count max_altext_length:count default_scope:visibility" },
    { "PixelfedTag", "name:text hashtag:text url:url total:count" },
    { "PixelfedDiscover", "posts:[Status]" },
    { "PixelfedAppSettings", "id:id username:text updated_at:time? common:object" },
    { "PixelfedPushState",
      "version:text username:text profile_id:id notify_enabled:bool has_token:bool notify_like:bool "
      "notify_follow:bool notify_mention:bool notify_comment:bool" },
    { "PixelfedNagState", "active:bool" },
    { "PixelfedStories", "self:PixelfedOwnStories nodes:[object]" },
    { "PixelfedOwnStories", "user:PixelfedStoryUser nodes:[object]" },
    { "PixelfedStoryUser", "id:id username:text username_acct:text avatar:url local:bool is_author:bool" },
    { "PixelfedThread",
      "id:id name:string username:text avatar:url url:url muted:bool isLocal:bool domain:string? created_at:time "
      "updated_at:time timeAgo:string lastMessage:string messages:[object]" },
    { "PixelfedReport", "msg:text code:count" },
};

constexpr Enumeration kEnumerations[] = {
    { "collectionVisibility", "public private draft" },
    { "orientation", "square landscape portrait" },
    { "pixelfedType", "photo photo:album video video:album photo:video:album text reply share" },
    { "pixelfedNotice", "mention comment share favourite follow follow_request" },
};

constexpr AnswerDescription kAnswers[] = {
    { "GET", "/api/graminsta/v1/collections", "[Collection]" },
    { "POST", "/api/graminsta/v1/collections", "Collection" },
    { "GET", "/api/graminsta/v1/collections/*", "Collection" },
    { "PUT", "/api/graminsta/v1/collections/*", "Collection" },
    { "DELETE", "/api/graminsta/v1/collections/*", "Empty" },
    { "GET", "/api/graminsta/v1/collections/*/statuses", "[Status]" },
    { "POST", "/api/graminsta/v1/collections/*/statuses", "Collection" },
    { "PUT", "/api/graminsta/v1/collections/*/statuses", "Collection" },
    { "DELETE", "/api/graminsta/v1/collections/*/statuses/*", "Collection" },
    { "GET", "/api/graminsta/v1/accounts/*/collections", "[Collection]" },
    { "GET", "/api/nodeinfo/2.0.json", "NodeInfo" },
    { "GET", "/api/v2/config", "object" },
    { "GET", "/api/v1/discover/posts", "PixelfedDiscover" },
    { "POST", "/api/v1/avatar/update", "PixelfedOwnAccount" },
    { "DELETE", "/api/v1.1/accounts/avatar", "PixelfedOwnAccount" },
    { "GET", "/api/v1.1/accounts/username/*", "PixelfedAccount" },
    { "GET", "/api/pixelfed/v1/accounts/username/*", "PixelfedAccount" },
    { "GET", "/api/v1.1/accounts/mutuals/*", "[PixelfedAccount]" },
    { "GET", "/api/pixelfed/v1/accounts/mutuals/*", "[PixelfedAccount]" },
    { "POST", "/api/v1.1/report", "PixelfedReport" },
    { "POST", "/api/pixelfed/v1/report", "PixelfedReport" },
    { "GET", "/api/v1.1/compose/settings", "PixelfedComposeSettings" },
    { "GET", "/api/pixelfed/v1/compose/settings", "PixelfedComposeSettings" },
    { "GET", "/api/pixelfed/v1/app/settings", "PixelfedAppSettings" },
    { "GET", "/api/v1.1/nag/state", "PixelfedNagState" },
    { "GET", "/api/pixelfed/v1/nag/state", "PixelfedNagState" },
    { "GET", "/api/v1.1/push/state", "PixelfedPushState" },
    { "GET", "/api/pixelfed/v1/push/state", "PixelfedPushState" },
    { "GET", "/api/v1.1/discover/accounts/popular", "[PixelfedAccount]" },
    { "GET", "/api/pixelfed/v1/discover/accounts/popular", "[PixelfedAccount]" },
    { "GET", "/api/v1.1/discover/posts/trending", "[PixelfedStatus]" },
    { "GET", "/api/pixelfed/v1/discover/posts/trending", "[PixelfedStatus]" },
    { "GET", "/api/v1.1/discover/posts/hashtags", "[PixelfedTag]" },
    { "GET", "/api/pixelfed/v1/discover/posts/hashtags", "[PixelfedTag]" },
    { "GET", "/api/v1.1/discover/posts/network/trending", "[PixelfedStatus]" },
    { "GET", "/api/v1.1/collections/self", "[PixelfedOwnCollection]" },
    { "GET", "/api/pixelfed/v1/collections/self", "[PixelfedOwnCollection]" },
    { "GET", "/api/v1.1/collections/accounts/*", "[PixelfedCollection]" },
    { "GET", "/api/pixelfed/v1/collections/accounts/*", "[PixelfedCollection]" },
    { "GET", "/api/v1.1/collections/items/*", "[PixelfedStatus]" },
    { "GET", "/api/pixelfed/v1/collections/items/*", "[PixelfedStatus]" },
    { "GET", "/api/v1.1/collections/view/*", "PixelfedCollection" },
    { "POST", "/api/v1.1/collections/update/*", "PixelfedCollection" },
    { "DELETE", "/api/v1.1/collections/delete/*", "Empty" },
    { "POST", "/api/v1.1/collections/add", "PixelfedStatus" },
    { "POST", "/api/v1.1/collections/remove", "Empty" },
    { "GET", "/api/v1.1/direct/thread", "PixelfedThread" },
    { "GET", "/api/v1.1/stories/carousel", "PixelfedStories" },
    { "GET", "/api/v1.2/stories/carousel", "PixelfedStories" },
    { "GET", "/api/pixelfed/v1/stories/self-carousel", "PixelfedStories" },
    { "GET", "/api/pixelfed/v1/web/settings", "[object]" },
    { "GET", "/api/v1.1/archive/list", "[object]" },
    { "GET", "/api/v1.1/direct/compose/mutuals", "[object]" },
    { "GET", "/api/v1/tags/*/related", "[object]" },
};

struct DialectWord {
    const char *mastodon;
    const char *pixelfed;
};

// What "_pe=1" makes of an answer.
constexpr DialectWord kDialect[] = {
    { "Account", "PixelfedAccount" },
    { "CredentialAccount", "PixelfedOwnAccount" },
    { "Context", "PixelfedContext" },
    { "MediaAttachment", "PixelfedMedia" },
    { "Notification", "PixelfedNotification" },
    { "Search", "PixelfedSearch" },
    { "Status", "PixelfedStatus" },
};

} // namespace

std::span<const EntityDescription> pixelfedEntities()
{
    return kEntities;
}

std::span<const Enumeration> pixelfedEnumerations()
{
    return kEnumerations;
}

std::span<const AnswerDescription> pixelfedAnswers()
{
    return kAnswers;
}

QString inPixelfedsDialect(const QString &type)
{
    for (const DialectWord &word : kDialect) {
        const QString plain = QLatin1String(word.mastodon);
        if (type == plain)
            return QLatin1String(word.pixelfed);
        if (type == QLatin1Char('[') + plain + QLatin1Char(']'))
            return QLatin1Char('[') + QLatin1String(word.pixelfed) + QLatin1Char(']');
    }
    return type;
}

} // namespace graminsta::api_test
