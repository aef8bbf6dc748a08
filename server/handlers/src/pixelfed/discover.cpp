// SPDX-License-Identifier: GPL-3.0-or-later
#include "pixelfed/routes.h"

#include "common.h"
#include "pixelfed/dialect.h"
#include "views/views.h"

namespace graminsta::handlers
{

using http::RequestContext;
using http::Response;

namespace
{

constexpr int kTrendingPosts = 30;
constexpr int kTrendingTags = 20;
constexpr int kPopularAccounts = 16;

// "range": a day, a month or a year; a year where it is not said.
Result<std::chrono::days> range(const RequestContext &context)
{
    const QString name = context.parameters.text(QStringLiteral("range")).value_or(QString()).toLower();
    if (name == QLatin1String("daily"))
        return std::chrono::days { 1 };
    if (name == QLatin1String("monthly"))
        return std::chrono::days { 31 };
    if (name.isEmpty() || name == QLatin1String("yearly"))
        return std::chrono::days { 365 };
    return makeError(Fault::Unprocessable, QStringLiteral("Validation failed: Range must be daily, monthly or yearly"));
}

// The grids of discovery show pictures, and none that is hidden behind a warning.
void keepOpenPhotos(domain::StatusSet &set)
{
    set.statuses.removeIf([&set](const entities::Status &status) {
        const entities::Restrictions author = set.accounts.value(status.accountId).restrictions;
        return status.mediaCount == 0 || status.sensitive || author.testFlag(entities::Restriction::Sensitized);
    });
}

Result<domain::StatusSet> trending(const RequestContext &context, const Services &services, std::chrono::days span)
{
    domain::StatusSet set = GI_TRY(services.trends.statuses(context.viewer, span, 0, kTrendingPosts, context.deadline));
    keepOpenPhotos(set);
    return set;
}

Result<Response> trendingPosts(const RequestContext &context, const Services &services)
{
    const domain::StatusSet set = GI_TRY(trending(context, services, GI_TRY(range(context))));
    return Response::json(encoded(context, statusViews(set, context.baseUrl)));
}

// Of other servers, at Pixelfed; this one knows no other.
Result<Response> networkPosts(const RequestContext &context, const Services &services)
{
    const domain::StatusSet set = GI_TRY(trending(context, services, domain::kTrendSpan));
    return Response::json(encoded(context, statusViews(set, context.baseUrl)));
}

// Always of Mastodon's entities: PixelDroid reads them.
Result<Response> discoverPosts(const RequestContext &context, const Services &services)
{
    domain::StatusSet set = GI_TRY(trending(context, services, std::chrono::days { 365 }));
    // Where nothing is liked yet, what is new.
    if (set.statuses.isEmpty()) {
        entities::PageRequest page;
        page.limit = kTrendingPosts;
        set = GI_TRY(services.timelines.publicTimeline(context.viewer, { true }, page, context.deadline)).set;
        keepOpenPhotos(set);
    }
    return Response::json(json::pixelfed::encodeDiscover(statusViews(set, context.baseUrl)));
}

Result<Response> hashtags(const RequestContext &context, const Services &services)
{
    const QList<entities::TagInfo> tags =
        GI_TRY(services.tags.trends(context.viewer, 0, kTrendingTags, context.deadline));
    return Response::json(json::pixelfed::encodeTrendingTags(tagViews(tags, context.baseUrl)));
}

Result<Response> popularAccounts(const RequestContext &context, const Services &services)
{
    const QList<entities::Account> accounts =
        GI_TRY(services.suggestAccounts.run(context.viewer, kPopularAccounts, context.deadline));
    return Response::json(encoded(context, accountViews(accounts, context.baseUrl)));
}

} // namespace

void addPixelfedDiscoverHandlers(http::HandlerTable &table, const Services &services)
{
    for (const char *name : { "pixelfed.trendingPosts", "pixelfed.trendingPostsOld" })
        table.insert(name, [&](const RequestContext &context) { return trendingPosts(context, services); });
    for (const char *name : { "pixelfed.trendingTags", "pixelfed.trendingTagsOld" })
        table.insert(name, [&](const RequestContext &context) { return hashtags(context, services); });
    for (const char *name : { "pixelfed.popularAccounts", "pixelfed.popularAccountsOld" })
        table.insert(name, [&](const RequestContext &context) { return popularAccounts(context, services); });
    table.insert("pixelfed.networkPosts",
                 [&](const RequestContext &context) { return networkPosts(context, services); });
    table.insert("pixelfed.discoverPosts",
                 [&](const RequestContext &context) { return discoverPosts(context, services); });
}

} // namespace graminsta::handlers
