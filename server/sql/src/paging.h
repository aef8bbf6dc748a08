// SPDX-License-Identifier: GPL-3.0-or-later
// Pages by cursor in SQL: one text with the words for the direction, both ways prepared once. Values; thread-safe.
#pragma once

#include "executor.h"

#include <graminsta/entities/page.h>

#include <algorithm>
#include <limits>

namespace graminsta::sql
{

// What a PageRequest asks: ids between the bounds, both exclusive; with minId from the low end.
struct PageWindow {
    qint64 low = 0;
    qint64 high = std::numeric_limits<qint64>::max();
    int limit = 0;
    bool upwards = false;

    explicit PageWindow(const entities::PageRequest &page)
        : low(std::max({ page.sinceId, page.minId, qint64 { 0 } }))
        , high(page.maxId > 0 ? page.maxId : std::numeric_limits<qint64>::max())
        , limit(std::max(page.limit, 0))
        , upwards(page.minId > 0)
    {
    }
};

// A text where {order} stands for DESC or ASC and {newest} for max or min.
class PagedSql
{
public:
    explicit PagedSql(const QByteArray &text)
        : m_down(QByteArray(text).replace("{order}", "DESC").replace("{newest}", "max"))
        , m_up(QByteArray(text).replace("{order}", "ASC").replace("{newest}", "min"))
    {
    }
    [[nodiscard]] const QByteArray &of(const PageWindow &window) const { return window.upwards ? m_up : m_down; }

private:
    QByteArray m_down;
    QByteArray m_up;
};

// The page whose rows `map` makes; `cursor` gives the id of a row that pages are counted by.
template<typename T, typename Map, typename Cursor>
[[nodiscard]] Result<entities::Page<T>> readPage(Executor &executor, const PagedSql &sql, const PageWindow &window,
                                                 const Bindings &bindings, const Deadline &deadline, const Map &map,
                                                 const Cursor &cursor)
{
    entities::Page<T> page;
    page.rows = GI_TRY(executor.list<T>(sql.of(window), bindings, deadline, map));
    if (window.upwards)
        std::reverse(page.rows.begin(), page.rows.end());
    if (!page.rows.isEmpty())
        page.bounds = { cursor(page.rows.first()), cursor(page.rows.last()) };
    return page;
}

} // namespace graminsta::sql
