// SPDX-License-Identifier: GPL-3.0-or-later
// Deletes one's own status with everybody's reblogs of it; its photos become loose, for a new draft. Thread-safe.
#pragma once

#include <graminsta/domain/statuses/gatherstatuses.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

class DeleteStatus
{
public:
    DeleteStatus(const ports::StatusReader &statuses, const GatherStatuses &gather, const MediaGrants &grants,
                 ports::UnitOfWork &unitOfWork);

    // What it was, for a new draft. Fault::NotFound if there is none or it is another account's.
    [[nodiscard]] Result<StatusSet> run(const entities::Viewer &viewer, StatusId id, const Deadline &deadline) const;

private:
    const ports::StatusReader &m_statuses;
    const GatherStatuses &m_gather;
    const MediaGrants &m_grants;
    ports::UnitOfWork &m_unitOfWork;
};

// Removes it with everybody's reblogs of it and puts the counters right, whosever it is. Inside a transaction.
// Fault::NotFound if it is gone by now.
[[nodiscard]] Result<> removeStatus(ports::WriteSet &writers, const entities::Status &status);

} // namespace graminsta::domain
