// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/moderation/handlereports.h>

#include <graminsta/domain/moderation/audit.h>
#include <graminsta/domain/reports/reportaccount.h>

#include <QSet>

namespace graminsta::domain
{

using entities::Report;
using entities::Viewer;

HandleReports::HandleReports(const InstanceSettings &settings, const ports::ReportReader &reports,
                             const ports::AccountReader &accounts, const ports::StatusReader &statuses,
                             const GatherStatuses &gather, ports::UnitOfWork &unitOfWork, IdGenerator &ids,
                             const Clock &clock)
    : m_settings(settings)
    , m_reports(reports)
    , m_accounts(accounts)
    , m_statuses(statuses)
    , m_gather(gather)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<ReportPage> HandleReports::list(const Viewer &viewer, const ports::ReportFilter &filter,
                                       const entities::PageRequest &page, const Deadline &deadline) const
{
    GI_TRY(require(Actor::of(viewer), Permission::SeeReports));
    const entities::Page<Report> found = GI_TRY(m_reports.list(filter, page, deadline));
    return ReportPage { GI_TRY(gather(viewer, found.rows, deadline)), found.bounds };
}

Result<ReportSet> HandleReports::show(const Viewer &viewer, ReportId id, const Deadline &deadline) const
{
    GI_TRY(require(Actor::of(viewer), Permission::SeeReports));
    const Result<Report> report = m_reports.byId(id, deadline);
    if (!report)
        return report.error().fault == Fault::NotFound ? makeError(Fault::NotFound, QStringLiteral("Record not found"))
                                                       : report.error();
    ReportSet set = GI_TRY(gather(viewer, { *report }, deadline));
    // Whoever it names was deleted in between.
    if (set.reports.isEmpty())
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    return set;
}

Result<ReportSet> HandleReports::update(const Viewer &viewer, ReportId id, const ReportChange &wanted,
                                        const Deadline &deadline) const
{
    if (wanted.rules)
        GI_TRY(checkRules(*wanted.rules, m_settings));
    return change(viewer, id, QStringLiteral("update_report"), deadline, [&](Report &report) {
        report.category = wanted.category.value_or(report.category);
        report.rules = wanted.rules.value_or(report.rules);
        if (report.category != entities::ReportCategory::Violation)
            report.rules.clear();
        return wanted.category || wanted.rules;
    });
}

Result<ReportSet> HandleReports::assignToSelf(const Viewer &viewer, ReportId id, const Deadline &deadline) const
{
    return change(viewer, id, QStringLiteral("assign_report"), deadline, [&](Report &report) {
        const AccountId before = std::exchange(report.assignedTo, viewer.account);
        return before != viewer.account;
    });
}

Result<ReportSet> HandleReports::unassign(const Viewer &viewer, ReportId id, const Deadline &deadline) const
{
    return change(viewer, id, QStringLiteral("unassign_report"), deadline, [](Report &report) {
        const AccountId before = std::exchange(report.assignedTo, AccountId {});
        return !before.isNull();
    });
}

Result<ReportSet> HandleReports::resolve(const Viewer &viewer, ReportId id, const Deadline &deadline) const
{
    return change(viewer, id, QStringLiteral("resolve_report"), deadline, [&](Report &report) {
        if (report.actionTakenAt)
            return false;
        report.actionTakenAt = m_clock.now();
        report.actionTakenBy = viewer.account;
        return true;
    });
}

Result<ReportSet> HandleReports::reopen(const Viewer &viewer, ReportId id, const Deadline &deadline) const
{
    return change(viewer, id, QStringLiteral("reopen_report"), deadline, [](Report &report) {
        if (!report.actionTakenAt)
            return false;
        report.actionTakenAt.reset();
        report.actionTakenBy = {};
        return true;
    });
}

Result<ReportSet> HandleReports::change(const Viewer &viewer, ReportId id, const QString &name,
                                        const Deadline &deadline, const std::function<bool(Report &)> &apply) const
{
    const Actor actor = Actor::of(viewer);
    GI_TRY(require(actor, Permission::ActOnReports));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        const Result<Report> found = writers.reports.byId(id, deadline);
        if (!found)
            return found.error().fault == Fault::NotFound
                ? makeError(Fault::NotFound, QStringLiteral("Record not found"))
                : found.error();
        Report report = *found;
        if (!apply(report))
            return {};
        report.updatedAt = m_clock.now();
        GI_TRY(writers.reports.update(report));
        return audit(writers, m_ids, m_clock, actor, { name, QStringLiteral("report"), id.number(), id.toString(), {} },
                     deadline);
    }));
    return show(viewer, id, deadline);
}

Result<ReportSet> HandleReports::gather(const Viewer &viewer, const QList<Report> &reports,
                                        const Deadline &deadline) const
{
    QSet<AccountId> named;
    QList<StatusId> statuses;
    for (const Report &report : reports) {
        for (const AccountId id : { report.accountId, report.targetId, report.assignedTo, report.actionTakenBy }) {
            if (!id.isNull())
                named.insert(id);
        }
        statuses += report.statuses;
    }
    const QList<AccountId> ids(named.cbegin(), named.cend());
    QHash<AccountId, entities::User> users;
    for (const entities::User &user : GI_TRY(m_accounts.users(ids, deadline)))
        users.insert(user.accountId, user);
    ReportSet set;
    for (const entities::Account &account : GI_TRY(m_accounts.byIds(ids, deadline)))
        set.accounts.insert(account.id, { account, users.value(account.id) });
    for (const Report &report : reports) {
        if (set.accounts.contains(report.accountId) && set.accounts.contains(report.targetId))
            set.reports.append(report);
    }
    // As they are, whoever may see them: this is what they were reported for.
    set.statuses = GI_TRY(m_gather.run(viewer, GI_TRY(m_statuses.byIds(statuses, deadline)), Detail::List, deadline));
    return set;
}

} // namespace graminsta::domain
