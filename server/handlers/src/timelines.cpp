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

// A page as the viewer's filters leave it.
Result<Response> filtered(const RequestContext &context, const Services &services, entities::FilterContext where,
                          domain::StatusPage page)
{
    GI_TRY(services.applyFilters.run(context.viewer, where, page.set, context.deadline));
    return timelineResponse(context, page);
}

QStringList lowerCaseList(const RequestContext &context, const QString &name)
{
    QStringList list;
    for (const QString &tag : context.parameters.list(name))
        list.append(tag.toLower());
    return list;
}

Result<Response> home(const RequestContext &context, const Services &services)
{
    const entities::PageRequest page = GI_TRY(pageRequest(context, kStatusPages));
    ports::TimelineFilter filter;
    filter.onlyMedia = GI_TRY(flag(context, QStringLiteral("only_media")));
    return filtered(context, services, entities::FilterContext::Home,
                    GI_TRY(services.timelines.home(context.viewer, filter, page, context.deadline)));
}

Result<Response> publicTimeline(const RequestContext &context, const Services &services)
{
    const entities::PageRequest page = GI_TRY(pageRequest(context, kStatusPages));
    ports::TimelineFilter filter;
    filter.onlyMedia = GI_TRY(flag(context, QStringLiteral("only_media")));
    // This server knows no other: there is nothing remote to list.
    if (GI_TRY(flag(context, QStringLiteral("remote"))))
        return pageResponse(context, encoded(context, QList<model::Status> {}), {});
    return filtered(context, services, entities::FilterContext::Public,
                    GI_TRY(services.timelines.publicTimeline(context.viewer, filter, page, context.deadline)));
}

Result<Response> tagTimeline(const RequestContext &context, const Services &services)
{
    const entities::PageRequest page = GI_TRY(pageRequest(context, kStatusPages));
    ports::TagFilter filter;
    filter.onlyMedia = GI_TRY(flag(context, QStringLiteral("only_media")));
    filter.any = lowerCaseList(context, QStringLiteral("any"));
    filter.all = lowerCaseList(context, QStringLiteral("all"));
    filter.none = lowerCaseList(context, QStringLiteral("none"));
    const QString tag = context.pathParameters.value(0).toLower();
    return filtered(context, services, entities::FilterContext::Public,
                    GI_TRY(services.timelines.tag(context.viewer, tag, filter, page, context.deadline)));
}

Result<Response> accountTimeline(const RequestContext &context, const Services &services)
{
    const AccountId id = GI_TRY(context.pathId<AccountId>());
    const entities::PageRequest page = GI_TRY(pageRequest(context, kStatusPages));
    domain::AccountTimelineRequest request;
    request.onlyMedia = GI_TRY(flag(context, QStringLiteral("only_media")));
    request.excludeReplies = GI_TRY(flag(context, QStringLiteral("exclude_replies")));
    request.excludeReblogs = GI_TRY(flag(context, QStringLiteral("exclude_reblogs")));
    request.pinned = GI_TRY(flag(context, QStringLiteral("pinned")));
    request.tagged = context.parameters.text(QStringLiteral("tagged")).value_or(QString()).toLower();
    GI_TRY(services.showAccounts.byId(id, context.deadline));
    return filtered(context, services, entities::FilterContext::Account,
                    GI_TRY(services.timelines.account(context.viewer, id, request, page, context.deadline)));
}

} // namespace

void addTimelineHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("timelines.home", [&](const RequestContext &context) { return home(context, services); });
    table.insert("timelines.public", [&](const RequestContext &context) { return publicTimeline(context, services); });
    table.insert("timelines.tag", [&](const RequestContext &context) { return tagTimeline(context, services); });
    table.insert("accounts.statuses",
                 [&](const RequestContext &context) { return accountTimeline(context, services); });
}

} // namespace graminsta::handlers
