// SPDX-License-Identifier: GPL-3.0-or-later
// https://docs.joinmastodon.org/methods/notifications/
#pragma once

#include <graminsta/client/page.h>
#include <graminsta/client/session.h>
#include <graminsta/model/entities.h>

namespace graminsta::client
{

class Notifications
{
public:
    explicit Notifications(SessionPtr session)
        : m_session(std::move(session))
    {
    }

    [[nodiscard]] QCoro::Task<Result<Page<model::Notification>>> list(PageRequest page = {},
                                                                      CancelToken cancel = {}) const;

private:
    SessionPtr m_session;
};

} // namespace graminsta::client
