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
    QList<entities::Account> accounts = GI_TRY(m_accounts.byIds(ids, deadline));
    accounts.removeIf([](const entities::Account &account) { return !account.discoverable; });
    return m_visibility.visibleAccounts(viewer, std::move(accounts), Hide::Unsought, deadline);
}

} // namespace graminsta::domain
