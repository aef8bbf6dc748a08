// SPDX-License-Identifier: GPL-3.0-or-later
// Who asks to follow a locked account, and the answers. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/accounts/showrelationships.h>
#include <graminsta/ports/accounts.h>
#include <graminsta/ports/follows.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

class FollowRequests
{
public:
    FollowRequests(const ports::AccountReader &accounts, const ports::FollowReader &follows,
                   const ShowRelationships &relationships, ports::UnitOfWork &unitOfWork, IdGenerator &ids,
                   const Clock &clock);

    // Unlocking the account answers none of them.
    [[nodiscard]] Result<entities::Page<entities::Account>>
    list(const entities::Viewer &viewer, const entities::PageRequest &page, const Deadline &deadline) const;
    // Both: Fault::NotFound if that account has not asked, or is answered already.
    [[nodiscard]] Result<entities::Relationship> authorize(const entities::Viewer &viewer, AccountId asking,
                                                           const Deadline &deadline) const;
    [[nodiscard]] Result<entities::Relationship> reject(const entities::Viewer &viewer, AccountId asking,
                                                        const Deadline &deadline) const;

private:
    const ports::AccountReader &m_accounts;
    const ports::FollowReader &m_follows;
    const ShowRelationships &m_relationships;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
