// SPDX-License-Identifier: GPL-3.0-or-later
// The authorization endpoint of OAuth 2.0 (RFC 6749 section 4.1.1) with PKCE (RFC 7636, S256). Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/domain/oauth/passwordsignin.h>
#include <graminsta/entities/oauth.h>
#include <graminsta/ports/oauth.h>
#include <graminsta/ports/unitofwork.h>

#include <optional>

namespace graminsta::domain
{

struct AuthorizationRequest {
    QString responseType;
    QString clientId;
    QString redirectUri;
    QString scope; // empty: "read"
    QString state;
    QString codeChallenge;
    QString codeChallengeMethod;
};

// A request whose client and redirect URI are known to be good: only then may anything be sent to that URI.
struct CheckedClient {
    entities::Application application;
    QString redirectUri;
};

// What somebody has filled in: name and password, or, once these were right, the code of the second factor.
struct SignInForm {
    QString login;
    QString password;
    QByteArray step; // from Authorized; empty: the first form
    QString otp;
};

struct Authorized {
    QByteArray code; // empty: the code of the second factor is needed first
    QByteArray step; // good for five minutes and one try; to come back with that code
    QString problem; // with the code that came; empty: none came yet
};

class Authorize
{
public:
    Authorize(const ports::OAuthReader &oauth, ports::UnitOfWork &unitOfWork, const PasswordSignIn &signIn,
              const Clock &clock);

    // Fault::Invalid with "invalid_client" or "invalid_redirect_uri": to be shown, never redirected.
    [[nodiscard]] Result<CheckedClient> checkClient(const AuthorizationRequest &request,
                                                    const Deadline &deadline) const;
    // Fault::Invalid with "unsupported_response_type", "invalid_scope" or "invalid_request": to be sent to the redirect
    // URI. Gives the scopes.
    [[nodiscard]] Result<QString> checkRequest(const AuthorizationRequest &request, const CheckedClient &client) const;
    // The code is good for ten minutes and one use. Fails as the checks above, or as PasswordSignIn.
    [[nodiscard]] Result<Authorized> grant(const AuthorizationRequest &request, const SignInForm &form,
                                           const Deadline &deadline) const;

private:
    struct Person {
        AccountId account;
        std::optional<QString> needsCode; // with what was wrong before, if anything
    };
    [[nodiscard]] Result<Person> person(const SignInForm &form, const Deadline &deadline) const;
    [[nodiscard]] Result<Authorized> askForCode(AccountId account, const QString &problem,
                                                const Deadline &deadline) const;

    const ports::OAuthReader &m_oauth;
    ports::UnitOfWork &m_unitOfWork;
    const PasswordSignIn &m_signIn;
    const Clock &m_clock;
};

} // namespace graminsta::domain
