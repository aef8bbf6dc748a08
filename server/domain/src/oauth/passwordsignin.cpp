// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/oauth/passwordsignin.h>

#include <graminsta/domain/policy/moderation.h>

namespace graminsta::domain
{

namespace
{

constexpr int kMaxFailures = 10;
constexpr std::chrono::minutes kFailureWindow { 15 };
constexpr int kMaxRemembered = 10'000;

} // namespace

PasswordSignIn::PasswordSignIn(const ports::AccountReader &accounts, const ports::PasswordHasher &hasher,
                               const Clock &clock)
    : m_accounts(accounts)
    , m_hasher(hasher)
    , m_clock(clock)
    , m_decoy(hasher.hash(QStringLiteral("nobody")).value_or({}))
{
}

Result<entities::User> PasswordSignIn::run(const QString &login, const QString &password,
                                           const Deadline &deadline) const
{
    const QString key = login.trimmed().toLower();
    GI_TRY(checkThrottle(key));
    Result<entities::User> user = m_accounts.userByLogin(key, deadline);
    if (!user && user.error().fault != Fault::NotFound)
        return user;
    // Verified against something in any case, so that the time tells nothing.
    const bool hasPassword = user.has_value() && !user->passwordHash.isEmpty()
        && !user->restrictions.testFlag(entities::Restriction::Deleted);
    const bool right = GI_TRY(verify(hasPassword ? user->passwordHash : m_decoy, password, deadline));
    if (!hasPassword || !right) {
        recordFailure(key);
        return makeCodedError(Fault::Unauthorized, QStringLiteral("invalid_grant"),
                              QStringLiteral("The username or the password is wrong."));
    }
    {
        const std::lock_guard lock(m_mutex);
        m_failures.remove(key);
    }
    // Only whoever knows the password hears of it.
    GI_TRY(requireUsableLogin(user->restrictions));
    return user;
}

Result<bool> PasswordSignIn::verify(const QByteArray &hash, const QString &password, const Deadline &deadline) const
{
    if (!m_slots.try_acquire_until(deadline.timePoint()))
        return makeError(Fault::Unavailable, QStringLiteral("Too many people are signing in; please try again."));
    const bool right = m_hasher.verify(hash, password);
    m_slots.release();
    return right;
}

Result<> PasswordSignIn::checkThrottle(const QString &login) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_failures.constFind(login);
    if (found == m_failures.cend() || m_clock.now() - found->first > kFailureWindow || found->count < kMaxFailures)
        return {};
    return makeError(Fault::RateLimited,
                     QStringLiteral("Too many failed attempts to sign in. Please wait 15 minutes and try again."));
}

void PasswordSignIn::recordFailure(const QString &login) const
{
    const Timestamp now = m_clock.now();
    const std::lock_guard lock(m_mutex);
    // The bound: forget what is over first, then, under attack with made-up names, everything.
    if (m_failures.size() >= kMaxRemembered)
        m_failures.removeIf([now](const auto &entry) { return now - entry.value().first > kFailureWindow; });
    if (m_failures.size() >= kMaxRemembered)
        m_failures.clear();
    Failures &failures = m_failures[login];
    if (failures.count == 0 || now - failures.first > kFailureWindow)
        failures = { 0, now };
    ++failures.count;
}

} // namespace graminsta::domain
