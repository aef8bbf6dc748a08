// SPDX-License-Identifier: GPL-3.0-or-later
// Telling the moderators of an account (POST /api/v1/reports). Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/accounts/showaccounts.h>
#include <graminsta/domain/policy/visibility.h>
#include <graminsta/domain/settings.h>
#include <graminsta/entities/report.h>
#include <graminsta/ports/statuses.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

struct ReportRequest {
    AccountId target; // null: the author of the first of the statuses
    QList<StatusId> statuses;
    QString comment;
    std::optional<entities::ReportCategory> category; // not set: by whether rules are named
    QStringList rules; // ids
};

struct FiledReport {
    entities::Report report;
    entities::Account target;
};

class ReportAccount
{
public:
    ReportAccount(const InstanceSettings &settings, const ShowAccounts &accounts, const ports::StatusReader &statuses,
                  const VisibilityPolicy &visibility, ports::UnitOfWork &unitOfWork, IdGenerator &ids,
                  const Clock &clock);

    // Fault::NotFound if there is no such account, or one of the statuses is not its or not for the viewer to see (a
    // block hides none of them here: people block first and report then). Fault::Unprocessable naming the limit.
    [[nodiscard]] Result<FiledReport> run(const entities::Viewer &viewer, const ReportRequest &request,
                                          const Deadline &deadline) const;

private:
    [[nodiscard]] Result<> validate(const ReportRequest &request) const;

    const InstanceSettings &m_settings;
    const ShowAccounts &m_accounts;
    const ports::StatusReader &m_statuses;
    const VisibilityPolicy &m_visibility;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

// Whether these are ids of the instance's rules. Fault::Unprocessable.
[[nodiscard]] Result<> checkRules(const QStringList &rules, const InstanceSettings &settings);

} // namespace graminsta::domain
