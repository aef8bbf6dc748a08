// SPDX-License-Identifier: GPL-3.0-or-later
#include "stream/streamsession.h"

#include "transport/gatesocket.h"

namespace graminsta::http
{

namespace
{

// What no client of server-sent events needs to send.
constexpr qint64 kMaxIgnored = 64 * 1024;
constexpr int kMaxSilentBeats = 2;
constexpr qsizetype kShortFrame = 125;
constexpr qsizetype kMediumFrame = 65535;

} // namespace

QByteArray eventBytes(QByteArrayView name, QByteArrayView data)
{
    QByteArray bytes;
    bytes.reserve(name.size() + data.size() + 18);
    bytes.append("event: ").append(name).append("\ndata: ").append(data).append("\n\n");
    return bytes;
}

// libwslay makes a frame for one connection; this one is for all of them.
QByteArray socketBytes(QByteArrayView text)
{
    constexpr char kFinalText = '\x81';
    const qsizetype size = text.size();
    const int lengthBytes = size <= kShortFrame ? 0 : size <= kMediumFrame ? 2 : 8;
    QByteArray frame;
    frame.reserve(size + 2 + lengthBytes);
    frame.append(kFinalText);
    frame.append(lengthBytes == 0 ? static_cast<char>(size) : lengthBytes == 2 ? '\x7e' : '\x7f');
    for (int shift = 8 * (lengthBytes - 1); shift >= 0; shift -= 8)
        frame.append(static_cast<char>((size >> shift) & 0xff));
    return frame.append(text);
}

StreamSession::StreamSession(GateSocket &socket, StreamKind kind, std::shared_ptr<StreamClient> client,
                             const std::shared_ptr<StreamOutbox> &outbox, int maxMessage)
    : m_socket(socket)
    , m_client(std::move(client))
    , m_stream(std::make_shared<LoopStream>(kind, &socket, outbox))
{
    if (kind == StreamKind::WebSocket)
        m_webSocket.emplace(*this, maxMessage);
}

StreamSession::~StreamSession()
{
    m_stream->m_socket = nullptr;
    m_client->closed();
}

void StreamSession::open()
{
    m_client->opened(m_stream);
    // So that a client of server-sent events knows that from now on it misses nothing. A comment, and no empty line
    // after it: that would end an event, and Mastodon.py takes one without a name for broken.
    if (!m_webSocket)
        write(":)\n");
}

StreamVerdict StreamSession::feed(QByteArrayView bytes)
{
    if (m_webSocket) {
        m_silentBeats = 0;
        return m_webSocket->feed(bytes) ? StreamVerdict::Open : StreamVerdict::Close;
    }
    m_ignored += bytes.size();
    return m_ignored > kMaxIgnored ? StreamVerdict::Cut : StreamVerdict::Open;
}

void StreamSession::write(QByteArrayView bytes)
{
    // Nothing may follow the closing frame.
    if (!m_webSocket || !m_webSocket->isClosing())
        m_socket.send(bytes);
}

StreamVerdict StreamSession::beat()
{
    if (!m_webSocket) {
        m_socket.send(":thump\n");
        return StreamVerdict::Open;
    }
    if (++m_silentBeats > kMaxSilentBeats)
        return StreamVerdict::Cut;
    m_webSocket->ping();
    return StreamVerdict::Open;
}

void StreamSession::end(StreamEnd reason)
{
    if (m_webSocket)
        m_webSocket->close(static_cast<quint16>(reason));
}

void StreamSession::socketWrites(QByteArrayView bytes)
{
    m_socket.send(bytes);
}

void StreamSession::socketReceived(const QByteArray &text)
{
    m_client->received(text);
}

} // namespace graminsta::http
