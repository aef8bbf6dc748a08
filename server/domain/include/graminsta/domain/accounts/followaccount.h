// SPDX-License-Identifier: GPL-3.0-or-later
// Following and unfollowing, and sending away who follows. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/accounts/showaccounts.h>
#include <graminsta/domain/accounts/showrelationships.h>
#include <graminsta/ports/follows.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

struct FollowOptions {
    bool showReblogs = true;
    bool notify = false;
};

class FollowAccount
{
public:
    FollowAccount(const ShowAccounts &accounts, const ShowRelationships &relationships, ports::UnitOfWork &unitOfWork,
                  IdGenerator &ids, const Clock &clock);

    // All may be repeated, and are Fault::NotFound if there is no such account.

    // A locked account is asked; the relationship says so. Fault::Forbidden for oneself and where one blocks the other.
    [[nodiscard]] Result<entities::Relationship> follow(const entities::Viewer &viewer, AccountId target,
                                                        const FollowOptions &options, const Deadline &deadline) const;
    [[nodiscard]] Result<entities::Relationship> unfollow(const entities::Viewer &viewer, AccountId target,
                                                          const Deadline &deadline) const;
    // `target` follows the viewer no more.
    [[nodiscard]] Result<entities::Relationship> removeFollower(const entities::Viewer &viewer, AccountId target,
                                                                const Deadline &deadline) const;

private:
    const ShowAccounts &m_accounts;
    const ShowRelationships &m_relationships;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
