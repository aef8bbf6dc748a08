// SPDX-License-Identifier: GPL-3.0-or-later
// https://docs.joinmastodon.org/methods/timelines/
#pragma once

#include <graminsta/client/page.h>
#include <graminsta/client/session.h>
#include <graminsta/model/entities.h>

namespace graminsta::client
{

class Timelines
{
public:
    explicit Timelines(SessionPtr session)
        : m_session(std::move(session))
    {
    }

    [[nodiscard]] QCoro::Task<Result<Page<model::Status>>> home(PageRequest page = {}, CancelToken cancel = {}) const;
    [[nodiscard]] QCoro::Task<Result<Page<model::Status>>> publicPosts(PageRequest page = {},
                                                                       CancelToken cancel = {}) const;
    // `hashtag` without '#'.
    [[nodiscard]] QCoro::Task<Result<Page<model::Status>>> tag(QString hashtag, PageRequest page = {},
                                                               CancelToken cancel = {}) const;

private:
    SessionPtr m_session;
};

} // namespace graminsta::client
