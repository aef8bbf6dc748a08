// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/client/timelines.h>

#include "call.h"

namespace graminsta::client
{

QCoro::Task<Result<Page<model::Status>>> Timelines::home(PageRequest page, CancelToken cancel) const
{
    return performForPage<model::Status>(m_session, getPage("/api/v1/timelines/home", page, std::move(cancel)),
                                         json::decodeStatuses);
}

QCoro::Task<Result<Page<model::Status>>> Timelines::publicPosts(PageRequest page, CancelToken cancel) const
{
    return performForPage<model::Status>(m_session, getPage("/api/v1/timelines/public", page, std::move(cancel)),
                                         json::decodeStatuses);
}

QCoro::Task<Result<Page<model::Status>>> Timelines::tag(QString hashtag, PageRequest page, CancelToken cancel) const
{
    return performForPage<model::Status>(
        m_session, getPage(pathOf("/api/v1/timelines/tag/", hashtag), page, std::move(cancel)), json::decodeStatuses);
}

} // namespace graminsta::client
