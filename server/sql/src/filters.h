// SPDX-License-Identifier: GPL-3.0-or-later
// The filters in the database. As a reader thread-safe on a pool; as a writer inside one transaction.
#pragma once

#include "executor.h"

#include <graminsta/ports/filters.h>

namespace graminsta::sql
{

class SqlFilters final : public ports::FilterWriter
{
public:
    explicit SqlFilters(Executor &executor)
        : m_executor(executor)
    {
    }

    Result<QList<entities::Filter>> filters(AccountId account, const Deadline &deadline) const override;

    Result<> lock(AccountId account) override;
    Result<> insert(const entities::Filter &filter, Timestamp createdAt) override;
    Result<> update(const entities::Filter &filter) override;
    Result<> remove(FilterId id) override;
    Result<> insertKeyword(FilterId filter, const entities::FilterKeyword &keyword) override;
    Result<> updateKeyword(const entities::FilterKeyword &keyword) override;
    Result<> removeKeyword(FilterKeywordId id) override;
    Result<> insertStatus(FilterId filter, const entities::FilterStatus &status) override;
    Result<> removeStatus(FilterStatusId id) override;

private:
    Executor &m_executor;
};

} // namespace graminsta::sql
