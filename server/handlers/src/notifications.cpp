// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources.h"

#include "common.h"
#include "notificationfilter.h"
#include "pixelfed/dialect.h"
#include "views/notificationview.h"
#include "views/views.h"

#include <graminsta/json/encode.h>

namespace graminsta::handlers
{

using http::RequestContext;
using http::Response;

std::optional<ports::NotificationFilter> notificationFilter(const http::Parameters &parameters)
{
    const QStringList wanted = parameters.list(QStringLiteral("types"));
    ports::NotificationFilter filter;
    filter.types = notificationTypes(wanted);
    filter.excludedTypes = notificationTypes(parameters.list(QStringLiteral("exclude_types")));
    if (filter.types.isEmpty() && !wanted.isEmpty())
        return std::nullopt;
    const QString from = parameters.text(QStringLiteral("account_id")).value_or(QString());
    if (from.isEmpty())
        return filter;
    const std::optional<AccountId> id = AccountId::fromString(from);
    if (!id)
        return std::nullopt;
    filter.from = *id;
    return filter;
}

namespace
{

Result<Response> list(const RequestContext &context, const Services &services)
{
    const entities::PageRequest page = GI_TRY(pageRequest(context, kNotificationPages));
    const std::optional<ports::NotificationFilter> filter = notificationFilter(context.parameters);
    if (!filter)
        return pageResponse(context, encoded(context, QList<model::Notification> {}), {});
    domain::NotificationSet set =
        GI_TRY(services.listNotifications.run(context.viewer, *filter, page, context.deadline));
    GI_TRY(services.applyFilters.run(context.viewer, set, context.deadline));
    return pageResponse(context, encoded(context, notificationViews(set, context.baseUrl)), set.bounds);
}

Result<Response> show(const RequestContext &context, const Services &services)
{
    const NotificationId id = GI_TRY(context.pathId<NotificationId>());
    const domain::NotificationSet set = GI_TRY(services.listNotifications.one(context.viewer, id, context.deadline));
    const QList<model::Notification> views = notificationViews(set, context.baseUrl);
    if (views.isEmpty())
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    return Response::json(encoded(context, views.first()));
}

Result<Response> unreadCount(const RequestContext &context, const Services &services)
{
    const int most = GI_TRY(pageRequest(context, { 100, 1000 })).limit;
    const std::optional<ports::NotificationFilter> filter = notificationFilter(context.parameters);
    if (!filter)
        return Response::json(json::encodeCount(0));
    return Response::json(json::encodeCount(
        GI_TRY(services.listNotifications.countUnread(context.viewer, *filter, most, context.deadline))));
}

Result<Response> clear(const RequestContext &context, const Services &services)
{
    GI_TRY(services.forgetNotifications.all(context.viewer, context.deadline));
    return Response::json(json::encodeEmpty());
}

Result<Response> dismiss(const RequestContext &context, const Services &services)
{
    const NotificationId id = GI_TRY(context.pathId<NotificationId>());
    GI_TRY(services.forgetNotifications.one(context.viewer, id, context.deadline));
    return Response::json(json::encodeEmpty());
}

} // namespace

void addNotificationHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("notifications.list", [&](const RequestContext &context) { return list(context, services); });
    table.insert("notifications.unreadCount",
                 [&](const RequestContext &context) { return unreadCount(context, services); });
    table.insert("notifications.clear", [&](const RequestContext &context) { return clear(context, services); });
    table.insert("notifications.dismiss", [&](const RequestContext &context) { return dismiss(context, services); });
    table.insert("notifications.show", [&](const RequestContext &context) { return show(context, services); });
}

} // namespace graminsta::handlers
