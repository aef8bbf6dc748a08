// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/client/searching.h>

#include "call.h"

namespace graminsta::client
{

namespace
{

QString typeWord(SearchFor what)
{
    switch (what) {
    case SearchFor::Everything:
        return {};
    case SearchFor::Accounts:
        return QStringLiteral("accounts");
    case SearchFor::Hashtags:
        return QStringLiteral("hashtags");
    case SearchFor::Statuses:
        return QStringLiteral("statuses");
    }
    return {};
}

} // namespace

QCoro::Task<Result<model::Search>> Searching::find(QString query, SearchFor what, int limit, CancelToken cancel) const
{
    Parameters parameters { { QStringLiteral("q"), query }, { QStringLiteral("limit"), QString::number(limit) } };
    if (what != SearchFor::Everything)
        parameters.append({ QStringLiteral("type"), typeWord(what) });
    return performFor<model::Search>(m_session, get("/api/v2/search", std::move(cancel), std::move(parameters)),
                                     json::decodeSearch);
}

} // namespace graminsta::client
