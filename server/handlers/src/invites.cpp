// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources.h"

#include "common.h"
#include "views/views.h"

#include <graminsta/json/encode.h>

#include <algorithm>
#include <limits>

namespace graminsta::handlers
{

using domain::Actor;
using http::RequestContext;
using http::Response;

namespace
{

Result<Response> create(const RequestContext &context, const Services &services)
{
    domain::InviteRequest request;
    const qint64 uses = GI_TRY(context.parameters.integer(QStringLiteral("max_uses"))).value_or(1);
    request.maxUses = int(std::clamp<qint64>(uses, -1, std::numeric_limits<int>::max()));
    const qint64 seconds = GI_TRY(context.parameters.integer(QStringLiteral("expires_in"))).value_or(0);
    request.lifetime = std::chrono::seconds { std::clamp<qint64>(seconds, -1, std::numeric_limits<int>::max()) };
    const entities::Invite invite =
        GI_TRY(services.invites.create(Actor::of(context.viewer), request, context.deadline));
    return Response::json(json::encode(inviteView(invite)));
}

Result<Response> list(const RequestContext &context, const Services &services)
{
    const entities::PageRequest page = GI_TRY(pageRequest(context, kTagPages));
    const entities::Page<entities::Invite> found =
        GI_TRY(services.invites.list(Actor::of(context.viewer), page, context.deadline));
    QList<model::Invite> views;
    views.reserve(found.rows.size());
    for (const entities::Invite &invite : found.rows)
        views.append(inviteView(invite));
    return pageResponse(context, json::encode(views), found.bounds);
}

Result<Response> revoke(const RequestContext &context, const Services &services)
{
    const InviteId id = GI_TRY(context.pathId<InviteId>());
    const entities::Invite invite = GI_TRY(services.invites.revoke(Actor::of(context.viewer), id, context.deadline));
    return Response::json(json::encode(inviteView(invite)));
}

} // namespace

void addInviteHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("invites.list", [&](const RequestContext &context) { return list(context, services); });
    table.insert("invites.create", [&](const RequestContext &context) { return create(context, services); });
    table.insert("invites.revoke", [&](const RequestContext &context) { return revoke(context, services); });
}

} // namespace graminsta::handlers
