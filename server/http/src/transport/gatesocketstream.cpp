// SPDX-License-Identifier: GPL-3.0-or-later
// The connection once it has become a stream.
#include "transport/gatesocket.h"

#include <array>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace graminsta::http
{

namespace
{

// Of a stream, where the kernel would keep megabytes for whoever reads slowly, and wait 15 minutes for whoever is gone.
constexpr int kStreamSendBuffer = 64 * 1024;
constexpr unsigned kStreamUnacknowledged = 60'000;
constexpr qint64 kPiece = 16 * 1024;

} // namespace

void GateSocket::stream(StreamKind kind, std::shared_ptr<StreamClient> client)
{
    const int descriptor = static_cast<int>(socketDescriptor());
    ::setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &kStreamSendBuffer, sizeof kStreamSendBuffer);
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, &kStreamUnacknowledged, sizeof kStreamUnacknowledged);
    setState(State::Streaming);
    m_deadline = monotonicNow() + m_gate->limits.streamHeartbeat.count();
    m_stream = std::make_unique<StreamSession>(*this, kind, std::move(client), m_gate->outbox,
                                               m_gate->limits.maxStreamMessage);
    m_stream->open();
    if (m_gate->draining)
        return endStream(StreamEnd::GoingAway);
    if (!m_input.isEmpty())
        act(m_stream->feed(std::exchange(m_input, {})));
    if (isTransactionStarted())
        QMetaObject::invokeMethod(this, &QIODevice::readyRead, Qt::QueuedConnection);
}

void GateSocket::feedStream()
{
    static thread_local std::array<char, kPiece> piece;
    while (m_state == State::Streaming && bytesAvailable() > 0) {
        const qint64 got = read(piece.data(), kPiece);
        if (got <= 0)
            return;
        act(m_stream->feed(QByteArrayView(piece.data(), got)));
    }
    if (m_state == State::Closing)
        drainInput();
}

void GateSocket::act(StreamVerdict verdict)
{
    if (verdict == StreamVerdict::Close)
        closeGracefully();
    else if (verdict == StreamVerdict::Cut || bytesToWrite() > m_gate->limits.maxStreamUnsent)
        cutStream();
}

void GateSocket::deliver(const QByteArray &bytes)
{
    if (m_state != State::Streaming)
        return;
    m_stream->write(bytes);
    act(StreamVerdict::Open);
}

void GateSocket::cutStream()
{
    if (m_state != State::Streaming)
        return;
    count(m_gate->counters->cutStreams);
    setState(State::Closing);
    m_stream.reset();
    // Not now: the framework's slot may be the next to read from us.
    QMetaObject::invokeMethod(
        this, [this] { abort(); }, Qt::QueuedConnection);
}

void GateSocket::endStream(StreamEnd reason)
{
    if (m_state != State::Streaming)
        return;
    m_stream->end(reason);
    closeGracefully();
}

} // namespace graminsta::http
