// SPDX-License-Identifier: GPL-3.0-or-later
// What other threads have to say to the streams of one event loop, on its way there.
#pragma once

#include <graminsta/http/stream.h>

#include <QObject>

#include <atomic>
#include <mutex>
#include <vector>

namespace graminsta::http
{

class GateSocket;
class StreamOutbox;

// A stream as others hold it. What it is sent waits in its loop's outbox; who is sent more than its loop can write in
// time is cut.
class LoopStream final : public Stream, public std::enable_shared_from_this<LoopStream>
{
public:
    LoopStream(StreamKind kind, GateSocket *socket, std::shared_ptr<StreamOutbox> outbox);

    // Stream
    [[nodiscard]] StreamKind kind() const override { return m_kind; }
    void send(const QByteArray &bytes) override;
    void end(StreamEnd reason) override;

private:
    friend class StreamOutbox;
    friend class StreamSession;

    const StreamKind m_kind;
    const std::shared_ptr<StreamOutbox> m_outbox;
    GateSocket *m_socket; // the loop's own; null once the stream has ended
    std::atomic<int> m_waiting { 0 };
};

// Thread-safe, but for deliver(), which is the loop's. Held by whoever may still put something in.
class StreamOutbox
{
public:
    // `owner` is woken with a QEvent::User whenever there is something to deliver.
    explicit StreamOutbox(QObject *owner)
        : m_owner(owner)
    {
    }

    // The owner is going: what is put in from now on is dropped.
    void close();
    // Hands to the sockets what has come.
    void deliver();

private:
    friend class LoopStream;

    enum class Act : quint8 { Send, Cut, EndGoingAway, EndPolicyViolation };
    struct Item {
        std::shared_ptr<LoopStream> stream;
        QByteArray bytes;
        Act act = Act::Send;
    };

    void put(Item item);

    std::mutex m_mutex;
    QObject *m_owner; // protected by m_mutex
    std::vector<Item> m_items; // protected by m_mutex
};

// Where an event loop is woken. Belongs to its thread; has no slots.
class StreamDelivery final : public QObject
{
public:
    StreamDelivery()
        : m_outbox(std::make_shared<StreamOutbox>(this))
    {
    }
    ~StreamDelivery() override { m_outbox->close(); }

    [[nodiscard]] const std::shared_ptr<StreamOutbox> &outbox() const { return m_outbox; }

protected:
    void customEvent(QEvent *) override { m_outbox->deliver(); }

private:
    const std::shared_ptr<StreamOutbox> m_outbox;
};

} // namespace graminsta::http
