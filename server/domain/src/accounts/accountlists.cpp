// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/accounts/accountlists.h>

namespace graminsta::domain
{

using entities::Account;
using entities::Page;
using entities::PageRequest;

AccountLists::AccountLists(const ports::AccountReader &accounts, const ports::FollowReader &follows)
    : m_accounts(accounts)
    , m_follows(follows)
{
}

Result<Page<Account>> AccountLists::followers(AccountId of, const PageRequest &page, const Deadline &deadline) const
{
    GI_TRY(m_accounts.byId(of, deadline));
    return accountsOf(GI_TRY(m_follows.followers(of, page, deadline)), deadline);
}

Result<Page<Account>> AccountLists::following(AccountId of, const PageRequest &page, const Deadline &deadline) const
{
    GI_TRY(m_accounts.byId(of, deadline));
    return accountsOf(GI_TRY(m_follows.following(of, page, deadline)), deadline);
}

Result<QList<entities::Relationship>>
AccountLists::relationships(const entities::Viewer &viewer, const QList<AccountId> &ids, const Deadline &deadline) const
{
    return m_follows.relationships(viewer.account, ids, deadline);
}

Result<Page<Account>> AccountLists::accountsOf(const Page<ports::FollowEdge> &edges, const Deadline &deadline) const
{
    QList<AccountId> ids;
    for (const ports::FollowEdge &edge : edges.rows)
        ids.append(edge.accountId);
    return Page<Account> { GI_TRY(m_accounts.byIds(ids, deadline)), edges.bounds };
}

} // namespace graminsta::domain
