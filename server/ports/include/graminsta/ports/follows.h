// SPDX-License-Identifier: GPL-3.0-or-later
// Who follows whom. Readers are thread-safe; writers live inside one UnitOfWork::write().
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/account.h>
#include <graminsta/entities/page.h>

namespace graminsta::ports
{

enum class FollowState { Accepted = 0, Requested = 1 };

// One row of a list of followers or followed: the cursor is the follow's id, not the account's.
struct FollowEdge {
    FollowId id;
    AccountId accountId; // the other end
};

class FollowReader
{
public:
    virtual ~FollowReader() = default;

    [[nodiscard]] virtual Result<entities::Page<FollowEdge>> followers(AccountId of, const entities::PageRequest &page,
                                                                       const Deadline &deadline) const = 0;
    [[nodiscard]] virtual Result<entities::Page<FollowEdge>> following(AccountId of, const entities::PageRequest &page,
                                                                       const Deadline &deadline) const = 0;
    // Who asks to follow and waits for an answer.
    [[nodiscard]] virtual Result<entities::Page<FollowEdge>> requests(AccountId of, const entities::PageRequest &page,
                                                                      const Deadline &deadline) const = 0;
    // How many of those there are; more than `most` count as `most`.
    [[nodiscard]] virtual Result<int> countRequests(AccountId of, int most, const Deadline &deadline) const = 0;
};

// What is to be stored of one follow.
struct FollowRow {
    FollowId id;
    AccountId follower;
    AccountId followed;
    FollowState state = FollowState::Accepted;
    bool showReblogs = true;
    bool notify = false;
    Timestamp createdAt;
};

class FollowWriter : public FollowReader
{
public:
    // True if the follow is new; false if it was there (its showReblogs and notify are updated, its state is not).
    [[nodiscard]] virtual Result<bool> insert(const FollowRow &follow) = 0;
    // A request becomes a follow, with the new id: lists of followers are in the order of acceptance. False if there is
    // no request.
    [[nodiscard]] virtual Result<bool> accept(AccountId follower, AccountId followed, FollowId id) = 0;
    // The state of the follow that was removed; nothing if there was none.
    [[nodiscard]] virtual Result<std::optional<FollowState>> remove(AccountId follower, AccountId followed) = 0;
};

} // namespace graminsta::ports
