// SPDX-License-Identifier: GPL-3.0-or-later
// The token endpoint of OAuth 2.0 (RFC 6749 section 3.2): every grant that we serve. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/oauth/passwordsignin.h>
#include <graminsta/entities/oauth.h>
#include <graminsta/ports/oauth.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

struct TokenRequest {
    QString grantType;
    QString clientId;
    QString clientSecret;
    QString code;
    QString redirectUri;
    QString codeVerifier;
    QString scope;
    QString username; // password grant
    QString password;
    QString otp; // the code of a second factor
};

struct IssuedToken {
    QByteArray token; // said this once
    entities::AccessToken row;
};

class IssueToken
{
public:
    IssueToken(const ports::OAuthReader &oauth, ports::UnitOfWork &unitOfWork, const PasswordSignIn &signIn,
               IdGenerator &ids, const Clock &clock);

    // With the codes of RFC 6749 section 5.2: "invalid_client" is Fault::Unauthorized, "invalid_grant",
    // "invalid_scope", "invalid_request" and "unsupported_grant_type" are Fault::Invalid.
    [[nodiscard]] Result<IssuedToken> run(const TokenRequest &request, const Deadline &deadline) const;

    // A token for somebody who is known by other means (signed up just now, local person).
    [[nodiscard]] Result<IssuedToken> issueFor(AccountId account, ApplicationId application, const QString &scopes,
                                               const Deadline &deadline) const;

private:
    [[nodiscard]] Result<entities::Application> authenticateClient(const TokenRequest &request,
                                                                   const Deadline &deadline) const;
    [[nodiscard]] Result<IssuedToken> byCode(const TokenRequest &request, const entities::Application &application,
                                             const Deadline &deadline) const;
    [[nodiscard]] Result<IssuedToken> byPassword(const TokenRequest &request, const entities::Application &application,
                                                 const Deadline &deadline) const;
    [[nodiscard]] Result<IssuedToken> byClient(const TokenRequest &request, const entities::Application &application,
                                               const Deadline &deadline) const;

    const ports::OAuthReader &m_oauth;
    ports::UnitOfWork &m_unitOfWork;
    const PasswordSignIn &m_signIn;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
