// SPDX-License-Identifier: GPL-3.0-or-later
// Muting the thread of a status: no more notifications of what happens in it. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/domain/statuses/showstatus.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

class MuteThread
{
public:
    MuteThread(const ShowStatus &showStatus, ports::UnitOfWork &unitOfWork, const Clock &clock);

    // Both: Fault::NotFound if there is none that the viewer may see. Both may be repeated.
    [[nodiscard]] Result<StatusSet> mute(const entities::Viewer &viewer, StatusId id, const Deadline &deadline) const;
    [[nodiscard]] Result<StatusSet> unmute(const entities::Viewer &viewer, StatusId id, const Deadline &deadline) const;

private:
    const ShowStatus &m_showStatus;
    ports::UnitOfWork &m_unitOfWork;
    const Clock &m_clock;
};

} // namespace graminsta::domain
