// SPDX-License-Identifier: GPL-3.0-or-later
// Checks a name and a password, slowly for guessers and without telling which accounts exist. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/entities/account.h>
#include <graminsta/ports/accounts.h>
#include <graminsta/ports/passwordhasher.h>

#include <QHash>

#include <mutex>
#include <semaphore>

namespace graminsta::domain
{

class PasswordSignIn
{
public:
    PasswordSignIn(const ports::AccountReader &accounts, const ports::PasswordHasher &hasher, const Clock &clock);

    // `login` is a username or an e-mail address. Fault::Unauthorized with "invalid_grant" for a wrong pair, the same
    // for an unknown name, and as slow. Fault::Forbidden for the right
    // pair of an account that may not be used now. Fault::RateLimited after ten failures for one login within a quarter
    // of an hour.
    [[nodiscard]] Result<entities::User> run(const QString &login, const QString &password,
                                             const Deadline &deadline) const;

private:
    struct Failures {
        int count = 0;
        Timestamp first;
    };
    [[nodiscard]] Result<> checkThrottle(const QString &login) const;
    void recordFailure(const QString &login) const;
    [[nodiscard]] Result<bool> verify(const QByteArray &hash, const QString &password, const Deadline &deadline) const;

    const ports::AccountReader &m_accounts;
    const ports::PasswordHasher &m_hasher;
    const Clock &m_clock;
    QByteArray m_decoy; // the hash that unknown names are checked against
    // Argon2id takes its memory for each at once.
    mutable std::counting_semaphore<16> m_slots { 2 };
    mutable std::mutex m_mutex;
    mutable QHash<QString, Failures> m_failures; // protected by m_mutex; bounded
};

} // namespace graminsta::domain
