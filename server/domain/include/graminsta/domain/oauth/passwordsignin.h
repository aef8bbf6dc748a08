// SPDX-License-Identifier: GPL-3.0-or-later
// Checks a name and a password, and the code of a second factor, slowly for guessers and without telling which accounts
// exist. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/entities/account.h>
#include <graminsta/ports/accounts.h>
#include <graminsta/ports/passwordhasher.h>
#include <graminsta/ports/twofactor.h>
#include <graminsta/ports/unitofwork.h>

#include <QHash>

#include <mutex>
#include <semaphore>

namespace graminsta::domain
{

// Who has given the right password, and whether that is enough.
struct PasswordChecked {
    entities::User user;
    bool needsCode = false;
};

class PasswordSignIn
{
public:
    PasswordSignIn(const ports::AccountReader &accounts, const ports::TwoFactorReader &twoFactor,
                   const ports::PasswordHasher &hasher, ports::UnitOfWork &unitOfWork, const Clock &clock);

    // All: Fault::RateLimited after ten failures, of password or code, for one account within a quarter of an hour.

    // `login` is a username or an e-mail address. Fault::Unauthorized with "invalid_grant" for a wrong pair, the same
    // for an unknown name, and as slow. Fault::Forbidden for the right pair of an account that may not be used now.
    [[nodiscard]] Result<PasswordChecked> checkPassword(const QString &login, const QString &password,
                                                        const Deadline &deadline) const;
    // A code of the authenticator app or a recovery code, each good once. Success where the account has no second
    // factor. Fault::Unauthorized with "invalid_grant" if it is wrong.
    [[nodiscard]] Result<> checkCode(AccountId account, const QString &code, const Deadline &deadline) const;
    // Both at once. Fault::Unauthorized with "invalid_grant" too where a code is needed and none is given.
    [[nodiscard]] Result<entities::User> run(const QString &login, const QString &password, const QString &code,
                                             const Deadline &deadline) const;

    // Of somebody who is signed in, for what a token alone is not enough. Fault::Forbidden if it is wrong, or the
    // account has none.
    [[nodiscard]] Result<> checkOwnPassword(AccountId account, const QString &password, const Deadline &deadline) const;

private:
    struct Failures {
        int count = 0;
        Timestamp first;
    };
    [[nodiscard]] Result<> checkThrottle(const QString &key) const;
    void recordFailure(const QString &key) const;
    void forgetFailures(const QString &key) const;
    [[nodiscard]] Result<bool> verify(const QByteArray &hash, const QString &password, const Deadline &deadline) const;

    const ports::AccountReader &m_accounts;
    const ports::TwoFactorReader &m_twoFactor;
    const ports::PasswordHasher &m_hasher;
    ports::UnitOfWork &m_unitOfWork;
    const Clock &m_clock;
    QByteArray m_decoy; // the hash that unknown names are checked against
    // Argon2id takes its memory for each at once.
    mutable std::counting_semaphore<16> m_slots { 2 };
    mutable std::mutex m_mutex;
    mutable QHash<QString, Failures> m_failures; // protected by m_mutex; bounded
};

// As recovery codes are kept: without regard to case, dashes and blanks.
[[nodiscard]] QByteArray recoveryCodeHash(const QString &code);

} // namespace graminsta::domain
