// SPDX-License-Identifier: GPL-3.0-or-later
#include "pixelfed/routes.h"

#include "common.h"
#include "pixelfed/dialect.h"
#include "views/views.h"

#include <algorithm>
#include <iterator>

namespace graminsta::handlers
{

using entities::ReportCategory;
using http::RequestContext;
using http::Response;

namespace
{

constexpr int kMutuals = 24; // as Pixelfed

// Pixelfed's reasons, and Mastodon's categories that they come under; moderators read the reason in the comment.
struct Reason {
    const char *name;
    ReportCategory category;
};

constexpr Reason kReasons[] = {
    { "spam", ReportCategory::Spam },           { "scam", ReportCategory::Spam },
    { "copyright", ReportCategory::Legal },     { "terrorism", ReportCategory::Legal },
    { "underage", ReportCategory::Legal },      { "sensitive", ReportCategory::Other },
    { "abusive", ReportCategory::Other },       { "violence", ReportCategory::Other },
    { "impersonation", ReportCategory::Other },
};

Result<Response> byUsername(const RequestContext &context, const Services &services)
{
    const entities::Account account = GI_TRY(
        services.showAccounts.byAcct(context.pathParameters.value(0), hostOf(context.baseUrl), context.deadline));
    return Response::json(encoded(context, accountView(account, context.baseUrl)));
}

Result<Response> mutuals(const RequestContext &context, const Services &services)
{
    const AccountId id = GI_TRY(context.pathId<AccountId>());
    const QList<entities::Account> accounts =
        GI_TRY(services.accountLists.knownFollowers(context.viewer, id, kMutuals, context.deadline));
    return Response::json(encoded(context, accountViews(accounts, context.baseUrl)));
}

Result<Response> report(const RequestContext &context, const Services &services)
{
    const QString type = GI_TRY(http::requiredText(context.parameters, QStringLiteral("report_type")));
    const QString object = GI_TRY(http::requiredText(context.parameters, QStringLiteral("object_type")));
    const QString id = GI_TRY(http::requiredText(context.parameters, QStringLiteral("object_id")));
    const auto *const reason = std::find_if(std::begin(kReasons), std::end(kReasons),
                                            [&type](const Reason &one) { return type == QLatin1String(one.name); });
    if (reason == std::end(kReasons))
        return makeError(Fault::Unprocessable,
                         QStringLiteral("Validation failed: report_type must be spam, sensitive, abusive, underage, "
                                        "violence, copyright, impersonation, scam or terrorism"));
    domain::ReportRequest request;
    request.category = reason->category;
    request.comment = type;
    if (object == QLatin1String("post")) {
        const std::optional<StatusId> post = StatusId::fromString(id);
        if (!post)
            return makeError(Fault::NotFound, QStringLiteral("Record not found"));
        request.statuses = { *post };
    } else if (object == QLatin1String("user")) {
        const std::optional<AccountId> account = AccountId::fromString(id);
        if (!account)
            return makeError(Fault::NotFound, QStringLiteral("Record not found"));
        request.target = *account;
    } else {
        return makeError(Fault::Unprocessable, QStringLiteral("Validation failed: object_type must be user or post"));
    }
    GI_TRY(services.reportAccount.run(context.viewer, request, context.deadline));
    return Response::json(json::pixelfed::encodeReportSent());
}

Result<Response> ownAccount(const RequestContext &context, const Services &services,
                            const domain::ProfileChange &change)
{
    const domain::OwnAccount own = GI_TRY(services.updateCredentials.run(context.viewer, change, context.deadline));
    return Response::json(encoded(context, ownAccountView(own, context.baseUrl)));
}

Result<Response> updateAvatar(const RequestContext &context, const Services &services)
{
    const http::UploadedFile *file = context.parameters.file(QStringLiteral("upload"));
    if (!file)
        file = context.parameters.file(QStringLiteral("avatar"));
    if (!file || file->size == 0)
        return makeError(
            Fault::Unprocessable,
            QStringLiteral("Validation failed: Avatar can't be blank (send it as multipart field \"upload\")"));
    domain::ProfileChange change;
    change.avatarFile = file->path;
    return ownAccount(context, services, change);
}

Result<Response> removeAvatar(const RequestContext &context, const Services &services)
{
    domain::ProfileChange change;
    change.removesAvatar = true;
    return ownAccount(context, services, change);
}

// Graminsta has direct messages as Mastodon has them, as posts; Pixelfed's conversations it has not.
Result<Response> thread(const RequestContext &context, const Services &services)
{
    const std::optional<AccountId> id =
        AccountId::fromString(GI_TRY(http::requiredText(context.parameters, QStringLiteral("pid"))));
    if (!id)
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    const entities::Account account = GI_TRY(services.showAccounts.byId(*id, context.deadline));
    return Response::json(json::pixelfed::encodeThread(accountView(account, context.baseUrl)));
}

Result<Response> stories(const RequestContext &context, const Services &services)
{
    const domain::OwnAccount own = GI_TRY(services.showAccounts.own(context.viewer, context.deadline));
    return Response::json(json::pixelfed::encodeStories(accountView(own.account, context.baseUrl)));
}

} // namespace

void addPixelfedPeopleHandlers(http::HandlerTable &table, const Services &services)
{
    for (const char *name : { "pixelfed.account", "pixelfed.accountOld" })
        table.insert(name, [&](const RequestContext &context) { return byUsername(context, services); });
    for (const char *name : { "pixelfed.mutuals", "pixelfed.mutualsOld" })
        table.insert(name, [&](const RequestContext &context) { return mutuals(context, services); });
    for (const char *name : { "pixelfed.report", "pixelfed.reportOld" })
        table.insert(name, [&](const RequestContext &context) { return report(context, services); });
    table.insert("pixelfed.updateAvatar",
                 [&](const RequestContext &context) { return updateAvatar(context, services); });
    table.insert("pixelfed.removeAvatar",
                 [&](const RequestContext &context) { return removeAvatar(context, services); });
    table.insert("pixelfed.thread", [&](const RequestContext &context) { return thread(context, services); });
    for (const char *name : { "pixelfed.stories", "pixelfed.storiesNew", "pixelfed.storiesOld" })
        table.insert(name, [&](const RequestContext &context) { return stories(context, services); });
}

} // namespace graminsta::handlers
