// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/oauth/passwordsignin.h>

#include <graminsta/core/secrets.h>
#include <graminsta/domain/oauth/totp.h>
#include <graminsta/domain/policy/moderation.h>

namespace graminsta::domain
{

namespace
{

constexpr int kMaxFailures = 10;
constexpr std::chrono::minutes kFailureWindow { 15 };
constexpr int kMaxRemembered = 10'000;

// One count for an account by whichever name: its e-mail address gives no tries beside those of its username.
QString keyOf(AccountId account)
{
    return QLatin1Char('#') + account.toString();
}

Error wrongPair()
{
    return makeCodedError(Fault::Unauthorized, QStringLiteral("invalid_grant"),
                          QStringLiteral("The username or the password is wrong."));
}

} // namespace

PasswordSignIn::PasswordSignIn(const ports::AccountReader &accounts, const ports::TwoFactorReader &twoFactor,
                               const ports::PasswordHasher &hasher, ports::UnitOfWork &unitOfWork, const Clock &clock)
    : m_accounts(accounts)
    , m_twoFactor(twoFactor)
    , m_hasher(hasher)
    , m_unitOfWork(unitOfWork)
    , m_clock(clock)
    , m_decoy(hasher.hash(QStringLiteral("nobody")).value_or({}))
{
}

Result<PasswordChecked> PasswordSignIn::checkPassword(const QString &login, const QString &password,
                                                      const Deadline &deadline) const
{
    const QString name = login.trimmed().toLower();
    const Result<entities::User> user = m_accounts.userByLogin(name, deadline);
    if (!user && user.error().fault != Fault::NotFound)
        return user.error();
    const QString key = user ? keyOf(user->accountId) : name;
    GI_TRY(checkThrottle(key));
    // Verified against something in any case, so that the time tells nothing.
    const bool hasPassword = user.has_value() && !user->passwordHash.isEmpty()
        && !user->restrictions.testFlag(entities::Restriction::Deleted);
    const bool right = GI_TRY(verify(hasPassword ? user->passwordHash : m_decoy, password, deadline));
    if (!hasPassword || !right) {
        recordFailure(key);
        return wrongPair();
    }
    // Only whoever knows the password hears of it.
    GI_TRY(requireUsableLogin(user->restrictions));
    const std::optional<entities::TwoFactor> second = GI_TRY(m_twoFactor.twoFactor(user->accountId, deadline));
    const bool needsCode = second && second->confirmed;
    // Where a code is needed, failures with codes go on counting.
    if (!needsCode)
        forgetFailures(key);
    return PasswordChecked { *user, needsCode };
}

Result<> PasswordSignIn::checkCode(AccountId account, const QString &code, const Deadline &deadline) const
{
    const QString key = keyOf(account);
    GI_TRY(checkThrottle(key));
    const std::optional<entities::TwoFactor> second = GI_TRY(m_twoFactor.twoFactor(account, deadline));
    if (!second || !second->confirmed)
        return {};
    const std::optional<qint64> step = matchingTotpStep(second->secret, code, m_clock.now());
    bool good = false;
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        good = step ? GI_TRY(writers.twoFactor.useStep(account, *step))
                    : GI_TRY(writers.twoFactor.useRecoveryCode(account, recoveryCodeHash(code)));
        return {};
    }));
    if (!good) {
        recordFailure(key);
        return makeCodedError(Fault::Unauthorized, QStringLiteral("invalid_grant"),
                              QStringLiteral("The code is wrong, or it has been used."));
    }
    forgetFailures(key);
    return {};
}

Result<entities::User> PasswordSignIn::run(const QString &login, const QString &password, const QString &code,
                                           const Deadline &deadline) const
{
    const PasswordChecked checked = GI_TRY(checkPassword(login, password, deadline));
    if (!checked.needsCode)
        return checked.user;
    if (code.isEmpty())
        return makeCodedError(Fault::Unauthorized, QStringLiteral("invalid_grant"),
                              QStringLiteral("This account has a second factor: the code of its authenticator app is "
                                             "needed as well. Please sign in on the server's page."));
    GI_TRY(checkCode(checked.user.accountId, code, deadline));
    return checked.user;
}

Result<> PasswordSignIn::checkOwnPassword(AccountId account, const QString &password, const Deadline &deadline) const
{
    const QString key = keyOf(account);
    GI_TRY(checkThrottle(key));
    const entities::User user = GI_TRY(m_accounts.user(account, deadline));
    if (user.passwordHash.isEmpty() || !GI_TRY(verify(user.passwordHash, password, deadline))) {
        recordFailure(key);
        return makeError(Fault::Forbidden, QStringLiteral("The password is wrong."));
    }
    return {};
}

Result<bool> PasswordSignIn::verify(const QByteArray &hash, const QString &password, const Deadline &deadline) const
{
    if (!m_slots.try_acquire_until(deadline.timePoint()))
        return makeError(Fault::Unavailable, QStringLiteral("Too many people are signing in; please try again."));
    const bool right = m_hasher.verify(hash, password);
    m_slots.release();
    return right;
}

Result<> PasswordSignIn::checkThrottle(const QString &key) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_failures.constFind(key);
    if (found == m_failures.cend() || m_clock.now() - found->first > kFailureWindow || found->count < kMaxFailures)
        return {};
    return makeError(Fault::RateLimited,
                     QStringLiteral("Too many failed attempts to sign in. Please wait 15 minutes and try again."));
}

void PasswordSignIn::recordFailure(const QString &key) const
{
    const Timestamp now = m_clock.now();
    const std::lock_guard lock(m_mutex);
    // The bound: forget what is over first, then, under attack with made-up names, everything.
    if (m_failures.size() >= kMaxRemembered)
        m_failures.removeIf([now](const auto &entry) { return now - entry.value().first > kFailureWindow; });
    if (m_failures.size() >= kMaxRemembered)
        m_failures.clear();
    Failures &failures = m_failures[key];
    if (failures.count == 0 || now - failures.first > kFailureWindow)
        failures = { 0, now };
    ++failures.count;
}

void PasswordSignIn::forgetFailures(const QString &key) const
{
    const std::lock_guard lock(m_mutex);
    m_failures.remove(key);
}

QByteArray recoveryCodeHash(const QString &code)
{
    QString plain = code.toLower();
    plain.remove(QLatin1Char('-')).remove(QLatin1Char(' '));
    return tokenHash(plain.toUtf8());
}

} // namespace graminsta::domain
