// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources.h"

#include "common.h"
#include "notificationfilter.h"
#include "views/notificationview.h"
#include "views/views.h"

#include <graminsta/json/encode.h>
#include <graminsta/json/notificationgroups.h>

namespace graminsta::handlers
{

using entities::NotificationGroupKey;
using entities::NotificationType;
using http::RequestContext;
using http::Response;

namespace
{

QList<NotificationType> groupedTypes(const http::Parameters &parameters)
{
    QList<NotificationType> types { NotificationType::Favourite, NotificationType::Follow, NotificationType::Reblog };
    const QStringList wanted = parameters.list(QStringLiteral("grouped_types"));
    if (wanted.isEmpty())
        return types;
    const QList<NotificationType> known = notificationTypes(wanted);
    types.removeIf([&known](NotificationType type) { return !known.contains(type); });
    return types;
}

Result<Expand> expandParameter(const http::Parameters &parameters)
{
    const QString wanted = parameters.text(QStringLiteral("expand_accounts")).value_or(QStringLiteral("full"));
    if (wanted == QLatin1String("full"))
        return Expand::Full;
    if (wanted == QLatin1String("partial_avatars"))
        return Expand::PartialAvatars;
    return makeError(Fault::Invalid,
                     QStringLiteral("Invalid value for 'expand_accounts': '%1', allowed values are 'full' and "
                                    "'partial_avatars'")
                         .arg(wanted));
}

Result<NotificationGroupKey> pathKey(const RequestContext &context)
{
    const std::optional<NotificationGroupKey> key = groupKeyFromText(context.pathParameters.value(0));
    if (!key)
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    return *key;
}

Result<Response> list(const RequestContext &context, const Services &services)
{
    const entities::PageRequest page = GI_TRY(pageRequest(context, kNotificationPages));
    const Expand expand = GI_TRY(expandParameter(context.parameters));
    const std::optional<ports::NotificationFilter> filter = notificationFilter(context.parameters);
    domain::NotificationGroupSet groups;
    if (filter)
        groups = GI_TRY(services.notificationGroups.run(context.viewer, *filter, groupedTypes(context.parameters), page,
                                                        context.deadline));
    GI_TRY(services.applyFilters.run(context.viewer, groups.set, context.deadline));
    return pageResponse(context, json::encode(groupedNotificationsView(groups, expand, context.baseUrl)),
                        groups.set.bounds);
}

Result<Response> show(const RequestContext &context, const Services &services)
{
    const NotificationGroupKey key = GI_TRY(pathKey(context));
    const domain::NotificationGroupSet groups =
        GI_TRY(services.notificationGroups.one(context.viewer, key, context.deadline));
    return Response::json(json::encode(groupedNotificationsView(groups, Expand::Full, context.baseUrl)));
}

Result<Response> accounts(const RequestContext &context, const Services &services)
{
    const entities::PageRequest page = GI_TRY(pageRequest(context, kAccountPages));
    const NotificationGroupKey key = GI_TRY(pathKey(context));
    return accountPage(context,
                       GI_TRY(services.notificationGroups.people(context.viewer, key, page, context.deadline)));
}

Result<Response> unreadCount(const RequestContext &context, const Services &services)
{
    const int most = GI_TRY(pageRequest(context, { 100, 1000 })).limit;
    const std::optional<ports::NotificationFilter> filter = notificationFilter(context.parameters);
    if (!filter)
        return Response::json(json::encodeCount(0));
    return Response::json(json::encodeCount(GI_TRY(services.notificationGroups.countUnread(
        context.viewer, *filter, groupedTypes(context.parameters), most, context.deadline))));
}

Result<Response> dismiss(const RequestContext &context, const Services &services)
{
    const NotificationGroupKey key = GI_TRY(pathKey(context));
    GI_TRY(services.notificationGroups.dismiss(context.viewer, key, context.deadline));
    return Response::json(json::encodeEmpty());
}

} // namespace

void addNotificationGroupHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("notificationGroups.list", [&](const RequestContext &context) { return list(context, services); });
    table.insert("notificationGroups.unreadCount",
                 [&](const RequestContext &context) { return unreadCount(context, services); });
    table.insert("notificationGroups.show", [&](const RequestContext &context) { return show(context, services); });
    table.insert("notificationGroups.accounts",
                 [&](const RequestContext &context) { return accounts(context, services); });
    table.insert("notificationGroups.dismiss",
                 [&](const RequestContext &context) { return dismiss(context, services); });
}

} // namespace graminsta::handlers
