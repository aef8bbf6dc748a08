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

// media_attributes[][id], [description], [focus], [license]: an object for each attachment that changes.
Result<QList<domain::StatusChange::Media>> mediaAttributes(const RequestContext &context)
{
    const QString prefix = QStringLiteral("media_attributes[");
    QStringList objects;
    for (const QString &name : context.parameters.namesBeginningWith(prefix)) {
        const QString object = name.left(name.indexOf(QLatin1Char(']')) + 1);
        if (!objects.contains(object))
            objects.append(object);
    }
    QList<domain::StatusChange::Media> changes;
    for (const QString &object : std::as_const(objects)) {
        const QString id = context.parameters.text(object + QLatin1String("[id]")).value_or(QString());
        const std::optional<MediaId> media = MediaId::fromString(id);
        if (!media)
            return makeError(Fault::Unprocessable,
                             QStringLiteral("Validation failed: media_attributes must each have the id of a photo"));
        changes.append({ *media, context.parameters.text(object + QLatin1String("[description]")),
                         GI_TRY(focusParameter(context, object + QLatin1String("[focus]"))),
                         GI_TRY(licenseParameter(context, object + QLatin1String("[license]"))) });
    }
    return changes;
}

Result<Response> update(const RequestContext &context, const Services &services)
{
    const StatusId id = GI_TRY(context.pathId<StatusId>());
    if (!context.parameters.namesBeginningWith(QStringLiteral("poll[")).isEmpty())
        return makeError(Fault::Unprocessable, QStringLiteral("Validation failed: this server has no polls"));
    domain::StatusChange change;
    change.text = context.parameters.text(QStringLiteral("status"));
    change.spoilerText = context.parameters.text(QStringLiteral("spoiler_text"));
    change.sensitive = GI_TRY(context.parameters.boolean(QStringLiteral("sensitive")));
    change.language = context.parameters.text(QStringLiteral("language"));
    change.commentsDisabled = GI_TRY(context.parameters.boolean(QStringLiteral("comments_disabled")));
    change.media = GI_TRY(mediaIds(context));
    change.mediaChanges = GI_TRY(mediaAttributes(context));
    return statusResponse(context, GI_TRY(services.editStatus.run(context.viewer, id, change, context.deadline)));
}

Result<Response> source(const RequestContext &context, const Services &services)
{
    const StatusId id = GI_TRY(context.pathId<StatusId>());
    const entities::Status status = GI_TRY(services.editStatus.source(context.viewer, id, context.deadline));
    return Response::json(json::encode(model::StatusSource { status.id.toString(), status.text, status.spoilerText }));
}

Result<Response> history(const RequestContext &context, const Services &services)
{
    const StatusId id = GI_TRY(context.pathId<StatusId>());
    const domain::StatusVersions versions = GI_TRY(services.statusHistory.run(context.viewer, id, context.deadline));
    return Response::json(json::encode(statusEditViews(versions, context.baseUrl)));
}

} // namespace

void addStatusEditHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("statuses.update", [&](const RequestContext &context) { return update(context, services); });
    table.insert("statuses.source", [&](const RequestContext &context) { return source(context, services); });
    table.insert("statuses.history", [&](const RequestContext &context) { return history(context, services); });
}

} // namespace graminsta::handlers
