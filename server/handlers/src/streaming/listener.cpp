// SPDX-License-Identifier: GPL-3.0-or-later
#include "streaming/listener.h"

#include <graminsta/json/stream.h>

namespace graminsta::handlers
{

namespace
{

// The numbers that Mastodon's streaming server gives; they are part of a message, not of HTTP.
int statusOf(Fault fault)
{
    return fault == Fault::Unauthorized || fault == Fault::Forbidden ? 401 : 400;
}

} // namespace

StreamListener::StreamListener(StreamHub &hub, StreamHub::ListenerId id, entities::Viewer viewer,
                               std::optional<model::StreamCommand> first)
    : m_hub(hub)
    , m_id(id)
    , m_viewer(std::move(viewer))
    , m_first(std::move(first))
{
}

StreamListener::~StreamListener()
{
    m_hub.leave(m_id);
}

void StreamListener::opened(const std::shared_ptr<http::Stream> &stream)
{
    m_stream = stream;
    m_hub.opened(m_id, stream);
    if (const auto first = std::exchange(m_first, std::nullopt))
        obey(*first);
}

void StreamListener::received(const QByteArray &text)
{
    // What is no command is nothing to us, as to Mastodon.
    if (const Result<model::StreamCommand> command = json::decodeStreamCommand(text))
        obey(*command);
}

void StreamListener::closed()
{
    m_hub.leave(m_id);
    m_stream.reset();
}

void StreamListener::obey(const model::StreamCommand &command)
{
    const bool subscribes = command.type == QLatin1String("subscribe");
    if (!subscribes && command.type != QLatin1String("unsubscribe"))
        return;
    const Result<Channel> channel = channelOf(command, m_viewer);
    Result<> done = channel ? Result<>() : Result<>(channel.error());
    if (channel && subscribes)
        done = m_hub.listen(m_id, *channel);
    else if (channel)
        m_hub.ignore(m_id, *channel);
    if (!done && m_stream && m_stream->kind() == http::StreamKind::WebSocket)
        m_stream->send(http::socketBytes(json::encodeStreamError(done.error().safe, statusOf(done.error().fault))));
}

} // namespace graminsta::handlers
