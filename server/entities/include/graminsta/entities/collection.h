// SPDX-License-Identifier: GPL-3.0-or-later
// Collections: posts of one account that it has put together, in an order of its own.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/ids.h>

#include <QString>

#include <optional>

namespace graminsta::entities
{

enum class CollectionVisibility {
    Public = 0, // for whoever may see its owner's public posts
    Private = 1, // for the owner's followers
    Draft = 2, // for the owner
};

struct Collection {
    CollectionId id;
    AccountId accountId;
    QString title;
    QString description;
    CollectionVisibility visibility = CollectionVisibility::Draft;
    Timestamp createdAt;
    Timestamp updatedAt; // of it or of what is in it
    std::optional<Timestamp> publishedAt; // when it first was no draft
};

// A post in a collection; the lowest position is shown first.
struct CollectionItem {
    CollectionId collectionId;
    StatusId statusId;
    qint64 position = 0;
};

// A collection with what a list of them says of its posts, as far as somebody may see them.
struct CollectionSummary {
    Collection collection;
    int statusesCount = 0;
    StatusId coverId; // the first with photos that is not sensitive; null: none
};

} // namespace graminsta::entities
