// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/accounts/followaccount.h>

#include <graminsta/ports/notifications.h>

namespace graminsta::domain
{

using entities::NotificationType;
using entities::Relationship;
using entities::Viewer;

namespace
{

// Counters in the order of the accounts' ids, so that two who follow each other at once do not wait for each other.
Result<> changeFollowCounters(ports::AccountWriter &accounts, AccountId follower, AccountId followed, int change)
{
    const auto changeOne = [&](AccountId id) {
        ports::AccountCounterChange counters;
        counters.following = id == follower ? change : 0;
        counters.followers = id == followed ? change : 0;
        return accounts.changeCounters(id, counters);
    };
    GI_TRY(changeOne(std::min(follower, followed)));
    return changeOne(std::max(follower, followed));
}

} // namespace

FollowAccount::FollowAccount(const ports::AccountReader &accounts, const ports::FollowReader &follows,
                             ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock)
    : m_accounts(accounts)
    , m_follows(follows)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<Relationship> FollowAccount::follow(const Viewer &viewer, AccountId target, const FollowOptions &options,
                                           const Deadline &deadline) const
{
    if (viewer.account == target)
        return makeError(Fault::Forbidden, QStringLiteral("You cannot follow yourself."));
    const entities::Account account = GI_TRY(m_accounts.byId(target, deadline));
    const ports::FollowState state = account.locked ? ports::FollowState::Requested : ports::FollowState::Accepted;
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        const bool isNew = GI_TRY(writers.follows.insert({ m_ids.next<FollowId>(), viewer.account, target, state,
                                                           options.showReblogs, options.notify, m_clock.now() }));
        if (!isNew || state == ports::FollowState::Requested)
            return {};
        GI_TRY(changeFollowCounters(writers.accounts, viewer.account, target, 1));
        return writers.notifications.insert({ m_ids.next<NotificationId>(), target, NotificationType::Follow,
                                              viewer.account, StatusId {}, m_clock.now() });
    }));
    return relationship(viewer, target, deadline);
}

Result<Relationship> FollowAccount::unfollow(const Viewer &viewer, AccountId target, const Deadline &deadline) const
{
    GI_TRY(m_accounts.byId(target, deadline));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        const std::optional<ports::FollowState> removed = GI_TRY(writers.follows.remove(viewer.account, target));
        if (removed != ports::FollowState::Accepted)
            return {};
        GI_TRY(changeFollowCounters(writers.accounts, viewer.account, target, -1));
        return writers.notifications.remove(target, NotificationType::Follow, viewer.account, StatusId {});
    }));
    return relationship(viewer, target, deadline);
}

Result<Relationship> FollowAccount::relationship(const Viewer &viewer, AccountId target, const Deadline &deadline) const
{
    const QList<Relationship> found = GI_TRY(m_follows.relationships(viewer.account, { target }, deadline));
    if (found.isEmpty())
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    return found.first();
}

} // namespace graminsta::domain
