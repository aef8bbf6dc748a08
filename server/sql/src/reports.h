// SPDX-License-Identifier: GPL-3.0-or-later
// The reports in the database. As a reader thread-safe on a pool; as a writer inside one transaction.
#pragma once

#include "executor.h"

#include <graminsta/ports/reports.h>

namespace graminsta::sql
{

class SqlReports final : public ports::ReportWriter
{
public:
    explicit SqlReports(Executor &executor)
        : m_executor(executor)
    {
    }

    Result<entities::Report> byId(ReportId id, const Deadline &deadline) const override;
    Result<entities::Page<entities::Report>> list(const ports::ReportFilter &filter, const entities::PageRequest &page,
                                                  const Deadline &deadline) const override;

    Result<> insert(const entities::Report &report) override;
    Result<> resolve(ReportId id, AccountId by, Timestamp at) override;
    Result<> update(const entities::Report &report) override;

private:
    Executor &m_executor;
};

} // namespace graminsta::sql
