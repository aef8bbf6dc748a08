// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventloop.h"

#include "scheduling.h"
#include "transport/epolldispatcher.h"

namespace graminsta::http
{

EventLoop::EventLoop(std::shared_ptr<Gate> gate, int descriptor, Pipeline &pipeline, AccessLog *log)
{
    m_thread.setObjectName(QStringLiteral("http"));
    m_thread.setEventDispatcher(new EpollDispatcher);
    m_conversation = std::make_unique<Conversation>(pipeline, log);
    m_conversation->moveToThread(&m_thread);
    m_streams = std::make_unique<StreamDelivery>();
    m_streams->moveToThread(&m_thread);
    m_anchor.moveToThread(&m_thread);
    m_thread.start();
    gate->receiver = m_conversation.get();
    gate->outbox = m_streams->outbox();
    // Sockets belong to the thread that makes them.
    QMetaObject::invokeMethod(
        &m_anchor,
        [this, gate, descriptor] {
            wakeWithoutPreempting();
            m_server = new GateServer(gate, descriptor);
            m_conversation->bind(m_server);
        },
        Qt::BlockingQueuedConnection);
}

EventLoop::~EventLoop()
{
    QMetaObject::invokeMethod(
        m_server,
        [this] {
            m_conversation.reset();
            m_streams.reset();
        },
        Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void EventLoop::beginDrain()
{
    QMetaObject::invokeMethod(
        m_server, [this] { m_server->beginDrain(); }, Qt::QueuedConnection);
}

void EventLoop::stopListening()
{
    QMetaObject::invokeMethod(
        m_server, [this] { m_server->stopListening(); }, Qt::BlockingQueuedConnection);
}

} // namespace graminsta::http
