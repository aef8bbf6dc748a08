// SPDX-License-Identifier: GPL-3.0-or-later
#include "views.h"

namespace graminsta::handlers
{

using entities::CollectionVisibility;

namespace
{

QString nameOf(CollectionVisibility visibility)
{
    switch (visibility) {
    case CollectionVisibility::Public:
        return QStringLiteral("public");
    case CollectionVisibility::Private:
        return QStringLiteral("private");
    case CollectionVisibility::Draft:
        return QStringLiteral("draft");
    }
    return QStringLiteral("draft");
}

} // namespace

std::optional<CollectionVisibility> collectionVisibilityFromName(const QString &name)
{
    for (const CollectionVisibility visibility :
         { CollectionVisibility::Public, CollectionVisibility::Private, CollectionVisibility::Draft }) {
        if (name == nameOf(visibility))
            return visibility;
    }
    return std::nullopt;
}

QList<model::Collection> collectionViews(const domain::CollectionSet &set, const QString &baseUrl)
{
    const model::Account owner = accountView(set.owner, baseUrl);
    QList<model::Collection> views;
    views.reserve(set.collections.size());
    for (const entities::CollectionSummary &summary : set.collections) {
        model::Collection view;
        view.id = summary.collection.id.toString();
        view.account = owner;
        view.title = summary.collection.title;
        view.description = summary.collection.description;
        view.visibility = nameOf(summary.collection.visibility);
        view.statusesCount = summary.statusesCount;
        if (const auto cover = set.covers.constFind(summary.coverId); cover != set.covers.cend())
            view.coverUrl = mediaView(*cover, baseUrl).previewUrl;
        view.url = baseUrl + QStringLiteral("/api/graminsta/v1/collections/") + view.id;
        view.createdAt = summary.collection.createdAt;
        view.updatedAt = summary.collection.updatedAt;
        view.publishedAt = summary.collection.publishedAt;
        views.append(std::move(view));
    }
    return views;
}

model::Collection collectionView(const domain::CollectionSet &set, const QString &baseUrl)
{
    const QList<model::Collection> views = collectionViews(set, baseUrl);
    return views.isEmpty() ? model::Collection {} : views.first();
}

} // namespace graminsta::handlers
