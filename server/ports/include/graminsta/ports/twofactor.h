// SPDX-License-Identifier: GPL-3.0-or-later
// Second factors, recovery codes, and sign-ins that wait for one of them. Readers are thread-safe; writers live inside
// one UnitOfWork::write().
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/twofactor.h>

#include <QList>

#include <optional>

namespace graminsta::ports
{

class TwoFactorReader
{
public:
    virtual ~TwoFactorReader() = default;

    // Nothing if the account has none, begun or not.
    [[nodiscard]] virtual Result<std::optional<entities::TwoFactor>> twoFactor(AccountId account,
                                                                               const Deadline &deadline) const = 0;
    [[nodiscard]] virtual Result<int> countRecoveryCodes(AccountId account, const Deadline &deadline) const = 0;
};

class TwoFactorWriter : public TwoFactorReader
{
public:
    // Replaces one that was begun. Fault::Conflict if there is one that is confirmed.
    [[nodiscard]] virtual Result<> begin(const entities::TwoFactor &twoFactor) = 0;
    // From now on it is asked for. Fault::NotFound if none was begun.
    [[nodiscard]] virtual Result<> confirm(AccountId account) = 0;
    // True if the step is newer than each that was used; then it is used. Of two at the same time one gets it.
    [[nodiscard]] virtual Result<bool> useStep(AccountId account, qint64 step) = 0;
    // In place of all there were.
    [[nodiscard]] virtual Result<> setRecoveryCodes(AccountId account, const QList<QByteArray> &hashes) = 0;
    // True if there was this one; then it is used.
    [[nodiscard]] virtual Result<bool> useRecoveryCode(AccountId account, const QByteArray &hash) = 0;
    // With the recovery codes and the sign-ins that wait. Success also if there is none.
    [[nodiscard]] virtual Result<> remove(AccountId account) = 0;

    // A sign-in whose password was right. Forgets those that have ended by `now`.
    [[nodiscard]] virtual Result<> addStep(const QByteArray &tokenHash, AccountId account, Timestamp now,
                                           Timestamp expiresAt) = 0;
    // Whose it is; it is used by this. Nothing if there is none or it has ended.
    [[nodiscard]] virtual Result<std::optional<AccountId>> takeStep(const QByteArray &tokenHash, Timestamp now) = 0;
};

} // namespace graminsta::ports
