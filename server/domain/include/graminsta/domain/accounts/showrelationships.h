// SPDX-License-Identifier: GPL-3.0-or-later
// How the viewer and others stand to each other, as both may know it. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/relations.h>

namespace graminsta::domain
{

class ShowRelationships
{
public:
    ShowRelationships(const ports::RelationReader &relations, const Clock &clock);

    // One for each id that is an account, in the order asked for.
    [[nodiscard]] Result<QList<entities::Relationship>>
    list(const entities::Viewer &viewer, const QList<AccountId> &ids, const Deadline &deadline) const;
    // Fault::NotFound if there is no such account.
    [[nodiscard]] Result<entities::Relationship> one(const entities::Viewer &viewer, AccountId id,
                                                     const Deadline &deadline) const;

private:
    const ports::RelationReader &m_relations;
    const Clock &m_clock;
};

} // namespace graminsta::domain
