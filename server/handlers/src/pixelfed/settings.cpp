// SPDX-License-Identifier: GPL-3.0-or-later
#include "pixelfed/routes.h"

#include "instance.h"
#include "pixelfed/dialect.h"
#include "views/views.h"

namespace graminsta::handlers
{

using http::RequestContext;
using http::Response;

namespace
{

Result<Response> composeSettings(const RequestContext &context, const Services &services)
{
    const domain::OwnAccount own = GI_TRY(services.showAccounts.own(context.viewer, context.deadline));
    const domain::ContentLimits &limits = services.settings.limits;
    model::ComposeSettings settings;
    settings.license = static_cast<int>(own.user.defaultLicense);
    settings.visibility = visibilityName(own.user.defaultVisibility);
    settings.maxCharacters = limits.maxCharacters;
    settings.maxMediaAttachments = limits.maxMediaAttachments;
    settings.maxDescription = limits.maxDescription;
    settings.maxFileBytes = limits.image.maxBytes;
    settings.mimeTypes = services.imageProcessor.supportedMimeTypes();
    return Response::json(json::pixelfed::encode(settings));
}

using Encode = QByteArray (*)(const QString &accountId, const QString &username);

// What says nothing but whose it is.
http::Handler ofViewer(const Services &services, Encode encode)
{
    return [&services, encode](const RequestContext &context) -> Result<Response> {
        const domain::OwnAccount own = GI_TRY(services.showAccounts.own(context.viewer, context.deadline));
        return Response::json(encode(own.account.id.toString(), own.account.username));
    };
}

} // namespace

void addPixelfedSettingHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("pixelfed.nodeinfo", [&](const RequestContext &context) -> Result<Response> {
        return Response::json(json::pixelfed::encodeNodeInfo(GI_TRY(describeInstance(context, services))));
    });
    table.insert("pixelfed.config", [&](const RequestContext &context) -> Result<Response> {
        return Response::json(json::pixelfed::encodeConfig(GI_TRY(describeInstance(context, services))));
    });
    for (const char *name : { "pixelfed.composeSettings", "pixelfed.composeSettingsOld" })
        table.insert(name, [&](const RequestContext &context) { return composeSettings(context, services); });
    table.insert("pixelfed.appSettings", ofViewer(services, &json::pixelfed::encodeAppSettings));
    for (const char *name : { "pixelfed.pushState", "pixelfed.pushStateOld" })
        table.insert(name, ofViewer(services, &json::pixelfed::encodePushState));
    for (const char *name : { "pixelfed.nagState", "pixelfed.nagStateOld" })
        table.insert(name, [](const RequestContext &) -> Result<Response> {
            return Response::json(json::pixelfed::encodeNagState());
        });
}

} // namespace graminsta::handlers
