// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/accounts/suggestaccounts.h>

namespace graminsta::domain
{

SuggestAccounts::SuggestAccounts(const ports::AccountReader &accounts, const ports::RelationReader &relations,
                                 const VisibilityPolicy &visibility)
    : m_accounts(accounts)
    , m_relations(relations)
    , m_visibility(visibility)
{
}

Result<QList<entities::Account>> SuggestAccounts::run(const entities::Viewer &viewer, int limit,
                                                      const Deadline &deadline) const
{
    const QList<AccountId> ids = GI_TRY(m_relations.friendsOfFriends(viewer.account, limit, deadline));
    const QHash<AccountId, entities::Standing> known = GI_TRY(m_visibility.standings(viewer, ids, deadline));
    QList<entities::Account> accounts = GI_TRY(m_accounts.byIds(ids, deadline));
    accounts.removeIf([&known](const entities::Account &account) {
        const entities::Standing standing = known.value(account.id);
        return standing.blocked || standing.muting || !account.discoverable;
    });
    return accounts;
}

} // namespace graminsta::domain
