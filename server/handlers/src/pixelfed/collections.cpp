// SPDX-License-Identifier: GPL-3.0-or-later
#include "pixelfed/routes.h"

#include "collectionchange.h"
#include "common.h"
#include "pixelfed/dialect.h"
#include "views/views.h"

namespace graminsta::handlers
{

using http::RequestContext;
using http::Response;

namespace
{

constexpr int kPostsPerPage = 10; // as Pixelfed
constexpr int kCollectionsPerPage = 9; // as Pixelfed
constexpr int kPostsOfEach = 12; // what a row of the official app shows, and some to scroll

// "page", from 1 on.
Result<int> pageNumber(const RequestContext &context)
{
    constexpr qint64 kMost = 1000;
    const qint64 page = GI_TRY(context.parameters.integer(QStringLiteral("page"))).value_or(1);
    return int(std::clamp<qint64>(page, 1, kMost));
}

Result<CollectionId> collectionId(const RequestContext &context)
{
    const QString text = GI_TRY(http::requiredText(context.parameters, QStringLiteral("collection_id")));
    if (const std::optional<CollectionId> id = CollectionId::fromString(text))
        return *id;
    return makeError(Fault::NotFound, QStringLiteral("Record not found"));
}

Result<StatusId> postId(const RequestContext &context)
{
    const QString text = GI_TRY(http::requiredText(context.parameters, QStringLiteral("post_id")));
    if (const std::optional<StatusId> id = StatusId::fromString(text))
        return *id;
    return makeError(Fault::NotFound, QStringLiteral("Record not found"));
}

// Pixelfed counts pages; an account has so few collections that all before the page are read with it.
Result<domain::CollectionSet> pageOf(const RequestContext &context, const Services &services, AccountId account)
{
    const int page = GI_TRY(pageNumber(context));
    entities::PageRequest request;
    request.limit = domain::kMaxCollections;
    domain::CollectionSet set =
        GI_TRY(services.showCollections.ofAccount(context.viewer, account, request, context.deadline));
    set.collections = set.collections.mid((page - 1) * kCollectionsPerPage, kCollectionsPerPage);
    return set;
}

Result<Response> ofAccount(const RequestContext &context, const Services &services)
{
    const AccountId id = GI_TRY(context.pathId<AccountId>());
    const domain::CollectionSet set = GI_TRY(pageOf(context, services, id));
    return Response::json(json::pixelfed::encode(collectionViews(set, context.baseUrl)));
}

Result<Response> own(const RequestContext &context, const Services &services)
{
    const int page = GI_TRY(pageNumber(context));
    const domain::CollectionsWithPosts shown = GI_TRY(services.showCollections.own(
        context.viewer, (page - 1) * kCollectionsPerPage, kCollectionsPerPage, kPostsOfEach, context.deadline));
    QHash<QString, model::Status> posts;
    for (const model::Status &post : statusViews(shown.statuses, context.baseUrl))
        posts.insert(post.id, post);
    QList<model::CollectionWithPosts> views;
    for (const model::Collection &collection : collectionViews(shown.set, context.baseUrl)) {
        model::CollectionWithPosts view { collection, {} };
        for (const StatusId id : shown.posts.value(CollectionId::fromString(collection.id).value_or(CollectionId {}))) {
            if (const auto post = posts.constFind(id.toString()); post != posts.cend())
                view.posts.append(*post);
        }
        views.append(std::move(view));
    }
    return Response::json(json::pixelfed::encode(views));
}

Result<Response> show(const RequestContext &context, const Services &services)
{
    const CollectionId id = GI_TRY(context.pathId<CollectionId>());
    const domain::CollectionSet set = GI_TRY(services.showCollections.one(context.viewer, id, context.deadline));
    return Response::json(json::pixelfed::encode(collectionView(set, context.baseUrl)));
}

Result<Response> items(const RequestContext &context, const Services &services)
{
    const CollectionId id = GI_TRY(context.pathId<CollectionId>());
    const int page = GI_TRY(pageNumber(context));
    domain::StatusPage shown = GI_TRY(services.showCollections.statusesFrom(
        context.viewer, id, (page - 1) * kPostsPerPage, kPostsPerPage, context.deadline));
    GI_TRY(services.applyFilters.run(context.viewer, entities::FilterContext::Account, shown.set, context.deadline));
    return Response::json(encoded(context, statusViews(shown.set, context.baseUrl)));
}

Result<Response> update(const RequestContext &context, const Services &services)
{
    const CollectionId id = GI_TRY(context.pathId<CollectionId>());
    const domain::CollectionChange change = GI_TRY(collectionChange(context));
    const domain::CollectionSet set =
        GI_TRY(services.editCollections.update(context.viewer, id, change, context.deadline));
    return Response::json(json::pixelfed::encode(collectionView(set, context.baseUrl)));
}

Result<Response> remove(const RequestContext &context, const Services &services)
{
    const CollectionId id = GI_TRY(context.pathId<CollectionId>());
    GI_TRY(services.editCollections.remove(context.viewer, id, context.deadline));
    return Response::json(json::encodeEmpty());
}

Result<Response> add(const RequestContext &context, const Services &services)
{
    const CollectionId id = GI_TRY(collectionId(context));
    const StatusId post = GI_TRY(postId(context));
    GI_TRY(services.editCollections.add(context.viewer, id, { post }, context.deadline));
    return statusResponse(context, GI_TRY(services.showStatus.run(context.viewer, post, context.deadline)));
}

Result<Response> takeOut(const RequestContext &context, const Services &services)
{
    const CollectionId id = GI_TRY(collectionId(context));
    GI_TRY(services.editCollections.takeOut(context.viewer, id, GI_TRY(postId(context)), context.deadline));
    return Response::json(json::encodeEmpty());
}

} // namespace

void addPixelfedCollectionHandlers(http::HandlerTable &table, const Services &services)
{
    for (const char *name : { "pixelfed.collectionsOf", "pixelfed.collectionsOfOld" })
        table.insert(name, [&](const RequestContext &context) { return ofAccount(context, services); });
    for (const char *name : { "pixelfed.ownCollections", "pixelfed.ownCollectionsOld" })
        table.insert(name, [&](const RequestContext &context) { return own(context, services); });
    for (const char *name : { "pixelfed.collectionItems", "pixelfed.collectionItemsOld" })
        table.insert(name, [&](const RequestContext &context) { return items(context, services); });
    table.insert("pixelfed.collection", [&](const RequestContext &context) { return show(context, services); });
    table.insert("pixelfed.updateCollection", [&](const RequestContext &context) { return update(context, services); });
    table.insert("pixelfed.deleteCollection", [&](const RequestContext &context) { return remove(context, services); });
    table.insert("pixelfed.addToCollection", [&](const RequestContext &context) { return add(context, services); });
    table.insert("pixelfed.takeOutOfCollection",
                 [&](const RequestContext &context) { return takeOut(context, services); });
}

} // namespace graminsta::handlers
