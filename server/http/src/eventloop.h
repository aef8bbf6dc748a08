// SPDX-License-Identifier: GPL-3.0-or-later
// A thread with an epoll event loop, a listening socket and the connections that come by it. The members may be called
// from the thread that made it.
#pragma once

#include "pipeline/conversation.h"
#include "transport/gateserver.h"

#include <QThread>

namespace graminsta::http
{

class EventLoop
{
public:
    // Takes the listening socket. `gate` is the loop's own; what else it holds outlives the loop.
    EventLoop(std::shared_ptr<Gate> gate, int descriptor, Pipeline &pipeline, AccessLog *log);
    ~EventLoop(); // cuts the connections and joins the thread

    void beginDrain();
    // Returns when it has been done.
    void stopListening();

    EventLoop(const EventLoop &) = delete;
    EventLoop &operator=(const EventLoop &) = delete;

private:
    QThread m_thread;
    QObject m_anchor; // on the thread, for calls into it; has no slots of its own
    // Made for the thread, and destroyed on it.
    std::unique_ptr<Conversation> m_conversation;
    std::unique_ptr<StreamDelivery> m_streams;
    GateServer *m_server = nullptr; // owned by m_conversation, which it is bound to
};

} // namespace graminsta::http
