// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/moderation/invites.h>

#include <graminsta/core/secrets.h>
#include <graminsta/domain/moderation/audit.h>

namespace graminsta::domain
{

using entities::Invite;

namespace
{

constexpr int kCodeBytes = 12;
constexpr int kMostUses = 100'000;
constexpr std::chrono::hours kLongest { 24 * 366 };

AuditedAct actOn(const Invite &invite, const QString &action)
{
    // Not the code: whoever reads the log could use it.
    return { action, QStringLiteral("invite"), invite.id.number(), invite.id.toString(), {} };
}

} // namespace

Invites::Invites(const ports::ModerationReader &moderation, ports::UnitOfWork &unitOfWork, IdGenerator &ids,
                 const Clock &clock)
    : m_moderation(moderation)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<Invite> Invites::create(const Actor &actor, const InviteRequest &request, const Deadline &deadline) const
{
    GI_TRY(require(actor, Permission::Invite));
    if (request.maxUses < 0 || request.maxUses > kMostUses)
        return makeError(Fault::Unprocessable,
                         QStringLiteral("Validation failed: max_uses is a number from 0 (any) to %1").arg(kMostUses));
    if (request.lifetime.count() < 0 || request.lifetime > kLongest)
        return makeError(
            Fault::Unprocessable,
            QStringLiteral("Validation failed: expires_in is a number of seconds, a year's at most; 0 is for ever"));
    Invite invite;
    invite.id = m_ids.next<InviteId>();
    invite.code = QString::fromLatin1(randomToken(kCodeBytes));
    invite.accountId = actor.account;
    invite.maxUses = request.maxUses;
    invite.createdAt = m_clock.now();
    if (request.lifetime.count() > 0)
        invite.expiresAt = invite.createdAt + request.lifetime;
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.moderation.addInvite(invite));
        return audit(writers, m_ids, m_clock, actor, actOn(invite, QStringLiteral("invite")), deadline);
    }));
    return invite;
}

Result<entities::Page<Invite>> Invites::list(const Actor &actor, const entities::PageRequest &page,
                                             const Deadline &deadline) const
{
    GI_TRY(require(actor, Permission::Invite));
    return m_moderation.invites(page, deadline);
}

Result<Invite> Invites::revoke(const Actor &actor, InviteId id, const Deadline &deadline) const
{
    GI_TRY(require(actor, Permission::Invite));
    Invite invite;
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        const Result<Invite> removed = writers.moderation.removeInvite(id);
        if (!removed)
            return removed.error().fault == Fault::NotFound
                ? makeError(Fault::NotFound, QStringLiteral("Record not found"))
                : removed.error();
        invite = *removed;
        return audit(writers, m_ids, m_clock, actor, actOn(invite, QStringLiteral("revoke_invite")), deadline);
    }));
    return invite;
}

} // namespace graminsta::domain
