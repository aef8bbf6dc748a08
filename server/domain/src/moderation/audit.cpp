// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/moderation/audit.h>

#include <graminsta/ports/accounts.h>

namespace graminsta::domain
{

Result<> audit(ports::WriteSet &writers, IdGenerator &ids, const Clock &clock, const Actor &actor,
               const AuditedAct &act, const Deadline &deadline)
{
    QString name = QStringLiteral("command line");
    if (!actor.account.isNull())
        name = GI_TRY(writers.accounts.byId(actor.account, deadline)).username;
    return writers.moderation.log({ ids.next<AuditId>(), actor.account, name, act.action, act.targetKind, act.targetId,
                                    act.target, act.reason, clock.now() });
}

AuditLog::AuditLog(const ports::ModerationReader &moderation)
    : m_moderation(moderation)
{
}

Result<entities::Page<entities::AuditEntry>> AuditLog::list(const Actor &actor, const entities::PageRequest &page,
                                                            const Deadline &deadline) const
{
    GI_TRY(require(actor, Permission::SeeAuditLog));
    return m_moderation.auditLog(page, deadline);
}

} // namespace graminsta::domain
