// SPDX-License-Identifier: GPL-3.0-or-later
// The follows in the database. As a reader thread-safe on a pool; as a writer inside one transaction.
#pragma once

#include "executor.h"

#include <graminsta/ports/follows.h>

namespace graminsta::sql
{

class SqlFollows final : public ports::FollowWriter
{
public:
    explicit SqlFollows(Executor &executor)
        : m_executor(executor)
    {
    }

    Result<entities::Page<ports::FollowEdge>> followers(AccountId of, const entities::PageRequest &page,
                                                        const Deadline &deadline) const override;
    Result<entities::Page<ports::FollowEdge>> following(AccountId of, const entities::PageRequest &page,
                                                        const Deadline &deadline) const override;
    Result<entities::Page<ports::FollowEdge>> requests(AccountId of, const entities::PageRequest &page,
                                                       const Deadline &deadline) const override;
    Result<int> countRequests(AccountId of, int most, const Deadline &deadline) const override;

    Result<bool> insert(const ports::FollowRow &follow) override;
    Result<bool> accept(AccountId follower, AccountId followed, FollowId id) override;
    Result<std::optional<ports::FollowState>> remove(AccountId follower, AccountId followed) override;

private:
    Executor &m_executor;
};

} // namespace graminsta::sql
