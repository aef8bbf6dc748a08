// SPDX-License-Identifier: GPL-3.0-or-later
// Muting: the viewer's feeds leave an account out, and nobody is told. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/accounts/showrelationships.h>
#include <graminsta/ports/accounts.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

struct MuteOptions {
    bool hideNotifications = true;
    std::chrono::seconds duration { 0 }; // zero: until it is taken back
};

struct MutedAccount {
    entities::Account account;
    std::optional<Timestamp> endsAt;
};

class MuteAccount
{
public:
    MuteAccount(const ports::AccountReader &accounts, const ports::RelationReader &relations,
                const ShowRelationships &relationships, ports::UnitOfWork &unitOfWork, IdGenerator &ids,
                const Clock &clock);

    // Replaces an earlier mute. Fault::NotFound if there is no such account, Fault::Forbidden for oneself,
    // Fault::Unprocessable for a duration below zero or above a hundred years.
    [[nodiscard]] Result<entities::Relationship> mute(const entities::Viewer &viewer, AccountId target,
                                                      const MuteOptions &options, const Deadline &deadline) const;
    // May be repeated. Fault::NotFound if there is no such account.
    [[nodiscard]] Result<entities::Relationship> unmute(const entities::Viewer &viewer, AccountId target,
                                                        const Deadline &deadline) const;
    // Without those that have ended.
    [[nodiscard]] Result<entities::Page<MutedAccount>>
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
