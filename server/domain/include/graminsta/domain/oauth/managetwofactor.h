// SPDX-License-Identifier: GPL-3.0-or-later
// A second factor for one's own account: beginning, confirming, ending. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/oauth/passwordsignin.h>
#include <graminsta/domain/settings.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/twofactor.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

struct TwoFactorState {
    bool enabled = false;
    int recoveryCodesLeft = 0;
};

struct TwoFactorBegun {
    QString secret; // base32, to type into an authenticator app
    QString uri; // the same for a QR code
};

class ManageTwoFactor
{
public:
    ManageTwoFactor(const InstanceSettings &settings, const ports::AccountReader &accounts,
                    const ports::TwoFactorReader &twoFactor, const PasswordSignIn &signIn,
                    ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock);

    [[nodiscard]] Result<TwoFactorState> show(const entities::Viewer &viewer, const Deadline &deadline) const;
    // It is asked for once it is confirmed. Fault::Forbidden for a wrong password, Fault::RateLimited after too many;
    // Fault::Unprocessable if there is one already.
    [[nodiscard]] Result<TwoFactorBegun> begin(const entities::Viewer &viewer, const QString &password,
                                               const Deadline &deadline) const;
    // The recovery codes, said this once. Fault::Unprocessable if nothing was begun or the code is wrong.
    [[nodiscard]] Result<QStringList> confirm(const entities::Viewer &viewer, const QString &code,
                                              const Deadline &deadline) const;
    // Faults as begin(); Fault::Forbidden for a wrong code, too. A recovery code does as well.
    [[nodiscard]] Result<> disable(const entities::Viewer &viewer, const QString &password, const QString &code,
                                   const Deadline &deadline) const;
    // By the operator, for whoever has lost device and codes.
    [[nodiscard]] Result<> reset(AccountId account, const Deadline &deadline) const;

private:
    const InstanceSettings &m_settings;
    const ports::AccountReader &m_accounts;
    const ports::TwoFactorReader &m_twoFactor;
    const PasswordSignIn &m_signIn;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
