// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/listensocket.h"

#include <cerrno>
#include <cstring>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace graminsta::http
{

namespace
{

// A loop that was kept waiting takes in all of it at once: enough for a burst, little enough for memory.
constexpr int kBacklog = 1024;

enum class Sharing { Alone, WithOurOwn };

struct SocketAddress {
    sockaddr_storage storage {};
    socklen_t length = 0;

    [[nodiscard]] sockaddr *raw() { return reinterpret_cast<sockaddr *>(&storage); }
};

SocketAddress socketAddress(const QHostAddress &address, quint16 port)
{
    SocketAddress result;
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        auto *in = reinterpret_cast<sockaddr_in *>(&result.storage);
        in->sin_family = AF_INET;
        in->sin_port = htons(port);
        in->sin_addr.s_addr = htonl(address.toIPv4Address());
        result.length = sizeof(sockaddr_in);
        return result;
    }
    auto *in6 = reinterpret_cast<sockaddr_in6 *>(&result.storage);
    in6->sin6_family = AF_INET6;
    in6->sin6_port = htons(port);
    const Q_IPV6ADDR bytes = address == QHostAddress(QHostAddress::Any) ? Q_IPV6ADDR {} : address.toIPv6Address();
    std::memcpy(&in6->sin6_addr, &bytes, sizeof bytes);
    in6->sin6_scope_id = address.scopeId().toUInt();
    result.length = sizeof(sockaddr_in6);
    return result;
}

quint16 boundPort(int descriptor)
{
    SocketAddress address;
    address.length = sizeof address.storage;
    ::getsockname(descriptor, address.raw(), &address.length);
    return address.storage.ss_family == AF_INET ? ntohs(reinterpret_cast<sockaddr_in *>(&address.storage)->sin_port)
                                                : ntohs(reinterpret_cast<sockaddr_in6 *>(&address.storage)->sin6_port);
}

// -1 and errno if it cannot.
int openOne(const QHostAddress &host, quint16 port, Sharing sharing)
{
    SocketAddress address = socketAddress(host, port);
    const int descriptor = ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0)
        return -1;
    const int on = 1;
    ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (sharing == Sharing::WithOurOwn)
        ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    const int v6Only = host.protocol() == QAbstractSocket::IPv6Protocol ? 1 : 0;
    if (address.storage.ss_family == AF_INET6)
        ::setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &v6Only, sizeof v6Only);
    if (::bind(descriptor, address.raw(), address.length) == 0 && ::listen(descriptor, kBacklog) == 0)
        return descriptor;
    const int reason = errno;
    ::close(descriptor);
    errno = reason;
    return -1;
}

Error cannotListen(const QHostAddress &address, quint16 port)
{
    const QString reason = QString::fromLocal8Bit(std::strerror(errno));
    return makeError(Fault::Unavailable,
                     QStringLiteral("cannot listen on %1 port %2: %3").arg(address.toString()).arg(port).arg(reason));
}

} // namespace

Result<ListenSockets> openListenSockets(const QHostAddress &address, quint16 port, int count)
{
    const Sharing sharing = count > 1 ? Sharing::WithOurOwn : Sharing::Alone;
    if (sharing == Sharing::WithOurOwn && port != 0) {
        // A second server of the same user could share our port unseen: only a socket that shares nothing finds it.
        const int probe = openOne(address, port, Sharing::Alone);
        if (probe < 0)
            return cannotListen(address, port);
        ::close(probe);
    }
    ListenSockets sockets;
    sockets.port = port;
    for (int i = 0; i < count; ++i) {
        const int descriptor = openOne(address, sockets.port, sharing);
        if (descriptor < 0) {
            Error error = cannotListen(address, sockets.port);
            for (const int open : sockets.descriptors)
                ::close(open);
            return error;
        }
        sockets.descriptors.push_back(descriptor);
        sockets.port = boundPort(descriptor);
    }
    return sockets;
}

} // namespace graminsta::http
