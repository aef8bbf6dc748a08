// SPDX-License-Identifier: GPL-3.0-or-later
// Whom the viewer may want to follow. Thread-safe.
#pragma once

#include <graminsta/domain/policy/visibility.h>
#include <graminsta/ports/accounts.h>
#include <graminsta/ports/relations.h>

namespace graminsta::domain
{

class SuggestAccounts
{
public:
    SuggestAccounts(const ports::AccountReader &accounts, const ports::RelationReader &relations,
                    const VisibilityPolicy &visibility);

    // Whom most of those follow whom the viewer follows, the most first; without who is blocked or muted, or does not
    // want to be found.
    [[nodiscard]] Result<QList<entities::Account>> run(const entities::Viewer &viewer, int limit,
                                                       const Deadline &deadline) const;

private:
    const ports::AccountReader &m_accounts;
    const ports::RelationReader &m_relations;
    const VisibilityPolicy &m_visibility;
};

} // namespace graminsta::domain
