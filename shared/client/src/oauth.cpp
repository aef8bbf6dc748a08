// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/client/oauth.h>

#include "call.h"

#include <graminsta/core/secrets.h>

#include <QCryptographicHash>

namespace graminsta::client
{

namespace
{

QCoro::Task<Result<model::Token>> askToken(SessionPtr session, Parameters form, CancelToken cancel)
{
    return performFor<model::Token>(std::move(session), post("/oauth/token", std::move(cancel), std::move(form)),
                                    json::decodeToken);
}

Parameters credentials(const model::Application &application, const char *grant)
{
    return { { QStringLiteral("grant_type"), QLatin1String(grant) },
             { QStringLiteral("client_id"), application.clientId },
             { QStringLiteral("client_secret"), application.clientSecret } };
}

QCoro::Task<Result<>> revokeToken(SessionPtr session, Parameters form, CancelToken cancel)
{
    const Result<HttpReply> reply =
        co_await perform(std::move(session), post("/oauth/revoke", std::move(cancel), std::move(form)));
    if (!reply && reply.error().fault != Fault::NotFound && reply.error().fault != Fault::Unauthorized)
        co_return reply.error();
    co_return Result<> {};
}

} // namespace

PkcePair makePkcePair()
{
    // 32 random bytes make the 43 characters that RFC 7636 section 4.1 asks for.
    const QByteArray verifier = randomToken(32);
    return { verifier, pkceChallenge(verifier) };
}

QByteArray pkceChallenge(const QByteArray &verifier)
{
    return QCryptographicHash::hash(verifier, QCryptographicHash::Sha256)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QCoro::Task<Result<model::Application>> OAuth::registerApplication(QString name, QString redirectUri, QString scope,
                                                                   QString website, CancelToken cancel) const
{
    Parameters form { { QStringLiteral("client_name"), name },
                      { QStringLiteral("redirect_uris"), redirectUri },
                      { QStringLiteral("scopes"), scope } };
    if (!website.isEmpty())
        form.append({ QStringLiteral("website"), website });
    return performFor<model::Application>(m_session, post("/api/v1/apps", std::move(cancel), std::move(form)),
                                          json::decodeApplication);
}

QUrl OAuth::authorizationUrl(const model::Application &application, const AuthorizationRequest &request) const
{
    ApiCall page;
    page.path = "/oauth/authorize";
    page.query = { { QStringLiteral("response_type"), QStringLiteral("code") },
                   { QStringLiteral("client_id"), application.clientId },
                   { QStringLiteral("redirect_uri"), request.redirectUri },
                   { QStringLiteral("scope"), request.scope },
                   { QStringLiteral("state"), QString::fromLatin1(request.state) },
                   { QStringLiteral("code_challenge"), QString::fromLatin1(request.pkceChallenge) },
                   { QStringLiteral("code_challenge_method"), QStringLiteral("S256") } };
    return urlOf(*m_session, page);
}

QCoro::Task<Result<model::Token>> OAuth::exchangeCode(model::Application application, QString code, QString redirectUri,
                                                      QByteArray pkceVerifier, CancelToken cancel) const
{
    Parameters form = credentials(application, "authorization_code");
    form.append({ QStringLiteral("code"), code });
    form.append({ QStringLiteral("redirect_uri"), redirectUri });
    form.append({ QStringLiteral("code_verifier"), QString::fromLatin1(pkceVerifier) });
    return askToken(m_session, std::move(form), std::move(cancel));
}

QCoro::Task<Result<model::Token>> OAuth::applicationToken(model::Application application, QString scope,
                                                          CancelToken cancel) const
{
    Parameters form = credentials(application, "client_credentials");
    form.append({ QStringLiteral("scope"), scope });
    return askToken(m_session, std::move(form), std::move(cancel));
}

QCoro::Task<Result<model::Token>> OAuth::passwordToken(model::Application application, QString username,
                                                       QString password, QString scope, CancelToken cancel) const
{
    Parameters form = credentials(application, "password");
    form.append({ QStringLiteral("username"), username });
    form.append({ QStringLiteral("password"), password });
    form.append({ QStringLiteral("scope"), scope });
    return askToken(m_session, std::move(form), std::move(cancel));
}

QCoro::Task<Result<model::Token>> OAuth::localSession(QString secret, CancelToken cancel) const
{
    return performFor<model::Token>(
        m_session, post("/api/graminsta/v1/local_session", std::move(cancel), { { QStringLiteral("secret"), secret } }),
        json::decodeToken);
}

QCoro::Task<Result<>> OAuth::revoke(model::Application application, CancelToken cancel) const
{
    const Parameters form { { QStringLiteral("client_id"), application.clientId },
                            { QStringLiteral("client_secret"), application.clientSecret },
                            { QStringLiteral("token"), QString::fromLatin1(m_session->token) } };
    return revokeToken(m_session, form, std::move(cancel));
}

} // namespace graminsta::client
