// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources.h"

#include "common.h"
#include "views/views.h"

#include <graminsta/json/encode.h>
#include <graminsta/json/featuredtag.h>

namespace graminsta::handlers
{

using http::RequestContext;
using http::Response;

namespace
{

Result<Response> listOf(AccountId id, const RequestContext &context, const Services &services)
{
    const QString username = GI_TRY(services.showAccounts.byId(id, context.deadline)).username;
    QList<model::FeaturedTag> views;
    for (const entities::FeaturedTag &tag : GI_TRY(services.featuredTags.list(id, context.deadline)))
        views.append(featuredTagView(tag, username, context.baseUrl));
    return Response::json(json::encode(views));
}

Result<Response> own(const RequestContext &context, const Services &services)
{
    return listOf(context.viewer.account, context, services);
}

Result<Response> ofAccount(const RequestContext &context, const Services &services)
{
    return listOf(GI_TRY(context.pathId<AccountId>()), context, services);
}

Result<Response> feature(const RequestContext &context, const Services &services)
{
    const QString name = context.parameters.text(QStringLiteral("name")).value_or(QString());
    const entities::FeaturedTag tag = GI_TRY(services.featuredTags.feature(context.viewer, name, context.deadline));
    const QString username = GI_TRY(services.showAccounts.byId(context.viewer.account, context.deadline)).username;
    return Response::json(json::encode(featuredTagView(tag, username, context.baseUrl)));
}

Result<Response> unfeature(const RequestContext &context, const Services &services)
{
    const auto id = GI_TRY(context.pathId<entities::FeaturedTagId>());
    GI_TRY(services.featuredTags.unfeature(context.viewer, id, context.deadline));
    return Response::json(json::encodeEmpty());
}

Result<Response> suggestions(const RequestContext &context, const Services &services)
{
    return Response::json(json::encode(
        tagViews(GI_TRY(services.featuredTags.suggestions(context.viewer, context.deadline)), context.baseUrl)));
}

} // namespace

void addFeaturedTagHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("featuredTags.list", [&](const RequestContext &context) { return own(context, services); });
    table.insert("featuredTags.create", [&](const RequestContext &context) { return feature(context, services); });
    table.insert("featuredTags.delete", [&](const RequestContext &context) { return unfeature(context, services); });
    table.insert("featuredTags.suggestions",
                 [&](const RequestContext &context) { return suggestions(context, services); });
    table.insert("accounts.featuredTags", [&](const RequestContext &context) { return ofAccount(context, services); });
}

} // namespace graminsta::handlers
