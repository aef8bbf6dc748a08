// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources.h"

#include "common.h"
#include "views/views.h"

#include <graminsta/json/encode.h>

namespace graminsta::handlers
{

using http::RequestContext;
using http::Response;

namespace
{

Response tagResponse(const RequestContext &context, const entities::TagInfo &tag)
{
    return Response::json(json::encode(tagView(tag, context.baseUrl)));
}

Result<Response> show(const RequestContext &context, const Services &services)
{
    const QString name = context.pathParameters.value(0);
    return tagResponse(context, GI_TRY(services.tags.show(context.viewer, name, context.deadline)));
}

Result<Response> follow(const RequestContext &context, const Services &services)
{
    const QString name = context.pathParameters.value(0);
    return tagResponse(context, GI_TRY(services.tags.follow(context.viewer, name, context.deadline)));
}

Result<Response> unfollow(const RequestContext &context, const Services &services)
{
    const QString name = context.pathParameters.value(0);
    return tagResponse(context, GI_TRY(services.tags.unfollow(context.viewer, name, context.deadline)));
}

Result<Response> followed(const RequestContext &context, const Services &services)
{
    const entities::PageRequest page = GI_TRY(pageRequest(context, kTagPages));
    const entities::Page<entities::TagInfo> tags =
        GI_TRY(services.tags.followed(context.viewer, page, context.deadline));
    return pageResponse(context, json::encode(tagViews(tags.rows, context.baseUrl)), tags.bounds);
}

} // namespace

void addTagHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("tags.show", [&](const RequestContext &context) { return show(context, services); });
    table.insert("tags.follow", [&](const RequestContext &context) { return follow(context, services); });
    table.insert("tags.unfollow", [&](const RequestContext &context) { return unfollow(context, services); });
    table.insert("tags.followed", [&](const RequestContext &context) { return followed(context, services); });
}

} // namespace graminsta::handlers
