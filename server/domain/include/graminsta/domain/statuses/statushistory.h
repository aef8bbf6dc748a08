// SPDX-License-Identifier: GPL-3.0-or-later
// The versions of a status. Thread-safe.
#pragma once

#include <graminsta/domain/statuses/showstatus.h>

namespace graminsta::domain
{

// As many as are kept; then a status cannot be edited any more.
inline constexpr int kMaxVersions = 200;

struct StatusVersions {
    StatusSet set; // the status as it is
    QList<entities::StatusEdit> versions; // oldest first: the original; the last is the present one
};

class StatusHistory
{
public:
    StatusHistory(const ShowStatus &showStatus, const ports::StatusReader &statuses);

    // Of a status that was never edited the only version. Photos that it has no more are in none of them: its author
    // took them away. Fault::NotFound if there is none that the viewer may see.
    [[nodiscard]] Result<StatusVersions> run(const entities::Viewer &viewer, StatusId id,
                                             const Deadline &deadline) const;

private:
    const ShowStatus &m_showStatus;
    const ports::StatusReader &m_statuses;
};

} // namespace graminsta::domain
