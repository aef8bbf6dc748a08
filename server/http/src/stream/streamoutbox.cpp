// SPDX-License-Identifier: GPL-3.0-or-later
#include "stream/streamoutbox.h"

#include "transport/gatesocket.h"

#include <QCoreApplication>

namespace graminsta::http
{

namespace
{

// So much may be on its way to one stream. They are shared bytes: what is bounded is the list.
constexpr int kMaxWaiting = 256;

} // namespace

LoopStream::LoopStream(StreamKind kind, GateSocket *socket, std::shared_ptr<StreamOutbox> outbox)
    : m_kind(kind)
    , m_outbox(std::move(outbox))
    , m_socket(socket)
{
}

void LoopStream::send(const QByteArray &bytes)
{
    const int waiting = m_waiting.fetch_add(1, std::memory_order_relaxed);
    if (waiting < kMaxWaiting)
        m_outbox->put({ shared_from_this(), bytes, StreamOutbox::Act::Send });
    else if (waiting == kMaxWaiting)
        m_outbox->put({ shared_from_this(), {}, StreamOutbox::Act::Cut });
}

void LoopStream::end(StreamEnd reason)
{
    using enum StreamOutbox::Act;
    m_waiting.fetch_add(1, std::memory_order_relaxed);
    m_outbox->put({ shared_from_this(), {}, reason == StreamEnd::GoingAway ? EndGoingAway : EndPolicyViolation });
}

void StreamOutbox::put(Item item)
{
    const std::lock_guard lock(m_mutex);
    if (!m_owner)
        return;
    // One event for all that come until it is handled.
    if (m_items.empty())
        QCoreApplication::postEvent(m_owner, new QEvent(QEvent::User));
    m_items.push_back(std::move(item));
}

void StreamOutbox::close()
{
    std::vector<Item> dropped; // destroyed without the lock
    const std::lock_guard lock(m_mutex);
    m_owner = nullptr;
    dropped.swap(m_items);
}

void StreamOutbox::deliver()
{
    std::vector<Item> items;
    {
        const std::lock_guard lock(m_mutex);
        items.swap(m_items);
    }
    for (const Item &item : items) {
        item.stream->m_waiting.fetch_sub(1, std::memory_order_relaxed);
        GateSocket *socket = item.stream->m_socket;
        if (!socket)
            continue;
        switch (item.act) {
        case Act::Send:
            socket->deliver(item.bytes);
            break;
        case Act::Cut:
            socket->cutStream();
            break;
        case Act::EndGoingAway:
            socket->endStream(StreamEnd::GoingAway);
            break;
        case Act::EndPolicyViolation:
            socket->endStream(StreamEnd::PolicyViolation);
            break;
        }
    }
}

} // namespace graminsta::http
