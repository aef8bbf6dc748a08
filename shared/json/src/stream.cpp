// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/json/stream.h>

#include <graminsta/json/decode.h>
#include <graminsta/json/writer.h>

#include "reader.h"

namespace graminsta::json
{

QByteArray encode(const model::StreamMessage &message)
{
    // Each quote of the payload becomes two bytes.
    JsonWriter out(message.payload.size() * 3 / 2 + 256);
    out.beginObject();
    out.key("stream");
    out.beginArray();
    for (const QString &name : message.stream) {
        out.element();
        out.value(name);
    }
    out.endArray();
    out.field("event", message.event);
    out.field("payload", QString::fromUtf8(message.payload));
    out.endObject();
    return out.take();
}

QByteArray encodeStreamError(const QString &error, int status)
{
    JsonWriter out(128);
    out.beginObject();
    out.field("error", error);
    out.field("status", status);
    out.endObject();
    return out.take();
}

Result<model::StreamMessage> decodeStreamMessage(const QByteArray &document)
{
    const QJsonObject from = GI_TRY(parseObject(document));
    model::StreamMessage message { texts(from, "stream"), text(from, "event"), text(from, "payload").toUtf8() };
    if (message.event.isEmpty())
        return unreadable("StreamMessage", "event");
    return message;
}

Result<model::StreamCommand> decodeStreamCommand(const QByteArray &document)
{
    const QJsonObject from = GI_TRY(parseObject(document));
    model::StreamCommand command;
    command.type = text(from, "type");
    command.stream = text(from, "stream");
    command.tag = text(from, "tag");
    command.list = text(from, "list");
    // Clients put their parameters there as they would into a query.
    const QJsonValue onlyMedia = from.value(QLatin1String("only_media"));
    command.onlyMedia = onlyMedia.toBool() || textOf(onlyMedia) == QLatin1String("true");
    if (command.type.isEmpty())
        return unreadable("StreamCommand", "type");
    return command;
}

QByteArray encode(const model::StreamCommand &command)
{
    JsonWriter out(128);
    out.beginObject();
    out.field("type", command.type);
    out.field("stream", command.stream);
    if (!command.tag.isEmpty())
        out.field("tag", command.tag);
    if (!command.list.isEmpty())
        out.field("list", command.list);
    out.endObject();
    return out.take();
}

} // namespace graminsta::json
