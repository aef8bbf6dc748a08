// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources.h"

#include "pages/pages.h"

#include <QUrl>
#include <QUrlQuery>

namespace graminsta::handlers
{

using domain::AuthorizationRequest;
using domain::CheckedClient;
using http::RequestContext;
using http::Response;

namespace
{

Response page(QByteArray html, int status = 200)
{
    return Response::html(std::move(html), status)
        .withHeader("Content-Security-Policy", kPagePolicy)
        .withHeader("X-Frame-Options", "DENY")
        .withHeader("Referrer-Policy", "no-referrer")
        .withHeader("Cache-Control", "no-store");
}

AuthorizationRequest requestOf(const RequestContext &context)
{
    const auto text = [&](const char *name) {
        return context.parameters.text(QLatin1String(name)).value_or(QString());
    };
    return { text("response_type"), text("client_id"),      text("redirect_uri"),         text("scope"),
             text("state"),         text("code_challenge"), text("code_challenge_method") };
}

// The redirect URI with the answer added to its query (RFC 6749 sections 4.1.2 and 4.1.2.1).
Response redirectBack(const CheckedClient &client, const QString &state, const QString &name, const QString &value,
                      const QString &description = {})
{
    QUrl url(client.redirectUri);
    QUrlQuery query(url);
    // QUrlQuery leaves "+" and "&" alone in what it is given: the values must be encoded before.
    const auto add = [&query](const QString &key, const QString &text) {
        query.addQueryItem(key, QString::fromLatin1(QUrl::toPercentEncoding(text)));
    };
    add(name, value);
    if (!description.isEmpty())
        add(QStringLiteral("error_description"), description);
    if (!state.isEmpty())
        add(QStringLiteral("state"), state);
    url.setQuery(query);
    return Response::redirect(url.toEncoded()).withHeader("Cache-Control", "no-store");
}

bool isOutOfBand(const CheckedClient &client)
{
    return client.redirectUri == QLatin1String(domain::kOutOfBand);
}

// An error that belongs to the application: to its redirect URI where there is one, else shown.
Response refuse(const Services &services, const CheckedClient &client, const AuthorizationRequest &request,
                const Error &error)
{
    if (isOutOfBand(client))
        return page(problemHtml(services.settings.title, error.safe), 400);
    return redirectBack(client, request.state, QStringLiteral("error"), error.code, error.safe);
}

Result<Response> showPage(const RequestContext &context, const Services &services)
{
    const AuthorizationRequest request = requestOf(context);
    const Result<CheckedClient> client = services.authorize.checkClient(request, context.deadline);
    if (!client) {
        if (client.error().fault != Fault::Invalid)
            return client.error();
        return page(problemHtml(services.settings.title, client.error().safe), 400);
    }
    const Result<QString> scopes = services.authorize.checkRequest(request, *client);
    if (!scopes)
        return refuse(services, *client, request, scopes.error());
    return page(signInHtml({ services.settings.title, request, *client, *scopes, {}, {} }));
}

int statusOf(Fault fault)
{
    switch (fault) {
    case Fault::RateLimited:
        return 429;
    case Fault::Unavailable:
        return 503;
    case Fault::Forbidden:
        return 403;
    default:
        return 401;
    }
}

Result<Response> decide(const RequestContext &context, const Services &services)
{
    const AuthorizationRequest request = requestOf(context);
    const Result<CheckedClient> client = services.authorize.checkClient(request, context.deadline);
    if (!client) {
        if (client.error().fault != Fault::Invalid)
            return client.error();
        return page(problemHtml(services.settings.title, client.error().safe), 400);
    }
    const Result<QString> scopes = services.authorize.checkRequest(request, *client);
    if (!scopes)
        return refuse(services, *client, request, scopes.error());
    if (context.parameters.text(QStringLiteral("decision")) == QLatin1String("deny"))
        return refuse(services, *client, request,
                      makeCodedError(Fault::Forbidden, QStringLiteral("access_denied"),
                                     QStringLiteral("The resource owner denied the request.")));

    const auto text = [&](const char *name) {
        return context.parameters.text(QLatin1String(name)).value_or(QString());
    };
    const domain::SignInForm form { text("username"), text("password"), text("step").toLatin1(), text("otp") };
    const Result<domain::Authorized> authorized = services.authorize.grant(request, form, context.deadline);
    if (!authorized) {
        const Fault fault = authorized.error().fault;
        if (fault != Fault::Unauthorized && fault != Fault::Forbidden && fault != Fault::RateLimited
            && fault != Fault::Unavailable)
            return authorized.error();
        return page(
            signInHtml({ services.settings.title, request, *client, *scopes, form.login, authorized.error().safe }),
            statusOf(fault));
    }
    if (!authorized->step.isEmpty())
        return page(secondFactorHtml({ services.settings.title, request, *client, *scopes, {}, authorized->problem },
                                     authorized->step),
                    authorized->problem.isEmpty() ? 200 : 401);
    const QByteArray &code = authorized->code;
    if (isOutOfBand(*client))
        return page(codeHtml(services.settings.title, code));
    return redirectBack(*client, request.state, QStringLiteral("code"), QString::fromLatin1(code));
}

} // namespace

void addAuthorizeHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("oauth.authorizePage", [&](const RequestContext &context) { return showPage(context, services); });
    table.insert("oauth.authorize", [&](const RequestContext &context) { return decide(context, services); });
}

} // namespace graminsta::handlers
