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

constexpr PageLimits kSearchLimits { 40, 80 };

Result<Response> lookup(const RequestContext &context, const Services &services)
{
    const QString acct = GI_TRY(http::requiredText(context.parameters, QStringLiteral("acct")));
    const entities::Account account =
        GI_TRY(services.showAccounts.byAcct(acct, hostOf(context.baseUrl), context.deadline));
    return Response::json(encoded(context, accountView(account, context.baseUrl)));
}

Result<Response> search(const RequestContext &context, const Services &services)
{
    const QString query = context.parameters.text(QStringLiteral("q")).value_or(QString());
    const Ranks ranks = GI_TRY(ranksRequest(context, kSearchLimits));
    const domain::AccountSearchRequest request { query, GI_TRY(flag(context, QStringLiteral("following"))),
                                                 ranks.offset, ranks.limit };
    const QList<entities::Account> accounts =
        GI_TRY(services.showAccounts.search(context.viewer, request, hostOf(context.baseUrl), context.deadline));
    return Response::json(encoded(context, accountViews(accounts, context.baseUrl)));
}

Result<Response> show(const RequestContext &context, const Services &services)
{
    const AccountId id = GI_TRY(context.pathId<AccountId>());
    const entities::Account account = GI_TRY(services.showAccounts.byId(id, context.deadline));
    return Response::json(encoded(context, accountView(account, context.baseUrl)));
}

Result<Response> relationships(const RequestContext &context, const Services &services)
{
    const QList<AccountId> ids = idList<AccountId>(context, QStringLiteral("id")).mid(0, kAccountPages.maximum);
    QList<model::Relationship> views;
    for (const entities::Relationship &relationship :
         GI_TRY(services.relationships.list(context.viewer, ids, context.deadline)))
        views.append(relationshipView(relationship));
    return Response::json(json::encode(views));
}

Result<Response> followers(const RequestContext &context, const Services &services)
{
    const AccountId id = GI_TRY(context.pathId<AccountId>());
    const entities::PageRequest page = GI_TRY(pageRequest(context, kAccountPages));
    return accountPage(context, GI_TRY(services.accountLists.followers(context.viewer, id, page, context.deadline)));
}

Result<Response> following(const RequestContext &context, const Services &services)
{
    const AccountId id = GI_TRY(context.pathId<AccountId>());
    const entities::PageRequest page = GI_TRY(pageRequest(context, kAccountPages));
    return accountPage(context, GI_TRY(services.accountLists.following(context.viewer, id, page, context.deadline)));
}

Result<Response> follow(const RequestContext &context, const Services &services)
{
    const AccountId id = GI_TRY(context.pathId<AccountId>());
    domain::FollowOptions options;
    options.showReblogs = GI_TRY(context.parameters.boolean(QStringLiteral("reblogs"))).value_or(true);
    options.notify = GI_TRY(flag(context, QStringLiteral("notify")));
    const entities::Relationship relationship =
        GI_TRY(services.followAccount.follow(context.viewer, id, options, context.deadline));
    return Response::json(json::encode(relationshipView(relationship)));
}

Result<Response> unfollow(const RequestContext &context, const Services &services)
{
    const AccountId id = GI_TRY(context.pathId<AccountId>());
    const entities::Relationship relationship =
        GI_TRY(services.followAccount.unfollow(context.viewer, id, context.deadline));
    return Response::json(json::encode(relationshipView(relationship)));
}

} // namespace

void addAccountHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("accounts.lookup", [&](const RequestContext &context) { return lookup(context, services); });
    table.insert("accounts.search", [&](const RequestContext &context) { return search(context, services); });
    table.insert("accounts.show", [&](const RequestContext &context) { return show(context, services); });
    table.insert("accounts.relationships",
                 [&](const RequestContext &context) { return relationships(context, services); });
    table.insert("accounts.followers", [&](const RequestContext &context) { return followers(context, services); });
    table.insert("accounts.following", [&](const RequestContext &context) { return following(context, services); });
    table.insert("accounts.follow", [&](const RequestContext &context) { return follow(context, services); });
    table.insert("accounts.unfollow", [&](const RequestContext &context) { return unfollow(context, services); });
}

} // namespace graminsta::handlers
