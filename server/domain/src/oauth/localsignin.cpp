// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/oauth/localsignin.h>

#include <graminsta/core/secrets.h>

#include <QRegularExpression>

namespace graminsta::domain
{

namespace
{

const QString kScopes = QStringLiteral("read write follow push");

// What a system calls its user may hold what a username may not.
QString usableUsername(const QString &wanted)
{
    static const QRegularExpression unusable(QStringLiteral("[^A-Za-z0-9_]"));
    const QString name = QString(wanted).remove(unusable).left(30);
    return name.isEmpty() ? QStringLiteral("me") : name;
}

} // namespace

LocalSignIn::LocalSignIn(QByteArray secret, const ports::AccountReader &accounts, const CreateAccount &createAccount,
                         const RegisterApplication &registerApplication, const IssueToken &issueToken)
    : m_secret(std::move(secret))
    , m_accounts(accounts)
    , m_createAccount(createAccount)
    , m_registerApplication(registerApplication)
    , m_issueToken(issueToken)
{
}

Result<IssuedToken> LocalSignIn::run(const QByteArray &secret, const LocalPerson &person,
                                     const Deadline &deadline) const
{
    if (m_secret.isEmpty() || !constantTimeEquals(secret, m_secret))
        return makeError(Fault::Forbidden, QStringLiteral("This server does not know that local secret."));
    const AccountId account = GI_TRY(ownerAccount(person, deadline));
    const RegisteredApplication registered = GI_TRY(m_registerApplication.run(
        { QStringLiteral("Graminsta"), {}, { QLatin1String(kOutOfBand) }, kScopes }, deadline));
    return m_issueToken.issueFor(account, registered.application.id, kScopes, deadline);
}

Result<AccountId> LocalSignIn::ownerAccount(const LocalPerson &person, const Deadline &deadline) const
{
    const Result<entities::Account> owner = m_accounts.owner(deadline);
    if (owner)
        return owner->id;
    if (owner.error().fault != Fault::NotFound)
        return owner.error();
    NewAccount request;
    request.username = usableUsername(person.username);
    request.displayName = person.displayName;
    request.role = entities::Role::Owner;
    return GI_TRY(m_createAccount.run(request, deadline)).id;
}

} // namespace graminsta::domain
