// SPDX-License-Identifier: GPL-3.0-or-later
// A client that sends exactly the bytes it is told to: a blocking socket on 127.0.0.1. Not thread-safe.
#pragma once

#include <QByteArray>
#include <QList>
#include <QPair>

#include <chrono>
#include <optional>

namespace graminsta::tests
{

struct WireResponse {
    int status = 0;
    QList<QPair<QByteArray, QByteArray>> headers; // names in lower case
    QByteArray body;

    [[nodiscard]] QByteArray header(QByteArrayView name) const;
};

class Wire
{
public:
    explicit Wire(quint16 port);
    Wire(Wire &&other) noexcept;
    Wire &operator=(Wire &&other) noexcept;
    ~Wire();

    [[nodiscard]] bool isConnected() const { return m_socket >= 0; }
    // False if the peer does not take it.
    bool send(QByteArrayView bytes);
    // The next response by its Content-Length; nothing if none has come whole in that time. `forHead`: without body.
    [[nodiscard]] std::optional<WireResponse> receive(std::chrono::milliseconds time = std::chrono::seconds(5),
                                                      bool forHead = false);
    // Everything until the peer ends or the time is over.
    [[nodiscard]] QByteArray receiveAll(std::chrono::milliseconds time = std::chrono::seconds(5));
    // Whether the peer ends the connection within that time; what comes before is dropped.
    [[nodiscard]] bool isEnded(std::chrono::milliseconds time = std::chrono::seconds(5));
    // Reads at most `size` bytes, to be a slow reader.
    [[nodiscard]] QByteArray receiveSome(qsizetype size, std::chrono::milliseconds time = std::chrono::seconds(5));
    void limitReceiveBuffer(int bytes);
    // Closes with a reset.
    void hangUp();

    Wire(const Wire &) = delete;
    Wire &operator=(const Wire &) = delete;

private:
    [[nodiscard]] bool fill(std::chrono::steady_clock::time_point end);

    int m_socket = -1;
    bool m_ended = false;
    QByteArray m_input;
};

// "GET path HTTP/1.1" with Host and more header lines, each with its CRLF.
[[nodiscard]] QByteArray getRequest(const QByteArray &path, const QByteArray &headers = {});
[[nodiscard]] QByteArray bodyRequest(const QByteArray &verb, const QByteArray &path, const QByteArray &contentType,
                                     const QByteArray &body, const QByteArray &headers = {});

} // namespace graminsta::tests
