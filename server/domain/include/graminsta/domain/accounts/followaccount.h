// SPDX-License-Identifier: GPL-3.0-or-later
// Following and unfollowing. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/accounts.h>
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
    FollowAccount(const ports::AccountReader &accounts, const ports::FollowReader &follows,
                  ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock);

    // Both may be repeated. A locked account is asked; the relationship says so. Fault::NotFound if there is no such
    // account, Fault::Forbidden for oneself.
    [[nodiscard]] Result<entities::Relationship> follow(const entities::Viewer &viewer, AccountId target,
                                                        const FollowOptions &options, const Deadline &deadline) const;
    [[nodiscard]] Result<entities::Relationship> unfollow(const entities::Viewer &viewer, AccountId target,
                                                          const Deadline &deadline) const;

private:
    [[nodiscard]] Result<entities::Relationship> relationship(const entities::Viewer &viewer, AccountId target,
                                                              const Deadline &deadline) const;

    const ports::AccountReader &m_accounts;
    const ports::FollowReader &m_follows;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
