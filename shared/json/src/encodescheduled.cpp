// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/json/encode.h>

#include "entitywriter.h"

namespace graminsta::json
{

namespace
{

// https://docs.joinmastodon.org/entities/ScheduledStatus/
void write(JsonWriter &out, const model::ScheduledStatus &scheduled)
{
    out.beginObject();
    out.field("id", scheduled.id);
    out.field("scheduled_at", scheduled.scheduledAt);
    out.key("params");
    out.beginObject();
    out.field("text", scheduled.text);
    out.nullField("poll");
    out.key("media_ids");
    out.beginArray();
    for (const model::MediaAttachment &media : scheduled.mediaAttachments) {
        out.element();
        out.value(media.id);
    }
    out.endArray();
    out.field("sensitive", scheduled.sensitive);
    out.fieldOrNull("spoiler_text", scheduled.spoilerText);
    out.fieldOrNull("visibility", scheduled.visibility);
    out.fieldOrNull("language", scheduled.language);
    out.fieldOrNull("in_reply_to_id", scheduled.inReplyToId);
    out.field("application_id", scheduled.applicationId);
    out.nullField("scheduled_at");
    out.fieldOrNull("idempotency", scheduled.idempotencyKey);
    out.field("with_rate_limit", false);
    out.endObject();
    out.key("media_attachments");
    json::write(out, scheduled.mediaAttachments);
    out.endObject();
}

} // namespace

QByteArray encode(const model::ScheduledStatus &scheduled)
{
    JsonWriter out;
    write(out, scheduled);
    return out.take();
}

QByteArray encode(const QList<model::ScheduledStatus> &scheduled)
{
    JsonWriter out;
    out.beginArray();
    for (const model::ScheduledStatus &one : scheduled) {
        out.element();
        write(out, one);
    }
    out.endArray();
    return out.take();
}

} // namespace graminsta::json
