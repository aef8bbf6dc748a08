// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/oauth/authorize.h>

#include <graminsta/api/scopes.h>
#include <graminsta/core/secrets.h>
#include <graminsta/domain/oauth/registerapplication.h>

namespace graminsta::domain
{

namespace
{

constexpr std::chrono::minutes kCodeLifetime { 10 };
constexpr std::chrono::minutes kStepLifetime { 5 };

Error invalid(const char *code, const QString &message)
{
    return makeCodedError(Fault::Invalid, QLatin1String(code), message);
}

// RFC 7636 section 4.2: 43 characters of base64url.
bool isChallenge(const QString &challenge)
{
    return challenge.size() == 43
        && QByteArray::fromBase64(challenge.toLatin1(), QByteArray::Base64UrlEncoding).size() == 32;
}

} // namespace

Authorize::Authorize(const ports::OAuthReader &oauth, ports::UnitOfWork &unitOfWork, const PasswordSignIn &signIn,
                     const Clock &clock)
    : m_oauth(oauth)
    , m_unitOfWork(unitOfWork)
    , m_signIn(signIn)
    , m_clock(clock)
{
}

Result<CheckedClient> Authorize::checkClient(const AuthorizationRequest &request, const Deadline &deadline) const
{
    Result<entities::Application> application = m_oauth.applicationByClientId(request.clientId, deadline);
    if (!application) {
        if (application.error().fault != Fault::NotFound)
            return std::move(application).error();
        return invalid("invalid_client", QStringLiteral("Client authentication failed due to unknown client."));
    }
    // RFC 6749 section 3.1.2.3: compared as text, and required, since more than one may be registered.
    if (!application->redirectUris.contains(request.redirectUri))
        return invalid("invalid_redirect_uri",
                       QStringLiteral("The redirect URI is not one that the application has "
                                      "registered."));
    return CheckedClient { *std::move(application), request.redirectUri };
}

Result<QString> Authorize::checkRequest(const AuthorizationRequest &request, const CheckedClient &client) const
{
    if (request.responseType != QLatin1String("code"))
        return invalid("unsupported_response_type",
                       QStringLiteral("The authorization server does not support this response type."));
    const QString wanted = request.scope.trimmed().isEmpty() ? QStringLiteral("read") : request.scope;
    const api::Scopes scopes = GI_TRY(api::Scopes::parse(wanted));
    if (!api::Scopes::fromStored(client.application.scopes).grantAll(scopes))
        return invalid("invalid_scope", QStringLiteral("The application has not registered all of these scopes."));
    if (request.codeChallenge.isEmpty() && request.codeChallengeMethod.isEmpty())
        return scopes.toString();
    if (request.codeChallengeMethod != QLatin1String("S256"))
        return invalid("invalid_request", QStringLiteral("The code_challenge_method must be S256."));
    if (!isChallenge(request.codeChallenge))
        return invalid("invalid_request", QStringLiteral("The code_challenge is not a SHA-256 in base64url."));
    return scopes.toString();
}

Result<Authorized> Authorize::grant(const AuthorizationRequest &request, const SignInForm &form,
                                    const Deadline &deadline) const
{
    const CheckedClient client = GI_TRY(checkClient(request, deadline));
    const QString scopes = GI_TRY(checkRequest(request, client));
    const Person person = GI_TRY(this->person(form, deadline));
    if (person.needsCode)
        return askForCode(person.account, *person.needsCode, deadline);

    const QByteArray code = randomToken();
    const Timestamp now = m_clock.now();
    entities::AccessGrant row;
    row.codeHash = tokenHash(code);
    row.applicationId = client.application.id;
    row.accountId = person.account;
    row.redirectUri = client.redirectUri;
    row.scopes = scopes;
    row.codeChallenge = request.codeChallenge;
    row.expiresAt = now + kCodeLifetime;
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.oauth.removeGrantsExpiredBefore(now));
        return writers.oauth.insertGrant(row);
    }));
    return Authorized { code, {}, {} };
}

Result<Authorize::Person> Authorize::person(const SignInForm &form, const Deadline &deadline) const
{
    if (form.step.isEmpty()) {
        const PasswordChecked checked = GI_TRY(m_signIn.checkPassword(form.login, form.password, deadline));
        return Person { checked.user.accountId, checked.needsCode ? std::optional<QString>(QString()) : std::nullopt };
    }
    std::optional<AccountId> account;
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        account = GI_TRY(writers.twoFactor.takeStep(tokenHash(form.step), m_clock.now()));
        return {};
    }));
    if (!account)
        return makeCodedError(Fault::Unauthorized, QStringLiteral("invalid_grant"),
                              QStringLiteral("Signing in took too long. Please begin again."));
    const Result<> right = m_signIn.checkCode(*account, form.otp, deadline);
    if (right)
        return Person { *account, std::nullopt };
    if (right.error().fault != Fault::Unauthorized)
        return right.error();
    return Person { *account, right.error().safe };
}

Result<Authorized> Authorize::askForCode(AccountId account, const QString &problem, const Deadline &deadline) const
{
    const QByteArray step = randomToken();
    const Timestamp now = m_clock.now();
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) {
        return writers.twoFactor.addStep(tokenHash(step), account, now, now + kStepLifetime);
    }));
    return Authorized { {}, step, problem };
}

} // namespace graminsta::domain
