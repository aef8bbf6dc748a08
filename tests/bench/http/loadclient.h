// SPDX-License-Identifier: GPL-3.0-or-later
// A small load generator: keep-alive connections with one GET in flight each, on epoll and no framework.
#pragma once

#include <QByteArray>
#include <QtGlobal>

#include <chrono>
#include <vector>

namespace graminsta::bench
{

struct LoadResult {
    qint64 requests = 0;
    qint64 failures = 0; // answers other than 200, and broken connections
    double seconds = 0;
};

// Blocks for that time.
[[nodiscard]] LoadResult generateLoad(quint16 port, const QByteArray &request, int connections,
                                      std::chrono::milliseconds time);

// Connections that have been used once and stay open. The caller closes them.
[[nodiscard]] std::vector<int> openIdle(quint16 port, const QByteArray &request, int count);

} // namespace graminsta::bench
