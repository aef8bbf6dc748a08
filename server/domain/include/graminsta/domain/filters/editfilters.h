// SPDX-License-Identifier: GPL-3.0-or-later
// An account's filters: GET, POST, PUT and DELETE /api/v2/filters, with their keywords and statuses. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/statuses/showstatus.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/filters.h>
#include <graminsta/ports/unitofwork.h>

#include <optional>

namespace graminsta::domain
{

// Bounds: every page of who has filters is held against all of them.
inline constexpr int kMostFilters = 100;
inline constexpr int kMostKeywords = 500; // of all filters of an account
inline constexpr int kMostFilteredStatuses = 500; // likewise
inline constexpr int kLongestFilterTitle = 256;
inline constexpr int kLongestKeyword = 512;

// What is not set stays as it is.
struct KeywordChange {
    FilterKeywordId id; // null: a new one
    std::optional<QString> keyword;
    std::optional<bool> wholeWord;
    bool isRemoved = false;
};

struct FilterChange {
    std::optional<QString> title;
    std::optional<int> contexts; // 0: none, or one that there is not
    std::optional<entities::FilterAction> action;
    bool setsEnd = false;
    std::optional<Timestamp> expiresAt; // if it sets the end
    QList<KeywordChange> keywords;
};

// A keyword with its filter.
struct KeywordOfFilter {
    entities::Filter filter;
    entities::FilterKeyword keyword;
};

class EditFilters
{
public:
    EditFilters(const ports::FilterReader &filters, const ShowStatus &showStatus, ports::UnitOfWork &unitOfWork,
                IdGenerator &ids, const Clock &clock);

    // All: Fault::NotFound "Record not found" for what is not there or another account's, Fault::Unprocessable naming
    // what is wrong or which bound is reached.
    [[nodiscard]] Result<QList<entities::Filter>> list(const entities::Viewer &viewer, const Deadline &deadline) const;
    [[nodiscard]] Result<entities::Filter> show(const entities::Viewer &viewer, FilterId id,
                                                const Deadline &deadline) const;
    [[nodiscard]] Result<entities::Filter> create(const entities::Viewer &viewer, const FilterChange &change,
                                                  const Deadline &deadline) const;
    [[nodiscard]] Result<entities::Filter> change(const entities::Viewer &viewer, FilterId id,
                                                  const FilterChange &change, const Deadline &deadline) const;
    [[nodiscard]] Result<> remove(const entities::Viewer &viewer, FilterId id, const Deadline &deadline) const;

    [[nodiscard]] Result<KeywordOfFilter> keyword(const entities::Viewer &viewer, FilterKeywordId id,
                                                  const Deadline &deadline) const;
    [[nodiscard]] Result<entities::FilterKeyword> addKeyword(const entities::Viewer &viewer, FilterId filter,
                                                             const KeywordChange &change,
                                                             const Deadline &deadline) const;
    [[nodiscard]] Result<entities::FilterKeyword>
    changeKeyword(const entities::Viewer &viewer, const KeywordChange &change, const Deadline &deadline) const;
    [[nodiscard]] Result<> removeKeyword(const entities::Viewer &viewer, FilterKeywordId id,
                                         const Deadline &deadline) const;

    [[nodiscard]] Result<entities::FilterStatus> status(const entities::Viewer &viewer, FilterStatusId id,
                                                        const Deadline &deadline) const;
    // The same again if the filter has it. The viewer must be able to see the status.
    [[nodiscard]] Result<entities::FilterStatus> addStatus(const entities::Viewer &viewer, FilterId filter,
                                                           StatusId status, const Deadline &deadline) const;
    [[nodiscard]] Result<> removeStatus(const entities::Viewer &viewer, FilterStatusId id,
                                        const Deadline &deadline) const;

    // The first version of this API knows keywords alone, each as a filter of its own: what it changes of the filter
    // must not mean other keywords too.
    [[nodiscard]] Result<KeywordOfFilter> changeAlone(const entities::Viewer &viewer, FilterKeywordId id,
                                                      const FilterChange &change, const Deadline &deadline) const;
    // With its filter, if that has nothing else.
    [[nodiscard]] Result<> removeAlone(const entities::Viewer &viewer, FilterKeywordId id,
                                       const Deadline &deadline) const;

private:
    using Filters = QList<entities::Filter>;
    using Work = std::function<Result<>(ports::WriteSet &, Filters &)>;
    // Runs `work` with all filters of the viewer, which nobody else changes meanwhile.
    [[nodiscard]] Result<> write(const entities::Viewer &viewer, const Deadline &deadline, const Work &work) const;
    [[nodiscard]] Result<> apply(ports::WriteSet &writers, entities::Filter &filter, const FilterChange &change) const;
    [[nodiscard]] Result<> applyKeyword(ports::WriteSet &writers, entities::Filter &filter,
                                        const KeywordChange &change) const;

    const ports::FilterReader &m_filters;
    const ShowStatus &m_showStatus;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
