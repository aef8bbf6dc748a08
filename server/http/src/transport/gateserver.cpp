// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/gateserver.h"

#include <algorithm>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace graminsta::http
{

namespace
{

// Often enough for the shortest limit, and once a second at most times.
int sweepInterval(const ServerLimits &limits)
{
    const auto shortest = std::min({ limits.headerTime, limits.bodyIdleTime, limits.keepAliveTime,
                                     limits.writeStallTime, limits.streamHeartbeat });
    return static_cast<int>(std::clamp<qint64>(shortest.count() / 4, 20, 1000));
}

QHostAddress peerOf(qintptr descriptor)
{
    sockaddr_storage storage {};
    socklen_t length = sizeof storage;
    if (::getpeername(static_cast<int>(descriptor), reinterpret_cast<sockaddr *>(&storage), &length) != 0)
        return {};
    const QHostAddress address(reinterpret_cast<const sockaddr *>(&storage));
    // An IPv4 client of a dual-stack socket is one and the same client.
    bool isIPv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIPv4);
    return isIPv4 ? QHostAddress(ipv4) : address;
}

void turnAway(qintptr descriptor)
{
    constexpr QByteArrayView answer("HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n"
                                    "Retry-After: 5\r\nConnection: close\r\nContent-Length: 33\r\n\r\n"
                                    "{\"error\":\"Too many connections\"}\n");
    const int socket = static_cast<int>(descriptor);
    ::send(socket, answer.data(), static_cast<size_t>(answer.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
    ::shutdown(socket, SHUT_WR);
    ::close(socket);
}

} // namespace

GateServer::GateServer(std::shared_ptr<Gate> gate, int descriptor, QObject *parent)
    : QTcpServer(parent)
    , m_gate(std::move(gate))
{
    // QTcpServer stops accepting at this number for good if nobody takes connections; the framework always does.
    setMaxPendingConnections(1 << 16);
    setSocketDescriptor(descriptor);
    startTimer(sweepInterval(m_gate->limits));
}

void GateServer::incomingConnection(qintptr descriptor)
{
    const QHostAddress peer = peerOf(descriptor);
    if (!m_gate->budget->take(peer)) {
        count(m_gate->counters->refused);
        turnAway(descriptor);
        return;
    }
    addPendingConnection(new GateSocket(m_gate, descriptor, peer, this));
}

void GateServer::timerEvent(QTimerEvent *)
{
    const qint64 now = GateSocket::monotonicNow();
    // A copy: a connection that is cut may leave the set.
    const QSet<GateSocket *> connections = m_gate->connections;
    for (GateSocket *connection : connections) {
        if (m_gate->connections.contains(connection))
            connection->checkTime(now);
    }
}

void GateServer::beginDrain()
{
    m_gate->draining = true;
}

void GateServer::stopListening()
{
    // Whoever is in the queue has been told that the connection stands: closing the socket would reset it.
    bool took = false;
    for (;;) {
        const int descriptor =
            ::accept4(static_cast<int>(socketDescriptor()), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (descriptor < 0)
            break;
        incomingConnection(descriptor);
        took = true;
    }
    if (took)
        Q_EMIT newConnection();
    close();
    const QSet<GateSocket *> connections = m_gate->connections;
    for (GateSocket *connection : connections)
        connection->endWhenIdle();
}

} // namespace graminsta::http
