// SPDX-License-Identifier: GPL-3.0-or-later
// Pinning one's own statuses to one's profile. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/statuses/showstatus.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

inline constexpr int kMaxPinnedStatuses = 5; // announced by json/src/encodeinstance.cpp

class PinStatus
{
public:
    PinStatus(const ShowStatus &showStatus, ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock);

    // Both may be repeated. Fault::NotFound if there is none that the viewer may see; Fault::Unprocessable if it is not
    // the viewer's, is neither public nor unlisted, or one too many.
    [[nodiscard]] Result<StatusSet> pin(const entities::Viewer &viewer, StatusId id, const Deadline &deadline) const;
    [[nodiscard]] Result<StatusSet> unpin(const entities::Viewer &viewer, StatusId id, const Deadline &deadline) const;

private:
    [[nodiscard]] Result<entities::Status> ownStatus(const entities::Viewer &viewer, StatusId id,
                                                     const Deadline &deadline) const;

    const ShowStatus &m_showStatus;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
