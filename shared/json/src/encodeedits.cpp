// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/json/encode.h>

#include "entitywriter.h"

namespace graminsta::json
{

namespace
{

constexpr qsizetype kEditBytes = 3072;

// https://docs.joinmastodon.org/entities/StatusEdit/
void writeEdit(JsonWriter &out, const model::StatusEdit &edit)
{
    out.beginObject();
    out.field("content", edit.content);
    out.field("spoiler_text", edit.spoilerText);
    out.field("sensitive", edit.sensitive);
    out.field("created_at", edit.createdAt);
    out.key("account");
    write(out, edit.account);
    out.key("media_attachments");
    write(out, edit.mediaAttachments);
    out.emptyArrayField("emojis");
    out.endObject();
}

} // namespace

// https://docs.joinmastodon.org/entities/StatusSource/
QByteArray encode(const model::StatusSource &source)
{
    JsonWriter out(source.text.size() + 256);
    out.beginObject();
    out.field("id", source.id);
    out.field("text", source.text);
    out.field("spoiler_text", source.spoilerText);
    out.endObject();
    return out.take();
}

QByteArray encode(const QList<model::StatusEdit> &edits)
{
    JsonWriter out(kEditBytes * (edits.size() + 1));
    out.beginArray();
    for (const model::StatusEdit &edit : edits) {
        out.element();
        writeEdit(out, edit);
    }
    out.endArray();
    return out.take();
}

} // namespace graminsta::json
