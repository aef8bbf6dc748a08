// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources.h"

#include "common.h"
#include "views/views.h"

#include <graminsta/domain/text/statustext.h>
#include <graminsta/json/encode.h>

namespace graminsta::handlers
{

using http::RequestContext;
using http::Response;

namespace
{

// Accounts and a hashtag by its name; posts by their words are not searched.
Result<Response> search(const RequestContext &context, const Services &services)
{
    const QString query = GI_TRY(http::requiredText(context.parameters, QStringLiteral("q"))).trimmed();
    const QString type = context.parameters.text(QStringLiteral("type")).value_or(QString());
    const qint64 offset = GI_TRY(context.parameters.integer(QStringLiteral("offset"))).value_or(0);
    const int limit = GI_TRY(pageRequest(context, kStatusPages)).limit;
    model::Search found;
    // All results come at once: a later page has none.
    if (offset > 0)
        return Response::json(json::encode(found));
    if ((type.isEmpty() || type == QLatin1String("accounts")) && !query.startsWith(QLatin1Char('#'))) {
        const QList<entities::Account> accounts = GI_TRY(
            services.showAccounts.search(context.viewer, query, hostOf(context.baseUrl), limit, context.deadline));
        found.accounts = accountViews(accounts, context.baseUrl);
    }
    const QStringList tags = domain::hashtagsOf(QLatin1Char('#') + QString(query).remove(QLatin1Char('#')));
    if ((type.isEmpty() || type == QLatin1String("hashtags")) && !query.startsWith(QLatin1Char('@'))
        && tags.size() == 1)
        found.hashtags.append(
            tagView(GI_TRY(services.tags.show(context.viewer, tags.first(), context.deadline)), context.baseUrl));
    return Response::json(json::encode(found));
}

} // namespace

void addSearchHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("search.v2", [&](const RequestContext &context) { return search(context, services); });
}

} // namespace graminsta::handlers
