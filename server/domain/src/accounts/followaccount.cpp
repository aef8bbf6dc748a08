// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/accounts/followaccount.h>

#include "endfollow.h"

#include <graminsta/ports/notifications.h>

namespace graminsta::domain
{

using entities::NotificationType;
using entities::Relationship;
using entities::Viewer;
using ports::FollowState;

FollowAccount::FollowAccount(const ShowAccounts &accounts, const ShowRelationships &relationships,
                             ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock)
    : m_accounts(accounts)
    , m_relationships(relationships)
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
    if (account.isHidden())
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    const FollowState state = account.locked ? FollowState::Requested : FollowState::Accepted;
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        const Timestamp now = m_clock.now();
        GI_TRY(writers.relations.lock({ viewer.account }));
        if (GI_TRY(writers.relations.standings(viewer.account, { target }, now, deadline)).value(target).blocked)
            return makeError(Fault::Forbidden, QStringLiteral("This action is not allowed"));
        const bool isNew = GI_TRY(writers.follows.insert(
            { m_ids.next<FollowId>(), viewer.account, target, state, options.showReblogs, options.notify, now }));
        if (!isNew)
            return {};
        const bool accepted = state == FollowState::Accepted;
        if (accepted)
            GI_TRY(countFollow(writers, viewer.account, target, 1));
        return writers.notifications.insert({ m_ids.next<NotificationId>(), target,
                                              accepted ? NotificationType::Follow : NotificationType::FollowRequest,
                                              viewer.account, StatusId {}, now });
    }));
    return m_relationships.one(viewer, target, deadline);
}

Result<Relationship> FollowAccount::unfollow(const Viewer &viewer, AccountId target, const Deadline &deadline) const
{
    GI_TRY(m_relationships.one(viewer, target, deadline));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(endFollow(writers, viewer.account, target));
        return {};
    }));
    return m_relationships.one(viewer, target, deadline);
}

Result<Relationship> FollowAccount::removeFollower(const Viewer &viewer, AccountId target,
                                                   const Deadline &deadline) const
{
    GI_TRY(m_relationships.one(viewer, target, deadline));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(endFollow(writers, target, viewer.account));
        return {};
    }));
    return m_relationships.one(viewer, target, deadline);
}

} // namespace graminsta::domain
