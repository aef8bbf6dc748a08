// SPDX-License-Identifier: GPL-3.0-or-later
// What a connection needs from whoever answers its requests, so that transport knows nothing of routes or handlers.
// Everything here is called on the connection's thread.
#pragma once

#include "transport/qtcompat.h"
#include "transport/requesthead.h"

#include <graminsta/http/stream.h>

#include <QFile>

#include <memory>
#include <optional>

namespace graminsta::http
{

class GateSocket;

// An answer ready for the wire.
struct Reply {
    QByteArray head; // status line and headers with the blank line
    QByteArray body;
    std::unique_ptr<QFile> file; // open, at the first byte to send; after `body`
    qint64 fileBytes = 0;
    bool close = false; // the head says so; the connection ends after it
    std::shared_ptr<StreamClient> stream; // what follows the head
    StreamKind streamKind = StreamKind::Events;
};

// One request while it comes in.
class IncomingRequest
{
public:
    virtual ~IncomingRequest() = default;
    // The next piece of the body. A reply refuses the rest.
    virtual std::optional<Reply> take(QByteArrayView piece) = 0;
    // All of it has come. GateSocket::reply() is to be called exactly once, now or later; later only if the connection
    // is still there.
    virtual void complete() = 0;
};

class Receiver
{
public:
    struct Admission {
        std::shared_ptr<IncomingRequest> request;
        std::optional<Reply> refusal; // instead: the body is not wanted
        bool mustWait = false; // with the body, until GateSocket::takeBody() or refuseBody()
    };

    virtual ~Receiver() = default;
    // A head has come; its body, if it has one, has not.
    virtual Admission admit(GateSocket &connection, RequestHead head) = 0;
    // The answer to what is no request, or took too long. `head` holds as much as was understood.
    virtual Reply refuse(GateSocket &connection, Refusal refusal, const RequestHead &head) = 0;
};

} // namespace graminsta::http
