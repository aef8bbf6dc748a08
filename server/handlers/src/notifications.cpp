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

// Unknown names select nothing: a client that only wants "poll" gets an empty list, not everything.
Result<ports::NotificationFilter> filterParameter(const RequestContext &context, bool &nothing)
{
    const auto typesOf = [&](const QString &parameter) {
        QList<entities::NotificationType> types;
        const QStringList names = context.parameters.list(parameter);
        if (names.contains(QLatin1String("mention")))
            types.append(entities::NotificationType::Mention);
        if (names.contains(QLatin1String("favourite")))
            types.append(entities::NotificationType::Favourite);
        if (names.contains(QLatin1String("follow")))
            types.append(entities::NotificationType::Follow);
        return types;
    };
    ports::NotificationFilter filter;
    filter.types = typesOf(QStringLiteral("types"));
    filter.excludedTypes = typesOf(QStringLiteral("exclude_types"));
    nothing = filter.types.isEmpty() && !context.parameters.list(QStringLiteral("types")).isEmpty();
    const QString from = context.parameters.text(QStringLiteral("account_id")).value_or(QString());
    if (!from.isEmpty()) {
        const std::optional<AccountId> id = AccountId::fromString(from);
        nothing = nothing || !id;
        filter.from = id.value_or(AccountId {});
    }
    return filter;
}

Result<Response> list(const RequestContext &context, const Services &services)
{
    const entities::PageRequest page = GI_TRY(pageRequest(context, kNotificationPages));
    bool nothing = false;
    const ports::NotificationFilter filter = GI_TRY(filterParameter(context, nothing));
    if (nothing)
        return pageResponse(context, json::encode(QList<model::Notification> {}), {});
    const domain::NotificationSet set =
        GI_TRY(services.listNotifications.run(context.viewer, filter, page, context.deadline));
    return pageResponse(context, json::encode(notificationViews(set, context.baseUrl)), set.bounds);
}

Result<Response> show(const RequestContext &context, const Services &services)
{
    const NotificationId id = GI_TRY(context.pathId<NotificationId>());
    const domain::NotificationSet set = GI_TRY(services.listNotifications.one(context.viewer, id, context.deadline));
    const QList<model::Notification> views = notificationViews(set, context.baseUrl);
    if (views.isEmpty())
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    return Response::json(json::encode(views.first()));
}

} // namespace

void addNotificationHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("notifications.list", [&](const RequestContext &context) { return list(context, services); });
    table.insert("notifications.show", [&](const RequestContext &context) { return show(context, services); });
}

} // namespace graminsta::handlers
