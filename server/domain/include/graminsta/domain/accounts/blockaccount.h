// SPDX-License-Identifier: GPL-3.0-or-later
// Blocking: neither side sees, follows or reaches the other. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/accounts/showrelationships.h>
#include <graminsta/ports/accounts.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

class BlockAccount
{
public:
    BlockAccount(const ports::AccountReader &accounts, const ports::RelationReader &relations,
                 const ShowRelationships &relationships, ports::UnitOfWork &unitOfWork, IdGenerator &ids,
                 const Clock &clock);

    // Ends follows and requests in both directions, and forgets what each was told of the other. May be repeated.
    // Fault::NotFound if there is no such account, Fault::Forbidden for oneself.
    [[nodiscard]] Result<entities::Relationship> block(const entities::Viewer &viewer, AccountId target,
                                                       const Deadline &deadline) const;
    // Brings nothing of that back. May be repeated. Fault::NotFound if there is no such account.
    [[nodiscard]] Result<entities::Relationship> unblock(const entities::Viewer &viewer, AccountId target,
                                                         const Deadline &deadline) const;
    [[nodiscard]] Result<entities::Page<entities::Account>>
    list(const entities::Viewer &viewer, const entities::PageRequest &page, const Deadline &deadline) const;

private:
    const ports::AccountReader &m_accounts;
    const ports::RelationReader &m_relations;
    const ShowRelationships &m_relationships;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
