// SPDX-License-Identifier: GPL-3.0-or-later
// Setting a password. Whoever is signed in by the old one is signed out. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/oauth/passwordsignin.h>
#include <graminsta/domain/policy/moderation.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/passwordhasher.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

class ChangePassword
{
public:
    ChangePassword(const PasswordSignIn &signIn, ports::UnitOfWork &unitOfWork, const ports::PasswordHasher &hasher,
                   IdGenerator &ids, const Clock &clock);

    // One's own; all tokens but the viewer's end. Fault::Forbidden for a wrong present one, Fault::Unprocessable as
    // checkPassword().
    [[nodiscard]] Result<> change(const entities::Viewer &viewer, const QString &present, const QString &wanted,
                                  const Deadline &deadline) const;

    // By the operator, who need not know the old one; all tokens end. Fault::NotFound if there is no such account,
    // Fault::Unprocessable as checkPassword().
    [[nodiscard]] Result<> reset(AccountId account, const QString &password, const Deadline &deadline) const;

private:
    const PasswordSignIn &m_signIn;
    ports::UnitOfWork &m_unitOfWork;
    const ports::PasswordHasher &m_hasher;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
