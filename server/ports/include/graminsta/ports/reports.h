// SPDX-License-Identifier: GPL-3.0-or-later
// What people tell the moderators. Readers are thread-safe; writers live inside one UnitOfWork::write().
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/page.h>
#include <graminsta/entities/report.h>

namespace graminsta::ports
{

enum class ReportState { Open, Resolved };

struct ReportFilter {
    ReportState state = ReportState::Open;
    AccountId by; // who reports; null: anybody
    AccountId of; // who is reported; null: anybody
};

class ReportReader
{
public:
    virtual ~ReportReader() = default;

    // Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<entities::Report> byId(ReportId id, const Deadline &deadline) const = 0;
    [[nodiscard]] virtual Result<entities::Page<entities::Report>>
    list(const ReportFilter &filter, const entities::PageRequest &page, const Deadline &deadline) const = 0;
};

class ReportWriter : public ReportReader
{
public:
    [[nodiscard]] virtual Result<> insert(const entities::Report &report) = 0;
    // Closes it. Fault::NotFound if there is none that is open.
    [[nodiscard]] virtual Result<> resolve(ReportId id, AccountId by, Timestamp at) = 0;
    // What moderators change: category, rules, who sees to it, whether and by whom action was taken, time of the
    // update. Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<> update(const entities::Report &report) = 0;
};

} // namespace graminsta::ports
