// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/accounts/blockaccount.h>

#include "endfollow.h"

#include <graminsta/domain/accounts/edgeaccounts.h>
#include <graminsta/ports/notifications.h>

namespace graminsta::domain
{

using entities::Page;
using entities::Relationship;
using entities::Viewer;

BlockAccount::BlockAccount(const ports::AccountReader &accounts, const ports::RelationReader &relations,
                           const ShowRelationships &relationships, ports::UnitOfWork &unitOfWork, IdGenerator &ids,
                           const Clock &clock)
    : m_accounts(accounts)
    , m_relations(relations)
    , m_relationships(relationships)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<Relationship> BlockAccount::block(const Viewer &viewer, AccountId target, const Deadline &deadline) const
{
    if (viewer.account == target)
        return makeError(Fault::Forbidden, QStringLiteral("You cannot block yourself."));
    GI_TRY(m_relationships.one(viewer, target, deadline));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        // A follow that begins at this moment, in either direction, waits for this block and then finds it.
        GI_TRY(writers.relations.lock({ viewer.account, target }));
        GI_TRY(writers.relations.block(m_ids.next<RelationId>(), viewer.account, target, m_clock.now()));
        GI_TRY(endFollow(writers, viewer.account, target));
        GI_TRY(endFollow(writers, target, viewer.account));
        return writers.notifications.removeBetween(viewer.account, target);
    }));
    return m_relationships.one(viewer, target, deadline);
}

Result<Relationship> BlockAccount::unblock(const Viewer &viewer, AccountId target, const Deadline &deadline) const
{
    GI_TRY(m_relationships.one(viewer, target, deadline));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        return writers.relations.unblock(viewer.account, target);
    }));
    return m_relationships.one(viewer, target, deadline);
}

Result<Page<entities::Account>> BlockAccount::list(const Viewer &viewer, const entities::PageRequest &page,
                                                   const Deadline &deadline) const
{
    return edgeAccounts(m_accounts, GI_TRY(m_relations.blocks(viewer.account, page, deadline)), deadline);
}

} // namespace graminsta::domain
