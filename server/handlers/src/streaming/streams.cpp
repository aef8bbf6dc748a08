// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources.h"

#include "common.h"
#include "streaming/listener.h"

namespace graminsta::handlers
{

using http::RequestContext;
using http::Response;

namespace
{

model::StreamCommand commandOf(const RequestContext &context, const QString &stream, bool onlyMedia)
{
    model::StreamCommand command;
    command.type = QStringLiteral("subscribe");
    command.stream = stream;
    command.tag = context.parameters.text(QStringLiteral("tag")).value_or(QString());
    command.list = context.parameters.text(QStringLiteral("list")).value_or(QString());
    command.onlyMedia = onlyMedia;
    return command;
}

Result<std::shared_ptr<StreamListener>> listener(const RequestContext &context, StreamHub &hub,
                                                 std::optional<model::StreamCommand> first)
{
    const StreamHub::ListenerId id = GI_TRY(hub.enter(context.viewer, context.baseUrl));
    return std::make_shared<StreamListener>(hub, id, context.viewer, std::move(first));
}

Result<Response> webSocket(const RequestContext &context, StreamHub &hub)
{
    const QString stream = context.parameters.text(QStringLiteral("stream")).value_or(QString());
    std::optional<model::StreamCommand> first;
    if (!stream.isEmpty())
        first = commandOf(context, stream, GI_TRY(flag(context, QStringLiteral("only_media"))));
    return http::openWebSocket(context, GI_TRY(listener(context, hub, std::move(first))));
}

Result<Response> events(const RequestContext &context, StreamHub &hub, const QString &stream)
{
    const model::StreamCommand command =
        commandOf(context, stream, GI_TRY(flag(context, QStringLiteral("only_media"))));
    // Asked before: once it is open, a stream of events cannot say what was wrong.
    GI_TRY(channelOf(command, context.viewer));
    return http::openEvents(GI_TRY(listener(context, hub, command)));
}

struct EventStream {
    const char *endpoint;
    const char *stream;
};

constexpr EventStream kEventStreams[] = {
    { "streaming.user", "user" },
    { "streaming.notifications", "user:notification" },
    { "streaming.public", "public" },
    { "streaming.publicLocal", "public:local" },
    { "streaming.publicRemote", "public:remote" },
    { "streaming.hashtag", "hashtag" },
    { "streaming.hashtagLocal", "hashtag:local" },
    { "streaming.list", "list" },
    { "streaming.direct", "direct" },
};

} // namespace

void addStreamHandlers(http::HandlerTable &table, const Services &services)
{
    StreamHub &hub = services.streams;
    table.insert("streaming.socket", [&hub](const RequestContext &context) { return webSocket(context, hub); });
    for (const EventStream &one : kEventStreams) {
        const QString stream = QLatin1String(one.stream);
        table.insert(one.endpoint,
                     [&hub, stream](const RequestContext &context) { return events(context, hub, stream); });
    }
    table.insert("streaming.health", [](const RequestContext &) -> Result<Response> {
        Response response;
        response.contentType = "text/plain; charset=utf-8";
        response.body = "OK";
        return response;
    });
    table.insert("streaming.unknown", [](const RequestContext &) -> Result<Response> {
        return makeError(Fault::Invalid, QStringLiteral("Unknown channel requested"));
    });
}

} // namespace graminsta::handlers
