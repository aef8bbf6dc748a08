// SPDX-License-Identifier: GPL-3.0-or-later
#include "filters.h"

namespace graminsta::sql
{

using entities::Filter;
using entities::FilterKeyword;
using entities::FilterStatus;

namespace
{

// The filters, then what belongs to them: the third column says what a row is.
const QByteArray kFilters =
    "SELECT f.id, 0, 0 AS part, f.title, f.contexts, f.action, f.expires_at FROM filters f WHERE f.account_id = ?1"
    " UNION ALL SELECT k.filter_id, k.id, 1, k.keyword, k.whole_word, 0, NULL"
    " FROM filters g JOIN filter_keywords k ON k.filter_id = g.id WHERE g.account_id = ?1"
    " UNION ALL SELECT s.filter_id, s.id, 2, '', s.status_id, 0, NULL"
    " FROM filters h JOIN filter_statuses s ON s.filter_id = h.id WHERE h.account_id = ?1"
    " ORDER BY 1, 3, 2";
// A lock that those who only refer to the account do not wait for.
const QByteArray kLock = "UPDATE accounts SET statuses_count = statuses_count WHERE id = ?1";
const QByteArray kInsert = "INSERT INTO filters (id, account_id, title, contexts, action, expires_at, created_at)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const QByteArray kUpdate = "UPDATE filters SET title = ?2, contexts = ?3, action = ?4, expires_at = ?5 WHERE id = ?1";
const QByteArray kRemove = "DELETE FROM filters WHERE id = ?1";
const QByteArray kInsertKeyword =
    "INSERT INTO filter_keywords (id, filter_id, keyword, whole_word) VALUES (?1, ?2, ?3, ?4)";
const QByteArray kUpdateKeyword = "UPDATE filter_keywords SET keyword = ?2, whole_word = ?3 WHERE id = ?1";
const QByteArray kRemoveKeyword = "DELETE FROM filter_keywords WHERE id = ?1";
const QByteArray kInsertStatus = "INSERT INTO filter_statuses (id, filter_id, status_id) VALUES (?1, ?2, ?3)";
const QByteArray kRemoveStatus = "DELETE FROM filter_statuses WHERE id = ?1";

enum class Part { Filter = 0, Keyword = 1, Status = 2 };

Filter filterOf(const Row &row, AccountId account)
{
    Filter filter;
    filter.id = row.id<FilterId>(0);
    filter.accountId = account;
    filter.title = row.text(3);
    filter.contexts = static_cast<int>(row.integer(4));
    filter.action = row.enumerator<entities::FilterAction>(5);
    if (!row.isNull(6))
        filter.expiresAt = row.time(6);
    return filter;
}

} // namespace

Result<QList<Filter>> SqlFilters::filters(AccountId account, const Deadline &deadline) const
{
    QList<Filter> filters;
    GI_TRY(m_executor.query(kFilters, Bindings(account), deadline, [&](const Row &row) {
        const Part part = row.enumerator<Part>(2);
        if (part == Part::Filter)
            filters.append(filterOf(row, account));
        else if (part == Part::Keyword)
            filters.last().keywords.append({ row.id<FilterKeywordId>(1), row.text(3), row.flag(4) });
        else
            filters.last().statuses.append({ row.id<FilterStatusId>(1), row.id<StatusId>(4) });
    }));
    return filters;
}

Result<> SqlFilters::lock(AccountId account)
{
    GI_TRY(m_executor.change(kLock, Bindings(account)));
    return {};
}

Result<> SqlFilters::insert(const Filter &filter, Timestamp createdAt)
{
    GI_TRY(m_executor.change(kInsert,
                             Bindings(filter.id, filter.accountId, filter.title, filter.contexts, filter.action,
                                      filter.expiresAt, createdAt)));
    return {};
}

Result<> SqlFilters::update(const Filter &filter)
{
    GI_TRY(m_executor.change(kUpdate,
                             Bindings(filter.id, filter.title, filter.contexts, filter.action, filter.expiresAt)));
    return {};
}

Result<> SqlFilters::remove(FilterId id)
{
    GI_TRY(m_executor.change(kRemove, Bindings(id)));
    return {};
}

Result<> SqlFilters::insertKeyword(FilterId filter, const FilterKeyword &keyword)
{
    GI_TRY(m_executor.change(kInsertKeyword, Bindings(keyword.id, filter, keyword.keyword, keyword.wholeWord)));
    return {};
}

Result<> SqlFilters::updateKeyword(const FilterKeyword &keyword)
{
    GI_TRY(m_executor.change(kUpdateKeyword, Bindings(keyword.id, keyword.keyword, keyword.wholeWord)));
    return {};
}

Result<> SqlFilters::removeKeyword(FilterKeywordId id)
{
    GI_TRY(m_executor.change(kRemoveKeyword, Bindings(id)));
    return {};
}

Result<> SqlFilters::insertStatus(FilterId filter, const FilterStatus &status)
{
    GI_TRY(m_executor.change(kInsertStatus, Bindings(status.id, filter, status.statusId)));
    return {};
}

Result<> SqlFilters::removeStatus(FilterStatusId id)
{
    GI_TRY(m_executor.change(kRemoveStatus, Bindings(id)));
    return {};
}

} // namespace graminsta::sql
