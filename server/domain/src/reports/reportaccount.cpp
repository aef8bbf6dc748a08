// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/reports/reportaccount.h>

#include <graminsta/domain/text/statustext.h>
#include <graminsta/ports/reports.h>

namespace graminsta::domain
{

using entities::Report;
using entities::ReportCategory;
using entities::Viewer;

namespace
{

constexpr int kMaxComment = 1000;
constexpr int kMaxStatuses = 100;

Error invalid(const QString &message)
{
    return makeError(Fault::Unprocessable, QStringLiteral("Validation failed: ") + message);
}

Error notFound()
{
    return makeError(Fault::NotFound, QStringLiteral("Record not found"));
}

} // namespace

ReportAccount::ReportAccount(const InstanceSettings &settings, const ShowAccounts &accounts,
                             const ports::StatusReader &statuses, const VisibilityPolicy &visibility,
                             ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock)
    : m_settings(settings)
    , m_accounts(accounts)
    , m_statuses(statuses)
    , m_visibility(visibility)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<FiledReport> ReportAccount::run(const Viewer &viewer, const ReportRequest &request,
                                       const Deadline &deadline) const
{
    GI_TRY(validate(request));
    const QList<entities::Status> found = GI_TRY(m_statuses.byIds(request.statuses, deadline));
    const AccountId author = found.isEmpty() ? AccountId() : found.first().accountId;
    const entities::Account target =
        GI_TRY(m_accounts.byId(request.target.isNull() ? author : request.target, deadline));
    QList<entities::Status> statuses = GI_TRY(m_visibility.visible(viewer, found, Hide::Nothing, deadline));
    statuses.removeIf([&target](const entities::Status &status) { return status.accountId != target.id; });
    if (statuses.size() != request.statuses.size())
        return notFound();

    Report report;
    report.id = m_ids.next<ReportId>();
    report.accountId = viewer.account;
    report.targetId = target.id;
    report.category =
        request.category.value_or(request.rules.isEmpty() ? ReportCategory::Other : ReportCategory::Violation);
    report.comment = cleanText(request.comment);
    report.statuses = request.statuses;
    if (report.category == ReportCategory::Violation)
        report.rules = request.rules;
    report.createdAt = m_clock.now();
    GI_TRY(m_unitOfWork.write(deadline,
                              [&](ports::WriteSet &writers) -> Result<> { return writers.reports.insert(report); }));
    return FiledReport { report, target };
}

Result<> ReportAccount::validate(const ReportRequest &request) const
{
    if (request.comment.size() > kMaxComment)
        return invalid(QStringLiteral("Comment is too long (maximum is %1 characters)").arg(kMaxComment));
    if (request.statuses.size() > kMaxStatuses)
        return invalid(QStringLiteral("A report names at most %1 posts").arg(kMaxStatuses));
    return checkRules(request.rules, m_settings);
}

Result<> checkRules(const QStringList &rules, const InstanceSettings &settings)
{
    for (const QString &rule : rules) {
        bool isNumber = false;
        const qlonglong number = rule.toLongLong(&isNumber);
        // Rules are numbered from one, in the order of the instance's answer.
        if (!isNumber || number < 1 || number > settings.rules.size())
            return invalid(QStringLiteral("Rule ids must be those of this server's rules"));
    }
    return {};
}

} // namespace graminsta::domain
