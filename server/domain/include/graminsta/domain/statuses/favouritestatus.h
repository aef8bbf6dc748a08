// SPDX-License-Identifier: GPL-3.0-or-later
// Likes: giving and taking back, and who has given one. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/statuses/showstatus.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

class FavouriteStatus
{
public:
    FavouriteStatus(const ShowStatus &showStatus, const ports::StatusReader &statuses,
                    const ports::AccountReader &accounts, const VisibilityPolicy &visibility,
                    ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock);

    // All: Fault::NotFound if there is none that the viewer may see. Both may be repeated.
    [[nodiscard]] Result<StatusSet> favourite(const entities::Viewer &viewer, StatusId id,
                                              const Deadline &deadline) const;
    [[nodiscard]] Result<StatusSet> unfavourite(const entities::Viewer &viewer, StatusId id,
                                                const Deadline &deadline) const;
    [[nodiscard]] Result<entities::Page<entities::Account>> favouritedBy(const entities::Viewer &viewer, StatusId id,
                                                                         const entities::PageRequest &page,
                                                                         const Deadline &deadline) const;

private:
    const ShowStatus &m_showStatus;
    const ports::StatusReader &m_statuses;
    const ports::AccountReader &m_accounts;
    const VisibilityPolicy &m_visibility;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
