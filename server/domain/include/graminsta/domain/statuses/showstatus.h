// SPDX-License-Identifier: GPL-3.0-or-later
// Reading one status and the thread around it. Thread-safe.
#pragma once

#include <graminsta/domain/policy/visibility.h>
#include <graminsta/domain/statuses/gatherstatuses.h>

namespace graminsta::domain
{

struct Thread {
    StatusSet ancestors;
    StatusSet descendants;
};

class ShowStatus
{
public:
    ShowStatus(const ports::StatusReader &statuses, const VisibilityPolicy &visibility, const GatherStatuses &gather);

    // All: Fault::NotFound if there is none, or none that the viewer may see.
    [[nodiscard]] Result<entities::Status> visibleStatus(const entities::Viewer &viewer, StatusId id,
                                                         const Deadline &deadline) const;
    // The same; of a reblog what it reblogs: what people do to a reblog, they do to that.
    [[nodiscard]] Result<entities::Status> visibleOriginal(const entities::Viewer &viewer, StatusId id,
                                                           const Deadline &deadline) const;
    [[nodiscard]] Result<StatusSet> run(const entities::Viewer &viewer, StatusId id, const Deadline &deadline) const;
    [[nodiscard]] Result<Thread> thread(const entities::Viewer &viewer, StatusId id, const Deadline &deadline) const;

private:
    const ports::StatusReader &m_statuses;
    const VisibilityPolicy &m_visibility;
    const GatherStatuses &m_gather;
};

} // namespace graminsta::domain
