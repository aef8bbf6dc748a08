// SPDX-License-Identifier: GPL-3.0-or-later
// What a connection that has become a stream says and hears. It writes by its socket, and leaves to it how the
// connection ends. Belongs to the socket and to its event loop.
#pragma once

#include "stream/streamoutbox.h"
#include "stream/websocket.h"

#include <optional>

namespace graminsta::http
{

// What a session asks of its socket.
enum class StreamVerdict {
    Open,
    Close, // all has been said
    Cut, // nobody is there
};

class StreamSession final : public WebSocket::Owner
{
public:
    // `socket` owns it.
    StreamSession(GateSocket &socket, StreamKind kind, std::shared_ptr<StreamClient> client,
                  const std::shared_ptr<StreamOutbox> &outbox, int maxMessage);
    ~StreamSession() override;

    // Tells the client that it is open.
    void open();
    [[nodiscard]] StreamVerdict feed(QByteArrayView bytes);
    // `bytes` are a whole event or frame.
    void write(QByteArrayView bytes);
    // Says that we are there; Cut if the peer has said nothing since the last but one.
    [[nodiscard]] StreamVerdict beat();
    // Says that it ends, as far as its kind can.
    void end(StreamEnd reason);

    StreamSession(const StreamSession &) = delete;
    StreamSession &operator=(const StreamSession &) = delete;

private:
    void socketWrites(QByteArrayView bytes) override;
    void socketReceived(const QByteArray &text) override;

    GateSocket &m_socket;
    const std::shared_ptr<StreamClient> m_client;
    const std::shared_ptr<LoopStream> m_stream;
    std::optional<WebSocket> m_webSocket;
    qint64 m_ignored = 0; // bytes that nobody wants
    int m_silentBeats = 0;
};

} // namespace graminsta::http
