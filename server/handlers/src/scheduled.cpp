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

Response one(const RequestContext &context, const domain::ScheduledSet &set)
{
    return Response::json(json::encode(scheduledViews(set, context.baseUrl).first()));
}

Result<Response> list(const RequestContext &context, const Services &services)
{
    const entities::PageRequest page = GI_TRY(pageRequest(context, kStatusPages));
    const domain::ScheduledSet set = GI_TRY(services.scheduleStatus.list(context.viewer, page, context.deadline));
    return pageResponse(context, json::encode(scheduledViews(set, context.baseUrl)), set.bounds);
}

Result<Response> show(const RequestContext &context, const Services &services)
{
    const ScheduledStatusId id = GI_TRY(context.pathId<ScheduledStatusId>());
    return one(context, GI_TRY(services.scheduleStatus.show(context.viewer, id, context.deadline)));
}

Result<Response> update(const RequestContext &context, const Services &services)
{
    const ScheduledStatusId id = GI_TRY(context.pathId<ScheduledStatusId>());
    const std::optional<Timestamp> at = GI_TRY(scheduledAt(context));
    if (!at)
        return one(context, GI_TRY(services.scheduleStatus.show(context.viewer, id, context.deadline)));
    return one(context, GI_TRY(services.scheduleStatus.change(context.viewer, id, *at, context.deadline)));
}

Result<Response> remove(const RequestContext &context, const Services &services)
{
    const ScheduledStatusId id = GI_TRY(context.pathId<ScheduledStatusId>());
    GI_TRY(services.scheduleStatus.remove(context.viewer, id, context.deadline));
    return Response::json(json::encodeEmpty());
}

} // namespace

void addScheduledHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("scheduled.list", [&](const RequestContext &context) { return list(context, services); });
    table.insert("scheduled.show", [&](const RequestContext &context) { return show(context, services); });
    table.insert("scheduled.update", [&](const RequestContext &context) { return update(context, services); });
    table.insert("scheduled.delete", [&](const RequestContext &context) { return remove(context, services); });
}

} // namespace graminsta::handlers
