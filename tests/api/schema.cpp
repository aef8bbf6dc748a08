// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema.h"

#include "answerpath.h"
#include "plaintypes.h"
#include "schemapixelfed.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace graminsta::api_test
{

namespace
{

constexpr EntityDescription kEntities[] = {
    { "Account",
      "id:id username:text acct:text url:url uri:url display_name:string note:string avatar:url avatar_static:url "
      "avatar_description:string~ header:url header_static:url header_description:string~ locked:bool fields:[Field] "
      "emojis:[Emoji] bot:bool group:bool discoverable:bool? indexable:bool noindex:bool?~ hide_collections:bool? "
      "roles:[Role] moved:Account?~ suspended:bool~ limited:bool~ memorial:bool~ created_at:time "
      "last_status_at:date? statuses_count:count followers_count:count following_count:count" },
    { "CredentialAccount", "+Account source:Source role:Role" },
    { "Source",
      "privacy:visibility sensitive:bool language:language? note:string fields:[Field] follow_requests_count:count "
      "hide_collections:bool? discoverable:bool? indexable:bool attribution_domains:[string]~ quote_policy:string~" },
    { "Role", "id:string name:string permissions:digits highlighted:bool color:string" },
    { "Field", "name:string value:string verified_at:time?" },
    { "Emoji", "shortcode:text url:url static_url:url visible_in_picker:bool category:string~" },
    { "Status",
      "id:id uri:url created_at:time account:Account content:string visibility:visibility sensitive:bool "
      "spoiler_text:string media_attachments:[PostedMedia] application:StatusApplication?~ mentions:[Mention] "
      "tags:[StatusTag] comments_disabled:bool~ "
      "emojis:[Emoji] reblogs_count:count favourites_count:count replies_count:count quotes_count:count~ url:url? "
      "in_reply_to_id:id? in_reply_to_account_id:id? reblog:Status? poll:object? card:object? language:language? "
      "text:string?~ edited_at:time? favourited:bool~ reblogged:bool~ muted:bool~ bookmarked:bool~ pinned:bool~ "
      "filtered:[FilterResult]~ quote:object?~ quote_approval:object~" },
    { "WebPushSubscription", "id:id endpoint:url standard:bool alerts:object policy:text server_key:text" },
    { "FilterResult", "filter:FilterOfResult keyword_matches:[text]? status_matches:[id]?" },
    { "FilterOfResult", "id:id title:text context:[text] expires_at:time? filter_action:text" },
    { "Filter", "+FilterOfResult keywords:[FilterKeyword] statuses:[FilterStatus]" },
    { "FilterKeyword", "id:id keyword:text whole_word:bool" },
    { "FilterStatus", "id:id status_id:id" },
    { "V1Filter", "id:id phrase:text context:[text] expires_at:time? irreversible:bool whole_word:bool" },
    { "ScheduledStatus", "id:id scheduled_at:time params:ScheduledParams media_attachments:[PostedMedia]" },
    { "ScheduledParams",
      "text:string poll:object? media_ids:[id]? sensitive:bool? spoiler_text:string? visibility:visibility? "
      "language:string? in_reply_to_id:id? application_id:count scheduled_at:time? idempotency:string? "
      "with_rate_limit:bool" },
    { "StatusSource", "id:id text:string spoiler_text:string" },
    { "StatusEdit",
      "content:string spoiler_text:string sensitive:bool created_at:time account:Account "
      "media_attachments:[PostedMedia] emojis:[Emoji] poll:object~" },
    { "StatusApplication", "name:text website:url?" },
    { "Mention", "id:id username:text url:url acct:text" },
    { "StatusTag", "name:text url:url" },
    { "MutedAccount", "+Account mute_expires_at:time?" },
    { "FeaturedTag", "id:id name:text url:url statuses_count:digits last_status_at:date?" },
    { "Tag", "id:string~ name:text url:url history:[TagDay]~ following:bool~" },
    { "TagDay", "day:digits uses:digits accounts:digits" },
    { "Count", "count:count" },
    { "Markers", "home:Marker~ notifications:Marker~" },
    { "Marker", "last_read_id:id version:count updated_at:time" },
    { "Report",
      "id:id action_taken:bool action_taken_at:time? category:reportCategory comment:string forwarded:bool "
      "created_at:time status_ids:[id]? rule_ids:[id]? target_account:Account" },
    { "Suggestion", "source:suggestionSource sources:[text] account:Account" },
    { "AdminAccount",
      "id:id username:text domain:text? created_at:time email:string ip:text? ips:[object] locale:string "
      "invite_request:string? role:Role confirmed:bool approved:bool disabled:bool silenced:bool suspended:bool "
      "sensitized:bool account:Account created_by_application_id:id? invited_by_account_id:id?" },
    { "AdminReport",
      "id:id action_taken:bool action_taken_at:time? category:text comment:string forwarded:bool created_at:time "
      "updated_at:time account:AdminAccount target_account:AdminAccount assigned_account:AdminAccount? "
      "action_taken_by_account:AdminAccount? statuses:[Status] rules:[Rule]" },
    { "AuditEntry", "id:id created_at:time action:text actor:AuditActor target:AuditTarget reason:string" },
    { "JobOverview", "kinds:[JobCount] given_up:[DeadJob]" },
    { "JobCount", "kind:text waiting:count given_up:count" },
    { "DeadJob", "id:id kind:text created_at:time attempts:count error:string" },
    { "AuditActor", "id:id? name:text" },
    { "AuditTarget", "type:text id:id name:text" },
    { "Invite", "id:id code:text account_id:id? max_uses:count uses:count expires_at:time? created_at:time" },
    { "SignedInApplication", "id:id application:ApplicationName scopes:[string] created_at:time current:bool" },
    { "ApplicationName", "name:text website:url?" },
    { "AccountExport",
      "id:id state:archiveState bytes:count statuses_count:count media_count:count error:string? url:url? "
      "created_at:time finished_at:time? expires_at:time?" },
    { "AccountImport",
      "id:id state:archiveState dry_run:bool step:string? position:count counts:[ImportCounts] "
      "problems:[ImportProblem]~ error:string? created_at:time finished_at:time?" },
    { "ImportCounts", "part:text imported:count skipped:count failed:count" },
    { "ImportProblem", "entry:text reason:text" },
    { "TwoFactorState", "enabled:bool recovery_codes_left:count" },
    { "TwoFactorBegun", "secret:text uri:text" },
    { "RecoveryCodes", "recovery_codes:[text]" },
    { "Strike", "id:id action:text text:string created_at:time" },
    { "MediaAttachment",
      "id:id type:mediaType url:url? preview_url:url? remote_url:url? preview_remote_url:url?~ text_url:url?~ "
      "meta:Meta? description:string? blurhash:string? license:License~" },
    // In a status it must be ready: clients crash on an address that is null.
    { "PostedMedia",
      "id:id type:mediaType url:url preview_url:url remote_url:url? preview_remote_url:url?~ text_url:url?~ "
      "meta:PostedMeta description:string? blurhash:text license:License~" },
    { "Meta",
      "original:Size~ small:Size~ focus:Focus~ length:text~ duration:number~ fps:number~ width:count~ "
      "height:count~ size:text~ aspect:number~" },
    // Clients lay pages out by them.
    { "PostedMeta",
      "original:Size small:Size focus:Focus~ length:text~ duration:number~ fps:number~ width:count~ height:count~ "
      "size:text~ aspect:number~" },
    { "Size", "width:count height:count size:text aspect:number frame_rate:text~ duration:number~ bitrate:count~" },
    { "Focus", "x:number y:number" },
    { "Context", "ancestors:[Status] descendants:[Status]" },
    { "Relationship",
      "id:id following:bool showing_reblogs:bool notifying:bool languages:[language]? followed_by:bool blocking:bool "
      "blocked_by:bool muting:bool muting_notifications:bool muting_expires_at:time? requested:bool requested_by:bool "
      "domain_blocking:bool endorsed:bool note:string" },
    { "Notification",
      "id:id type:noticeType group_key:text created_at:time account:Account status:Status~ report:Report~" },
    { "GroupedNotifications",
      "accounts:[Account] partial_accounts:[PartialAccount]~ statuses:[Status] "
      "notification_groups:[NotificationGroup]" },
    { "PartialAccount", "id:id acct:text locked:bool bot:bool url:url avatar:url avatar_static:url" },
    { "NotificationGroup",
      "group_key:text notifications_count:count type:noticeType most_recent_notification_id:id page_min_id:id~ "
      "page_max_id:id~ latest_page_notification_at:time~ sample_account_ids:[id] status_id:id~" },
    { "Search", "accounts:[Account] statuses:[Status] hashtags:[Tag]" },
    { "Application",
      "id:id~ name:text website:url? scopes:[string] redirect_uris:[string] redirect_uri:string~ vapid_key:string~" },
    { "CredentialApplication",
      "id:id name:text website:url? scopes:[string] redirect_uris:[string] redirect_uri:string vapid_key:string~ "
      "client_id:text client_secret:text client_secret_expires_at:count" },
    { "Token", "access_token:text token_type:text scope:text created_at:count" },
    { "OAuthServer",
      "issuer:url authorization_endpoint:url token_endpoint:url revocation_endpoint:url app_registration_endpoint:url "
      "scopes_supported:[text] response_types_supported:[text] response_modes_supported:[text]~ "
      "grant_types_supported:[text] token_endpoint_auth_methods_supported:[text] userinfo_endpoint:url~ "
      "code_challenge_methods_supported:[text] service_documentation:url~" },
    { "Preferences",
      "posting:default:visibility:visibility posting:default:sensitive:bool posting:default:language:language? "
      "posting:default:quote_policy:text~ reading:expand:media:expandMedia reading:expand:spoilers:bool "
      "reading:autoplay:gifs:bool~" },
    { "Error", "error:text error_description:text~ details:object~" },
    { "Empty", "" },
    { "Health", "status:text" },
    { "Rule", "id:id text:text hint:string~ translations:object~" },
    { "V1Instance",
      "uri:text title:text short_description:string description:string email:string version:text urls:V1Urls "
      "stats:V1Stats thumbnail:url? languages:[language] registrations:bool approval_required:bool "
      "invites_enabled:bool "
      "configuration:V1Configuration contact_account:Account? rules:[Rule] max_toot_chars:count~" },
    { "V1Urls", "streaming_api:string" },
    { "V1Stats", "user_count:count status_count:count domain_count:count" },
    { "V1Configuration",
      "accounts:AccountLimits statuses:StatusLimits media_attachments:MediaLimits polls:PollLimits graminsta:object~" },
    { "Instance",
      "domain:text title:text version:text source_url:url description:string usage:Usage thumbnail:Thumbnail "
      "icon:[object] languages:[language] configuration:Configuration registrations:Registrations api_versions:object "
      "contact:Contact rules:[Rule] wrapstodon:number?~" },
    { "Usage", "users:UsageUsers" },
    { "UsageUsers", "active_month:count" },
    { "Thumbnail", "url:url blurhash:string~ versions:object~ description:string?~" },
    { "Configuration",
      "urls:ConfigurationUrls vapid:Vapid accounts:AccountLimits statuses:StatusLimits media_attachments:MediaLimits "
      "polls:PollLimits translation:Translation timelines_access:TimelinesAccess~ limited_federation:bool~ "
      "graminsta:object~" },
    { "TimelinesAccess", "live_feeds:FeedAccess hashtag_feeds:FeedAccess trending_link_feeds:FeedAccess" },
    { "FeedAccess", "local:feedAccess remote:feedAccess" },
    { "ConfigurationUrls",
      "streaming:string status:string? about:string?~ privacy_policy:string?~ terms_of_service:string?~" },
    { "Vapid", "public_key:string" },
    { "AccountLimits",
      "max_featured_tags:count max_pinned_statuses:count~ max_profile_fields:count~ profile_field_name_limit:count~ "
      "profile_field_value_limit:count~ max_display_name_length:count~ max_note_length:count~ "
      "max_avatar_description_length:count~ max_header_description_length:count~" },
    { "StatusLimits", "max_characters:count max_media_attachments:count characters_reserved_per_url:count" },
    { "MediaLimits",
      "supported_mime_types:[text] description_limit:count image_size_limit:count image_matrix_limit:count "
      "video_size_limit:count video_frame_rate_limit:count video_matrix_limit:count" },
    { "PollLimits", "max_options:count max_characters_per_option:count min_expiration:count max_expiration:count" },
    { "Translation", "enabled:bool" },
    { "Registrations",
      "enabled:bool approval_required:bool reason_required:bool?~ message:string? min_age:count?~ url:url?" },
    { "Contact", "email:string account:Account?" },
    { "NodeInfoLinks", "links:[NodeInfoLink]" },
    { "NodeInfoLink", "rel:url href:url" },
    { "NodeInfo",
      "version:text software:NodeInfoSoftware protocols:[string] services:NodeInfoServices openRegistrations:bool "
      "usage:NodeInfoUsage metadata:object" },
    { "NodeInfoSoftware", "name:text version:text" },
    { "NodeInfoServices", "inbound:[string] outbound:[string]" },
    { "NodeInfoUsage", "users:NodeInfoUsers localPosts:count localComments:count~" },
    { "NodeInfoUsers", "total:count activeMonth:count activeHalfyear:count" },
};

constexpr Enumeration kEnumerations[] = {
    { "visibility", "public unlisted private direct" },
    { "feedAccess", "public authenticated" },
    { "archiveState", "working done failed" },
    { "mediaType", "unknown image gifv video audio" },
    { "noticeType",
      "mention status reblog follow follow_request favourite poll update admin.sign_up admin.report "
      "severed_relationships moderation_warning quote quoted_update" },
    { "reportCategory", "spam legal violation other" },
    { "suggestionSource", "staff past_interactions global" },
    { "expandMedia", "default show_all hide_all" },
};

constexpr AnswerDescription kAnswers[] = {
    { "GET", "/health", "Health" },
    { "GET", "/.well-known/nodeinfo", "NodeInfoLinks" },
    { "GET", "/.well-known/oauth-authorization-server", "OAuthServer" },
    { "GET", "/nodeinfo/2.0", "NodeInfo" },
    { "GET", "/api/v1/instance", "V1Instance" },
    { "GET", "/api/v2/instance", "Instance" },
    { "POST", "/api/v1/apps", "CredentialApplication" },
    { "GET", "/api/v1/apps/verify_credentials", "Application" },
    { "POST", "/oauth/token", "Token" },
    { "POST", "/oauth/revoke", "Empty" },
    { "POST", "/api/v1/accounts", "Token" },
    { "GET", "/api/v1/accounts/verify_credentials", "CredentialAccount" },
    { "PATCH", "/api/v1/accounts/update_credentials", "CredentialAccount" },
    { "POST", "/api/v1/accounts/update_credentials", "CredentialAccount" },
    { "GET", "/api/v1/accounts/lookup", "Account" },
    { "GET", "/api/v1/accounts/search", "[Account]" },
    { "GET", "/api/v1/accounts/relationships", "[Relationship]" },
    { "GET", "/api/v1/accounts/*", "Account" },
    { "GET", "/api/v1/accounts/*/statuses", "[Status]" },
    { "GET", "/api/v1/accounts/*/followers", "[Account]" },
    { "GET", "/api/v1/accounts/*/following", "[Account]" },
    { "POST", "/api/v1/accounts/*/follow", "Relationship" },
    { "POST", "/api/v1/accounts/*/unfollow", "Relationship" },
    { "POST", "/api/v1/accounts/*/remove_from_followers", "Relationship" },
    { "POST", "/api/v1/accounts/*/block", "Relationship" },
    { "POST", "/api/v1/accounts/*/unblock", "Relationship" },
    { "POST", "/api/v1/accounts/*/mute", "Relationship" },
    { "POST", "/api/v1/accounts/*/unmute", "Relationship" },
    { "POST", "/api/v1/accounts/*/note", "Relationship" },
    { "GET", "/api/v1/follow_requests", "[Account]" },
    { "POST", "/api/v1/follow_requests/*/authorize", "Relationship" },
    { "POST", "/api/v1/follow_requests/*/reject", "Relationship" },
    { "GET", "/api/v1/blocks", "[Account]" },
    { "GET", "/api/v1/mutes", "[MutedAccount]" },
    { "POST", "/api/v1/reports", "Report" },
    { "GET", "/api/v2/suggestions", "[Suggestion]" },
    { "GET", "/api/v1/suggestions", "[Account]" },
    { "GET", "/api/v1/trends", "[Tag]" },
    { "GET", "/api/v1/trends/tags", "[Tag]" },
    { "GET", "/api/v1/trends/statuses", "[Status]" },
    { "GET", "/api/v1/trends/links", "[object]" },
    { "GET", "/api/v1/tags/*", "Tag" },
    { "POST", "/api/v1/tags/*/follow", "Tag" },
    { "POST", "/api/v1/tags/*/unfollow", "Tag" },
    { "GET", "/api/v1/followed_tags", "[Tag]" },
    { "GET", "/api/v1/featured_tags", "[FeaturedTag]" },
    { "POST", "/api/v1/featured_tags", "FeaturedTag" },
    { "GET", "/api/v1/featured_tags/suggestions", "[Tag]" },
    { "DELETE", "/api/v1/featured_tags/*", "Empty" },
    { "GET", "/api/v1/accounts/*/featured_tags", "[FeaturedTag]" },
    { "GET", "/api/v1/push/subscription", "WebPushSubscription" },
    { "POST", "/api/v1/push/subscription", "WebPushSubscription" },
    { "PUT", "/api/v1/push/subscription", "WebPushSubscription" },
    { "DELETE", "/api/v1/push/subscription", "Empty" },
    { "DELETE", "/api/v1/scheduled_statuses/*", "Empty" },
    { "DELETE", "/api/v2/filters/*", "Empty" },
    { "DELETE", "/api/v2/filters/keywords/*", "Empty" },
    { "DELETE", "/api/v2/filters/statuses/*", "Empty" },
    { "DELETE", "/api/v1/filters/*", "Empty" },
    { "GET", "/api/v1/markers", "Markers" },
    { "POST", "/api/v1/markers", "Markers" },
    { "GET", "/api/v1/preferences", "Preferences" },
    { "GET", "/api/v1/notifications/unread_count", "Count" },
    { "POST", "/api/v1/notifications/clear", "Empty" },
    { "POST", "/api/v1/notifications/*/dismiss", "Empty" },
    { "GET", "/api/v2/notifications", "GroupedNotifications" },
    { "GET", "/api/v2/notifications/unread_count", "Count" },
    { "GET", "/api/v2/notifications/*", "GroupedNotifications" },
    { "GET", "/api/v2/notifications/*/accounts", "[Account]" },
    { "POST", "/api/v2/notifications/*/dismiss", "Empty" },
    { "POST", "/api/graminsta/v1/local_session", "Token" },
    { "GET", "/api/v1/custom_emojis", "[Emoji]" },
    { "GET", "/api/v1/domain_blocks", "[string]" },
    { "GET", "/api/v1/endorsements", "[Account]" },
    { "GET", "/api/v1/instance/rules", "[Rule]" },
    { "GET", "/api/v1/admin/accounts", "[AdminAccount]" },
    { "GET", "/api/v2/admin/accounts", "[AdminAccount]" },
    { "GET", "/api/v1/admin/accounts/*", "AdminAccount" },
    { "POST", "/api/v1/admin/accounts/*/action", "Empty" },
    { "POST", "/api/v1/admin/accounts/*/approve", "AdminAccount" },
    { "POST", "/api/v1/admin/accounts/*/reject", "AdminAccount" },
    { "POST", "/api/v1/admin/accounts/*/enable", "AdminAccount" },
    { "POST", "/api/v1/admin/accounts/*/unsilence", "AdminAccount" },
    { "POST", "/api/v1/admin/accounts/*/unsuspend", "AdminAccount" },
    { "POST", "/api/v1/admin/accounts/*/unsensitive", "AdminAccount" },
    { "GET", "/api/v1/admin/reports", "[AdminReport]" },
    { "GET", "/api/v1/admin/reports/*", "AdminReport" },
    { "PUT", "/api/v1/admin/reports/*", "AdminReport" },
    { "POST", "/api/v1/admin/reports/*/assign_to_self", "AdminReport" },
    { "POST", "/api/v1/admin/reports/*/unassign", "AdminReport" },
    { "POST", "/api/v1/admin/reports/*/resolve", "AdminReport" },
    { "POST", "/api/v1/admin/reports/*/reopen", "AdminReport" },
    { "DELETE", "/api/graminsta/v1/admin/statuses/*", "Empty" },
    { "GET", "/api/graminsta/v1/admin/audit", "[AuditEntry]" },
    { "GET", "/api/graminsta/v1/admin/jobs", "JobOverview" },
    { "POST", "/api/graminsta/v1/admin/jobs/*/retry", "Empty" },
    { "DELETE", "/api/graminsta/v1/admin/jobs/*", "Empty" },
    { "GET", "/api/graminsta/v1/invites", "[Invite]" },
    { "POST", "/api/graminsta/v1/invites", "Invite" },
    { "DELETE", "/api/graminsta/v1/invites/*", "Invite" },
    { "GET", "/api/graminsta/v1/account/strikes", "[Strike]" },
    { "DELETE", "/api/v1/admin/accounts/*", "AdminAccount" },
    { "POST", "/api/graminsta/v1/account/password", "Empty" },
    { "POST", "/api/graminsta/v1/account/delete", "Empty" },
    { "GET", "/api/graminsta/v1/account/applications", "[SignedInApplication]" },
    { "DELETE", "/api/graminsta/v1/account/applications/*", "Empty" },
    { "GET", "/api/graminsta/v1/account/exports", "[AccountExport]" },
    { "POST", "/api/graminsta/v1/account/exports", "AccountExport" },
    { "GET", "/api/graminsta/v1/account/exports/*", "AccountExport" },
    { "DELETE", "/api/graminsta/v1/account/exports/*", "Empty" },
    { "GET", "/api/graminsta/v1/account/imports", "[AccountImport]" },
    { "POST", "/api/graminsta/v1/account/imports", "AccountImport" },
    { "GET", "/api/graminsta/v1/account/imports/*", "AccountImport" },
    { "DELETE", "/api/graminsta/v1/account/imports/*", "Empty" },
    { "GET", "/api/graminsta/v1/account/two_factor", "TwoFactorState" },
    { "POST", "/api/graminsta/v1/account/two_factor", "TwoFactorBegun" },
    { "POST", "/api/graminsta/v1/account/two_factor/confirm", "RecoveryCodes" },
    { "POST", "/api/graminsta/v1/account/two_factor/disable", "Empty" },
    { "POST", "/api/v1/media", "MediaAttachment" },
    { "POST", "/api/v2/media", "MediaAttachment" },
    { "GET", "/api/v1/media/*", "MediaAttachment" },
    { "PUT", "/api/v1/media/*", "MediaAttachment" },
    { "DELETE", "/api/v1/media/*", "Empty" },
    { "POST", "/api/v1/statuses", "Status" },
    { "GET", "/api/v1/statuses/*", "Status" },
    { "PUT", "/api/v1/statuses/*", "Status" },
    { "DELETE", "/api/v1/statuses/*", "Status" },
    { "GET", "/api/v1/statuses/*/source", "StatusSource" },
    { "GET", "/api/v1/statuses/*/history", "[StatusEdit]" },
    { "GET", "/api/v1/statuses/*/context", "Context" },
    { "POST", "/api/v1/statuses/*/favourite", "Status" },
    { "POST", "/api/v1/statuses/*/unfavourite", "Status" },
    { "GET", "/api/v1/statuses/*/favourited_by", "[Account]" },
    { "POST", "/api/v1/statuses/*/bookmark", "Status" },
    { "POST", "/api/v1/statuses/*/unbookmark", "Status" },
    { "POST", "/api/v1/statuses/*/reblog", "Status" },
    { "POST", "/api/v1/statuses/*/unreblog", "Status" },
    { "GET", "/api/v1/statuses/*/reblogged_by", "[Account]" },
    { "POST", "/api/v1/statuses/*/mute", "Status" },
    { "POST", "/api/v1/statuses/*/unmute", "Status" },
    { "POST", "/api/v1/statuses/*/pin", "Status" },
    { "POST", "/api/v1/statuses/*/unpin", "Status" },
    { "GET", "/api/v1/bookmarks", "[Status]" },
    { "GET", "/api/v1/favourites", "[Status]" },
    { "GET", "/api/v1/timelines/home", "[Status]" },
    { "GET", "/api/v1/timelines/public", "[Status]" },
    { "GET", "/api/v1/timelines/tag/*", "[Status]" },
    { "GET", "/api/v1/notifications", "[Notification]" },
    { "GET", "/api/v1/notifications/*", "Notification" },
    { "GET", "/api/v2/search", "Search" },
    { "GET", "/api/v1/scheduled_statuses", "[ScheduledStatus]" },
    { "GET", "/api/v1/scheduled_statuses/*", "ScheduledStatus" },
    { "PUT", "/api/v1/scheduled_statuses/*", "ScheduledStatus" },
    { "GET", "/api/v2/filters", "[Filter]" },
    { "POST", "/api/v2/filters", "Filter" },
    { "GET", "/api/v2/filters/*", "Filter" },
    { "PUT", "/api/v2/filters/*", "Filter" },
    { "GET", "/api/v2/filters/*/keywords", "[FilterKeyword]" },
    { "POST", "/api/v2/filters/*/keywords", "FilterKeyword" },
    { "GET", "/api/v2/filters/keywords/*", "FilterKeyword" },
    { "PUT", "/api/v2/filters/keywords/*", "FilterKeyword" },
    { "GET", "/api/v2/filters/*/statuses", "[FilterStatus]" },
    { "POST", "/api/v2/filters/*/statuses", "FilterStatus" },
    { "GET", "/api/v2/filters/statuses/*", "FilterStatus" },
    { "GET", "/api/v1/filters", "[V1Filter]" },
    { "POST", "/api/v1/filters", "V1Filter" },
    { "GET", "/api/v1/filters/*", "V1Filter" },
    { "PUT", "/api/v1/filters/*", "V1Filter" },
};

QString fieldsOf(const QString &entity)
{
    if (const auto *description = named<EntityDescription>(kEntities, pixelfedEntities(), entity)) {
        QString fields = QLatin1String(description->fields);
        if (!fields.startsWith(QLatin1Char('+')))
            return fields;
        const QString parent = fields.section(QLatin1Char(' '), 0, 0).mid(1);
        return fieldsOf(parent) + QLatin1Char(' ') + fields.section(QLatin1Char(' '), 1);
    }
    return {};
}

// Whether the value is a word of the enumeration; nothing if there is no such enumeration.
std::optional<bool> isWordOf(const QJsonValue &value, const QString &type)
{
    const auto *enumeration = named<Enumeration>(kEnumerations, pixelfedEnumerations(), type);
    if (!enumeration)
        return std::nullopt;
    return value.isString()
        && QString(QLatin1String(enumeration->words)).split(QLatin1Char(' ')).contains(value.toString());
}

void check(const QJsonValue &value, const QString &type, const QString &place, QStringList &found);

void checkEntity(const QJsonObject &object, const QString &entity, const QString &place, QStringList &found)
{
    QStringList unknown = object.keys();
    for (const QString &field : fieldsOf(entity).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        // Names of preferences have colons of their own.
        const QString name = field.section(QLatin1Char(':'), 0, -2);
        QString type = field.section(QLatin1Char(':'), -1);
        const bool optional = type.endsWith(QLatin1Char('~'));
        if (optional)
            type.chop(1);
        const bool nullable = type.endsWith(QLatin1Char('?'));
        if (nullable)
            type.chop(1);
        const QString inner = place + QLatin1Char('.') + name;
        unknown.removeOne(name);
        if (!object.contains(name)) {
            if (!optional)
                found.append(inner + QStringLiteral(" is missing"));
        } else if (!(nullable && object[name].isNull())) {
            check(object[name], type, inner, found);
        }
    }
    for (const QString &name : std::as_const(unknown))
        found.append(QStringLiteral("%1.%2 is not documented").arg(place, name));
}

void check(const QJsonValue &value, const QString &type, const QString &place, QStringList &found)
{
    const auto wrong = [&] {
        const QByteArray shown = QJsonDocument(QJsonArray { value }).toJson(QJsonDocument::Compact).left(200);
        found.append(QStringLiteral("%1 must be %2, not %3").arg(place, type, QString::fromUtf8(shown)));
    };
    if (type.startsWith(QLatin1Char('['))) {
        if (!value.isArray())
            return wrong();
        const QJsonArray array = value.toArray();
        for (qsizetype i = 0; i < array.size(); ++i)
            check(array[i], type.mid(1, type.size() - 2), QStringLiteral("%1[%2]").arg(place).arg(i), found);
        return;
    }
    const std::optional<bool> plain = isPlain(value, type);
    if (const std::optional<bool> fits = plain ? plain : isWordOf(value, type)) {
        if (!*fits)
            wrong();
        return;
    }
    if (!value.isObject())
        return wrong();
    // What is asked for later comes back as it waits.
    const bool isForLater =
        type == QLatin1String("Status") && place == type && value.toObject().contains(QStringLiteral("scheduled_at"));
    checkEntity(value.toObject(), isForLater ? QStringLiteral("ScheduledStatus") : type, place, found);
}

} // namespace

QStringList violations(const QJsonValue &value, const QString &type)
{
    QStringList found;
    check(value, type, type, found);
    return found;
}

QString answerType(const QByteArray &verb, const QByteArray &path)
{
    const QByteArray plain = withoutQueryAndSlash(path);
    for (const std::span<const AnswerDescription> answers :
         { pixelfedAnswers(), std::span<const AnswerDescription>(kAnswers) }) {
        for (const AnswerDescription &answer : answers) {
            if (verb == answer.verb && matches(plain, answer.path))
                return path.contains("_pe=1") ? inPixelfedsDialect(QLatin1String(answer.type))
                                              : QString(QLatin1String(answer.type));
        }
    }
    return {};
}

} // namespace graminsta::api_test
