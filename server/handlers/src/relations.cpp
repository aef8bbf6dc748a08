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

Response relationshipResponse(const entities::Relationship &relationship)
{
    return Response::json(json::encode(relationshipView(relationship)));
}

// What all do that change how the viewer stands to the account in the path.
template<typename Change> http::Handler changing(const Change &change)
{
    return [change](const RequestContext &context) -> Result<Response> {
        const AccountId id = GI_TRY(context.pathId<AccountId>());
        return relationshipResponse(GI_TRY(change(context, id)));
    };
}

Result<Response> followRequests(const RequestContext &context, const Services &services)
{
    const entities::PageRequest page = GI_TRY(pageRequest(context, kAccountPages));
    return accountPage(context, GI_TRY(services.followRequests.list(context.viewer, page, context.deadline)));
}

Result<Response> blocks(const RequestContext &context, const Services &services)
{
    const entities::PageRequest page = GI_TRY(pageRequest(context, kAccountPages));
    return accountPage(context, GI_TRY(services.blockAccount.list(context.viewer, page, context.deadline)));
}

Result<Response> mutes(const RequestContext &context, const Services &services)
{
    const entities::PageRequest page = GI_TRY(pageRequest(context, kAccountPages));
    const entities::Page<domain::MutedAccount> muted =
        GI_TRY(services.muteAccount.list(context.viewer, page, context.deadline));
    return pageResponse(context, json::encode(mutedAccountViews(muted.rows, context.baseUrl)), muted.bounds);
}

Result<entities::Relationship> mute(const RequestContext &context, const Services &services, AccountId id)
{
    domain::MuteOptions options;
    options.hideNotifications = GI_TRY(context.parameters.boolean(QStringLiteral("notifications"))).value_or(true);
    options.duration =
        std::chrono::seconds { GI_TRY(context.parameters.integer(QStringLiteral("duration"))).value_or(0) };
    return services.muteAccount.mute(context.viewer, id, options, context.deadline);
}

} // namespace

void addRelationHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("followRequests.list",
                 [&](const RequestContext &context) { return followRequests(context, services); });
    table.insert("blocks.list", [&](const RequestContext &context) { return blocks(context, services); });
    table.insert("mutes.list", [&](const RequestContext &context) { return mutes(context, services); });
    table.insert("followRequests.authorize", changing([&](const RequestContext &context, AccountId id) {
                     return services.followRequests.authorize(context.viewer, id, context.deadline);
                 }));
    table.insert("followRequests.reject", changing([&](const RequestContext &context, AccountId id) {
                     return services.followRequests.reject(context.viewer, id, context.deadline);
                 }));
    table.insert("accounts.removeFollower", changing([&](const RequestContext &context, AccountId id) {
                     return services.followAccount.removeFollower(context.viewer, id, context.deadline);
                 }));
    table.insert("accounts.block", changing([&](const RequestContext &context, AccountId id) {
                     return services.blockAccount.block(context.viewer, id, context.deadline);
                 }));
    table.insert("accounts.unblock", changing([&](const RequestContext &context, AccountId id) {
                     return services.blockAccount.unblock(context.viewer, id, context.deadline);
                 }));
    table.insert("accounts.mute",
                 changing([&](const RequestContext &context, AccountId id) { return mute(context, services, id); }));
    table.insert("accounts.unmute", changing([&](const RequestContext &context, AccountId id) {
                     return services.muteAccount.unmute(context.viewer, id, context.deadline);
                 }));
    table.insert("accounts.note", changing([&](const RequestContext &context, AccountId id) {
                     const QString note = context.parameters.text(QStringLiteral("comment")).value_or(QString());
                     return services.noteAccount.run(context.viewer, id, note, context.deadline);
                 }));
}

} // namespace graminsta::handlers
