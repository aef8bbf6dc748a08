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
                           " r.created_at, r.action_taken_at, r.action_taken_by_id, r.assigned_account_id,"
                           " r.updated_at FROM reports r ";
const QByteArray kById = kSelect + "WHERE r.id = ?1";

// A text for each choice, so that each has its index: of one account's reports few are read, of all the open ones only.
PagedSql listed(const QByteArray &state, const QByteArray &whose)
{
    return PagedSql(kSelect + "WHERE r.action_taken_at " + state + whose
                    + " AND r.id > ?1 AND r.id < ?2 ORDER BY r.id {order} LIMIT ?3");
}

struct ListedReports {
    explicit ListedReports(const QByteArray &state)
        : all(listed(state, {}))
        , by(listed(state, " AND r.account_id = ?4"))
        , of(listed(state, " AND r.target_id = ?4"))
        , between(listed(state, " AND r.account_id = ?4 AND r.target_id = ?5"))
    {
    }
    PagedSql all;
    PagedSql by;
    PagedSql of;
    PagedSql between;
};

const ListedReports kOpen("IS NULL");
const ListedReports kResolved("IS NOT NULL");

const QByteArray kInsert = "INSERT INTO reports (id, account_id, target_id, category, comment, statuses, rules,"
                           " created_at, action_taken_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
const QByteArray kResolve = "UPDATE reports SET action_taken_at = ?2, action_taken_by_id = ?3, updated_at = ?2"
                            " WHERE id = ?1 AND action_taken_at IS NULL";
const QByteArray kUpdate = "UPDATE reports SET category = ?2, rules = ?3, assigned_account_id = ?4,"
                           " action_taken_at = ?5, action_taken_by_id = ?6, updated_at = ?7 WHERE id = ?1";

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
    report.actionTakenBy = row.id<AccountId>(9);
    report.assignedTo = row.id<AccountId>(10);
    if (!row.isNull(11))
        report.updatedAt = row.time(11);
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

Result<Page<Report>> SqlReports::list(const ports::ReportFilter &filter, const PageRequest &page,
                                      const Deadline &deadline) const
{
    const PageWindow window(page);
    const ListedReports &listed = filter.state == ports::ReportState::Open ? kOpen : kResolved;
    Bindings bindings(window.low, window.high, window.limit);
    const PagedSql *sql = &listed.all;
    if (!filter.by.isNull()) {
        bindings.append(filter.by);
        sql = &listed.by;
    }
    if (!filter.of.isNull()) {
        bindings.append(filter.of);
        sql = filter.by.isNull() ? &listed.of : &listed.between;
    }
    return readPage<Report>(m_executor, *sql, window, bindings, deadline, reportOf,
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

Result<> SqlReports::resolve(ReportId id, AccountId by, Timestamp at)
{
    if (GI_TRY(m_executor.change(kResolve, Bindings(id, at, by))) == 0)
        return makeError(Fault::NotFound, noReport());
    return {};
}

Result<> SqlReports::update(const Report &report)
{
    if (GI_TRY(m_executor.change(kUpdate,
                                 Bindings(report.id, report.category, packTexts(report.rules), report.assignedTo,
                                          report.actionTakenAt, report.actionTakenBy, report.updatedAt)))
        == 0)
        return makeError(Fault::NotFound, noReport());
    return {};
}

} // namespace graminsta::sql
