// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/oauth/localsignin.h>

#include <graminsta/core/secrets.h>

#include <QRegularExpression>

namespace graminsta::domain
{

namespace
{

const QString kScopes = QStringLiteral("read write follow push");
const QString kLocalClientId = QStringLiteral("graminsta-desktop");
// The app signs in anew at each start. Some stay, for what else runs on the same data.
constexpr int kTokensKept = 8;

// What a system calls its user may hold what a username may not.
QString usableUsername(const QString &wanted)
{
    static const QRegularExpression unusable(QStringLiteral("[^A-Za-z0-9_]"));
    const QString name = QString(wanted).remove(unusable).left(30);
    return name.isEmpty() ? QStringLiteral("me") : name;
}

} // namespace

LocalSignIn::LocalSignIn(QByteArray secret, const ports::AccountReader &accounts, const ports::OAuthReader &oauth,
                         ports::UnitOfWork &unitOfWork, const CreateAccount &createAccount,
                         const IssueToken &issueToken, IdGenerator &ids, const Clock &clock)
    : m_secret(std::move(secret))
    , m_accounts(accounts)
    , m_oauth(oauth)
    , m_unitOfWork(unitOfWork)
    , m_createAccount(createAccount)
    , m_issueToken(issueToken)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<IssuedToken> LocalSignIn::run(const QByteArray &secret, const LocalPerson &person,
                                     const Deadline &deadline) const
{
    if (m_secret.isEmpty() || !constantTimeEquals(secret, m_secret))
        return makeError(Fault::Forbidden, QStringLiteral("This server does not know that local secret."));
    const AccountId account = GI_TRY(ownerAccount(person, deadline));
    const ApplicationId application = GI_TRY(localApplication(deadline));
    IssuedToken issued = GI_TRY(m_issueToken.issueFor(account, application, kScopes, deadline));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) {
        return writers.oauth.removeOldTokens(application, account, kTokensKept);
    }));
    return issued;
}

Result<ApplicationId> LocalSignIn::localApplication(const Deadline &deadline) const
{
    const Result<entities::Application> known = m_oauth.applicationByClientId(kLocalClientId, deadline);
    if (known)
        return known->id;
    if (known.error().fault != Fault::NotFound)
        return known.error();
    entities::Application application;
    application.id = m_ids.next<ApplicationId>();
    application.name = QStringLiteral("Graminsta");
    application.scopes = kScopes;
    application.clientId = kLocalClientId;
    application.clientSecretHash = tokenHash(randomToken());
    application.createdAt = m_clock.now();
    GI_TRY(m_unitOfWork.write(deadline,
                              [&](ports::WriteSet &writers) { return writers.oauth.insertApplication(application); }));
    return application.id;
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
