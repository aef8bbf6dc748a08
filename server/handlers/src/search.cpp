// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources.h"

#include "common.h"
#include "pixelfed/dialect.h"
#include "views/views.h"

#include <graminsta/json/encode.h>

namespace graminsta::handlers
{

using http::RequestContext;
using http::Response;

namespace
{

struct Request {
    QString query;
    QString type; // empty: all
    Ranks ranks;

    [[nodiscard]] bool isFor(const char *kind) const { return type.isEmpty() || type == QLatin1String(kind); }
};

Result<Request> parse(const RequestContext &context)
{
    Request request;
    request.query = GI_TRY(http::requiredText(context.parameters, QStringLiteral("q"))).trimmed();
    request.type = context.parameters.text(QStringLiteral("type")).value_or(QString());
    request.ranks = GI_TRY(ranksRequest(context, kStatusPages));
    if (context.viewer.isAnonymous()) {
        if (request.ranks.offset > 0)
            return makeError(Fault::Unauthorized,
                             QStringLiteral("Search queries pagination is not supported without authentication"));
        if (GI_TRY(flag(context, QStringLiteral("resolve"))))
            return makeError(Fault::Unauthorized,
                             QStringLiteral("Search queries that resolve remote resources are not supported without "
                                            "authentication"));
    }
    // As Mastodon: of several kinds only the first results.
    if (request.type.isEmpty())
        request.ranks.offset = 0;
    return request;
}

template<typename T> Result<std::optional<T>> ifFound(Result<T> result)
{
    if (result)
        return std::optional<T>(std::move(*result));
    if (result.error().fault == Fault::NotFound)
        return std::optional<T>();
    return std::move(result).error();
}

// What a link to this server names: ".../@alice" or ".../@alice/123".
Result<model::Search> byUrl(const RequestContext &context, const Services &services, const Request &request)
{
    model::Search found;
    const QString path = request.query.mid(context.baseUrl.size() + 2);
    const QString name = path.section(QLatin1Char('/'), 0, 0);
    const QString number = path.section(QLatin1Char('/'), 1);
    if (number.isEmpty() && request.isFor("accounts")) {
        const auto account =
            GI_TRY(ifFound(services.showAccounts.byAcct(name, hostOf(context.baseUrl), context.deadline)));
        if (account)
            found.accounts.append(accountView(*account, context.baseUrl));
    } else if (request.isFor("statuses")) {
        const std::optional<StatusId> id = StatusId::fromString(number);
        if (!id)
            return found;
        const auto status = GI_TRY(ifFound(services.showStatus.run(context.viewer, *id, context.deadline)));
        if (status)
            found.statuses = statusViews(*status, context.baseUrl);
    }
    return found;
}

Result<model::Search> byWords(const RequestContext &context, const Services &services, const Request &request)
{
    model::Search found;
    const QString host = hostOf(context.baseUrl);
    const bool isTag = request.query.startsWith(QLatin1Char('#'));
    const bool isName = request.query.startsWith(QLatin1Char('@'));
    if (request.isFor("accounts") && !isTag) {
        const bool onlyFollowed = GI_TRY(flag(context, QStringLiteral("following")));
        const QList<entities::Account> accounts = GI_TRY(services.showAccounts.search(
            context.viewer, { request.query, onlyFollowed, request.ranks.offset, request.ranks.limit }, host,
            context.deadline));
        found.accounts = accountViews(accounts, context.baseUrl);
    }
    if (request.isFor("hashtags") && !isName) {
        const QList<entities::TagInfo> tags = GI_TRY(services.tags.search(
            context.viewer, request.query, request.ranks.offset, request.ranks.limit, context.deadline));
        found.hashtags = tagViews(tags, context.baseUrl);
    }
    if (request.isFor("statuses") && context.viewer.hasAccount()) {
        const entities::PageRequest page = GI_TRY(pageRequest(context, kStatusPages));
        domain::SearchStatusesRequest statuses;
        statuses.query = request.query;
        statuses.author =
            AccountId::fromString(context.parameters.text(QStringLiteral("account_id")).value_or(QString()))
                .value_or(AccountId());
        statuses.maxId = page.maxId;
        statuses.minId = page.minId;
        statuses.offset = request.ranks.offset;
        statuses.limit = request.ranks.limit;
        found.statuses = statusViews(
            GI_TRY(services.searchStatuses.run(context.viewer, statuses, host, context.deadline)), context.baseUrl);
    }
    return found;
}

Result<Response> search(const RequestContext &context, const Services &services)
{
    const Request request = GI_TRY(parse(context));
    const bool isUrl = request.query.startsWith(context.baseUrl + QStringLiteral("/@"));
    return Response::json(
        encoded(context, GI_TRY(isUrl ? byUrl(context, services, request) : byWords(context, services, request))));
}

} // namespace

void addSearchHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("search.v2", [&](const RequestContext &context) { return search(context, services); });
}

} // namespace graminsta::handlers
