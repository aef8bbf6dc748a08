// SPDX-License-Identifier: GPL-3.0-or-later
// Filters of what accounts do not want to see. Readers are thread-safe; writers live inside one UnitOfWork::write().
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/filter.h>

namespace graminsta::ports
{

class FilterReader
{
public:
    virtual ~FilterReader() = default;

    // All of an account with their keywords and statuses, the oldest first. One query.
    [[nodiscard]] virtual Result<QList<entities::Filter>> filters(AccountId account,
                                                                  const Deadline &deadline) const = 0;
};

class FilterWriter : public FilterReader
{
public:
    // Nobody else changes the account's filters until the transaction ends.
    [[nodiscard]] virtual Result<> lock(AccountId account) = 0;

    // Without its keywords and statuses.
    [[nodiscard]] virtual Result<> insert(const entities::Filter &filter, Timestamp createdAt) = 0;
    [[nodiscard]] virtual Result<> update(const entities::Filter &filter) = 0;
    // With its keywords and statuses.
    [[nodiscard]] virtual Result<> remove(FilterId id) = 0;

    [[nodiscard]] virtual Result<> insertKeyword(FilterId filter, const entities::FilterKeyword &keyword) = 0;
    [[nodiscard]] virtual Result<> updateKeyword(const entities::FilterKeyword &keyword) = 0;
    [[nodiscard]] virtual Result<> removeKeyword(FilterKeywordId id) = 0;

    // Fault::NotFound if there is no such status.
    [[nodiscard]] virtual Result<> insertStatus(FilterId filter, const entities::FilterStatus &status) = 0;
    [[nodiscard]] virtual Result<> removeStatus(FilterStatusId id) = 0;
};

} // namespace graminsta::ports
