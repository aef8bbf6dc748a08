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

Result<StatusId> inReplyTo(const RequestContext &context)
{
    const QString text = context.parameters.text(QStringLiteral("in_reply_to_id")).value_or(QString());
    if (text.isEmpty())
        return StatusId {};
    if (const std::optional<StatusId> id = StatusId::fromString(text))
        return *id;
    return makeError(Fault::NotFound, QStringLiteral("The post that this one comments on does not exist."));
}

Result<QList<CollectionId>> collectionIds(const RequestContext &context)
{
    const QString name = QStringLiteral("collection_ids");
    QStringList given = context.parameters.list(name);
    given.removeAll(QString());
    const QList<CollectionId> ids = idList<CollectionId>(context, name);
    if (ids.size() != given.size())
        return makeError(Fault::Unprocessable,
                         QStringLiteral("Validation failed: collection_ids must be the ids of your collections, each "
                                        "once"));
    return ids;
}

Result<Response> create(const RequestContext &context, const Services &services)
{
    // What would be lost in silence is refused instead.
    if (!context.parameters.namesBeginningWith(QStringLiteral("poll[")).isEmpty())
        return makeError(Fault::Unprocessable, QStringLiteral("Validation failed: this server has no polls"));
    const std::optional<Timestamp> at = GI_TRY(scheduledAt(context));
    domain::StatusRequest request;
    request.text = context.parameters.text(QStringLiteral("status")).value_or(QString());
    request.spoilerText = context.parameters.text(QStringLiteral("spoiler_text")).value_or(QString());
    request.inReplyTo = GI_TRY(inReplyTo(context));
    request.sensitive = GI_TRY(context.parameters.boolean(QStringLiteral("sensitive")));
    request.visibility = GI_TRY(visibilityParameter(context));
    request.language = context.parameters.text(QStringLiteral("language")).value_or(QString());
    request.commentsDisabled = GI_TRY(flag(context, QStringLiteral("comments_disabled")));
    request.idempotencyKey = QString::fromUtf8(context.header("idempotency-key"));
    request.media = GI_TRY(mediaIds(context)).value_or(QList<MediaId>());
    request.collections = GI_TRY(collectionIds(context));
    if (at) {
        if (!request.collections.isEmpty())
            return makeError(Fault::Unprocessable,
                             QStringLiteral("Validation failed: a post for later goes into collections when it is "
                                            "there: collection_ids and scheduled_at do not go together"));
        const domain::ScheduledSet scheduled =
            GI_TRY(services.scheduleStatus.create(context.viewer, request, *at, context.deadline));
        return Response::json(json::encode(scheduledViews(scheduled, context.baseUrl).first()));
    }
    return statusResponse(context, GI_TRY(services.postStatus.run(context.viewer, request, context.deadline)));
}

Result<Response> show(const RequestContext &context, const Services &services)
{
    const StatusId id = GI_TRY(context.pathId<StatusId>());
    domain::StatusSet set = GI_TRY(services.showStatus.run(context.viewer, id, context.deadline));
    GI_TRY(services.applyFilters.run(context.viewer, entities::FilterContext::Thread, set, context.deadline));
    return statusResponse(context, set);
}

Result<Response> remove(const RequestContext &context, const Services &services)
{
    const StatusId id = GI_TRY(context.pathId<StatusId>());
    const domain::StatusSet set = GI_TRY(services.deleteStatus.run(context.viewer, id, context.deadline));
    model::Status view = statusView(set, context.baseUrl);
    view.text = set.statuses.first().text;
    return Response::json(encoded(context, view));
}

Result<Response> thread(const RequestContext &context, const Services &services)
{
    const StatusId id = GI_TRY(context.pathId<StatusId>());
    domain::Thread thread = GI_TRY(services.showStatus.thread(context.viewer, id, context.deadline));
    GI_TRY(services.applyFilters.run(context.viewer, thread, context.deadline));
    return Response::json(encoded(context,
                                  model::Context { statusViews(thread.ancestors, context.baseUrl),
                                                   statusViews(thread.descendants, context.baseUrl) }));
}

} // namespace

void addStatusHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("statuses.create", [&](const RequestContext &context) { return create(context, services); });
    table.insert("statuses.show", [&](const RequestContext &context) { return show(context, services); });
    table.insert("statuses.delete", [&](const RequestContext &context) { return remove(context, services); });
    table.insert("statuses.context", [&](const RequestContext &context) { return thread(context, services); });
}

} // namespace graminsta::handlers
