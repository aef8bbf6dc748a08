// SPDX-License-Identifier: GPL-3.0-or-later
// The queue of reports: looking through it, taking one on, closing and opening it. Thread-safe.
#pragma once

#include <graminsta/domain/moderation/moderateaccounts.h>
#include <graminsta/domain/settings.h>
#include <graminsta/domain/statuses/gatherstatuses.h>
#include <graminsta/ports/reports.h>

#include <QHash>

#include <functional>
#include <optional>

namespace graminsta::domain
{

// Reports with all that moderators see of them: whoever is named, and the posts, whatever their visibility.
struct ReportSet {
    QList<entities::Report> reports;
    QHash<AccountId, ModeratedAccount> accounts;
    StatusSet statuses;
};

struct ReportPage {
    ReportSet set;
    entities::PageBounds bounds;
};

struct ReportChange {
    std::optional<entities::ReportCategory> category;
    std::optional<QStringList> rules;
};

class HandleReports
{
public:
    HandleReports(const InstanceSettings &settings, const ports::ReportReader &reports,
                  const ports::AccountReader &accounts, const ports::StatusReader &statuses,
                  const GatherStatuses &gather, ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock);

    // All: Fault::Forbidden by the policy, Fault::NotFound if there is no such report. The viewer is who acts.

    [[nodiscard]] Result<ReportPage> list(const entities::Viewer &viewer, const ports::ReportFilter &filter,
                                          const entities::PageRequest &page, const Deadline &deadline) const;
    // A set of one, as all below.
    [[nodiscard]] Result<ReportSet> show(const entities::Viewer &viewer, ReportId id, const Deadline &deadline) const;
    // Fault::Unprocessable for rules that this server does not have.
    [[nodiscard]] Result<ReportSet> update(const entities::Viewer &viewer, ReportId id, const ReportChange &change,
                                           const Deadline &deadline) const;
    [[nodiscard]] Result<ReportSet> assignToSelf(const entities::Viewer &viewer, ReportId id,
                                                 const Deadline &deadline) const;
    [[nodiscard]] Result<ReportSet> unassign(const entities::Viewer &viewer, ReportId id,
                                             const Deadline &deadline) const;
    // Both may be repeated.
    [[nodiscard]] Result<ReportSet> resolve(const entities::Viewer &viewer, ReportId id,
                                            const Deadline &deadline) const;
    [[nodiscard]] Result<ReportSet> reopen(const entities::Viewer &viewer, ReportId id, const Deadline &deadline) const;

private:
    [[nodiscard]] Result<ReportSet> gather(const entities::Viewer &viewer, const QList<entities::Report> &reports,
                                           const Deadline &deadline) const;
    // `apply` gives whether anything has changed.
    [[nodiscard]] Result<ReportSet> change(const entities::Viewer &viewer, ReportId id, const QString &name,
                                           const Deadline &deadline,
                                           const std::function<bool(entities::Report &)> &apply) const;

    const InstanceSettings &m_settings;
    const ports::ReportReader &m_reports;
    const ports::AccountReader &m_accounts;
    const ports::StatusReader &m_statuses;
    const GatherStatuses &m_gather;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
