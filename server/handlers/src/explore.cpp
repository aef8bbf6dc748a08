// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources.h"

#include "common.h"
#include "pixelfed/dialect.h"
#include "views/views.h"

#include <graminsta/json/encode.h>

namespace graminsta::handlers
{

using http::RequestContext;
using http::Response;

namespace
{

Result<Response> trendingTags(const RequestContext &context, const Services &services)
{
    const Ranks ranks = GI_TRY(ranksRequest(context, { 10, 20 }));
    return Response::json(json::encode(tagViews(
        GI_TRY(services.tags.trends(context.viewer, ranks.offset, ranks.limit, context.deadline)), context.baseUrl)));
}

Result<Response> trendingStatuses(const RequestContext &context, const Services &services)
{
    const Ranks ranks = GI_TRY(ranksRequest(context, kStatusPages));
    const domain::StatusSet set = GI_TRY(
        services.trends.statuses(context.viewer, domain::kTrendSpan, ranks.offset, ranks.limit, context.deadline));
    return Response::json(encoded(context, statusViews(set, context.baseUrl)));
}

Result<Response> suggestions(const RequestContext &context, const Services &services)
{
    const int limit = GI_TRY(pageRequest(context, kAccountPages)).limit;
    QList<model::Suggestion> views;
    for (const entities::Account &account :
         GI_TRY(services.suggestAccounts.run(context.viewer, limit, context.deadline)))
        views.append({ QStringLiteral("friends_of_friends"), accountView(account, context.baseUrl) });
    return Response::json(json::encode(views));
}

// The first version of it, which older clients ask: the accounts alone.
Result<Response> suggestedAccounts(const RequestContext &context, const Services &services)
{
    const int limit = GI_TRY(pageRequest(context, kAccountPages)).limit;
    return Response::json(encoded(
        context,
        accountViews(GI_TRY(services.suggestAccounts.run(context.viewer, limit, context.deadline)), context.baseUrl)));
}

} // namespace

void addExploreHandlers(http::HandlerTable &table, const Services &services)
{
    for (const char *name : { "trends.tags", "trends.tagsOld" })
        table.insert(name, [&](const RequestContext &context) { return trendingTags(context, services); });
    table.insert("trends.statuses", [&](const RequestContext &context) { return trendingStatuses(context, services); });
    table.insert("suggestions.accounts",
                 [&](const RequestContext &context) { return suggestedAccounts(context, services); });
    table.insert("suggestions.list", [&](const RequestContext &context) { return suggestions(context, services); });
}

} // namespace graminsta::handlers
