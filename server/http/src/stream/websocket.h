// SPDX-License-Identifier: GPL-3.0-or-later
// The server's side of the WebSocket protocol (RFC 6455), by libwslay: what the client sends is judged and put
// together, pings are answered, closing is agreed upon. Belongs to one event loop.
#pragma once

#include <QByteArray>

#include <memory>

struct wslay_event_context;

namespace graminsta::http
{

class WebSocket
{
public:
    class Owner
    {
    public:
        virtual ~Owner() = default;
        // To be written after all that was written before.
        virtual void socketWrites(QByteArrayView bytes) = 0;
        virtual void socketReceived(const QByteArray &text) = 0;
    };

    // `owner` must outlive it. A longer message ends it with 1009.
    WebSocket(Owner &owner, int maxMessage);
    ~WebSocket();

    // What has come. False when all has been said: the connection is to be closed, with the closing frame written.
    [[nodiscard]] bool feed(QByteArrayView bytes);
    void ping();
    // Writes the closing frame, unless there was one.
    void close(quint16 code);
    [[nodiscard]] bool isClosing() const;

    WebSocket(const WebSocket &) = delete;
    WebSocket &operator=(const WebSocket &) = delete;

private:
    struct Callbacks;
    struct Freed {
        void operator()(wslay_event_context *context) const;
    };

    void flush();

    Owner &m_owner;
    QByteArrayView m_input; // during feed()
    QByteArray m_output; // until flush()
    std::unique_ptr<wslay_event_context, Freed> m_context;
};

} // namespace graminsta::http
