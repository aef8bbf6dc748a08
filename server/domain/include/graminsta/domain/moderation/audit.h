// SPDX-License-Identifier: GPL-3.0-or-later
// The audit log: written in the transaction of what it tells of, read by who may. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/policy/moderation.h>
#include <graminsta/entities/moderation.h>
#include <graminsta/ports/moderation.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

// What somebody did; the actor's name is looked up.
struct AuditedAct {
    QString action;
    QString targetKind;
    qint64 targetId = 0;
    QString target;
    QString reason;
};

[[nodiscard]] Result<> audit(ports::WriteSet &writers, IdGenerator &ids, const Clock &clock, const Actor &actor,
                             const AuditedAct &act, const Deadline &deadline);

class AuditLog
{
public:
    explicit AuditLog(const ports::ModerationReader &moderation);

    // Newest first. Fault::Forbidden by the policy.
    [[nodiscard]] Result<entities::Page<entities::AuditEntry>>
    list(const Actor &actor, const entities::PageRequest &page, const Deadline &deadline) const;

private:
    const ports::ModerationReader &m_moderation;
};

} // namespace graminsta::domain
