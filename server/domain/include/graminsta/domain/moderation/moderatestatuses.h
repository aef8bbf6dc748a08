// SPDX-License-Identifier: GPL-3.0-or-later
// Deleting what others have posted, with a strike for the author. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/policy/moderation.h>
#include <graminsta/ports/statuses.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

class ModerateStatuses
{
public:
    ModerateStatuses(const ports::StatusReader &statuses, ports::UnitOfWork &unitOfWork, IdGenerator &ids,
                     const Clock &clock);

    // `text` is for the author. Fault::Forbidden by the policy; Fault::NotFound if there is no such status.
    [[nodiscard]] Result<> remove(const Actor &actor, StatusId id, const QString &text, const Deadline &deadline) const;

private:
    const ports::StatusReader &m_statuses;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
