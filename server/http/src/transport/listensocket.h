// SPDX-License-Identifier: GPL-3.0-or-later
// Listening sockets of our own: QTcpServer's backlog of 50 makes a burst of connections wait for SYN retries.
#pragma once

#include <graminsta/core/result.h>

#include <QHostAddress>

#include <utility>
#include <vector>

namespace graminsta::http
{

// `count` sockets on one port, between which the kernel shares the connections (SO_REUSEPORT), and the port they got.
// Fault::Unavailable naming address and port if somebody else has it. The caller owns the descriptors.
struct ListenSockets {
    std::vector<int> descriptors;
    quint16 port = 0;
};
[[nodiscard]] Result<ListenSockets> openListenSockets(const QHostAddress &address, quint16 port, int count);

} // namespace graminsta::http
