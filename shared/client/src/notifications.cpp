// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/client/notifications.h>

#include "call.h"

namespace graminsta::client
{

QCoro::Task<Result<Page<model::Notification>>> Notifications::list(PageRequest page, CancelToken cancel) const
{
    return performForPage<model::Notification>(m_session, getPage("/api/v1/notifications", page, std::move(cancel)),
                                               json::decodeNotifications);
}

} // namespace graminsta::client
