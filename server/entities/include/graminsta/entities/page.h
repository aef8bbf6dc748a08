// SPDX-License-Identifier: GPL-3.0-or-later
// Pages of a list, by cursor: newest first, each bound exclusive, as the Mastodon API pages.
// https://docs.joinmastodon.org/api/guidelines/#pagination
#pragma once

#include <QList>

namespace graminsta::entities
{

// Zero: no bound. With minId the page is the one just above it; with sinceId the newest one above it.
struct PageRequest {
    qint64 maxId = 0;
    qint64 sinceId = 0;
    qint64 minId = 0;
    int limit = 20;
};

// What a page has read: the bounds follow what was read, not what is shown, so that a page whose rows are all hidden
// from the viewer still leads to the next one. Both zero: nothing was read and the list ends here.
struct PageBounds {
    qint64 newest = 0;
    qint64 oldest = 0;
};

// Newest first, whichever way it was asked for.
template<typename Row> struct Page {
    QList<Row> rows;
    PageBounds bounds;
};

} // namespace graminsta::entities
