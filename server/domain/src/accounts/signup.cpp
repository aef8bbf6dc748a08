// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/accounts/signup.h>

#include <graminsta/api/scopes.h>

namespace graminsta::domain
{

namespace
{

Error missing(const char *field, const QString &message)
{
    return makeCodedError(Fault::Unprocessable, QLatin1String(field), QStringLiteral("Validation failed: ") + message);
}

} // namespace

SignUp::SignUp(const InstanceSettings &settings, const CreateAccount &createAccount, const IssueToken &issueToken)
    : m_settings(settings)
    , m_createAccount(createAccount)
    , m_issueToken(issueToken)
{
}

Result<IssuedToken> SignUp::run(const entities::Viewer &viewer, const SignUpRequest &request,
                                const Deadline &deadline) const
{
    if (m_settings.registrations != RegistrationMode::Open)
        return makeError(Fault::Forbidden, QStringLiteral("This server does not take new accounts at the moment."));
    if (!request.agreement)
        return missing("agreement", QStringLiteral("Agreement must be accepted"));
    if (request.email.isEmpty())
        return missing("email", QStringLiteral("E-mail address can't be blank"));
    if (request.password.isEmpty())
        return missing("password", QStringLiteral("Password can't be blank"));
    const entities::Account account = GI_TRY(m_createAccount.run(
        { request.username, {}, request.email, request.password, request.locale, entities::Role::User }, deadline));
    return m_issueToken.issueFor(account.id, viewer.application, viewer.scopes.toString(), deadline);
}

} // namespace graminsta::domain
