// SPDX-License-Identifier: GPL-3.0-or-later
// How somebody gets into their account, and out of it for good. All of it is ours; Mastodon has it on its web pages.
#include "resources.h"

#include "common.h"

#include <graminsta/json/encode.h>

namespace graminsta::handlers
{

using http::RequestContext;
using http::Response;

namespace
{

constexpr PageLimits kApplicationPages { 40, 80 };

QString textOf(const RequestContext &context, const char *name)
{
    return context.parameters.text(QLatin1String(name)).value_or(QString());
}

Result<Response> changePassword(const RequestContext &context, const Services &services)
{
    GI_TRY(services.changePassword.change(context.viewer, textOf(context, "current_password"),
                                          textOf(context, "password"), context.deadline));
    return Response::json(json::encodeEmpty());
}

Result<Response> deleteAccount(const RequestContext &context, const Services &services)
{
    GI_TRY(services.deleteAccount.byOwner(context.viewer, textOf(context, "password"), context.deadline));
    return Response::json(json::encodeEmpty());
}

Result<Response> applications(const RequestContext &context, const Services &services)
{
    const entities::PageRequest page = GI_TRY(pageRequest(context, kApplicationPages));
    const entities::Page<domain::SignedInApplication> found =
        GI_TRY(services.signedInApplications.list(context.viewer, page, context.deadline));
    QList<model::SignedInApplication> views;
    views.reserve(found.rows.size());
    for (const domain::SignedInApplication &one : found.rows)
        views.append({ one.token.id.toString(),
                       { one.application.name, one.application.website },
                       one.token.scopes.split(QLatin1Char(' '), Qt::SkipEmptyParts),
                       one.token.createdAt,
                       one.current });
    return pageResponse(context, json::encode(views), found.bounds);
}

Result<Response> revokeApplication(const RequestContext &context, const Services &services)
{
    const TokenId id = GI_TRY(context.pathId<TokenId>());
    GI_TRY(services.signedInApplications.revoke(context.viewer, id, context.deadline));
    return Response::json(json::encodeEmpty());
}

Result<Response> showTwoFactor(const RequestContext &context, const Services &services)
{
    const domain::TwoFactorState state = GI_TRY(services.manageTwoFactor.show(context.viewer, context.deadline));
    return Response::json(json::encode(model::TwoFactorState { state.enabled, state.recoveryCodesLeft }));
}

Result<Response> beginTwoFactor(const RequestContext &context, const Services &services)
{
    const domain::TwoFactorBegun begun =
        GI_TRY(services.manageTwoFactor.begin(context.viewer, textOf(context, "password"), context.deadline));
    return Response::json(json::encode(model::TwoFactorBegun { begun.secret, begun.uri }))
        .withHeader("Cache-Control", "no-store");
}

Result<Response> confirmTwoFactor(const RequestContext &context, const Services &services)
{
    const QStringList codes =
        GI_TRY(services.manageTwoFactor.confirm(context.viewer, textOf(context, "code"), context.deadline));
    return Response::json(json::encodeRecoveryCodes(codes)).withHeader("Cache-Control", "no-store");
}

Result<Response> disableTwoFactor(const RequestContext &context, const Services &services)
{
    GI_TRY(services.manageTwoFactor.disable(context.viewer, textOf(context, "password"), textOf(context, "code"),
                                            context.deadline));
    return Response::json(json::encodeEmpty());
}

} // namespace

void addAccountSecurityHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("account.password", [&](const RequestContext &context) { return changePassword(context, services); });
    table.insert("account.delete", [&](const RequestContext &context) { return deleteAccount(context, services); });
    table.insert("account.applications",
                 [&](const RequestContext &context) { return applications(context, services); });
    table.insert("account.revokeApplication",
                 [&](const RequestContext &context) { return revokeApplication(context, services); });
    table.insert("twoFactor.show", [&](const RequestContext &context) { return showTwoFactor(context, services); });
    table.insert("twoFactor.begin", [&](const RequestContext &context) { return beginTwoFactor(context, services); });
    table.insert("twoFactor.confirm",
                 [&](const RequestContext &context) { return confirmTwoFactor(context, services); });
    table.insert("twoFactor.disable",
                 [&](const RequestContext &context) { return disableTwoFactor(context, services); });
}

} // namespace graminsta::handlers
