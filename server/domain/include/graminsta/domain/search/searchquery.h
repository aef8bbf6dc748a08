// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody has typed to search posts: words, "phrases", -words, and Mastodon's operators. Pure functions.
// https://docs.joinmastodon.org/user/network/#search
#pragma once

#include <graminsta/ports/search.h>

#include <QString>
#include <QStringList>

namespace graminsta::domain
{

struct SearchQuery {
    ports::StatusSearch search; // but for whose posts, and for whom
    QStringList from; // names of accounts, as typed; all of them must have posted it
    QStringList notFrom;
    bool isImpossible = false; // asks for what no post has, such as a poll

    // Whether anything is asked for.
    [[nodiscard]] bool isEmpty() const;
};

// Any text is a query: what is no operator is words. Operators: from:, has: (media, image, link), is: (sensitive,
// reply), in: (library, public, all), language:, before:, after:, during: (a day in UTC, 2026-11-24); with '-' before
// it the opposite. What is longer than kLongestQuery is cut.
[[nodiscard]] SearchQuery parseSearchQuery(const QString &text);
inline constexpr int kLongestQuery = 500;

} // namespace graminsta::domain
