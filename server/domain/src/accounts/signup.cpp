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
    const RegistrationMode mode = m_settings.registrations;
    if (mode == RegistrationMode::Invite && request.invite.isEmpty())
        return makeError(Fault::Forbidden, QStringLiteral("New accounts need an invitation here."));
    if (mode == RegistrationMode::Closed)
        return makeError(Fault::Forbidden, QStringLiteral("This server does not take new accounts at the moment."));
    if (!request.agreement)
        return missing("agreement", QStringLiteral("Agreement must be accepted"));
    if (request.email.isEmpty())
        return missing("email", QStringLiteral("E-mail address can't be blank"));
    if (request.password.isEmpty())
        return missing("password", QStringLiteral("Password can't be blank"));
    NewAccount wanted;
    wanted.username = request.username;
    wanted.email = request.email;
    wanted.password = request.password;
    wanted.locale = request.locale;
    wanted.application = viewer.application;
    wanted.reason = request.reason;
    wanted.invite = request.invite;
    wanted.pending = mode == RegistrationMode::Approval;
    if (wanted.pending && wanted.invite.isEmpty() && wanted.reason.trimmed().isEmpty())
        return missing("reason", QStringLiteral("Reason can't be blank"));
    const entities::Account account = GI_TRY(m_createAccount.run(wanted, deadline));
    return m_issueToken.issueFor(account.id, viewer.application, viewer.scopes.toString(), deadline);
}

} // namespace graminsta::domain
