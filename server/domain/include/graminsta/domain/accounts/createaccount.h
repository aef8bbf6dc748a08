// SPDX-License-Identifier: GPL-3.0-or-later
// Makes an account with its user, by sign-up, by the command line or for the local person. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/entities/account.h>
#include <graminsta/ports/passwordhasher.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

struct NewAccount {
    QString username; // 1 to 30 of a-z, A-Z, 0-9 and _
    QString displayName;
    QString email; // may be empty where signing in by password is not wanted
    QString password; // empty: no signing in by password
    QString locale;
    entities::Role role = entities::Role::User;
    // Of who signs up by themselves.
    ApplicationId application {};
    QString reason {}; // why they want to be let in
    QString invite {}; // the code of an invitation, which is used up by this; empty: none
    bool pending = false; // waits for approval
};

class CreateAccount
{
public:
    CreateAccount(ports::UnitOfWork &unitOfWork, const ports::PasswordHasher &hasher, IdGenerator &ids,
                  const Clock &clock);

    // Fault::Unprocessable, "Validation failed: …", with the field as the code ("username", "email", "password",
    // "reason", "invite_code"). Who is invited waits for nobody.
    [[nodiscard]] Result<entities::Account> run(const NewAccount &request, const Deadline &deadline) const;

private:
    ports::UnitOfWork &m_unitOfWork;
    const ports::PasswordHasher &m_hasher;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

// Whether it is long enough, and not too long. Fault::Unprocessable with the code "password".
[[nodiscard]] Result<> checkPassword(const QString &password);

} // namespace graminsta::domain
