// SPDX-License-Identifier: GPL-3.0-or-later
// A blocking client of the streaming API for black-box tests, over WebSocket (RFC 6455) or server-sent events. It sends
// exactly what it is told to. Not thread-safe.
#pragma once

#include <rig/httpclient.h>

#include <optional>

namespace graminsta::rig
{

// One thing that came.
struct StreamedEvent {
    QStringList stream; // of a WebSocket
    QString event;
    QByteArray payload;

    // The payload as an object; empty if it is none.
    [[nodiscard]] QJsonObject entity() const;
};

// A frame as a client sends it: masked.
[[nodiscard]] QByteArray clientFrame(quint8 opcode, const QByteArray &payload, bool isFinal = true);

class StreamClient
{
public:
    explicit StreamClient(const QUrl &base)
        : m_base(base)
    {
    }

    // The status of the answer: 101 and 200 are streams. `token` goes into the Authorization header, if there is one.
    int openSocket(const QByteArray &target, const QByteArray &token = {}, const HttpHeaders &headers = {});
    int openEvents(const QByteArray &target, const QByteArray &token = {});
    // Headers and, of an answer that is no stream, body.
    [[nodiscard]] const HttpReply &reply() const { return m_reply; }

    // A text message on a WebSocket.
    void say(const QByteArray &text);
    void sendRaw(const QByteArray &bytes);
    // The next event; nothing if the stream ends or nothing comes in that time. Pings are answered, errors are events
    // without a name.
    [[nodiscard]] std::optional<StreamedEvent> next(int ms = 10'000);
    // What the server has closed a WebSocket with; 0 as long as it has not. Drops what comes before.
    [[nodiscard]] int closeCode(int ms = 10'000);
    // Whether the server ends the connection in that time; drops what comes before.
    [[nodiscard]] bool ends(int ms = 10'000);

private:
    int open(const QByteArray &target, const QByteArray &token, HttpHeaders headers);
    bool fill(int ms);
    [[nodiscard]] std::optional<StreamedEvent> takeFrame(bool *took);
    [[nodiscard]] std::optional<StreamedEvent> takeEvent(bool *took);

    QUrl m_base;
    std::unique_ptr<QTcpSocket> m_socket;
    HttpReply m_reply;
    QByteArray m_buffer;
    bool m_isSocket = false;
    int m_closeCode = 0;
};

} // namespace graminsta::rig
