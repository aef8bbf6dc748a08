// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/accounts/accountlists.h>

#include <graminsta/domain/accounts/edgeaccounts.h>

namespace graminsta::domain
{

using entities::Account;
using entities::Page;
using entities::PageRequest;
using entities::Viewer;

AccountLists::AccountLists(const ports::AccountReader &accounts, const ports::FollowReader &follows,
                           const VisibilityPolicy &visibility)
    : m_accounts(accounts)
    , m_follows(follows)
    , m_visibility(visibility)
{
}

Result<Page<Account>> AccountLists::followers(const Viewer &viewer, AccountId of, const PageRequest &page,
                                              const Deadline &deadline) const
{
    GI_TRY(m_accounts.byId(of, deadline));
    return accountsOf(viewer, of, GI_TRY(m_follows.followers(of, page, deadline)), deadline);
}

Result<Page<Account>> AccountLists::following(const Viewer &viewer, AccountId of, const PageRequest &page,
                                              const Deadline &deadline) const
{
    GI_TRY(m_accounts.byId(of, deadline));
    return accountsOf(viewer, of, GI_TRY(m_follows.following(of, page, deadline)), deadline);
}

Result<QList<Account>> AccountLists::knownFollowers(const Viewer &viewer, AccountId of, int limit,
                                                    const Deadline &deadline) const
{
    constexpr int kAmong = 200;
    PageRequest newest;
    newest.limit = kAmong;
    const QList<AccountId> followers = accountIds(GI_TRY(m_follows.followers(of, newest, deadline)));
    const QHash<AccountId, entities::Standing> known =
        GI_TRY(m_visibility.standings(viewer, followers + QList<AccountId> { of }, deadline));
    if (known.value(of).blocked || known.value(of).hidden)
        return QList<Account>();
    QList<AccountId> ids;
    for (const AccountId id : followers) {
        const entities::Standing standing = known.value(id);
        if (standing.following && !standing.blocked && !standing.hidden && ids.size() < limit)
            ids.append(id);
    }
    return m_accounts.byIds(ids, deadline);
}

Result<Page<Account>> AccountLists::accountsOf(const Viewer &viewer, AccountId of, const Page<ports::FollowEdge> &edges,
                                               const Deadline &deadline) const
{
    QList<AccountId> ids = accountIds(edges);
    const QHash<AccountId, entities::Standing> known =
        GI_TRY(m_visibility.standings(viewer, ids + QList<AccountId> { of }, deadline));
    if (known.value(of).blocked || known.value(of).hidden)
        return Page<Account> {};
    ids.removeIf([&known](AccountId id) { return known.value(id).blocked || known.value(id).hidden; });
    return Page<Account> { GI_TRY(m_accounts.byIds(ids, deadline)), edges.bounds };
}

} // namespace graminsta::domain
