// SPDX-License-Identifier: GPL-3.0-or-later
// One page of a list, and the way to the next. Pages are followed by their links only: no server's cursors are built.
#pragma once

#include <QList>
#include <QUrl>

namespace graminsta::client
{

template<typename T> struct Page {
    QList<T> items;
    QUrl next; // older; empty: this is the end
    QUrl prev; // newer
    bool preparing = false; // the server is still making this list (Pixelfed's 206): ask again in a while
};

// Which page: the first, of `limit` items, or the one that a page's link leads to.
struct PageRequest {
    QUrl link;
    int limit = 20;

    [[nodiscard]] static PageRequest first(int limit = 20) { return { {}, limit }; }
    [[nodiscard]] static PageRequest at(QUrl link) { return { std::move(link), 20 }; }
};

} // namespace graminsta::client
