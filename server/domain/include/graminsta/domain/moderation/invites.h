// SPDX-License-Identifier: GPL-3.0-or-later
// Invitations to sign up. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/policy/moderation.h>
#include <graminsta/entities/moderation.h>
#include <graminsta/ports/moderation.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

struct InviteRequest {
    int maxUses = 1; // 0: any number
    std::chrono::seconds lifetime { 0 }; // 0: for ever
};

class Invites
{
public:
    Invites(const ports::ModerationReader &moderation, ports::UnitOfWork &unitOfWork, IdGenerator &ids,
            const Clock &clock);

    // All: Fault::Forbidden by the policy.

    // Fault::Unprocessable for a number below zero or beyond reason.
    [[nodiscard]] Result<entities::Invite> create(const Actor &actor, const InviteRequest &request,
                                                  const Deadline &deadline) const;
    // Everybody's, newest first.
    [[nodiscard]] Result<entities::Page<entities::Invite>> list(const Actor &actor, const entities::PageRequest &page,
                                                                const Deadline &deadline) const;
    // The one that was taken back; whoever came by it stays. Fault::NotFound if there is none.
    [[nodiscard]] Result<entities::Invite> revoke(const Actor &actor, InviteId id, const Deadline &deadline) const;

private:
    const ports::ModerationReader &m_moderation;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
