// SPDX-License-Identifier: GPL-3.0-or-later
// One request and its answer on their way through the pipeline. Used by one thread at a time: the event loop until it
// is complete, a worker while it is handled, the event loop again.
#pragma once

#include "body/bodyreader.h"
#include "pipeline/ratecounter.h"
#include "transport/gatesocket.h"

#include <graminsta/http/bodysink.h>
#include <graminsta/http/requestcontext.h>

#include <QPointer>

#include <chrono>

namespace graminsta::http
{

class Conversation;

class Exchange final : public IncomingRequest, public std::enable_shared_from_this<Exchange>
{
public:
    Exchange(Conversation &conversation, GateSocket &connection, RequestHead requestHead);

    // IncomingRequest
    std::optional<Reply> take(QByteArrayView piece) override;
    void complete() override;

    RequestHead head;
    RequestContext context;
    QByteArray requestId; // context.requestId as it is on the wire
    QByteArray client; // context.clientAddress for the log
    QByteArray allow; // what the path's verbs are, once routed
    const Handler *handler = nullptr;
    std::unique_ptr<BodyReader> body; // null: there is none, or nobody wants it
    std::shared_ptr<BodySink> sink; // that takes the body instead
    std::shared_ptr<void> place; // of the body on its way to disk
    bool awaitsSink = false; // the handler has been called before the body
    std::optional<RateState> rate; // of the limit that is nearest
    std::optional<Response> answer;
    qint64 queries = 0; // that its handling has taken
    QPointer<GateSocket> connection; // the event loop's
    std::chrono::steady_clock::time_point begin = std::chrono::steady_clock::now();

private:
    Conversation &m_conversation; // outlives all exchanges that still have a connection
};

} // namespace graminsta::http
