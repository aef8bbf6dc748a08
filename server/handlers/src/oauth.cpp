// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources.h"

#include "common.h"

#include <graminsta/json/encode.h>

#include <QUrl>

namespace graminsta::handlers
{

using http::Parameters;
using http::RequestContext;
using http::Response;

namespace
{

model::Application applicationView(const entities::Application &application)
{
    model::Application view;
    view.id = application.id.toString();
    view.name = application.name;
    view.website = application.website;
    view.scopes = application.scopes.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    view.redirectUris = application.redirectUris;
    return view;
}

// "redirect_uris" is one text with a URI a line, or a list.
QStringList redirectUris(const Parameters &parameters)
{
    QStringList uris;
    for (const QString &text : parameters.list(QStringLiteral("redirect_uris")))
        uris += text.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (QString &uri : uris)
        uri = uri.trimmed();
    uris.removeAll(QString());
    uris.removeDuplicates();
    return uris;
}

Result<Response> createApplication(const RequestContext &context, const Services &services)
{
    domain::ApplicationRequest request;
    request.name = context.parameters.text(QStringLiteral("client_name")).value_or(QString());
    request.website = context.parameters.text(QStringLiteral("website")).value_or(QString());
    request.redirectUris = redirectUris(context.parameters);
    request.scopes = context.parameters.list(QStringLiteral("scopes")).join(QLatin1Char(' '));
    const domain::RegisteredApplication registered =
        GI_TRY(services.registerApplication.run(request, context.deadline));
    model::Application view = applicationView(registered.application);
    view.clientId = registered.application.clientId;
    view.clientSecret = QString::fromLatin1(registered.clientSecret);
    return Response::json(json::encode(view));
}

Result<Response> verifyApplication(const RequestContext &context, const Services &services)
{
    const entities::Application application =
        GI_TRY(services.oauth.application(context.viewer.application, context.deadline));
    return Response::json(json::encode(applicationView(application)));
}

struct ClientCredentials {
    QString id;
    QString secret;
};

// RFC 6749 section 2.3.1: in the Authorization header, form-encoded, or in the body.
ClientCredentials clientCredentials(const RequestContext &context)
{
    const QByteArray header = context.header("authorization");
    if (header.toLower().startsWith("basic ")) {
        const QByteArray pair = QByteArray::fromBase64(header.mid(6).trimmed());
        const qsizetype colon = pair.indexOf(':');
        if (colon > 0)
            return { QUrl::fromPercentEncoding(pair.left(colon)), QUrl::fromPercentEncoding(pair.mid(colon + 1)) };
    }
    return { context.parameters.text(QStringLiteral("client_id")).value_or(QString()),
             context.parameters.text(QStringLiteral("client_secret")).value_or(QString()) };
}

Result<Response> token(const RequestContext &context, const Services &services)
{
    const auto text = [&](const char *name) {
        return context.parameters.text(QLatin1String(name)).value_or(QString());
    };
    const ClientCredentials client = clientCredentials(context);
    domain::TokenRequest request;
    request.grantType = text("grant_type");
    request.clientId = client.id;
    request.clientSecret = client.secret;
    request.code = text("code");
    request.redirectUri = text("redirect_uri");
    request.codeVerifier = text("code_verifier");
    request.scope = text("scope");
    request.username = text("username");
    request.password = text("password");
    request.otp = text("otp");
    return tokenResponse(GI_TRY(services.issueToken.run(request, context.deadline)));
}

Result<Response> revoke(const RequestContext &context, const Services &services)
{
    const ClientCredentials client = clientCredentials(context);
    const QString token = GI_TRY(http::requiredText(context.parameters, QStringLiteral("token")));
    GI_TRY(services.revokeToken.run(client.id, client.secret, token.toUtf8(), context.deadline));
    return Response::json(json::encodeEmpty());
}

Result<Response> localSignIn(const RequestContext &context, const Services &services)
{
    const QString secret = GI_TRY(http::requiredText(context.parameters, QStringLiteral("secret")));
    const domain::LocalPerson person { context.parameters.text(QStringLiteral("username")).value_or(QString()),
                                       context.parameters.text(QStringLiteral("display_name")).value_or(QString()) };
    return tokenResponse(GI_TRY(services.localSignIn.run(secret.toUtf8(), person, context.deadline)));
}

} // namespace

void addOAuthHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("apps.create", [&](const RequestContext &context) { return createApplication(context, services); });
    table.insert("apps.verify", [&](const RequestContext &context) { return verifyApplication(context, services); });
    table.insert("oauth.token", [&](const RequestContext &context) { return token(context, services); });
    table.insert("oauth.revoke", [&](const RequestContext &context) { return revoke(context, services); });
    table.insert("local.signIn", [&](const RequestContext &context) { return localSignIn(context, services); });
}

} // namespace graminsta::handlers
