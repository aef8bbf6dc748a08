// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/statuses/bookmarkstatus.h>

namespace graminsta::domain
{

using entities::Viewer;

BookmarkStatus::BookmarkStatus(const ShowStatus &showStatus, ports::UnitOfWork &unitOfWork, IdGenerator &ids,
                               const Clock &clock)
    : m_showStatus(showStatus)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<StatusSet> BookmarkStatus::bookmark(const Viewer &viewer, StatusId id, const Deadline &deadline) const
{
    const entities::Status status = GI_TRY(m_showStatus.visibleOriginal(viewer, id, deadline));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.statuses.addBookmark(m_ids.next<BookmarkId>(), viewer.account, status.id, m_clock.now()));
        return {};
    }));
    return m_showStatus.run(viewer, status.id, deadline);
}

Result<StatusSet> BookmarkStatus::unbookmark(const Viewer &viewer, StatusId id, const Deadline &deadline) const
{
    const entities::Status status = GI_TRY(m_showStatus.visibleOriginal(viewer, id, deadline));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) {
        return writers.statuses.removeBookmark(viewer.account, status.id);
    }));
    return m_showStatus.run(viewer, status.id, deadline);
}

} // namespace graminsta::domain
