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

Response statusResponse(const RequestContext &context, const domain::StatusSet &set)
{
    return Response::json(json::encode(statusView(set, context.baseUrl)));
}

Result<std::optional<entities::Visibility>> visibilityParameter(const RequestContext &context)
{
    const std::optional<QString> name = context.parameters.text(QStringLiteral("visibility"));
    if (!name || name->isEmpty())
        return std::optional<entities::Visibility> {};
    const std::optional<entities::Visibility> visibility = visibilityFromName(*name);
    if (!visibility)
        return makeError(Fault::Unprocessable,
                         QStringLiteral("Validation failed: Visibility must be public, unlisted, private or direct"));
    return visibility;
}

Result<StatusId> inReplyTo(const RequestContext &context)
{
    const QString text = context.parameters.text(QStringLiteral("in_reply_to_id")).value_or(QString());
    if (text.isEmpty())
        return StatusId {};
    if (const std::optional<StatusId> id = StatusId::fromString(text))
        return *id;
    return makeError(Fault::NotFound, QStringLiteral("The post that this one comments on does not exist."));
}

Result<Response> create(const RequestContext &context, const Services &services)
{
    // What would be lost in silence is refused instead.
    if (!context.parameters.namesBeginningWith(QStringLiteral("poll[")).isEmpty())
        return makeError(Fault::Unprocessable, QStringLiteral("Validation failed: this server has no polls"));
    if (!context.parameters.text(QStringLiteral("scheduled_at")).value_or(QString()).isEmpty())
        return makeError(Fault::Unprocessable,
                         QStringLiteral("Validation failed: this server cannot schedule posts yet"));
    domain::StatusRequest request;
    request.text = context.parameters.text(QStringLiteral("status")).value_or(QString());
    request.spoilerText = context.parameters.text(QStringLiteral("spoiler_text")).value_or(QString());
    request.inReplyTo = GI_TRY(inReplyTo(context));
    request.sensitive = GI_TRY(context.parameters.boolean(QStringLiteral("sensitive")));
    request.visibility = GI_TRY(visibilityParameter(context));
    request.language = context.parameters.text(QStringLiteral("language")).value_or(QString());
    request.idempotencyKey = QString::fromUtf8(context.header("idempotency-key"));
    request.media = idList<MediaId>(context, QStringLiteral("media_ids"));
    if (request.media.size() != context.parameters.list(QStringLiteral("media_ids")).size())
        return makeError(Fault::Unprocessable,
                         QStringLiteral("Validation failed: media_ids must be the ids of your uploads, each once"));
    return statusResponse(context, GI_TRY(services.postStatus.run(context.viewer, request, context.deadline)));
}

Result<Response> show(const RequestContext &context, const Services &services)
{
    const StatusId id = GI_TRY(context.pathId<StatusId>());
    return statusResponse(context, GI_TRY(services.showStatus.run(context.viewer, id, context.deadline)));
}

Result<Response> remove(const RequestContext &context, const Services &services)
{
    const StatusId id = GI_TRY(context.pathId<StatusId>());
    const domain::StatusSet set = GI_TRY(services.deleteStatus.run(context.viewer, id, context.deadline));
    model::Status view = statusView(set, context.baseUrl);
    view.text = set.statuses.first().text;
    return Response::json(json::encode(view));
}

Result<Response> thread(const RequestContext &context, const Services &services)
{
    const StatusId id = GI_TRY(context.pathId<StatusId>());
    const domain::Thread thread = GI_TRY(services.showStatus.thread(context.viewer, id, context.deadline));
    return Response::json(json::encode(model::Context { statusViews(thread.ancestors, context.baseUrl),
                                                        statusViews(thread.descendants, context.baseUrl) }));
}

Result<Response> favourite(const RequestContext &context, const Services &services)
{
    const StatusId id = GI_TRY(context.pathId<StatusId>());
    return statusResponse(context, GI_TRY(services.favouriteStatus.favourite(context.viewer, id, context.deadline)));
}

Result<Response> unfavourite(const RequestContext &context, const Services &services)
{
    const StatusId id = GI_TRY(context.pathId<StatusId>());
    return statusResponse(context, GI_TRY(services.favouriteStatus.unfavourite(context.viewer, id, context.deadline)));
}

Result<Response> favouritedBy(const RequestContext &context, const Services &services)
{
    const StatusId id = GI_TRY(context.pathId<StatusId>());
    const entities::PageRequest page = GI_TRY(pageRequest(context, kAccountPages));
    const entities::Page<entities::Account> accounts =
        GI_TRY(services.favouriteStatus.favouritedBy(context.viewer, id, page, context.deadline));
    return accountPage(context, accounts);
}

} // namespace

void addStatusHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("statuses.create", [&](const RequestContext &context) { return create(context, services); });
    table.insert("statuses.show", [&](const RequestContext &context) { return show(context, services); });
    table.insert("statuses.delete", [&](const RequestContext &context) { return remove(context, services); });
    table.insert("statuses.context", [&](const RequestContext &context) { return thread(context, services); });
    table.insert("statuses.favourite", [&](const RequestContext &context) { return favourite(context, services); });
    table.insert("statuses.unfavourite", [&](const RequestContext &context) { return unfavourite(context, services); });
    table.insert("statuses.favouritedBy",
                 [&](const RequestContext &context) { return favouritedBy(context, services); });
}

} // namespace graminsta::handlers
