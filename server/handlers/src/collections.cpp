// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources.h"

#include "collectionchange.h"
#include "common.h"
#include "views/views.h"

#include <graminsta/json/collections.h>
#include <graminsta/json/encode.h>

namespace graminsta::handlers
{

using http::RequestContext;
using http::Response;

Result<domain::CollectionChange> collectionChange(const RequestContext &context)
{
    domain::CollectionChange change;
    change.title = context.parameters.text(QStringLiteral("title"));
    change.description = context.parameters.text(QStringLiteral("description"));
    const QString name = context.parameters.text(QStringLiteral("visibility")).value_or(QString());
    if (name.isEmpty())
        return change;
    change.visibility = collectionVisibilityFromName(name);
    if (!change.visibility)
        return makeError(Fault::Unprocessable,
                         QStringLiteral("Validation failed: Visibility must be public, private or draft"));
    return change;
}

namespace
{

constexpr PageLimits kCollectionPages { 20, 40 };

Result<QList<StatusId>> statusIds(const RequestContext &context)
{
    const QString name = QStringLiteral("status_ids");
    QStringList given = context.parameters.list(name);
    given.removeAll(QString());
    const QList<StatusId> ids = idList<StatusId>(context, name);
    if (ids.size() != given.size())
        return makeError(Fault::Unprocessable,
                         QStringLiteral("Validation failed: status_ids must be the ids of your posts, each once"));
    return ids;
}

Response collectionResponse(const RequestContext &context, const domain::CollectionSet &set)
{
    return Response::json(json::encode(collectionView(set, context.baseUrl)));
}

Result<Response> listOf(const RequestContext &context, const Services &services, AccountId account)
{
    const entities::PageRequest page = GI_TRY(pageRequest(context, kCollectionPages));
    const domain::CollectionSet set =
        GI_TRY(services.showCollections.ofAccount(context.viewer, account, page, context.deadline));
    return pageResponse(context, json::encode(collectionViews(set, context.baseUrl)), set.bounds);
}

Result<Response> ofAccount(const RequestContext &context, const Services &services)
{
    return listOf(context, services, GI_TRY(context.pathId<AccountId>()));
}

Result<Response> show(const RequestContext &context, const Services &services)
{
    const CollectionId id = GI_TRY(context.pathId<CollectionId>());
    return collectionResponse(context, GI_TRY(services.showCollections.one(context.viewer, id, context.deadline)));
}

Result<Response> create(const RequestContext &context, const Services &services)
{
    const domain::CollectionChange change = GI_TRY(collectionChange(context));
    const QList<StatusId> posts = GI_TRY(statusIds(context));
    return collectionResponse(context,
                              GI_TRY(services.editCollections.create(context.viewer, change, posts, context.deadline)));
}

Result<Response> update(const RequestContext &context, const Services &services)
{
    const CollectionId id = GI_TRY(context.pathId<CollectionId>());
    const domain::CollectionChange change = GI_TRY(collectionChange(context));
    return collectionResponse(context,
                              GI_TRY(services.editCollections.update(context.viewer, id, change, context.deadline)));
}

Result<Response> remove(const RequestContext &context, const Services &services)
{
    const CollectionId id = GI_TRY(context.pathId<CollectionId>());
    GI_TRY(services.editCollections.remove(context.viewer, id, context.deadline));
    return Response::json(json::encodeEmpty());
}

Result<Response> statuses(const RequestContext &context, const Services &services)
{
    const CollectionId id = GI_TRY(context.pathId<CollectionId>());
    const entities::PageRequest page = GI_TRY(pageRequest(context, kStatusPages));
    domain::StatusPage shown = GI_TRY(services.showCollections.statuses(context.viewer, id, page, context.deadline));
    GI_TRY(services.applyFilters.run(context.viewer, entities::FilterContext::Account, shown.set, context.deadline));
    return timelineResponse(context, shown);
}

using Change = Result<> (domain::EditCollections::*)(const entities::Viewer &, CollectionId, const QList<StatusId> &,
                                                     const Deadline &) const;

// Adds or arranges; the answer is the collection as it is then.
http::Handler changePosts(const Services &services, Change change)
{
    return [&services, change](const RequestContext &context) -> Result<Response> {
        const CollectionId id = GI_TRY(context.pathId<CollectionId>());
        const QList<StatusId> posts = GI_TRY(statusIds(context));
        GI_TRY((services.editCollections.*change)(context.viewer, id, posts, context.deadline));
        return collectionResponse(context, GI_TRY(services.showCollections.one(context.viewer, id, context.deadline)));
    };
}

Result<Response> takeOut(const RequestContext &context, const Services &services)
{
    const CollectionId id = GI_TRY(context.pathId<CollectionId>());
    const StatusId status = GI_TRY(context.pathId<StatusId>(1));
    GI_TRY(services.editCollections.takeOut(context.viewer, id, status, context.deadline));
    return collectionResponse(context, GI_TRY(services.showCollections.one(context.viewer, id, context.deadline)));
}

} // namespace

void addCollectionHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("collections.list",
                 [&](const RequestContext &context) { return listOf(context, services, context.viewer.account); });
    table.insert("collections.ofAccount", [&](const RequestContext &context) { return ofAccount(context, services); });
    table.insert("collections.create", [&](const RequestContext &context) { return create(context, services); });
    table.insert("collections.show", [&](const RequestContext &context) { return show(context, services); });
    table.insert("collections.update", [&](const RequestContext &context) { return update(context, services); });
    table.insert("collections.delete", [&](const RequestContext &context) { return remove(context, services); });
    table.insert("collections.statuses", [&](const RequestContext &context) { return statuses(context, services); });
    table.insert("collections.add", changePosts(services, &domain::EditCollections::add));
    table.insert("collections.arrange", changePosts(services, &domain::EditCollections::arrange));
    table.insert("collections.takeOut", [&](const RequestContext &context) { return takeOut(context, services); });
}

} // namespace graminsta::handlers
