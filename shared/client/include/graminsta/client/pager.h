// SPDX-License-Identifier: GPL-3.0-or-later
// Walks a paged list from its first page on. Trusts ids more than links: what came once does not come again, and a page
// of nothing new is the end (some servers lead in circles).
#pragma once

#include <graminsta/client/page.h>
#include <graminsta/core/result.h>

#include <QCoroTask>
#include <QSet>

#include <functional>
#include <memory>

namespace graminsta::client
{

// A copy walks on together with the original. For one thread; one next() at a time.
template<typename T> class Pager
{
public:
    using Fetch = std::function<QCoro::Task<Result<Page<T>>>(PageRequest)>;

    explicit Pager(Fetch fetch, int limit = 20)
        : m_state(std::make_shared<State>())
    {
        m_state->fetch = std::move(fetch);
        m_state->at = PageRequest::first(limit);
    }

    [[nodiscard]] bool atEnd() const { return m_state->atEnd; }

    // The items of the next page that have not come before; none at the end. After a failure the same page is next.
    [[nodiscard]] QCoro::Task<Result<QList<T>>> next() { return advance(m_state); }

private:
    struct State {
        Fetch fetch;
        PageRequest at;
        QSet<QString> seen;
        bool atEnd = false;
    };

    static QCoro::Task<Result<QList<T>>> advance(std::shared_ptr<State> state)
    {
        if (state->atEnd)
            co_return QList<T> {};
        Result<Page<T>> fetched = co_await state->fetch(state->at);
        if (!fetched)
            co_return std::move(fetched).error();
        const Page<T> page = std::move(fetched).value();
        QList<T> fresh;
        for (const T &item : page.items) {
            if (state->seen.contains(item.id))
                continue;
            state->seen.insert(item.id);
            fresh.append(item);
        }
        const bool circles = fresh.isEmpty() && !page.items.isEmpty();
        state->atEnd = !page.preparing && (page.next.isEmpty() || circles);
        if (!page.next.isEmpty())
            state->at = PageRequest::at(page.next);
        co_return fresh;
    }

    std::shared_ptr<State> m_state;
};

} // namespace graminsta::client
