// SPDX-License-Identifier: GPL-3.0-or-later
// Reblogs: showing a status to one's own followers, taking that back, and who has done so. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/statuses/showstatus.h>
#include <graminsta/ports/unitofwork.h>

#include <optional>

namespace graminsta::domain
{

class ReblogStatus
{
public:
    ReblogStatus(const ShowStatus &showStatus, const ports::StatusReader &statuses,
                 const ports::AccountReader &accounts, const VisibilityPolicy &visibility,
                 ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock);

    // All: Fault::NotFound if there is none that the viewer may see. Both acts may be repeated; a reblog stands for
    // what it reblogs. Gives the reblog; the one that there is if there is one. `visibility` not set: the account's
    // default. Of what is private the reblog is private. Fault::Unprocessable for another's private post and for a
    // direct message.
    [[nodiscard]] Result<StatusSet> reblog(const entities::Viewer &viewer, StatusId id,
                                           std::optional<entities::Visibility> visibility,
                                           const Deadline &deadline) const;
    // Gives what was reblogged.
    [[nodiscard]] Result<StatusSet> unreblog(const entities::Viewer &viewer, StatusId id,
                                             const Deadline &deadline) const;
    [[nodiscard]] Result<entities::Page<entities::Account>> rebloggedBy(const entities::Viewer &viewer, StatusId id,
                                                                        const entities::PageRequest &request,
                                                                        const Deadline &deadline) const;

private:
    [[nodiscard]] Result<entities::Visibility> allowedVisibility(const entities::Viewer &viewer,
                                                                 const entities::Status &original,
                                                                 std::optional<entities::Visibility> wanted,
                                                                 const Deadline &deadline) const;

    const ShowStatus &m_showStatus;
    const ports::StatusReader &m_statuses;
    const ports::AccountReader &m_accounts;
    const VisibilityPolicy &m_visibility;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
