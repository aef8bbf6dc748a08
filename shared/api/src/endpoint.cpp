// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/api/endpoint.h>

namespace graminsta::api
{

namespace
{

using enum Verb;
using enum Access;
using enum BodyClass;
using enum Budget;
constexpr Lane kInline = Lane::Inline;
constexpr Lane kWorker = Lane::Worker;
constexpr Lane kMedia = Lane::Media;
constexpr BodyClass kNone = BodyClass::None;

constexpr Endpoint kEndpoints[] = {
    // The process.
    { "health.live", Get, "/healthz", Public, nullptr, kInline, kNone, Free },
    { "health.ready", Get, "/readyz", Public, nullptr, kWorker, kNone, Free },
    { "health.mastodon", Get, "/health", Public, nullptr, kInline, kNone, Free },
    // Pictures of the server itself.
    { "assets.file", Get, "/assets/:name", Public, nullptr, kInline, kNone, Free },
    // This contract, for programs and for people.
    { "contract.openapi", Get, "/openapi.yaml", Public, nullptr, kInline, kNone, Free },
    { "contract.page", Get, "/api-docs", Public, nullptr, kInline, kNone, Free },
    // Discovery.
    { "wellknown.nodeinfo", Get, "/.well-known/nodeinfo", Public, nullptr, kInline, kNone, Free },
    { "wellknown.oauth", Get, "/.well-known/oauth-authorization-server", Public, nullptr, kInline, kNone, Free },
    { "nodeinfo.show", Get, "/nodeinfo/2.0", Public, nullptr, kWorker, kNone, Free },
    { "instance.v1", Get, "/api/v1/instance", Public, nullptr },
    { "instance.v2", Get, "/api/v2/instance", Public, nullptr },
    { "instance.rules", Get, "/api/v1/instance/rules", Public, nullptr, kInline },
    // OAuth 2.0.
    { "apps.create", Post, "/api/v1/apps", Public, nullptr, kWorker, Form },
    { "apps.verify", Get, "/api/v1/apps/verify_credentials", Application, nullptr },
    { "oauth.authorizePage", Get, "/oauth/authorize", Public, nullptr, kWorker, kNone, Free },
    { "oauth.authorize", Post, "/oauth/authorize", Public, nullptr, kWorker, Form, SignIns },
    { "oauth.token", Post, "/oauth/token", Public, nullptr, kWorker, Form, SignIns },
    { "oauth.revoke", Post, "/oauth/revoke", Public, nullptr, kWorker, Form },
    // Accounts.
    { "accounts.create", Post, "/api/v1/accounts", Application, "write:accounts", kWorker, Form, SignUps },
    { "accounts.verify", Get, "/api/v1/accounts/verify_credentials", User, "read:accounts" },
    { "accounts.update", Patch, "/api/v1/accounts/update_credentials", User, "write:accounts", kMedia, Profile },
    { "accounts.updateByPost", Post, "/api/v1/accounts/update_credentials", User, "write:accounts", kMedia, Profile },
    { "accounts.lookup", Get, "/api/v1/accounts/lookup", Optional, nullptr },
    { "accounts.search", Get, "/api/v1/accounts/search", User, "read:accounts" },
    { "accounts.relationships", Get, "/api/v1/accounts/relationships", User, "read:follows" },
    { "accounts.show", Get, "/api/v1/accounts/:id", Optional, nullptr },
    { "accounts.statuses", Get, "/api/v1/accounts/:id/statuses", Optional, nullptr },
    { "accounts.followers", Get, "/api/v1/accounts/:id/followers", Optional, nullptr },
    { "accounts.following", Get, "/api/v1/accounts/:id/following", Optional, nullptr },
    { "accounts.follow", Post, "/api/v1/accounts/:id/follow", User, "write:follows", kWorker, Form },
    { "accounts.unfollow", Post, "/api/v1/accounts/:id/unfollow", User, "write:follows", kWorker, Form },
    { "accounts.removeFollower", Post, "/api/v1/accounts/:id/remove_from_followers", User, "write:follows", kWorker,
      Form },
    { "accounts.block", Post, "/api/v1/accounts/:id/block", User, "write:blocks", kWorker, Form },
    { "accounts.unblock", Post, "/api/v1/accounts/:id/unblock", User, "write:blocks", kWorker, Form },
    { "accounts.mute", Post, "/api/v1/accounts/:id/mute", User, "write:mutes", kWorker, Form },
    { "accounts.unmute", Post, "/api/v1/accounts/:id/unmute", User, "write:mutes", kWorker, Form },
    { "accounts.note", Post, "/api/v1/accounts/:id/note", User, "write:accounts", kWorker, Form },
    // Relations between people.
    { "followRequests.list", Get, "/api/v1/follow_requests", User, "read:follows" },
    { "followRequests.authorize", Post, "/api/v1/follow_requests/:id/authorize", User, "write:follows", kWorker, Form },
    { "followRequests.reject", Post, "/api/v1/follow_requests/:id/reject", User, "write:follows", kWorker, Form },
    { "blocks.list", Get, "/api/v1/blocks", User, "read:blocks" },
    { "mutes.list", Get, "/api/v1/mutes", User, "read:mutes" },
    { "reports.create", Post, "/api/v1/reports", User, "write:reports", kWorker, Form },
    { "suggestions.list", Get, "/api/v2/suggestions", User, "read:accounts" },
    { "suggestions.accounts", Get, "/api/v1/suggestions", User, "read:accounts" },
    // Media.
    { "media.create", Post, "/api/v1/media", User, "write:media", kMedia, Upload, Uploads },
    { "media.createV2", Post, "/api/v2/media", User, "write:media", kMedia, Upload, Uploads },
    { "media.show", Get, "/api/v1/media/:id", User, "write:media" },
    { "media.update", Put, "/api/v1/media/:id", User, "write:media", kWorker, Form },
    { "media.delete", Delete, "/api/v1/media/:id", User, "write:media" },
    { "media.original", Get, "/api/graminsta/v1/media/:id/original", User, "read:statuses" },
    { "media.file", Get, "/media/:name", Public, nullptr, kWorker, kNone, Free },
    // Uploads in pieces (tus 1.0.0).
    { "uploads.options", Options, "/files", Public, nullptr, kInline, kNone, Free },
    { "uploads.create", Post, "/files", User, "write:media", kWorker, Stream, Uploads },
    { "uploads.show", Head, "/files/:id", User, "write:media" },
    { "uploads.append", Patch, "/files/:id", User, "write:media", kWorker, Stream },
    { "uploads.terminate", Delete, "/files/:id", User, "write:media" },
    // Statuses.
    { "statuses.create", Post, "/api/v1/statuses", User, "write:statuses", kWorker, Form },
    { "statuses.show", Get, "/api/v1/statuses/:id", Optional, nullptr },
    { "statuses.delete", Delete, "/api/v1/statuses/:id", User, "write:statuses", kWorker, kNone, Deletions },
    { "statuses.update", Put, "/api/v1/statuses/:id", User, "write:statuses", kWorker, Form },
    { "statuses.context", Get, "/api/v1/statuses/:id/context", Optional, nullptr },
    { "statuses.source", Get, "/api/v1/statuses/:id/source", User, "read:statuses" },
    { "statuses.history", Get, "/api/v1/statuses/:id/history", Optional, nullptr },
    { "statuses.favourite", Post, "/api/v1/statuses/:id/favourite", User, "write:favourites", kWorker, Form },
    { "statuses.unfavourite", Post, "/api/v1/statuses/:id/unfavourite", User, "write:favourites", kWorker, Form },
    { "statuses.favouritedBy", Get, "/api/v1/statuses/:id/favourited_by", Optional, nullptr },
    { "statuses.bookmark", Post, "/api/v1/statuses/:id/bookmark", User, "write:bookmarks", kWorker, Form },
    { "statuses.unbookmark", Post, "/api/v1/statuses/:id/unbookmark", User, "write:bookmarks", kWorker, Form },
    { "statuses.reblog", Post, "/api/v1/statuses/:id/reblog", User, "write:statuses", kWorker, Form },
    { "statuses.unreblog", Post, "/api/v1/statuses/:id/unreblog", User, "write:statuses", kWorker, Form, Deletions },
    { "statuses.rebloggedBy", Get, "/api/v1/statuses/:id/reblogged_by", Optional, nullptr },
    { "statuses.mute", Post, "/api/v1/statuses/:id/mute", User, "write:mutes", kWorker, Form },
    { "statuses.unmute", Post, "/api/v1/statuses/:id/unmute", User, "write:mutes", kWorker, Form },
    { "statuses.pin", Post, "/api/v1/statuses/:id/pin", User, "write:accounts", kWorker, Form },
    { "statuses.unpin", Post, "/api/v1/statuses/:id/unpin", User, "write:accounts", kWorker, Form },
    { "bookmarks.list", Get, "/api/v1/bookmarks", User, "read:bookmarks" },
    { "favourites.list", Get, "/api/v1/favourites", User, "read:favourites" },
    { "scheduled.list", Get, "/api/v1/scheduled_statuses", User, "read:statuses" },
    { "scheduled.show", Get, "/api/v1/scheduled_statuses/:id", User, "read:statuses" },
    { "scheduled.update", Put, "/api/v1/scheduled_statuses/:id", User, "write:statuses", kWorker, Form },
    { "scheduled.delete", Delete, "/api/v1/scheduled_statuses/:id", User, "write:statuses" },
    // Timelines.
    { "timelines.home", Get, "/api/v1/timelines/home", User, "read:statuses" },
    { "timelines.public", Get, "/api/v1/timelines/public", Optional, nullptr },
    { "timelines.tag", Get, "/api/v1/timelines/tag/:hashtag", Optional, nullptr },
    { "trends.tags", Get, "/api/v1/trends/tags", Optional, nullptr },
    { "trends.tagsOld", Get, "/api/v1/trends", Optional, nullptr },
    { "trends.statuses", Get, "/api/v1/trends/statuses", Optional, nullptr },
    // Hashtags.
    { "tags.show", Get, "/api/v1/tags/:name", Optional, nullptr },
    { "tags.follow", Post, "/api/v1/tags/:name/follow", User, "write:follows", kWorker, Form },
    { "tags.unfollow", Post, "/api/v1/tags/:name/unfollow", User, "write:follows", kWorker, Form },
    { "tags.followed", Get, "/api/v1/followed_tags", User, "read:follows" },
    { "featuredTags.list", Get, "/api/v1/featured_tags", User, "read:accounts" },
    { "featuredTags.create", Post, "/api/v1/featured_tags", User, "write:accounts", kWorker, Form },
    { "featuredTags.suggestions", Get, "/api/v1/featured_tags/suggestions", User, "read:accounts" },
    { "featuredTags.delete", Delete, "/api/v1/featured_tags/:id", User, "write:accounts" },
    { "accounts.featuredTags", Get, "/api/v1/accounts/:id/featured_tags", Optional, nullptr },
    // How somebody reads.
    { "markers.show", Get, "/api/v1/markers", User, "read:statuses" },
    { "markers.set", Post, "/api/v1/markers", User, "write:statuses", kWorker, Form },
    { "preferences.show", Get, "/api/v1/preferences", User, "read:accounts" },
    // Notifications.
    { "notifications.unreadCount", Get, "/api/v1/notifications/unread_count", User, "read:notifications" },
    { "notifications.clear", Post, "/api/v1/notifications/clear", User, "write:notifications", kWorker, Form },
    { "notifications.dismiss", Post, "/api/v1/notifications/:id/dismiss", User, "write:notifications", kWorker, Form },
    { "notifications.list", Get, "/api/v1/notifications", User, "read:notifications" },
    { "notifications.show", Get, "/api/v1/notifications/:id", User, "read:notifications" },
    { "notificationGroups.list", Get, "/api/v2/notifications", User, "read:notifications" },
    { "notificationGroups.unreadCount", Get, "/api/v2/notifications/unread_count", User, "read:notifications" },
    { "notificationGroups.show", Get, "/api/v2/notifications/:group_key", User, "read:notifications" },
    { "notificationGroups.accounts", Get, "/api/v2/notifications/:group_key/accounts", User, "read:notifications" },
    { "notificationGroups.dismiss", Post, "/api/v2/notifications/:group_key/dismiss", User, "write:notifications",
      kWorker, Form },
    // What happens, as it happens.
    { "streaming.health", Get, "/api/v1/streaming/health", Public, nullptr, kInline, kNone, Free },
    { "streaming.socket", Get, "/api/v1/streaming", Optional, nullptr },
    { "streaming.user", Get, "/api/v1/streaming/user", User, "read:statuses" },
    { "streaming.notifications", Get, "/api/v1/streaming/user/notification", User, "read:notifications" },
    { "streaming.public", Get, "/api/v1/streaming/public", Optional, nullptr },
    { "streaming.publicLocal", Get, "/api/v1/streaming/public/local", Optional, nullptr },
    { "streaming.publicRemote", Get, "/api/v1/streaming/public/remote", Optional, nullptr },
    { "streaming.hashtag", Get, "/api/v1/streaming/hashtag", Optional, nullptr },
    { "streaming.hashtagLocal", Get, "/api/v1/streaming/hashtag/local", Optional, nullptr },
    { "streaming.list", Get, "/api/v1/streaming/list", User, "read:lists" },
    { "streaming.direct", Get, "/api/v1/streaming/direct", User, "read:statuses" },
    { "streaming.unknown", Get, "/api/v1/streaming/:channel", Public, nullptr, kInline },
    // Web Push: one subscription a token.
    { "push.create", Post, "/api/v1/push/subscription", User, "push", kWorker, Form },
    { "push.show", Get, "/api/v1/push/subscription", User, "push" },
    { "push.update", Put, "/api/v1/push/subscription", User, "push", kWorker, Form },
    { "push.delete", Delete, "/api/v1/push/subscription", User, "push" },
    { "search.v2", Get, "/api/v2/search", Optional, "read:search" },
    // What somebody does not want to see.
    { "filters.list", Get, "/api/v2/filters", User, "read:filters" },
    { "filters.create", Post, "/api/v2/filters", User, "write:filters", kWorker, Form },
    { "filters.show", Get, "/api/v2/filters/:id", User, "read:filters" },
    { "filters.update", Put, "/api/v2/filters/:id", User, "write:filters", kWorker, Form },
    { "filters.delete", Delete, "/api/v2/filters/:id", User, "write:filters" },
    { "filters.keywords", Get, "/api/v2/filters/:id/keywords", User, "read:filters" },
    { "filters.addKeyword", Post, "/api/v2/filters/:id/keywords", User, "write:filters", kWorker, Form },
    { "filters.keyword", Get, "/api/v2/filters/keywords/:id", User, "read:filters" },
    { "filters.updateKeyword", Put, "/api/v2/filters/keywords/:id", User, "write:filters", kWorker, Form },
    { "filters.deleteKeyword", Delete, "/api/v2/filters/keywords/:id", User, "write:filters" },
    { "filters.statuses", Get, "/api/v2/filters/:id/statuses", User, "read:filters" },
    { "filters.addStatus", Post, "/api/v2/filters/:id/statuses", User, "write:filters", kWorker, Form },
    { "filters.status", Get, "/api/v2/filters/statuses/:id", User, "read:filters" },
    { "filters.deleteStatus", Delete, "/api/v2/filters/statuses/:id", User, "write:filters" },
    { "filters.listV1", Get, "/api/v1/filters", User, "read:filters" },
    { "filters.createV1", Post, "/api/v1/filters", User, "write:filters", kWorker, Form },
    { "filters.showV1", Get, "/api/v1/filters/:id", User, "read:filters" },
    { "filters.updateV1", Put, "/api/v1/filters/:id", User, "write:filters", kWorker, Form },
    { "filters.deleteV1", Delete, "/api/v1/filters/:id", User, "write:filters" },
    // Posts that somebody has put together.
    { "collections.list", Get, "/api/graminsta/v1/collections", User, "read:statuses" },
    { "collections.create", Post, "/api/graminsta/v1/collections", User, "write:statuses", kWorker, Form },
    { "collections.show", Get, "/api/graminsta/v1/collections/:id", Optional, nullptr },
    { "collections.update", Put, "/api/graminsta/v1/collections/:id", User, "write:statuses", kWorker, Form },
    { "collections.delete", Delete, "/api/graminsta/v1/collections/:id", User, "write:statuses" },
    { "collections.statuses", Get, "/api/graminsta/v1/collections/:id/statuses", Optional, nullptr },
    { "collections.add", Post, "/api/graminsta/v1/collections/:id/statuses", User, "write:statuses", kWorker, Form },
    { "collections.arrange", Put, "/api/graminsta/v1/collections/:id/statuses", User, "write:statuses", kWorker, Form },
    { "collections.takeOut", Delete, "/api/graminsta/v1/collections/:id/statuses/:status_id", User, "write:statuses" },
    { "collections.ofAccount", Get, "/api/graminsta/v1/accounts/:id/collections", Optional, nullptr },
    // Pixelfed's own routes; "Old" where its apps have spelt them so.
    { "pixelfed.nodeinfo", Get, "/api/nodeinfo/2.0.json", Public, nullptr, kWorker, kNone, Free },
    { "pixelfed.config", Get, "/api/v2/config", Public, nullptr },
    { "pixelfed.discoverPosts", Get, "/api/v1/discover/posts", Optional, nullptr },
    { "pixelfed.updateAvatar", Post, "/api/v1/avatar/update", User, "write:accounts", kMedia, Profile },
    { "pixelfed.removeAvatar", Delete, "/api/v1.1/accounts/avatar", User, "write:accounts" },
    { "pixelfed.account", Get, "/api/v1.1/accounts/username/:username", Optional, nullptr },
    { "pixelfed.accountOld", Get, "/api/pixelfed/v1/accounts/username/:username", Optional, nullptr },
    { "pixelfed.mutuals", Get, "/api/v1.1/accounts/mutuals/:id", User, "read:follows" },
    { "pixelfed.mutualsOld", Get, "/api/pixelfed/v1/accounts/mutuals/:id", User, "read:follows" },
    { "pixelfed.report", Post, "/api/v1.1/report", User, "write:reports", kWorker, Form },
    { "pixelfed.reportOld", Post, "/api/pixelfed/v1/report", User, "write:reports", kWorker, Form },
    { "pixelfed.composeSettings", Get, "/api/v1.1/compose/settings", User, "read:accounts" },
    { "pixelfed.composeSettingsOld", Get, "/api/pixelfed/v1/compose/settings", User, "read:accounts" },
    { "pixelfed.appSettings", Get, "/api/pixelfed/v1/app/settings", User, "read:accounts" },
    { "pixelfed.nagState", Get, "/api/v1.1/nag/state", Public, nullptr, kInline },
    { "pixelfed.nagStateOld", Get, "/api/pixelfed/v1/nag/state", Public, nullptr, kInline },
    { "pixelfed.pushState", Get, "/api/v1.1/push/state", User, "read:accounts" },
    { "pixelfed.pushStateOld", Get, "/api/pixelfed/v1/push/state", User, "read:accounts" },
    { "pixelfed.popularAccounts", Get, "/api/v1.1/discover/accounts/popular", User, "read:accounts" },
    { "pixelfed.popularAccountsOld", Get, "/api/pixelfed/v1/discover/accounts/popular", User, "read:accounts" },
    { "pixelfed.trendingPosts", Get, "/api/v1.1/discover/posts/trending", Optional, nullptr },
    { "pixelfed.trendingPostsOld", Get, "/api/pixelfed/v1/discover/posts/trending", Optional, nullptr },
    { "pixelfed.trendingTags", Get, "/api/v1.1/discover/posts/hashtags", Optional, nullptr },
    { "pixelfed.trendingTagsOld", Get, "/api/pixelfed/v1/discover/posts/hashtags", Optional, nullptr },
    { "pixelfed.networkPosts", Get, "/api/v1.1/discover/posts/network/trending", Optional, nullptr },
    { "pixelfed.ownCollections", Get, "/api/v1.1/collections/self", User, "read:statuses" },
    { "pixelfed.ownCollectionsOld", Get, "/api/pixelfed/v1/collections/self", User, "read:statuses" },
    { "pixelfed.collectionsOf", Get, "/api/v1.1/collections/accounts/:id", Optional, nullptr },
    { "pixelfed.collectionsOfOld", Get, "/api/pixelfed/v1/collections/accounts/:id", Optional, nullptr },
    { "pixelfed.collectionItems", Get, "/api/v1.1/collections/items/:id", Optional, nullptr },
    { "pixelfed.collectionItemsOld", Get, "/api/pixelfed/v1/collections/items/:id", Optional, nullptr },
    { "pixelfed.collection", Get, "/api/v1.1/collections/view/:id", Optional, nullptr },
    { "pixelfed.updateCollection", Post, "/api/v1.1/collections/update/:id", User, "write:statuses", kWorker, Form },
    { "pixelfed.deleteCollection", Delete, "/api/v1.1/collections/delete/:id", User, "write:statuses" },
    { "pixelfed.addToCollection", Post, "/api/v1.1/collections/add", User, "write:statuses", kWorker, Form },
    { "pixelfed.takeOutOfCollection", Post, "/api/v1.1/collections/remove", User, "write:statuses", kWorker, Form },
    { "pixelfed.thread", Get, "/api/v1.1/direct/thread", User, "read:statuses" },
    { "pixelfed.stories", Get, "/api/v1.1/stories/carousel", User, "read:accounts" },
    { "pixelfed.storiesNew", Get, "/api/v1.2/stories/carousel", User, "read:accounts" },
    { "pixelfed.storiesOld", Get, "/api/pixelfed/v1/stories/self-carousel", User, "read:accounts" },
    { "empty.webSettings", Get, "/api/pixelfed/v1/web/settings", User, "read:accounts" },
    { "empty.archive", Get, "/api/v1.1/archive/list", User, "read:statuses" },
    { "empty.directMutuals", Get, "/api/v1.1/direct/compose/mutuals", User, "read:follows" },
    { "empty.relatedTags", Get, "/api/v1/tags/:name/related", Optional, nullptr },
    // What this server has none of: clients ask at their start, and take an error for a fault.
    { "empty.customEmojis", Get, "/api/v1/custom_emojis", Public, nullptr, kInline },
    { "empty.lists", Get, "/api/v1/lists", User, "read:lists" },
    { "empty.announcements", Get, "/api/v1/announcements", User, nullptr },
    { "empty.conversations", Get, "/api/v1/conversations", User, "read:statuses" },
    { "empty.domainBlocks", Get, "/api/v1/domain_blocks", User, "read:blocks" },
    { "empty.endorsements", Get, "/api/v1/endorsements", User, "read:accounts" },
    { "empty.trendingLinks", Get, "/api/v1/trends/links", Public, nullptr, kInline },
    // Moderation.
    { "admin.accounts", Get, "/api/v1/admin/accounts", User, "admin:read:accounts" },
    { "admin.accountsV2", Get, "/api/v2/admin/accounts", User, "admin:read:accounts" },
    { "admin.account", Get, "/api/v1/admin/accounts/:id", User, "admin:read:accounts" },
    { "admin.act", Post, "/api/v1/admin/accounts/:id/action", User, "admin:write:accounts", kWorker, Form },
    { "admin.approve", Post, "/api/v1/admin/accounts/:id/approve", User, "admin:write:accounts", kWorker, Form },
    { "admin.reject", Post, "/api/v1/admin/accounts/:id/reject", User, "admin:write:accounts", kWorker, Form },
    { "admin.enable", Post, "/api/v1/admin/accounts/:id/enable", User, "admin:write:accounts", kWorker, Form },
    { "admin.unsilence", Post, "/api/v1/admin/accounts/:id/unsilence", User, "admin:write:accounts", kWorker, Form },
    { "admin.unsuspend", Post, "/api/v1/admin/accounts/:id/unsuspend", User, "admin:write:accounts", kWorker, Form },
    { "admin.unsensitive", Post, "/api/v1/admin/accounts/:id/unsensitive", User, "admin:write:accounts", kWorker,
      Form },
    { "admin.deleteAccount", Delete, "/api/v1/admin/accounts/:id", User, "admin:write:accounts" },
    { "admin.reports", Get, "/api/v1/admin/reports", User, "admin:read:reports" },
    { "admin.report", Get, "/api/v1/admin/reports/:id", User, "admin:read:reports" },
    { "admin.updateReport", Put, "/api/v1/admin/reports/:id", User, "admin:write:reports", kWorker, Form },
    { "admin.assignReport", Post, "/api/v1/admin/reports/:id/assign_to_self", User, "admin:write:reports", kWorker,
      Form },
    { "admin.unassignReport", Post, "/api/v1/admin/reports/:id/unassign", User, "admin:write:reports", kWorker, Form },
    { "admin.resolveReport", Post, "/api/v1/admin/reports/:id/resolve", User, "admin:write:reports", kWorker, Form },
    { "admin.reopenReport", Post, "/api/v1/admin/reports/:id/reopen", User, "admin:write:reports", kWorker, Form },
    { "admin.deleteStatus", Delete, "/api/graminsta/v1/admin/statuses/:id", User, "admin:write:reports" },
    { "admin.audit", Get, "/api/graminsta/v1/admin/audit", User, "admin:read" },
    { "admin.jobs", Get, "/api/graminsta/v1/admin/jobs", User, "admin:read" },
    { "admin.retryJob", Post, "/api/graminsta/v1/admin/jobs/:id/retry", User, "admin:write", kWorker, Form },
    { "admin.discardJob", Delete, "/api/graminsta/v1/admin/jobs/:id", User, "admin:write" },
    { "invites.list", Get, "/api/graminsta/v1/invites", User, "admin:read:accounts" },
    { "invites.create", Post, "/api/graminsta/v1/invites", User, "admin:write:accounts", kWorker, Form },
    { "invites.revoke", Delete, "/api/graminsta/v1/invites/:id", User, "admin:write:accounts" },
    // One's own account, as far as Mastodon's API does not go.
    { "account.delete", Post, "/api/graminsta/v1/account/delete", User, "write:accounts", kWorker, Form },
    { "account.password", Post, "/api/graminsta/v1/account/password", User, "write:accounts", kWorker, Form },
    { "account.applications", Get, "/api/graminsta/v1/account/applications", User, "read:accounts" },
    { "account.revokeApplication", Delete, "/api/graminsta/v1/account/applications/:id", User, "write:accounts" },
    { "twoFactor.show", Get, "/api/graminsta/v1/account/two_factor", User, "read:accounts" },
    { "twoFactor.begin", Post, "/api/graminsta/v1/account/two_factor", User, "write:accounts", kWorker, Form },
    { "twoFactor.confirm", Post, "/api/graminsta/v1/account/two_factor/confirm", User, "write:accounts", kWorker,
      Form },
    { "twoFactor.disable", Post, "/api/graminsta/v1/account/two_factor/disable", User, "write:accounts", kWorker,
      Form },
    { "exports.create", Post, "/api/graminsta/v1/account/exports", User, "write:accounts", kWorker, Form },
    { "exports.list", Get, "/api/graminsta/v1/account/exports", User, "read" },
    { "exports.show", Get, "/api/graminsta/v1/account/exports/:id", User, "read" },
    { "exports.delete", Delete, "/api/graminsta/v1/account/exports/:id", User, "write:accounts", kWorker, kNone,
      Deletions },
    { "exports.file", Get, "/api/graminsta/v1/account/exports/:id/file", User, "read" },
    { "imports.create", Post, "/api/graminsta/v1/account/imports", User, "write", kMedia, Archive, Uploads },
    { "imports.list", Get, "/api/graminsta/v1/account/imports", User, "read" },
    { "imports.show", Get, "/api/graminsta/v1/account/imports/:id", User, "read" },
    { "imports.delete", Delete, "/api/graminsta/v1/account/imports/:id", User, "write:accounts" },
    { "account.strikes", Get, "/api/graminsta/v1/account/strikes", User, "read:accounts" },
    // First party: the desktop app on the same machine.
    { "local.signIn", Post, "/api/graminsta/v1/local_session", Public, nullptr, kWorker, Form, Free },
};

} // namespace

QLatin1String verbName(Verb verb)
{
    switch (verb) {
    case Get:
        return QLatin1String("GET");
    case Head:
        return QLatin1String("HEAD");
    case Post:
        return QLatin1String("POST");
    case Put:
        return QLatin1String("PUT");
    case Patch:
        return QLatin1String("PATCH");
    case Delete:
        return QLatin1String("DELETE");
    case Options:
        return QLatin1String("OPTIONS");
    }
    return QLatin1String("GET");
}

std::span<const Endpoint> endpoints()
{
    return kEndpoints;
}

} // namespace graminsta::api
