// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/json/featuredtag.h>

#include <graminsta/json/writer.h>

namespace graminsta::json
{

namespace
{

constexpr qsizetype kTagBytes = 200;

// https://docs.joinmastodon.org/entities/FeaturedTag/
void write(JsonWriter &out, const model::FeaturedTag &tag)
{
    out.beginObject();
    out.field("id", tag.id);
    out.field("name", tag.name);
    out.field("url", tag.url);
    out.field("statuses_count", QString::number(tag.statusesCount)); // text in this API
    out.field("last_status_at", tag.lastStatusAt);
    out.endObject();
}

} // namespace

QByteArray encode(const model::FeaturedTag &tag)
{
    JsonWriter out(kTagBytes);
    write(out, tag);
    return out.take();
}

QByteArray encode(const QList<model::FeaturedTag> &tags)
{
    JsonWriter out(kTagBytes * tags.size());
    out.beginArray();
    for (const model::FeaturedTag &tag : tags) {
        out.element();
        write(out, tag);
    }
    out.endArray();
    return out.take();
}

} // namespace graminsta::json
