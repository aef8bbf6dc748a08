// SPDX-License-Identifier: GPL-3.0-or-later
// What an account does not want to see, by words or by name.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/ids.h>

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace graminsta
{

using FilterId = Id<struct FilterTag>;
using FilterKeywordId = Id<struct FilterKeywordTag>;
using FilterStatusId = Id<struct FilterStatusTag>;

} // namespace graminsta

namespace graminsta::entities
{

// Where statuses are shown. Stored as a sum.
enum class FilterContext { Home = 1, Notifications = 2, Public = 4, Thread = 8, Account = 16 };

enum class FilterAction { Warn = 0, Hide = 1, Blur = 2 };

struct FilterKeyword {
    FilterKeywordId id;
    QString keyword;
    bool wholeWord = true;
};

struct FilterStatus {
    FilterStatusId id;
    StatusId statusId;
};

struct Filter {
    FilterId id;
    AccountId accountId;
    QString title;
    int contexts = 0;
    FilterAction action = FilterAction::Warn;
    std::optional<Timestamp> expiresAt;
    QList<FilterKeyword> keywords;
    QList<FilterStatus> statuses;

    [[nodiscard]] bool covers(FilterContext context) const { return (contexts & static_cast<int>(context)) != 0; }
};

// That a filter means a status, and why.
struct FilterResult {
    Filter filter;
    QStringList keywordMatches;
    QList<StatusId> statusMatches;
};

} // namespace graminsta::entities
