// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/accounts/followrequests.h>

#include "endfollow.h"

#include <graminsta/domain/accounts/edgeaccounts.h>
#include <graminsta/ports/notifications.h>

namespace graminsta::domain
{

using entities::NotificationType;
using entities::Page;
using entities::Relationship;
using entities::Viewer;

namespace
{

Error noRequest()
{
    return makeError(Fault::NotFound, QStringLiteral("Record not found"));
}

} // namespace

FollowRequests::FollowRequests(const ports::AccountReader &accounts, const ports::FollowReader &follows,
                               const ShowRelationships &relationships, ports::UnitOfWork &unitOfWork, IdGenerator &ids,
                               const Clock &clock)
    : m_accounts(accounts)
    , m_follows(follows)
    , m_relationships(relationships)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<Page<entities::Account>> FollowRequests::list(const Viewer &viewer, const entities::PageRequest &page,
                                                     const Deadline &deadline) const
{
    return edgeAccounts(m_accounts, GI_TRY(m_follows.requests(viewer.account, page, deadline)), deadline);
}

Result<Relationship> FollowRequests::authorize(const Viewer &viewer, AccountId asking, const Deadline &deadline) const
{
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        if (!GI_TRY(writers.follows.accept(asking, viewer.account, m_ids.next<FollowId>())))
            return noRequest();
        GI_TRY(countFollow(writers, asking, viewer.account, 1));
        GI_TRY(writers.notifications.remove(viewer.account, NotificationType::FollowRequest, asking, StatusId {}));
        return writers.notifications.insert({ m_ids.next<NotificationId>(), viewer.account, NotificationType::Follow,
                                              asking, StatusId {}, m_clock.now() });
    }));
    return m_relationships.one(viewer, asking, deadline);
}

Result<Relationship> FollowRequests::reject(const Viewer &viewer, AccountId asking, const Deadline &deadline) const
{
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        if (GI_TRY(endFollow(writers, asking, viewer.account)) != ports::FollowState::Requested)
            return noRequest();
        return {};
    }));
    return m_relationships.one(viewer, asking, deadline);
}

} // namespace graminsta::domain
