// SPDX-License-Identifier: GPL-3.0-or-later
// Accounts and users, read and written. Readers are thread-safe: call them from any worker. Writers live inside
// one UnitOfWork::write() and on its thread only.
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/account.h>

namespace graminsta::ports
{

class AccountReader
{
public:
    virtual ~AccountReader() = default;

    // Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<entities::Account> byId(AccountId id, const Deadline &deadline) const = 0;
    // Without regard to case. Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<entities::Account> byUsername(const QString &username,
                                                               const Deadline &deadline) const = 0;
    // In the order asked for, each once; ids that do not exist are left out. One query.
    [[nodiscard]] virtual Result<QList<entities::Account>> byIds(const QList<AccountId> &ids,
                                                                 const Deadline &deadline) const = 0;
    // Those of these names that exist, in no order. One query.
    [[nodiscard]] virtual Result<QList<entities::Account>> byUsernames(const QStringList &usernames,
                                                                       const Deadline &deadline) const = 0;
    // Whose username or display name begins with `prefix` (username matches first), at most `limit`.
    [[nodiscard]] virtual Result<QList<entities::Account>> search(const QString &prefix, int limit,
                                                                  const Deadline &deadline) const = 0;

    // Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<entities::User> user(AccountId id, const Deadline &deadline) const = 0;
    // In no order; unknown ids are left out. One query.
    [[nodiscard]] virtual Result<QList<entities::User>> users(const QList<AccountId> &ids,
                                                              const Deadline &deadline) const = 0;
    // `login` is a username or an e-mail address, without regard to case. Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<entities::User> userByLogin(const QString &login, const Deadline &deadline) const = 0;
    // The account with the highest role that is not hidden, the oldest first: the contact of the instance.
    // Fault::NotFound if none exists.
    [[nodiscard]] virtual Result<entities::Account> owner(const Deadline &deadline) const = 0;
};

// Added to the stored numbers in one statement, so that parallel changes are not lost.
struct AccountCounterChange {
    int followers = 0;
    int following = 0;
    int statuses = 0;
};

class AccountWriter : public AccountReader
{
public:
    // Fault::Conflict with the code "username" or "email" if it is taken.
    [[nodiscard]] virtual Result<> insert(const entities::Account &account, const entities::User &user) = 0;
    // The profile only: names, note, pictures, fields, locked, bot, discoverable. Never counters.
    [[nodiscard]] virtual Result<> updateProfile(const entities::Account &account) = 0;
    // The address and the preferences; never what lets somebody in. Fault::Conflict with the code "email" if it is
    // taken.
    [[nodiscard]] virtual Result<> updateUser(const entities::User &user) = 0;
    // Both: Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<> setPasswordHash(AccountId id, const QByteArray &hash) = 0;
    [[nodiscard]] virtual Result<> setRole(AccountId id, entities::Role role) = 0;
    // Adds restrictions and lifts others, in one statement, and gives what they are then. Fault::NotFound if there is
    // no such account.
    [[nodiscard]] virtual Result<entities::Restrictions> restrict(AccountId id, entities::Restrictions add,
                                                                  entities::Restrictions lift) = 0;
    // With all that is the account's. For one that never was let in: others' counters are not touched.
    [[nodiscard]] virtual Result<> remove(AccountId id) = 0;
    [[nodiscard]] virtual Result<> changeCounters(AccountId id, const AccountCounterChange &change) = 0;
    // Sets lastStatusId to the newest status that home timelines may show, from the facts.
    [[nodiscard]] virtual Result<> refreshLastStatus(AccountId id) = 0;
};

} // namespace graminsta::ports
