// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/filters/editfilters.h>

#include <graminsta/domain/text/statustext.h>

#include <algorithm>

namespace graminsta::domain
{

using entities::Filter;
using entities::FilterKeyword;
using entities::FilterStatus;
using entities::Viewer;

namespace
{

Error notFound()
{
    return makeError(Fault::NotFound, QStringLiteral("Record not found"));
}

Error invalid(const QString &message)
{
    return makeError(Fault::Unprocessable, QStringLiteral("Validation failed: ") + message);
}

template<typename T, typename AnyId> Result<T *> find(QList<T> &list, AnyId id)
{
    const auto found = std::find_if(list.begin(), list.end(), [id](const T &one) { return one.id == id; });
    if (found == list.end())
        return notFound();
    return &*found;
}

// The filter that has it, and it.
template<typename T> struct Member {
    Filter *filter = nullptr;
    T *member = nullptr;
};

template<typename T, typename AnyId>
Result<Member<T>> findMember(QList<Filter> &filters, QList<T> Filter::*members, AnyId id)
{
    for (Filter &filter : filters) {
        for (T &member : filter.*members) {
            if (member.id == id)
                return Member<T> { &filter, &member };
        }
    }
    return notFound();
}

Result<> checkFilter(const Filter &filter)
{
    if (filter.title.isEmpty())
        return invalid(QStringLiteral("Title can't be blank"));
    if (filter.title.size() > kLongestFilterTitle)
        return invalid(QStringLiteral("Title is too long (maximum is %1 characters)").arg(kLongestFilterTitle));
    if (filter.contexts == 0)
        return invalid(QStringLiteral("Context None or invalid context supplied"));
    return {};
}

Result<> checkKeyword(const FilterKeyword &keyword)
{
    if (keyword.keyword.isEmpty())
        return invalid(QStringLiteral("Keyword can't be blank"));
    if (keyword.keyword.size() > kLongestKeyword)
        return invalid(QStringLiteral("Keyword is too long (maximum is %1 characters)").arg(kLongestKeyword));
    return {};
}

Result<> checkNumbers(const QList<Filter> &filters)
{
    qsizetype keywords = 0;
    qsizetype statuses = 0;
    for (const Filter &filter : filters) {
        keywords += filter.keywords.size();
        statuses += filter.statuses.size();
    }
    if (filters.size() > kMostFilters)
        return invalid(QStringLiteral("You can have %1 filters").arg(kMostFilters));
    if (keywords > kMostKeywords)
        return invalid(QStringLiteral("Your filters can have %1 keywords").arg(kMostKeywords));
    if (statuses > kMostFilteredStatuses)
        return invalid(QStringLiteral("Your filters can have %1 posts").arg(kMostFilteredStatuses));
    return {};
}

} // namespace

EditFilters::EditFilters(const ports::FilterReader &filters, const ShowStatus &showStatus,
                         ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock)
    : m_filters(filters)
    , m_showStatus(showStatus)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<QList<Filter>> EditFilters::list(const Viewer &viewer, const Deadline &deadline) const
{
    return m_filters.filters(viewer.account, deadline);
}

Result<Filter> EditFilters::show(const Viewer &viewer, FilterId id, const Deadline &deadline) const
{
    Filters filters = GI_TRY(list(viewer, deadline));
    return Filter(*GI_TRY(find(filters, id)));
}

Result<Filter> EditFilters::create(const Viewer &viewer, const FilterChange &change, const Deadline &deadline) const
{
    Filter created;
    GI_TRY(write(viewer, deadline, [&](ports::WriteSet &writers, Filters &filters) -> Result<> {
        created = Filter();
        created.id = m_ids.next<FilterId>();
        created.accountId = viewer.account;
        created.title = cleanText(change.title.value_or(QString()));
        created.contexts = change.contexts.value_or(0);
        GI_TRY(checkFilter(created));
        GI_TRY(writers.filters.insert(created, m_clock.now()));
        GI_TRY(apply(writers, created, change));
        filters.append(created);
        return {};
    }));
    return created;
}

Result<Filter> EditFilters::change(const Viewer &viewer, FilterId id, const FilterChange &change,
                                   const Deadline &deadline) const
{
    Filter changed;
    GI_TRY(write(viewer, deadline, [&](ports::WriteSet &writers, Filters &filters) -> Result<> {
        Filter &filter = *GI_TRY(find(filters, id));
        GI_TRY(apply(writers, filter, change));
        changed = filter;
        return {};
    }));
    return changed;
}

Result<> EditFilters::remove(const Viewer &viewer, FilterId id, const Deadline &deadline) const
{
    return write(viewer, deadline, [&](ports::WriteSet &writers, Filters &filters) -> Result<> {
        GI_TRY(find(filters, id));
        return writers.filters.remove(id);
    });
}

Result<KeywordOfFilter> EditFilters::keyword(const Viewer &viewer, FilterKeywordId id, const Deadline &deadline) const
{
    Filters filters = GI_TRY(list(viewer, deadline));
    const Member<FilterKeyword> found = GI_TRY(findMember(filters, &Filter::keywords, id));
    return KeywordOfFilter { *found.filter, *found.member };
}

Result<FilterKeyword> EditFilters::addKeyword(const Viewer &viewer, FilterId id, const KeywordChange &change,
                                              const Deadline &deadline) const
{
    FilterKeyword added;
    GI_TRY(write(viewer, deadline, [&](ports::WriteSet &writers, Filters &filters) -> Result<> {
        Filter &filter = *GI_TRY(find(filters, id));
        GI_TRY(applyKeyword(writers, filter, change));
        added = filter.keywords.last();
        return {};
    }));
    return added;
}

Result<FilterKeyword> EditFilters::changeKeyword(const Viewer &viewer, const KeywordChange &change,
                                                 const Deadline &deadline) const
{
    FilterKeyword changed;
    GI_TRY(write(viewer, deadline, [&](ports::WriteSet &writers, Filters &filters) -> Result<> {
        const Member<FilterKeyword> found = GI_TRY(findMember(filters, &Filter::keywords, change.id));
        GI_TRY(applyKeyword(writers, *found.filter, change));
        changed = *found.member;
        return {};
    }));
    return changed;
}

Result<> EditFilters::removeKeyword(const Viewer &viewer, FilterKeywordId id, const Deadline &deadline) const
{
    return write(viewer, deadline, [&](ports::WriteSet &writers, Filters &filters) -> Result<> {
        GI_TRY(findMember(filters, &Filter::keywords, id));
        return writers.filters.removeKeyword(id);
    });
}

Result<FilterStatus> EditFilters::status(const Viewer &viewer, FilterStatusId id, const Deadline &deadline) const
{
    Filters filters = GI_TRY(list(viewer, deadline));
    return FilterStatus(*GI_TRY(findMember(filters, &Filter::statuses, id)).member);
}

Result<FilterStatus> EditFilters::addStatus(const Viewer &viewer, FilterId id, StatusId status,
                                            const Deadline &deadline) const
{
    GI_TRY(m_showStatus.visibleStatus(viewer, status, deadline));
    FilterStatus added;
    GI_TRY(write(viewer, deadline, [&](ports::WriteSet &writers, Filters &filters) -> Result<> {
        Filter &filter = *GI_TRY(find(filters, id));
        for (const FilterStatus &present : std::as_const(filter.statuses)) {
            if (present.statusId == status) {
                added = present;
                return {};
            }
        }
        added = { m_ids.next<FilterStatusId>(), status };
        filter.statuses.append(added);
        return writers.filters.insertStatus(id, added);
    }));
    return added;
}

Result<> EditFilters::removeStatus(const Viewer &viewer, FilterStatusId id, const Deadline &deadline) const
{
    return write(viewer, deadline, [&](ports::WriteSet &writers, Filters &filters) -> Result<> {
        GI_TRY(findMember(filters, &Filter::statuses, id));
        return writers.filters.removeStatus(id);
    });
}

Result<KeywordOfFilter> EditFilters::changeAlone(const Viewer &viewer, FilterKeywordId id, const FilterChange &change,
                                                 const Deadline &deadline) const
{
    KeywordOfFilter changed;
    GI_TRY(write(viewer, deadline, [&](ports::WriteSet &writers, Filters &filters) -> Result<> {
        const Member<FilterKeyword> found = GI_TRY(findMember(filters, &Filter::keywords, id));
        Filter &filter = *found.filter;
        const bool isOfFilter = (change.contexts && *change.contexts != filter.contexts)
            || (change.action && *change.action != filter.action)
            || (change.setsEnd && change.expiresAt != filter.expiresAt);
        if (isOfFilter && filter.keywords.size() > 1) {
            return invalid(QStringLiteral("These parameters cannot be changed from this application because they apply "
                                          "to more than one filter keyword. Use a more recent application or the web "
                                          "interface."));
        }
        GI_TRY(apply(writers, filter, change));
        changed = { filter, *found.member };
        return {};
    }));
    return changed;
}

Result<> EditFilters::removeAlone(const Viewer &viewer, FilterKeywordId id, const Deadline &deadline) const
{
    return write(viewer, deadline, [&](ports::WriteSet &writers, Filters &filters) -> Result<> {
        const Member<FilterKeyword> found = GI_TRY(findMember(filters, &Filter::keywords, id));
        if (found.filter->keywords.size() == 1 && found.filter->statuses.isEmpty())
            return writers.filters.remove(found.filter->id);
        return writers.filters.removeKeyword(id);
    });
}

Result<> EditFilters::write(const Viewer &viewer, const Deadline &deadline, const Work &work) const
{
    return m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.filters.lock(viewer.account));
        Filters filters = GI_TRY(writers.filters.filters(viewer.account, deadline));
        GI_TRY(work(writers, filters));
        return checkNumbers(filters);
    });
}

Result<> EditFilters::apply(ports::WriteSet &writers, Filter &filter, const FilterChange &change) const
{
    filter.title = change.title ? cleanText(*change.title) : filter.title;
    filter.contexts = change.contexts.value_or(filter.contexts);
    filter.action = change.action.value_or(filter.action);
    if (change.setsEnd)
        filter.expiresAt = change.expiresAt;
    GI_TRY(checkFilter(filter));
    GI_TRY(writers.filters.update(filter));
    for (const KeywordChange &keyword : change.keywords)
        GI_TRY(applyKeyword(writers, filter, keyword));
    return {};
}

Result<> EditFilters::applyKeyword(ports::WriteSet &writers, Filter &filter, const KeywordChange &change) const
{
    if (change.isRemoved) {
        GI_TRY(find(filter.keywords, change.id));
        filter.keywords.removeIf([&change](const FilterKeyword &one) { return one.id == change.id; });
        return writers.filters.removeKeyword(change.id);
    }
    if (change.id.isNull()) {
        const FilterKeyword added { m_ids.next<FilterKeywordId>(), cleanText(change.keyword.value_or(QString())),
                                    change.wholeWord.value_or(true) };
        GI_TRY(checkKeyword(added));
        filter.keywords.append(added);
        return writers.filters.insertKeyword(filter.id, added);
    }
    FilterKeyword &keyword = *GI_TRY(find(filter.keywords, change.id));
    keyword.keyword = change.keyword ? cleanText(*change.keyword) : keyword.keyword;
    keyword.wholeWord = change.wholeWord.value_or(keyword.wholeWord);
    GI_TRY(checkKeyword(keyword));
    return writers.filters.updateKeyword(keyword);
}

} // namespace graminsta::domain
