// SPDX-License-Identifier: GPL-3.0-or-later
// Deleting an account for good: it is hidden and signed out at once, and a job (RemoveAccount) removes its rows and
// files after that. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/oauth/passwordsignin.h>
#include <graminsta/domain/policy/moderation.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

// The kind of the job that removes an account; its payload is the account's id.
inline constexpr char kRemoveAccountJob[] = "account.remove";

class DeleteAccount
{
public:
    DeleteAccount(const PasswordSignIn &signIn, ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock);

    // By its owner. Fault::Forbidden for a wrong password, and for the owner of the instance.
    [[nodiscard]] Result<> byOwner(const entities::Viewer &viewer, const QString &password,
                                   const Deadline &deadline) const;
    // Fault::Forbidden by the policy, and for a moderator's act on an account that is not suspended; Fault::NotFound if
    // there is none.
    [[nodiscard]] Result<> byActor(const Actor &actor, AccountId account, const QString &reason,
                                   const Deadline &deadline) const;

private:
    [[nodiscard]] Result<> begin(ports::WriteSet &writers, const Actor &actor, AccountId account, const QString &reason,
                                 const Deadline &deadline) const;

    const PasswordSignIn &m_signIn;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
