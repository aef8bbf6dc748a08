// SPDX-License-Identifier: GPL-3.0-or-later
// Signs the local person in: whoever started this server and holds the secret it was given. Thread-safe.
#pragma once

#include <graminsta/domain/accounts/createaccount.h>
#include <graminsta/domain/oauth/issuetoken.h>

namespace graminsta::domain
{

struct LocalPerson {
    QString username; // wanted; only used when the account is made
    QString displayName;
};

class LocalSignIn
{
public:
    // An empty secret: nobody is let in this way.
    LocalSignIn(QByteArray secret, const ports::AccountReader &accounts, const ports::OAuthReader &oauth,
                ports::UnitOfWork &unitOfWork, const CreateAccount &createAccount, const IssueToken &issueToken,
                IdGenerator &ids, const Clock &clock);

    // A token for the owner's account, which is made at the first use. Fault::Forbidden for a wrong secret.
    [[nodiscard]] Result<IssuedToken> run(const QByteArray &secret, const LocalPerson &person,
                                          const Deadline &deadline) const;

private:
    [[nodiscard]] Result<AccountId> ownerAccount(const LocalPerson &person, const Deadline &deadline) const;

    // The desktop app's own, made at the first use. Nobody knows its secret: only this use case issues its tokens.
    [[nodiscard]] Result<ApplicationId> localApplication(const Deadline &deadline) const;

    const QByteArray m_secret;
    const ports::AccountReader &m_accounts;
    const ports::OAuthReader &m_oauth;
    ports::UnitOfWork &m_unitOfWork;
    const CreateAccount &m_createAccount;
    const IssueToken &m_issueToken;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
