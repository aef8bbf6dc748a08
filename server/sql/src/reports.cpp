// SPDX-License-Identifier: GPL-3.0-or-later
#include "reports.h"

#include "paging.h"
#include "textcolumns.h"

namespace graminsta::sql
{

using entities::Page;
using entities::PageRequest;
using entities::Report;

namespace
{

const QByteArray kSelect = "SELECT r.id, r.account_id, r.target_id, r.category, r.comment, r.statuses, r.rules,"
                           " r.created_at, r.action_taken_at FROM reports r ";
const QByteArray kById = kSelect + "WHERE r.id = ?1";
const PagedSql kOpen(kSelect
                     + "WHERE r.action_taken_at IS NULL AND r.id > ?1 AND r.id < ?2 ORDER BY r.id {order} LIMIT ?3");
const PagedSql kResolved(
    kSelect + "WHERE r.action_taken_at IS NOT NULL AND r.id > ?1 AND r.id < ?2 ORDER BY r.id {order} LIMIT ?3");
const QByteArray kInsert = "INSERT INTO reports (id, account_id, target_id, category, comment, statuses, rules,"
                           " created_at, action_taken_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
const QByteArray kResolve = "UPDATE reports SET action_taken_at = ?2 WHERE id = ?1 AND action_taken_at IS NULL";

Report reportOf(const Row &row)
{
    Report report;
    report.id = row.id<ReportId>(0);
    report.accountId = row.id<AccountId>(1);
    report.targetId = row.id<AccountId>(2);
    report.category = row.enumerator<entities::ReportCategory>(3);
    report.comment = row.text(4);
    for (const QString &id : unpackTexts(row.utf8(5))) {
        if (const std::optional<StatusId> status = StatusId::fromString(id))
            report.statuses.append(*status);
    }
    report.rules = unpackTexts(row.utf8(6));
    report.createdAt = row.time(7);
    if (!row.isNull(8))
        report.actionTakenAt = row.time(8);
    return report;
}

QString noReport()
{
    return QStringLiteral("There is no such report");
}

} // namespace

Result<Report> SqlReports::byId(ReportId id, const Deadline &deadline) const
{
    return m_executor.one<Report>(kById, Bindings(id), deadline, reportOf, noReport());
}

Result<Page<Report>> SqlReports::list(ports::ReportState state, const PageRequest &page, const Deadline &deadline) const
{
    const PageWindow window(page);
    return readPage<Report>(m_executor, state == ports::ReportState::Open ? kOpen : kResolved, window,
                            Bindings(window.low, window.high, window.limit), deadline, reportOf,
                            [](const Report &report) { return report.id.number(); });
}

Result<> SqlReports::insert(const Report &report)
{
    QStringList statuses;
    for (const StatusId id : report.statuses)
        statuses.append(id.toString());
    GI_TRY(m_executor.change(kInsert,
                             Bindings(report.id, report.accountId, report.targetId, report.category, report.comment,
                                      packTexts(statuses), packTexts(report.rules), report.createdAt,
                                      report.actionTakenAt)));
    return {};
}

Result<> SqlReports::resolve(ReportId id, Timestamp at)
{
    if (GI_TRY(m_executor.change(kResolve, Bindings(id, at))) == 0)
        return makeError(Fault::NotFound, noReport());
    return {};
}

} // namespace graminsta::sql
