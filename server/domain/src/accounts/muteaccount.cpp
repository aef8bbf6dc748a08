// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/accounts/muteaccount.h>

#include <graminsta/domain/accounts/edgeaccounts.h>

namespace graminsta::domain
{

using entities::Page;
using entities::Relationship;
using entities::Viewer;

namespace
{

constexpr std::chrono::seconds kLongest = std::chrono::years { 100 };

} // namespace

MuteAccount::MuteAccount(const ports::AccountReader &accounts, const ports::RelationReader &relations,
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

Result<Relationship> MuteAccount::mute(const Viewer &viewer, AccountId target, const MuteOptions &options,
                                       const Deadline &deadline) const
{
    if (viewer.account == target)
        return makeError(Fault::Forbidden, QStringLiteral("You cannot mute yourself."));
    if (options.duration < std::chrono::seconds::zero() || options.duration > kLongest)
        return makeError(Fault::Unprocessable,
                         QStringLiteral("Validation failed: Duration must be a number of seconds, at most %1")
                             .arg(kLongest.count()));
    GI_TRY(m_relationships.one(viewer, target, deadline));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        ports::MuteRow row;
        row.id = m_ids.next<RelationId>();
        row.account = viewer.account;
        row.target = target;
        row.hideNotifications = options.hideNotifications;
        row.createdAt = m_clock.now();
        if (options.duration > std::chrono::seconds::zero())
            row.endsAt = row.createdAt + options.duration;
        return writers.relations.mute(row);
    }));
    return m_relationships.one(viewer, target, deadline);
}

Result<Relationship> MuteAccount::unmute(const Viewer &viewer, AccountId target, const Deadline &deadline) const
{
    GI_TRY(m_relationships.one(viewer, target, deadline));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        return writers.relations.unmute(viewer.account, target);
    }));
    return m_relationships.one(viewer, target, deadline);
}

Result<Page<MutedAccount>> MuteAccount::list(const Viewer &viewer, const entities::PageRequest &page,
                                             const Deadline &deadline) const
{
    const Page<ports::RelationEdge> edges = GI_TRY(m_relations.mutes(viewer.account, m_clock.now(), page, deadline));
    QHash<AccountId, std::optional<Timestamp>> ends;
    for (const ports::RelationEdge &edge : edges.rows)
        ends.insert(edge.accountId, edge.endsAt);
    Page<MutedAccount> muted { {}, edges.bounds };
    for (const entities::Account &account : GI_TRY(m_accounts.byIds(accountIds(edges), deadline)))
        muted.rows.append({ account, ends.value(account.id) });
    return muted;
}

} // namespace graminsta::domain
