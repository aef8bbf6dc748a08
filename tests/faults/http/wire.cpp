// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire.h"

#include <array>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace graminsta::tests
{

using Clock = std::chrono::steady_clock;

QByteArray WireResponse::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers) {
        if (key == name)
            return value;
    }
    return {};
}

Wire::Wire(quint16 port)
    : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0) {
        ::close(m_socket);
        m_socket = -1;
    }
}

Wire::Wire(Wire &&other) noexcept
    : m_socket(std::exchange(other.m_socket, -1))
    , m_ended(other.m_ended)
    , m_input(std::move(other.m_input))
{
}

Wire &Wire::operator=(Wire &&other) noexcept
{
    std::swap(m_socket, other.m_socket);
    std::swap(m_ended, other.m_ended);
    m_input.swap(other.m_input);
    return *this;
}

Wire::~Wire()
{
    if (m_socket >= 0)
        ::close(m_socket);
}

bool Wire::send(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t sent = ::send(m_socket, bytes.data(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes = bytes.sliced(sent);
    }
    return true;
}

bool Wire::fill(Clock::time_point end)
{
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    pollfd ready { m_socket, POLLIN, 0 };
    if (m_ended || left <= 0 || ::poll(&ready, 1, static_cast<int>(left)) <= 0)
        return false;
    static thread_local std::array<char, 65536> buffer;
    const ssize_t got = ::recv(m_socket, buffer.data(), buffer.size(), 0);
    if (got <= 0) {
        m_ended = true;
        return false;
    }
    m_input.append(buffer.data(), got);
    return true;
}

std::optional<WireResponse> Wire::receive(std::chrono::milliseconds time, bool forHead)
{
    const auto end = Clock::now() + time;
    qsizetype headEnd = -1;
    while ((headEnd = m_input.indexOf("\r\n\r\n")) < 0) {
        if (!fill(end))
            return std::nullopt;
    }
    WireResponse response;
    const QList<QByteArray> lines = m_input.left(headEnd).split('\n');
    response.status = lines.constFirst().split(' ').value(1).toInt();
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const qsizetype colon = lines[i].indexOf(':');
        response.headers.append({ lines[i].left(colon).toLower(), lines[i].mid(colon + 1).trimmed() });
    }
    m_input.remove(0, headEnd + 4);
    if (response.status == 100)
        return response;
    const qsizetype length = forHead ? 0 : response.header("content-length").toLongLong();
    while (m_input.size() < length) {
        if (!fill(end))
            return std::nullopt;
    }
    response.body = m_input.left(length);
    m_input.remove(0, length);
    return response;
}

QByteArray Wire::receiveAll(std::chrono::milliseconds time)
{
    const auto end = Clock::now() + time;
    while (fill(end)) { }
    return std::exchange(m_input, {});
}

bool Wire::isEnded(std::chrono::milliseconds time)
{
    const auto end = Clock::now() + time;
    while (fill(end))
        m_input.clear();
    return m_ended;
}

QByteArray Wire::receiveSome(qsizetype size, std::chrono::milliseconds time)
{
    pollfd ready { m_socket, POLLIN, 0 };
    if (::poll(&ready, 1, static_cast<int>(time.count())) <= 0)
        return {};
    QByteArray bytes(size, Qt::Uninitialized);
    const ssize_t got = ::recv(m_socket, bytes.data(), static_cast<size_t>(size), 0);
    bytes.resize(qMax<ssize_t>(0, got));
    return bytes;
}

void Wire::limitReceiveBuffer(int bytes)
{
    ::setsockopt(m_socket, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

void Wire::hangUp()
{
    const linger now { 1, 0 };
    ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    ::close(std::exchange(m_socket, -1));
}

QByteArray getRequest(const QByteArray &path, const QByteArray &headers)
{
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
}

QByteArray bodyRequest(const QByteArray &verb, const QByteArray &path, const QByteArray &contentType,
                       const QByteArray &body, const QByteArray &headers)
{
    return verb + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + contentType
        + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + headers + "\r\n" + body;
}

} // namespace graminsta::tests
