// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/accounts/showrelationships.h>

namespace graminsta::domain
{

using entities::Relationship;
using entities::Viewer;

ShowRelationships::ShowRelationships(const ports::RelationReader &relations, const Clock &clock)
    : m_relations(relations)
    , m_clock(clock)
{
}

Result<QList<Relationship>> ShowRelationships::list(const Viewer &viewer, const QList<AccountId> &ids,
                                                    const Deadline &deadline) const
{
    return m_relations.relationships(viewer.account, ids, m_clock.now(), deadline);
}

Result<Relationship> ShowRelationships::one(const Viewer &viewer, AccountId id, const Deadline &deadline) const
{
    const QList<Relationship> found = GI_TRY(list(viewer, { id }, deadline));
    if (found.isEmpty())
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    return found.first();
}

} // namespace graminsta::domain
