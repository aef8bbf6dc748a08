// SPDX-License-Identifier: GPL-3.0-or-later
// Collections, and what Pixelfed has and Graminsta has nothing of.
#include "pixelfed/dialectwriter.h"

#include <graminsta/json/pixelfed.h>

namespace graminsta::json::pixelfed
{

namespace
{

void writeMembers(JsonWriter &out, const model::Collection &collection)
{
    out.field("id", collection.id);
    out.field("pid", collection.account.id);
    out.field("visibility", collection.visibility);
    out.field("title", collection.title);
    out.field("description", collection.description);
    // Never null: PixelDroid takes it for an address.
    out.field("thumb", collection.coverUrl.isEmpty() ? collection.account.header : collection.coverUrl);
    out.field("url", collection.url);
    out.field("username", collection.account.username);
    out.field("avatar", collection.account.avatar);
    out.field("post_count", collection.statusesCount);
    out.field("updated_at", collection.updatedAt);
    out.field("published_at", collection.publishedAt);
}

} // namespace

void writeEntity(JsonWriter &out, const model::Collection &collection)
{
    out.beginObject();
    writeMembers(out, collection);
    out.endObject();
}

void writeEntity(JsonWriter &out, const model::CollectionWithPosts &collection)
{
    out.beginObject();
    writeMembers(out, collection.collection);
    out.key("items");
    writeList(out, collection.posts);
    out.endObject();
}

QByteArray encode(const model::Collection &collection)
{
    return document(collection, kAccountBytes);
}

QByteArray encode(const QList<model::Collection> &collections)
{
    return documentOf(collections, kAccountBytes);
}

QByteArray encode(const QList<model::CollectionWithPosts> &collections)
{
    return documentOf(collections, kAccountBytes + kStatusBytes);
}

QByteArray encodeDiscover(const QList<model::Status> &posts)
{
    JsonWriter out(kStatusBytes * (posts.size() + 1));
    out.beginObject();
    out.key("posts");
    json::write(out, posts);
    out.endObject();
    return out.take();
}

QByteArray encodeStories(const model::Account &viewer)
{
    JsonWriter out;
    out.beginObject();
    out.key("self");
    out.beginObject();
    out.key("user");
    out.beginObject();
    out.field("id", viewer.id);
    out.field("username", viewer.username);
    out.field("username_acct", viewer.acct);
    out.field("avatar", viewer.avatar);
    out.field("local", true);
    out.field("is_author", true);
    out.endObject();
    out.emptyArrayField("nodes");
    out.endObject();
    out.emptyArrayField("nodes");
    out.endObject();
    return out.take();
}

QByteArray encodeThread(const model::Account &with)
{
    JsonWriter out;
    out.beginObject();
    out.field("id", with.id);
    out.field("name", with.displayName);
    out.field("username", with.acct);
    out.field("avatar", with.avatar);
    out.field("url", with.url);
    out.field("muted", false);
    out.field("isLocal", true);
    out.nullField("domain");
    out.field("created_at", with.createdAt);
    out.field("updated_at", with.createdAt);
    out.field("timeAgo", QLatin1String(""));
    out.field("lastMessage", QLatin1String(""));
    out.emptyArrayField("messages");
    out.endObject();
    return out.take();
}

} // namespace graminsta::json::pixelfed
