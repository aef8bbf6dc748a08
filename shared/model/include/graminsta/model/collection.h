// SPDX-License-Identifier: GPL-3.0-or-later
// Collections of posts, and what Pixelfed's clients ask besides Mastodon's entities.
#pragma once

#include <graminsta/model/entities.h>

namespace graminsta::model
{

struct Collection {
    QString id;
    Account account; // its owner
    QString title;
    QString description;
    QString visibility; // "public", "private", "draft"
    int statusesCount = 0; // that the viewer may see
    QString coverUrl; // empty: it has nothing to show
    QString url; // of it in the API
    Timestamp createdAt;
    Timestamp updatedAt;
    std::optional<Timestamp> publishedAt;
};

// With its first posts, as Pixelfed lists one's own.
struct CollectionWithPosts {
    Collection collection;
    QList<Status> posts;
};

// What is asked before a post is written.
struct ComposeSettings {
    int license = 1; // of new photos
    QString visibility;
    int maxCharacters = 0;
    int maxMediaAttachments = 0;
    int maxDescription = 0;
    qint64 maxFileBytes = 0;
    QStringList mimeTypes;
};

} // namespace graminsta::model
