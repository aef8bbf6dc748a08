// SPDX-License-Identifier: GPL-3.0-or-later
// Signs the local person in: whoever started this server and holds the secret it was given. Thread-safe.
#pragma once

#include <graminsta/domain/accounts/createaccount.h>
#include <graminsta/domain/oauth/issuetoken.h>
#include <graminsta/domain/oauth/registerapplication.h>

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
    LocalSignIn(QByteArray secret, const ports::AccountReader &accounts, const CreateAccount &createAccount,
                const RegisterApplication &registerApplication, const IssueToken &issueToken);

    // A token for the owner's account, which is made at the first use. Fault::Forbidden for a wrong secret.
    [[nodiscard]] Result<IssuedToken> run(const QByteArray &secret, const LocalPerson &person,
                                          const Deadline &deadline) const;

private:
    [[nodiscard]] Result<AccountId> ownerAccount(const LocalPerson &person, const Deadline &deadline) const;

    const QByteArray m_secret;
    const ports::AccountReader &m_accounts;
    const CreateAccount &m_createAccount;
    const RegisterApplication &m_registerApplication;
    const IssueToken &m_issueToken;
};

} // namespace graminsta::domain
