// SPDX-License-Identifier: GPL-3.0-or-later
#include "views.h"

#include <utility>

namespace graminsta::handlers
{

using entities::FilterAction;
using entities::FilterContext;

namespace
{

constexpr std::pair<FilterContext, const char *> kContexts[] = {
    { FilterContext::Home, "home" },       { FilterContext::Notifications, "notifications" },
    { FilterContext::Public, "public" },   { FilterContext::Thread, "thread" },
    { FilterContext::Account, "account" },
};

constexpr std::pair<FilterAction, const char *> kActions[] = {
    { FilterAction::Warn, "warn" },
    { FilterAction::Hide, "hide" },
    { FilterAction::Blur, "blur" },
};

QStringList contextNames(const entities::Filter &filter)
{
    QStringList names;
    for (const auto &[context, name] : kContexts) {
        if (filter.covers(context))
            names.append(QLatin1String(name));
    }
    return names;
}

QString actionName(FilterAction wanted)
{
    for (const auto &[action, name] : kActions) {
        if (action == wanted)
            return QLatin1String(name);
    }
    return QStringLiteral("warn");
}

} // namespace

int filterContextFromName(const QString &name)
{
    for (const auto &[context, known] : kContexts) {
        if (name == QLatin1String(known))
            return static_cast<int>(context);
    }
    return 0;
}

std::optional<FilterAction> filterActionFromName(const QString &name)
{
    for (const auto &[action, known] : kActions) {
        if (name == QLatin1String(known))
            return action;
    }
    return std::nullopt;
}

model::FilterKeyword filterKeywordView(const entities::FilterKeyword &keyword)
{
    return { keyword.id.toString(), keyword.keyword, keyword.wholeWord };
}

model::FilterStatus filterStatusView(const entities::FilterStatus &status)
{
    return { status.id.toString(), status.statusId.toString() };
}

model::Filter filterView(const entities::Filter &filter)
{
    model::Filter view;
    view.id = filter.id.toString();
    view.title = filter.title;
    view.context = contextNames(filter);
    view.expiresAt = filter.expiresAt;
    view.filterAction = actionName(filter.action);
    for (const entities::FilterKeyword &keyword : filter.keywords)
        view.keywords.append(filterKeywordView(keyword));
    for (const entities::FilterStatus &status : filter.statuses)
        view.statuses.append(filterStatusView(status));
    return view;
}

model::FilterV1 filterV1View(const entities::Filter &filter, const entities::FilterKeyword &keyword)
{
    model::FilterV1 view;
    view.id = keyword.id.toString();
    view.phrase = keyword.keyword;
    view.context = contextNames(filter);
    view.expiresAt = filter.expiresAt;
    view.irreversible = filter.action == FilterAction::Hide;
    view.wholeWord = keyword.wholeWord;
    return view;
}

QList<model::FilterResult> filterResultViews(const QList<entities::FilterResult> &results)
{
    QList<model::FilterResult> views;
    views.reserve(results.size());
    for (const entities::FilterResult &result : results) {
        model::FilterResult view { filterView(result.filter), result.keywordMatches, {} };
        for (const StatusId id : result.statusMatches)
            view.statusMatches.append(id.toString());
        views.append(std::move(view));
    }
    return views;
}

} // namespace graminsta::handlers
