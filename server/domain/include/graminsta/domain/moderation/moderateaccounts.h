// SPDX-License-Identifier: GPL-3.0-or-later
// Restricting accounts and lifting it, letting people in and turning them away; each act with a strike where the person
// is to be told, and an entry of the audit log, in one transaction. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/policy/moderation.h>
#include <graminsta/entities/moderation.h>
#include <graminsta/ports/accounts.h>
#include <graminsta/ports/moderation.h>
#include <graminsta/ports/unitofwork.h>

#include <functional>

namespace graminsta::domain
{

// An account as moderators see it.
struct ModeratedAccount {
    entities::Account account;
    entities::User user;
};

struct AccountAction {
    entities::StrikeAction type = entities::StrikeAction::Warning; // not DeleteStatuses
    ReportId report; // is resolved by it; null: none
    QString text; // for the person
};

class ModerateAccounts
{
public:
    ModerateAccounts(const ports::AccountReader &accounts, const ports::ModerationReader &moderation,
                     ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock);

    // All: Fault::Forbidden by the policy, Fault::NotFound if there is no such account.

    [[nodiscard]] Result<entities::Page<ModeratedAccount>> list(const Actor &actor, const ports::AccountFilter &filter,
                                                                const entities::PageRequest &page,
                                                                const Deadline &deadline) const;
    [[nodiscard]] Result<ModeratedAccount> show(const Actor &actor, AccountId id, const Deadline &deadline) const;

    // May be repeated. Fault::NotFound too if the report is not there or is about another account.
    [[nodiscard]] Result<> act(const Actor &actor, AccountId id, const AccountAction &action,
                               const Deadline &deadline) const;
    // One of Suspended, Silenced, Sensitized, Disabled; success also if it was not there.
    [[nodiscard]] Result<ModeratedAccount> lift(const Actor &actor, AccountId id, entities::Restriction restriction,
                                                const QString &reason, const Deadline &deadline) const;
    // Success also if it did not wait.
    [[nodiscard]] Result<ModeratedAccount> approve(const Actor &actor, AccountId id, const Deadline &deadline) const;
    // The account as it was; it is gone then. Fault::Forbidden if it does not wait for approval.
    [[nodiscard]] Result<ModeratedAccount> reject(const Actor &actor, AccountId id, const QString &reason,
                                                  const Deadline &deadline) const;
    // Nobody gives a role as high as their own.
    [[nodiscard]] Result<ModeratedAccount> setRole(const Actor &actor, AccountId id, entities::Role role,
                                                   const Deadline &deadline) const;

private:
    // Also who may fetch its photos follows from it.
    [[nodiscard]] Result<> restrict(ports::WriteSet &writers, AccountId id, entities::Restrictions add,
                                    entities::Restrictions lift) const;
    [[nodiscard]] Result<ModeratedAccount> read(AccountId id, const Deadline &deadline) const;
    [[nodiscard]] Result<ModeratedAccount>
    change(const Actor &actor, AccountId id, const QString &name, const QString &reason, const Deadline &deadline,
           const std::function<Result<>(ports::WriteSet &, const ModeratedAccount &)> &work) const;

    const ports::AccountReader &m_accounts;
    const ports::ModerationReader &m_moderation;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
