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
    // Media.
    { "media.create", Post, "/api/v1/media", User, "write:media", kMedia, Upload, Uploads },
    { "media.createV2", Post, "/api/v2/media", User, "write:media", kMedia, Upload, Uploads },
    { "media.show", Get, "/api/v1/media/:id", User, "write:media" },
    { "media.update", Put, "/api/v1/media/:id", User, "write:media", kWorker, Form },
    { "media.original", Get, "/api/graminsta/v1/media/:id/original", User, "read:statuses" },
    { "media.file", Get, "/media/:name", Public, nullptr, kWorker, kNone, Free },
    // Statuses.
    { "statuses.create", Post, "/api/v1/statuses", User, "write:statuses", kWorker, Form },
    { "statuses.show", Get, "/api/v1/statuses/:id", Optional, nullptr },
    { "statuses.delete", Delete, "/api/v1/statuses/:id", User, "write:statuses", kWorker, kNone, Deletions },
    { "statuses.context", Get, "/api/v1/statuses/:id/context", Optional, nullptr },
    { "statuses.favourite", Post, "/api/v1/statuses/:id/favourite", User, "write:favourites", kWorker, Form },
    { "statuses.unfavourite", Post, "/api/v1/statuses/:id/unfavourite", User, "write:favourites", kWorker, Form },
    { "statuses.favouritedBy", Get, "/api/v1/statuses/:id/favourited_by", Optional, nullptr },
    // Timelines.
    { "timelines.home", Get, "/api/v1/timelines/home", User, "read:statuses" },
    { "timelines.public", Get, "/api/v1/timelines/public", Optional, nullptr },
    { "timelines.tag", Get, "/api/v1/timelines/tag/:hashtag", Optional, nullptr },
    // Notifications.
    { "notifications.list", Get, "/api/v1/notifications", User, "read:notifications" },
    { "notifications.show", Get, "/api/v1/notifications/:id", User, "read:notifications" },
    // Search, as far as clients need it to find an account.
    { "search.v2", Get, "/api/v2/search", User, "read:search" },
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
