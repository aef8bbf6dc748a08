// SPDX-License-Identifier: GPL-3.0-or-later
// https://docs.joinmastodon.org/methods/search/
#pragma once

#include <graminsta/client/session.h>
#include <graminsta/model/entities.h>

namespace graminsta::client
{

enum class SearchFor { Everything, Accounts, Hashtags, Statuses };

class Searching
{
public:
    explicit Searching(SessionPtr session)
        : m_session(std::move(session))
    {
    }

    [[nodiscard]] QCoro::Task<Result<model::Search>> find(QString query, SearchFor what = SearchFor::Everything,
                                                          int limit = 20, CancelToken cancel = {}) const;

private:
    SessionPtr m_session;
};

} // namespace graminsta::client
