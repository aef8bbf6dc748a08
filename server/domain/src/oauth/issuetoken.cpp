// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/oauth/issuetoken.h>

#include <graminsta/api/scopes.h>
#include <graminsta/core/secrets.h>

#include <QCryptographicHash>

namespace graminsta::domain
{

using entities::Application;

namespace
{

Error invalid(const char *code, const QString &message)
{
    return makeCodedError(Fault::Invalid, QLatin1String(code), message);
}

Error invalidGrant()
{
    return invalid(
        "invalid_grant",
        QStringLiteral("The provided authorization grant is invalid, expired, revoked, does not match the "
                       "redirection URI used in the authorization request, or was issued to another client."));
}

// RFC 7636 section 4.6. A verifier without a challenge is as wrong as a challenge without its verifier: either way the
// client that ends the exchange is not sure to be the one that began it.
bool matchesChallenge(const QString &challenge, const QString &verifier)
{
    if (challenge.isEmpty())
        return verifier.isEmpty();
    const QByteArray hash = QCryptographicHash::hash(verifier.toUtf8(), QCryptographicHash::Sha256);
    return constantTimeEquals(challenge.toLatin1(),
                              hash.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

// What the application may have of what was asked for; all that it may have by default is "read".
Result<QString> grantedScopes(const QString &wanted, const Application &application)
{
    const api::Scopes scopes = GI_TRY(api::Scopes::parse(wanted.trimmed().isEmpty() ? QStringLiteral("read") : wanted));
    if (!api::Scopes::fromStored(application.scopes).grantAll(scopes))
        return invalid("invalid_scope", QStringLiteral("The application has not registered all of these scopes."));
    return scopes.toString();
}

} // namespace

IssueToken::IssueToken(const ports::OAuthReader &oauth, ports::UnitOfWork &unitOfWork, const PasswordSignIn &signIn,
                       IdGenerator &ids, const Clock &clock)
    : m_oauth(oauth)
    , m_unitOfWork(unitOfWork)
    , m_signIn(signIn)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<IssuedToken> IssueToken::run(const TokenRequest &request, const Deadline &deadline) const
{
    if (request.grantType.isEmpty())
        return invalid("invalid_request", QStringLiteral("Missing required parameter: grant_type"));
    const Application application = GI_TRY(authenticateClient(request, deadline));
    if (request.grantType == QLatin1String("authorization_code"))
        return byCode(request, application, deadline);
    if (request.grantType == QLatin1String("password"))
        return byPassword(request, application, deadline);
    if (request.grantType == QLatin1String("client_credentials"))
        return byClient(request, application, deadline);
    return invalid("unsupported_grant_type",
                   QStringLiteral("The authorization grant type is not supported by the authorization server."));
}

Result<Application> IssueToken::authenticateClient(const TokenRequest &request, const Deadline &deadline) const
{
    Result<Application> application = m_oauth.applicationByClientId(request.clientId, deadline);
    if (!application && application.error().fault != Fault::NotFound)
        return application;
    if (!application || !constantTimeEquals(application->clientSecretHash, tokenHash(request.clientSecret.toUtf8())))
        return makeCodedError(Fault::Unauthorized, QStringLiteral("invalid_client"),
                              QStringLiteral("Client authentication failed due to unknown client, no client "
                                             "authentication included, or unsupported authentication method."));
    return application;
}

Result<IssuedToken> IssueToken::byCode(const TokenRequest &request, const Application &application,
                                       const Deadline &deadline) const
{
    if (request.code.isEmpty())
        return invalid("invalid_request", QStringLiteral("Missing required parameter: code"));
    IssuedToken issued;
    issued.token = randomToken();
    bool good = false;
    // The code is used up by any attempt, also by a wrong one: so the transaction succeeds either way.
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        good = false;
        const Result<entities::AccessGrant> grant = writers.oauth.takeGrant(tokenHash(request.code.toUtf8()));
        if (!grant)
            return grant.error().fault == Fault::NotFound ? Result<>() : Result<>(grant.error());
        if (grant->applicationId != application.id || grant->redirectUri != request.redirectUri
            || grant->expiresAt < m_clock.now() || !matchesChallenge(grant->codeChallenge, request.codeVerifier))
            return {};
        issued.row = { m_ids.next<TokenId>(), tokenHash(issued.token), application.id,
                       grant->accountId,      grant->scopes,           m_clock.now() };
        GI_TRY(writers.oauth.insertToken(issued.row));
        good = true;
        return {};
    }));
    return good ? Result<IssuedToken>(issued) : Result<IssuedToken>(invalidGrant());
}

Result<IssuedToken> IssueToken::byPassword(const TokenRequest &request, const Application &application,
                                           const Deadline &deadline) const
{
    const QString scopes = GI_TRY(grantedScopes(request.scope, application));
    Result<entities::User> user = m_signIn.run(request.username, request.password, request.otp, deadline);
    if (!user) {
        // RFC 6749 section 5.2: wrong credentials of the person are "invalid_grant" with 400, not 401.
        Error error = std::move(user).error();
        if (error.fault == Fault::Unauthorized || error.fault == Fault::Forbidden) {
            error.fault = Fault::Invalid;
            error.code = QStringLiteral("invalid_grant");
        }
        return error;
    }
    return issueFor(user->accountId, application.id, scopes, deadline);
}

Result<IssuedToken> IssueToken::byClient(const TokenRequest &request, const Application &application,
                                         const Deadline &deadline) const
{
    const QString scopes = GI_TRY(grantedScopes(request.scope, application));
    return issueFor({}, application.id, scopes, deadline);
}

Result<IssuedToken> IssueToken::issueFor(AccountId account, ApplicationId application, const QString &scopes,
                                         const Deadline &deadline) const
{
    IssuedToken issued;
    issued.token = randomToken();
    issued.row = { m_ids.next<TokenId>(), tokenHash(issued.token), application, account, scopes, m_clock.now() };
    GI_TRY(
        m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) { return writers.oauth.insertToken(issued.row); }));
    return issued;
}

} // namespace graminsta::domain
