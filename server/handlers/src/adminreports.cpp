// SPDX-License-Identifier: GPL-3.0-or-later
// https://docs.joinmastodon.org/methods/admin/reports/
#include "resources.h"

#include "common.h"
#include "views/views.h"

#include <graminsta/json/encode.h>

namespace graminsta::handlers
{

using http::RequestContext;
using http::Response;

namespace
{

constexpr PageLimits kReportPages { 100, 200 };

QList<model::AdminReport> viewsOf(const RequestContext &context, const Services &services, const domain::ReportSet &set)
{
    return adminReportViews(set, services.settings.rules, context.baseUrl);
}

// A null id where the parameter is not given. Fault::NotFound for what is no id.
Result<AccountId> accountParameter(const RequestContext &context, const QString &name)
{
    const QString text = context.parameters.text(name).value_or(QString());
    if (text.isEmpty())
        return AccountId {};
    const std::optional<AccountId> id = AccountId::fromString(text);
    if (!id)
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    return *id;
}

Result<Response> list(const RequestContext &context, const Services &services)
{
    ports::ReportFilter filter;
    if (GI_TRY(flag(context, QStringLiteral("resolved"))))
        filter.state = ports::ReportState::Resolved;
    filter.by = GI_TRY(accountParameter(context, QStringLiteral("account_id")));
    filter.of = GI_TRY(accountParameter(context, QStringLiteral("target_account_id")));
    const entities::PageRequest page = GI_TRY(pageRequest(context, kReportPages));
    const domain::ReportPage found =
        GI_TRY(services.handleReports.list(context.viewer, filter, page, context.deadline));
    return pageResponse(context, json::encode(viewsOf(context, services, found.set)), found.bounds);
}

using Change = Result<domain::ReportSet> (domain::HandleReports::*)(const entities::Viewer &, ReportId,
                                                                    const Deadline &) const;

http::Handler answering(const Services &services, Change change)
{
    return [&services, change](const RequestContext &context) -> Result<Response> {
        const ReportId id = GI_TRY(context.pathId<ReportId>());
        const domain::ReportSet set = GI_TRY((services.handleReports.*change)(context.viewer, id, context.deadline));
        return Response::json(json::encode(viewsOf(context, services, set).first()));
    };
}

Result<Response> update(const RequestContext &context, const Services &services)
{
    const ReportId id = GI_TRY(context.pathId<ReportId>());
    domain::ReportChange change;
    if (const QString name = context.parameters.text(QStringLiteral("category")).value_or(QString()); !name.isEmpty()) {
        change.category = reportCategoryFromName(name);
        if (!change.category)
            return makeError(Fault::Unprocessable,
                             QStringLiteral("Validation failed: Category must be spam, legal, violation or other"));
    }
    if (context.parameters.contains(QStringLiteral("rule_ids"))) {
        QStringList rules = context.parameters.list(QStringLiteral("rule_ids"));
        rules.removeAll(QString());
        change.rules = rules;
    }
    const domain::ReportSet set = GI_TRY(services.handleReports.update(context.viewer, id, change, context.deadline));
    return Response::json(json::encode(viewsOf(context, services, set).first()));
}

Result<Response> deleteStatus(const RequestContext &context, const Services &services)
{
    const StatusId id = GI_TRY(context.pathId<StatusId>());
    const QString text = context.parameters.text(QStringLiteral("text")).value_or(QString());
    GI_TRY(services.moderateStatuses.remove(domain::Actor::of(context.viewer), id, text, context.deadline));
    return Response::json(json::encodeEmpty());
}

} // namespace

void addAdminReportHandlers(http::HandlerTable &table, const Services &services)
{
    using domain::HandleReports;
    table.insert("admin.reports", [&](const RequestContext &context) { return list(context, services); });
    table.insert("admin.report", answering(services, &HandleReports::show));
    table.insert("admin.updateReport", [&](const RequestContext &context) { return update(context, services); });
    table.insert("admin.assignReport", answering(services, &HandleReports::assignToSelf));
    table.insert("admin.unassignReport", answering(services, &HandleReports::unassign));
    table.insert("admin.resolveReport", answering(services, &HandleReports::resolve));
    table.insert("admin.reopenReport", answering(services, &HandleReports::reopen));
    table.insert("admin.deleteStatus", [&](const RequestContext &context) { return deleteStatus(context, services); });
}

} // namespace graminsta::handlers
