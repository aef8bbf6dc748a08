// SPDX-License-Identifier: GPL-3.0-or-later
// Connections that stay open, so that clients are told what happens: server-sent events (HTML, section 9.2) and
// WebSockets (RFC 6455).
#pragma once

#include <graminsta/core/result.h>
#include <graminsta/http/requestcontext.h>
#include <graminsta/http/response.h>

#include <memory>

namespace graminsta::http
{

enum class StreamKind { Events, WebSocket };

// Why the server ends a stream: a WebSocket's closing code (RFC 6455 section 7.4.1). Server-sent events just end.
enum class StreamEnd { GoingAway = 1001, PolicyViolation = 1008 };

// The server's side of an open stream, for whoever has something to tell. Thread-safe; never waits; once the stream has
// ended, nothing happens any more.
class Stream
{
public:
    virtual ~Stream() = default;

    [[nodiscard]] virtual StreamKind kind() const = 0;
    // `bytes` are of eventBytes() or socketBytes(), as the kind asks. Made once for any number of streams: they share
    // them. A client that takes less than it is sent is cut (ServerLimits::maxStreamUnsent).
    virtual void send(const QByteArray &bytes) = 0;
    // After what has been sent so far.
    virtual void end(StreamEnd reason) = 0;
};

// Whom a stream was opened for. Called on the stream's event loop: neither waits nor throws. Destroyed when nobody can
// be told any more, on any thread, also where the client went before its stream was open.
class StreamClient
{
public:
    virtual ~StreamClient() = default;

    // Before anything else.
    virtual void opened(const std::shared_ptr<Stream> &stream) = 0;
    // What a WebSocket says: UTF-8, at most ServerLimits::maxStreamMessage bytes.
    virtual void received(const QByteArray &text) = 0;
    // The last call, if opened() was called.
    virtual void closed() = 0;
};

// An event as its bytes on the wire. `name` and `data` have no line breaks.
[[nodiscard]] QByteArray eventBytes(QByteArrayView name, QByteArrayView data);
// A text message of the server as its bytes on the wire: one frame (RFC 6455 section 5).
[[nodiscard]] QByteArray socketBytes(QByteArrayView text);

// The answers that turn a request into a stream.
[[nodiscard]] Response openEvents(std::shared_ptr<StreamClient> client);
// 426 where the request is no handshake (RFC 6455 section 4.2.1). Fault::Invalid where it is a broken one. Of the
// subprotocols that the client offers the first is taken, whatever it is: there, clients that cannot set a header put
// their token (bearerToken() takes it).
[[nodiscard]] Result<Response> openWebSocket(const RequestContext &context, std::shared_ptr<StreamClient> client);

} // namespace graminsta::http
