// SPDX-License-Identifier: GPL-3.0-or-later
// Setting a password. Whoever is signed in by the old one is signed out. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/policy/moderation.h>
#include <graminsta/ports/passwordhasher.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

class ChangePassword
{
public:
    ChangePassword(ports::UnitOfWork &unitOfWork, const ports::PasswordHasher &hasher, IdGenerator &ids,
                   const Clock &clock);

    // By the operator, who need not know the old one; all tokens end. Fault::NotFound if there is no such account,
    // Fault::Unprocessable as checkPassword().
    [[nodiscard]] Result<> reset(AccountId account, const QString &password, const Deadline &deadline) const;

private:
    ports::UnitOfWork &m_unitOfWork;
    const ports::PasswordHasher &m_hasher;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
