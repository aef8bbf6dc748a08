// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadclient.h"

#include <array>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace graminsta::bench
{

namespace
{

using Clock = std::chrono::steady_clock;

int connectTo(quint16 port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(socket, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0)
        return socket;
    ::close(socket);
    return -1;
}

bool sendAll(int socket, const QByteArray &bytes)
{
    return ::send(socket, bytes.constData(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL) == bytes.size();
}

// One past the end of the response that `input` begins with; -1 if it is not whole.
qsizetype responseEnd(const QByteArray &input)
{
    const qsizetype headEnd = input.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return -1;
    constexpr QByteArrayView name("Content-Length: ");
    const qsizetype at = input.indexOf(name);
    if (at < 0 || at > headEnd)
        return -1;
    const qint64 length = input.mid(at + name.size(), input.indexOf('\r', at) - at - name.size()).toLongLong();
    const qsizetype end = headEnd + 4 + length;
    return input.size() >= end ? end : -1;
}

} // namespace

LoadResult generateLoad(quint16 port, const QByteArray &request, int connections, std::chrono::milliseconds time)
{
    LoadResult result;
    const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
    std::vector<int> sockets;
    std::vector<QByteArray> inputs(static_cast<size_t>(connections));
    for (int i = 0; i < connections; ++i) {
        sockets.push_back(connectTo(port));
        epoll_event event {};
        event.events = EPOLLIN;
        event.data.u32 = static_cast<quint32>(i);
        ::epoll_ctl(epoll, EPOLL_CTL_ADD, sockets.back(), &event);
    }
    const auto begin = Clock::now();
    for (const int socket : sockets)
        result.failures += sendAll(socket, request) ? 0 : 1;
    std::array<epoll_event, 64> events;
    std::array<char, 16384> buffer;
    while (Clock::now() - begin < time) {
        const int count = ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), 100);
        for (int i = 0; i < count; ++i) {
            const quint32 index = events[static_cast<size_t>(i)].data.u32;
            QByteArray &input = inputs[index];
            const ssize_t got = ::recv(sockets[index], buffer.data(), buffer.size(), 0);
            if (got <= 0) {
                ++result.failures;
                ::epoll_ctl(epoll, EPOLL_CTL_DEL, sockets[index], nullptr);
                continue;
            }
            input.append(buffer.data(), got);
            const qsizetype end = responseEnd(input);
            if (end < 0)
                continue;
            ++result.requests;
            result.failures += input.startsWith("HTTP/1.1 200 ") ? 0 : 1;
            input.remove(0, end);
            sendAll(sockets[index], request);
        }
    }
    result.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    for (const int socket : sockets)
        ::close(socket);
    ::close(epoll);
    return result;
}

std::vector<int> openIdle(quint16 port, const QByteArray &request, int count)
{
    std::vector<int> sockets;
    std::array<char, 16384> buffer;
    for (int i = 0; i < count; ++i) {
        const int socket = connectTo(port);
        if (socket < 0 || !sendAll(socket, request) || ::recv(socket, buffer.data(), buffer.size(), 0) <= 0)
            break;
        sockets.push_back(socket);
    }
    return sockets;
}

} // namespace graminsta::bench
