// SPDX-License-Identifier: GPL-3.0-or-later
// Reading accounts: by id, by name, by search, and one's own. Thread-safe.
#pragma once

#include <graminsta/domain/policy/visibility.h>
#include <graminsta/entities/account.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/accounts.h>
#include <graminsta/ports/follows.h>

#include <optional>

namespace graminsta::domain
{

struct OwnAccount {
    entities::Account account;
    entities::User user;
    int followRequests = 0; // that wait for an answer
};

// More than that many follow requests are not counted.
inline constexpr int kMostFollowRequests = 10'000;

struct AccountSearchRequest {
    QString query;
    bool onlyFollowed = false;
    int offset = 0;
    int limit = 40;
};

// The local username in "alice", "@alice" or "alice@host"; nothing if it is an account of another server.
[[nodiscard]] std::optional<QString> localName(const QString &acct, const QString &host);

class ShowAccounts
{
public:
    ShowAccounts(const ports::AccountReader &accounts, const ports::FollowReader &follows,
                 const VisibilityPolicy &visibility);

    // All: Fault::NotFound "Record not found" if there is none, or it is not let in yet, or is being deleted. A
    // suspended account has its name left.
    [[nodiscard]] Result<entities::Account> byId(AccountId id, const Deadline &deadline) const;
    // "alice", "@alice" or "alice@host" where host is this server's.
    [[nodiscard]] Result<entities::Account> byAcct(const QString &acct, const QString &host,
                                                   const Deadline &deadline) const;
    // The contact of the instance.
    [[nodiscard]] Result<entities::Account> owner(const Deadline &deadline) const;
    [[nodiscard]] Result<OwnAccount> own(const entities::Viewer &viewer, const Deadline &deadline) const;

    // The exact name first, whether or not a block or a mute keeps the two apart; then whom the viewer follows, and
    // others who are not kept apart from the viewer. A query for an account of another server finds none.
    [[nodiscard]] Result<QList<entities::Account>> search(const entities::Viewer &viewer,
                                                          const AccountSearchRequest &request, const QString &host,
                                                          const Deadline &deadline) const;

private:
    const ports::AccountReader &m_accounts;
    const ports::FollowReader &m_follows;
    const VisibilityPolicy &m_visibility;
};

} // namespace graminsta::domain
