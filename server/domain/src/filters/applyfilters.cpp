// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/filters/applyfilters.h>

#include <graminsta/domain/filters/keywordmatcher.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace graminsta::domain
{

using entities::Filter;
using entities::FilterAction;
using entities::FilterContext;
using entities::FilterResult;
using entities::Status;
using entities::Viewer;

namespace
{

// A filter made ready for many statuses.
class Sieve
{
public:
    explicit Sieve(const Filter &filter)
        : m_filter(filter)
    {
        m_matchers.reserve(size_t(filter.keywords.size()));
        for (const entities::FilterKeyword &keyword : filter.keywords)
            m_matchers.emplace_back(keyword.keyword, keyword.wholeWord);
        for (const entities::FilterStatus &status : filter.statuses)
            m_statuses.insert(status.statusId);
        m_keywords = std::exchange(m_filter.keywords, {});
        m_filter.statuses.clear();
    }

    // `id` is what is shown, `original` the same or what it reblogs.
    [[nodiscard]] std::optional<FilterResult> match(StatusId id, StatusId original, const QStringList &texts) const
    {
        FilterResult result { m_filter, {}, {} };
        for (size_t i = 0; i < m_matchers.size(); ++i) {
            const auto isIn = [&](const QString &text) { return m_matchers[i].isIn(text); };
            if (std::any_of(texts.cbegin(), texts.cend(), isIn))
                result.keywordMatches.append(m_keywords.at(qsizetype(i)).keyword);
        }
        for (const StatusId named : { original, id }) {
            if (m_statuses.contains(named) && !result.statusMatches.contains(named))
                result.statusMatches.append(named);
        }
        if (result.keywordMatches.isEmpty() && result.statusMatches.isEmpty())
            return std::nullopt;
        return result;
    }

private:
    Filter m_filter; // without its parts, as results show it
    QList<entities::FilterKeyword> m_keywords;
    QSet<StatusId> m_statuses;
    std::vector<KeywordMatcher> m_matchers;
};

std::vector<Sieve> sievesOf(const QList<Filter> &filters, FilterContext context, Timestamp now)
{
    std::vector<Sieve> sieves;
    sieves.reserve(size_t(filters.size()));
    for (const Filter &filter : filters) {
        if (filter.covers(context) && (!filter.expiresAt || *filter.expiresAt > now))
            sieves.emplace_back(filter);
    }
    return sieves;
}

QStringList textsOf(const Status &status, const StatusSet &set)
{
    QStringList texts { KeywordMatcher::folded(status.text), KeywordMatcher::folded(status.spoilerText) };
    for (const entities::MediaAttachment &media : set.media.value(status.id))
        texts.append(KeywordMatcher::folded(media.description));
    return texts;
}

void markSet(const Viewer &viewer, const std::vector<Sieve> &sieves, StatusSet &set, QSet<StatusId> &hidden)
{
    const auto hides = [](const FilterResult &result) { return result.filter.action == FilterAction::Hide; };
    for (const Status &shown : std::as_const(set.statuses)) {
        const Status status = shown.isReblog() ? set.originals.value(shown.reblogOfId) : shown;
        if (status.accountId == viewer.account)
            continue;
        const QStringList texts = textsOf(status, set);
        QList<FilterResult> results;
        for (const Sieve &sieve : sieves) {
            if (std::optional<FilterResult> result = sieve.match(shown.id, status.id, texts))
                results.append(std::move(*result));
        }
        if (std::any_of(results.cbegin(), results.cend(), hides))
            hidden.insert(shown.id);
        if (!results.isEmpty())
            set.filtered.insert(status.id, results);
    }
}

} // namespace

ApplyFilters::ApplyFilters(const ports::FilterReader &filters, const Clock &clock)
    : m_filters(filters)
    , m_clock(clock)
{
}

Result<> ApplyFilters::run(const Viewer &viewer, FilterContext context, StatusSet &set, const Deadline &deadline) const
{
    const QSet<StatusId> hidden = GI_TRY(mark(viewer, context, { &set }, deadline));
    if (context == FilterContext::Home)
        set.statuses.removeIf([&hidden](const Status &status) { return hidden.contains(status.id); });
    return {};
}

Result<> ApplyFilters::run(const Viewer &viewer, Thread &thread, const Deadline &deadline) const
{
    GI_TRY(mark(viewer, FilterContext::Thread, { &thread.ancestors, &thread.descendants }, deadline));
    return {};
}

Result<> ApplyFilters::run(const Viewer &viewer, NotificationSet &set, const Deadline &deadline) const
{
    const QSet<StatusId> hidden = GI_TRY(mark(viewer, FilterContext::Notifications, { &set.statuses }, deadline));
    set.notifications.removeIf(
        [&hidden](const entities::Notification &notification) { return hidden.contains(notification.statusId); });
    return {};
}

Result<QSet<StatusId>> ApplyFilters::mark(const Viewer &viewer, FilterContext context, const QList<StatusSet *> &sets,
                                          const Deadline &deadline) const
{
    QSet<StatusId> hidden;
    const auto isEmpty = [](const StatusSet *set) { return set->statuses.isEmpty(); };
    if (!viewer.hasFilters || std::all_of(sets.cbegin(), sets.cend(), isEmpty))
        return hidden;
    const std::vector<Sieve> sieves =
        sievesOf(GI_TRY(m_filters.filters(viewer.account, deadline)), context, m_clock.now());
    for (StatusSet *set : sets) {
        if (!sieves.empty())
            markSet(viewer, sieves, *set, hidden);
    }
    return hidden;
}

} // namespace graminsta::domain
