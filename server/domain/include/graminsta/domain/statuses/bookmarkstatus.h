// SPDX-License-Identifier: GPL-3.0-or-later
// Bookmarks: setting and taking away. Nobody else learns of them. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/statuses/showstatus.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

class BookmarkStatus
{
public:
    BookmarkStatus(const ShowStatus &showStatus, ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock);

    // Both: Fault::NotFound if there is none that the viewer may see. Both may be repeated.
    [[nodiscard]] Result<StatusSet> bookmark(const entities::Viewer &viewer, StatusId id,
                                             const Deadline &deadline) const;
    [[nodiscard]] Result<StatusSet> unbookmark(const entities::Viewer &viewer, StatusId id,
                                               const Deadline &deadline) const;

private:
    const ShowStatus &m_showStatus;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
