// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of accounts by who follows whom. Thread-safe.
#pragma once

#include <graminsta/domain/policy/visibility.h>
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
    AccountLists(const ports::AccountReader &accounts, const ports::FollowReader &follows,
                 const VisibilityPolicy &visibility);

    // Both: Fault::NotFound if there is no such account. Empty where a block stands between it and the viewer; without
    // those between whom and the viewer is a block.
    [[nodiscard]] Result<entities::Page<entities::Account>> followers(const entities::Viewer &viewer, AccountId of,
                                                                      const entities::PageRequest &page,
                                                                      const Deadline &deadline) const;
    [[nodiscard]] Result<entities::Page<entities::Account>> following(const entities::Viewer &viewer, AccountId of,
                                                                      const entities::PageRequest &page,
                                                                      const Deadline &deadline) const;
    // Of the newest followers of an account those whom the viewer follows, at most `limit`: people that both know.
    // Faults and hidden ones as above.
    [[nodiscard]] Result<QList<entities::Account>> knownFollowers(const entities::Viewer &viewer, AccountId of,
                                                                  int limit, const Deadline &deadline) const;

private:
    [[nodiscard]] Result<entities::Page<entities::Account>> accountsOf(const entities::Viewer &viewer, AccountId of,
                                                                       const entities::Page<ports::FollowEdge> &edges,
                                                                       const Deadline &deadline) const;

    const ports::AccountReader &m_accounts;
    const ports::FollowReader &m_follows;
    const VisibilityPolicy &m_visibility;
};

} // namespace graminsta::domain
