// SPDX-License-Identifier: GPL-3.0-or-later
// The people at the other ends of a page of edges: follows, requests, blocks, likes. Thread-safe.
#pragma once

#include <graminsta/entities/account.h>
#include <graminsta/entities/page.h>
#include <graminsta/ports/accounts.h>

namespace graminsta::domain
{

template<typename Edge> [[nodiscard]] QList<AccountId> accountIds(const entities::Page<Edge> &edges)
{
    QList<AccountId> ids;
    ids.reserve(edges.rows.size());
    for (const Edge &edge : edges.rows)
        ids.append(edge.accountId);
    return ids;
}

// Without accounts that are hidden.
template<typename Edge>
[[nodiscard]] Result<entities::Page<entities::Account>>
edgeAccounts(const ports::AccountReader &accounts, const entities::Page<Edge> &edges, const Deadline &deadline)
{
    QList<entities::Account> found = GI_TRY(accounts.byIds(accountIds(edges), deadline));
    found.removeIf([](const entities::Account &account) { return account.isHidden(); });
    return entities::Page<entities::Account> { std::move(found), edges.bounds };
}

} // namespace graminsta::domain
