// SPDX-License-Identifier: GPL-3.0-or-later
#include "streamclient.h"

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QtEndian>

namespace graminsta::rig
{

namespace
{

constexpr int kAnswerMs = 10'000;
constexpr quint8 kText = 1;
constexpr quint8 kClose = 8;
constexpr quint8 kPing = 9;
constexpr quint8 kPong = 10;
const QByteArray kMask("\x11\x22\x33\x44", 4);

} // namespace

QJsonObject StreamedEvent::entity() const
{
    return QJsonDocument::fromJson(payload).object();
}

QByteArray clientFrame(quint8 opcode, const QByteArray &payload, bool isFinal)
{
    QByteArray frame;
    frame.append(static_cast<char>((isFinal ? 0x80 : 0) | opcode));
    if (payload.size() < 126) {
        frame.append(static_cast<char>(0x80 | payload.size()));
    } else {
        frame.append(static_cast<char>(0x80 | 126));
        frame.append(static_cast<char>(payload.size() >> 8));
        frame.append(static_cast<char>(payload.size() & 0xff));
    }
    frame.append(kMask);
    for (qsizetype i = 0; i < payload.size(); ++i)
        frame.append(static_cast<char>(payload[i] ^ kMask[i % 4]));
    return frame;
}

int StreamClient::openSocket(const QByteArray &target, const QByteArray &token, const HttpHeaders &headers)
{
    m_isSocket = true;
    const HttpHeaders handshake { { "Connection", "Upgrade" },
                                  { "Upgrade", "websocket" },
                                  { "Sec-WebSocket-Version", "13" },
                                  { "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==" } };
    return open(target, token, handshake + headers);
}

int StreamClient::openEvents(const QByteArray &target, const QByteArray &token)
{
    m_isSocket = false;
    return open(target, token, { { "Accept", "text/event-stream" } });
}

int StreamClient::open(const QByteArray &target, const QByteArray &token, HttpHeaders headers)
{
    m_socket = std::make_unique<QTcpSocket>();
    m_reply = {};
    m_buffer.clear();
    m_closeCode = 0;
    m_socket->connectToHost(m_base.host(), static_cast<quint16>(m_base.port()));
    if (!m_socket->waitForConnected(kAnswerMs))
        return 0;
    headers.prepend({ "Host", m_base.host().toLatin1() });
    if (!token.isEmpty())
        headers.append({ "Authorization", "Bearer " + token });
    QByteArray request = "GET " + target + " HTTP/1.1\r\n";
    for (const auto &[name, value] : std::as_const(headers))
        request += name + ": " + value + "\r\n";
    sendRaw(request + "\r\n");
    QDeadlineTimer deadline(kAnswerMs);
    while (!m_buffer.contains("\r\n\r\n")) {
        if (!fill(static_cast<int>(deadline.remainingTime())))
            return 0;
    }
    const qsizetype end = m_buffer.indexOf("\r\n\r\n");
    const QList<QByteArray> lines = m_buffer.first(end).split('\n');
    m_buffer.remove(0, end + 4);
    m_reply.status = lines.first().split(' ').value(1).toInt();
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        m_reply.headers.append({ line.first(colon).trimmed().toLower(), line.mid(colon + 1).trimmed() });
    }
    const qsizetype length = m_reply.header("content-length").toLongLong();
    while (m_buffer.size() < length && fill(static_cast<int>(deadline.remainingTime()))) { }
    if (length > 0)
        m_reply.body = m_buffer.first(length);
    return m_reply.status;
}

void StreamClient::say(const QByteArray &text)
{
    sendRaw(clientFrame(kText, text));
}

void StreamClient::sendRaw(const QByteArray &bytes)
{
    m_socket->write(bytes);
    m_socket->waitForBytesWritten(kAnswerMs);
}

bool StreamClient::fill(int ms)
{
    if (m_socket->bytesAvailable() == 0 && (ms <= 0 || !m_socket->waitForReadyRead(ms)))
        return false;
    m_buffer += m_socket->readAll();
    return true;
}

std::optional<StreamedEvent> StreamClient::next(int ms)
{
    QDeadlineTimer deadline(ms);
    for (;;) {
        bool took = true;
        while (took && m_closeCode == 0) {
            if (std::optional<StreamedEvent> event = m_isSocket ? takeFrame(&took) : takeEvent(&took))
                return event;
        }
        if (m_closeCode != 0 || !fill(static_cast<int>(deadline.remainingTime())))
            return std::nullopt;
    }
}

int StreamClient::closeCode(int ms)
{
    QDeadlineTimer deadline(ms);
    while (m_closeCode == 0 && next(static_cast<int>(deadline.remainingTime()))) { }
    return m_closeCode;
}

bool StreamClient::ends(int ms)
{
    QDeadlineTimer deadline(ms);
    while (m_socket->state() == QAbstractSocket::ConnectedState && !deadline.hasExpired()) {
        m_socket->waitForReadyRead(static_cast<int>(deadline.remainingTime()));
        m_socket->readAll();
    }
    return m_socket->state() != QAbstractSocket::ConnectedState;
}

std::optional<StreamedEvent> StreamClient::takeFrame(bool *took)
{
    *took = false;
    if (m_buffer.size() < 2)
        return std::nullopt;
    const auto opcode = static_cast<quint8>(m_buffer[0] & 0x0f);
    qsizetype length = m_buffer[1] & 0x7f;
    qsizetype head = 2;
    if (length == 126 && m_buffer.size() >= 4) {
        length = qFromBigEndian<quint16>(m_buffer.constData() + 2);
        head = 4;
    } else if (length == 127 && m_buffer.size() >= 10) {
        length = static_cast<qsizetype>(qFromBigEndian<quint64>(m_buffer.constData() + 2));
        head = 10;
    } else if (length > 125) {
        return std::nullopt;
    }
    if (m_buffer.size() < head + length)
        return std::nullopt;
    const QByteArray payload = m_buffer.mid(head, length);
    m_buffer.remove(0, head + length);
    *took = true;
    if (opcode == kPing)
        sendRaw(clientFrame(kPong, payload));
    if (opcode == kClose)
        m_closeCode = payload.size() < 2 ? 1005 : qFromBigEndian<quint16>(payload.constData());
    if (opcode != kText)
        return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(payload).object();
    StreamedEvent event;
    for (const QJsonValue name : object[QLatin1String("stream")].toArray())
        event.stream.append(name.toString());
    event.event = object[QLatin1String("event")].toString();
    event.payload = event.event.isEmpty() ? payload : object[QLatin1String("payload")].toString().toUtf8();
    return event;
}

std::optional<StreamedEvent> StreamClient::takeEvent(bool *took)
{
    const qsizetype end = m_buffer.indexOf("\n\n");
    *took = end >= 0;
    if (end < 0)
        return std::nullopt;
    const QList<QByteArray> lines = m_buffer.first(end).split('\n');
    m_buffer.remove(0, end + 2);
    StreamedEvent event;
    for (const QByteArray &line : lines) {
        if (line.startsWith("event: "))
            event.event = QString::fromUtf8(line.mid(7));
        else if (line.startsWith("data: "))
            event.payload = line.mid(6);
    }
    return event.event.isEmpty() ? std::nullopt : std::optional(event);
}

} // namespace graminsta::rig
