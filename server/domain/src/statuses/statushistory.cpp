// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/statuses/statushistory.h>

namespace graminsta::domain
{

using entities::StatusEdit;

StatusHistory::StatusHistory(const ShowStatus &showStatus, const ports::StatusReader &statuses)
    : m_showStatus(showStatus)
    , m_statuses(statuses)
{
}

Result<StatusVersions> StatusHistory::run(const entities::Viewer &viewer, StatusId id, const Deadline &deadline) const
{
    StatusVersions history;
    const StatusId original = GI_TRY(m_showStatus.visibleOriginal(viewer, id, deadline)).id;
    history.set = GI_TRY(m_showStatus.run(viewer, original, deadline));
    history.versions = GI_TRY(m_statuses.edits(original, kMaxVersions, deadline));
    if (!history.versions.isEmpty() || history.set.statuses.isEmpty())
        return history;
    const entities::Status &status = history.set.statuses.first();
    StatusEdit only { {}, original, status.text, status.spoilerText, status.sensitive, {}, status.createdAt };
    for (const entities::MediaAttachment &media : history.set.media.value(original))
        only.media.append({ media.id, media.description });
    history.versions.append(only);
    return history;
}

} // namespace graminsta::domain
