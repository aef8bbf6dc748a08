// SPDX-License-Identifier: GPL-3.0-or-later
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

Result<std::optional<entities::ReportCategory>> categoryParameter(const RequestContext &context)
{
    const QString name = context.parameters.text(QStringLiteral("category")).value_or(QString());
    if (name.isEmpty())
        return std::optional<entities::ReportCategory> {};
    const std::optional<entities::ReportCategory> category = reportCategoryFromName(name);
    if (!category)
        return makeError(Fault::Unprocessable,
                         QStringLiteral("Validation failed: Category must be spam, legal, violation or other"));
    return category;
}

Result<Response> create(const RequestContext &context, const Services &services)
{
    const std::optional<AccountId> target =
        AccountId::fromString(context.parameters.text(QStringLiteral("account_id")).value_or(QString()));
    if (!target)
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    domain::ReportRequest request;
    request.target = *target;
    request.statuses = idList<StatusId>(context, QStringLiteral("status_ids"));
    request.comment = context.parameters.text(QStringLiteral("comment")).value_or(QString());
    request.category = GI_TRY(categoryParameter(context));
    request.rules = context.parameters.list(QStringLiteral("rule_ids"));
    const domain::FiledReport filed = GI_TRY(services.reportAccount.run(context.viewer, request, context.deadline));
    return Response::json(json::encode(reportView(filed, context.baseUrl)));
}

} // namespace

void addReportHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("reports.create", [&](const RequestContext &context) { return create(context, services); });
}

} // namespace graminsta::handlers
