// SPDX-License-Identifier: GPL-3.0-or-later
// OAuth 2.0 as the Mastodon API has it, with PKCE (RFC 7636).
// https://docs.joinmastodon.org/methods/oauth/ https://docs.joinmastodon.org/methods/apps/
#pragma once

#include <graminsta/client/session.h>
#include <graminsta/model/oauth.h>

namespace graminsta::client
{

// RFC 7636 section 4: what proves that who redeems the code is who asked for it.
struct PkcePair {
    QByteArray verifier;
    QByteArray challenge; // S256
};
[[nodiscard]] PkcePair makePkcePair();
[[nodiscard]] QByteArray pkceChallenge(const QByteArray &verifier);

struct AuthorizationRequest {
    QString redirectUri;
    QString scope; // separated by spaces
    QByteArray state;
    QByteArray pkceChallenge;
};

class OAuth
{
public:
    explicit OAuth(SessionPtr session)
        : m_session(std::move(session))
    {
    }

    [[nodiscard]] QCoro::Task<Result<model::Application>> registerApplication(QString name, QString redirectUri,
                                                                              QString scope, QString website = {},
                                                                              CancelToken cancel = {}) const;
    // The page for the user's browser.
    [[nodiscard]] QUrl authorizationUrl(const model::Application &application,
                                        const AuthorizationRequest &request) const;
    [[nodiscard]] QCoro::Task<Result<model::Token>> exchangeCode(model::Application application, QString code,
                                                                 QString redirectUri, QByteArray pkceVerifier,
                                                                 CancelToken cancel = {}) const;
    // A token of the application itself, for signing up.
    [[nodiscard]] QCoro::Task<Result<model::Token>> applicationToken(model::Application application, QString scope,
                                                                     CancelToken cancel = {}) const;
    // First-party servers only (RFC 6749 section 4.3).
    [[nodiscard]] QCoro::Task<Result<model::Token>> passwordToken(model::Application application, QString username,
                                                                  QString password, QString scope,
                                                                  CancelToken cancel = {}) const;
    // The desktop app at the server it has started itself, with the secret that it gave that server.
    [[nodiscard]] QCoro::Task<Result<model::Token>> localSession(QString secret, CancelToken cancel = {}) const;
    // Signs the session's own token out. Servers without this call (Pixelfed) count as done: the token is forgotten.
    [[nodiscard]] QCoro::Task<Result<>> revoke(model::Application application, CancelToken cancel = {}) const;

private:
    SessionPtr m_session;
};

} // namespace graminsta::client
