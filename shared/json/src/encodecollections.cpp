// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/json/collections.h>

#include "entitywriter.h"

namespace graminsta::json
{

namespace
{

constexpr qsizetype kCollectionBytes = 1536;

void write(JsonWriter &out, const model::Collection &collection)
{
    out.beginObject();
    out.field("id", collection.id);
    out.key("account");
    json::write(out, collection.account);
    out.field("title", collection.title);
    out.field("description", collection.description);
    out.field("visibility", collection.visibility);
    out.field("statuses_count", collection.statusesCount);
    out.fieldOrNull("cover_url", collection.coverUrl);
    out.field("url", collection.url);
    out.field("created_at", collection.createdAt);
    out.field("updated_at", collection.updatedAt);
    out.field("published_at", collection.publishedAt);
    out.endObject();
}

} // namespace

QByteArray encode(const model::Collection &collection)
{
    JsonWriter out(kCollectionBytes);
    write(out, collection);
    return out.take();
}

QByteArray encode(const QList<model::Collection> &collections)
{
    JsonWriter out(kCollectionBytes * (collections.size() + 1));
    out.beginArray();
    for (const model::Collection &collection : collections) {
        out.element();
        write(out, collection);
    }
    out.endArray();
    return out.take();
}

} // namespace graminsta::json
