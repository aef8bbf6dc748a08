// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of accounts by how they stand to each other. Thread-safe.
#pragma once

#include <graminsta/entities/account.h>
#include <graminsta/entities/page.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/accounts.h>
#include <graminsta/ports/follows.h>

namespace graminsta::domain
{

class AccountLists
{
public:
    AccountLists(const ports::AccountReader &accounts, const ports::FollowReader &follows);

    // Fault::NotFound if there is no such account.
    [[nodiscard]] Result<entities::Page<entities::Account>> followers(AccountId of, const entities::PageRequest &page,
                                                                      const Deadline &deadline) const;
    [[nodiscard]] Result<entities::Page<entities::Account>> following(AccountId of, const entities::PageRequest &page,
                                                                      const Deadline &deadline) const;
    // One for each id that is an account, in the order asked for.
    [[nodiscard]] Result<QList<entities::Relationship>>
    relationships(const entities::Viewer &viewer, const QList<AccountId> &ids, const Deadline &deadline) const;

private:
    [[nodiscard]] Result<entities::Page<entities::Account>> accountsOf(const entities::Page<ports::FollowEdge> &edges,
                                                                       const Deadline &deadline) const;

    const ports::AccountReader &m_accounts;
    const ports::FollowReader &m_follows;
};

} // namespace graminsta::domain
