// SPDX-License-Identifier: GPL-3.0-or-later
// One stream as the hub knows it, and as its connection does.
#pragma once

#include "streaming/channel.h"

#include <graminsta/handlers/streamhub.h>

namespace graminsta::handlers
{

[[nodiscard]] inline bool isPersonal(ChannelKind kind)
{
    return kind == ChannelKind::Home || kind == ChannelKind::Notifications;
}

// Belongs to the hub, which guards it.
struct StreamHub::Listener {
    Listener(AccountId ofAccount, TokenId byToken)
        : account(ofAccount)
        , token(byToken)
    {
    }

    const AccountId account; // null: nobody's
    const TokenId token;
    std::shared_ptr<http::Stream> stream; // null until it is open
    QHash<QString, ChannelKind> channels; // by key
    bool withNotifications = false; // on the channel of the home timeline
    bool isRevoked = false;
};

// The connection's side: holds the place, and hands on what the client says. Used on the connection's loop.
class StreamListener final : public http::StreamClient
{
public:
    // Takes the place `id`; `first` is listened to as soon as the stream is open, or the client told why not.
    StreamListener(StreamHub &hub, StreamHub::ListenerId id, entities::Viewer viewer,
                   std::optional<model::StreamCommand> first);
    ~StreamListener() override;

    // StreamClient
    void opened(const std::shared_ptr<http::Stream> &stream) override;
    void received(const QByteArray &text) override;
    void closed() override;

    StreamListener(const StreamListener &) = delete;
    StreamListener &operator=(const StreamListener &) = delete;

private:
    void obey(const model::StreamCommand &command);

    StreamHub &m_hub;
    const StreamHub::ListenerId m_id;
    const entities::Viewer m_viewer;
    std::optional<model::StreamCommand> m_first;
    std::shared_ptr<http::Stream> m_stream;
};

} // namespace graminsta::handlers
