// SPDX-License-Identifier: GPL-3.0-or-later
// Who is at the other end, behind the proxies that we trust and nobody else. Plain functions; thread-safe.
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QPair>

namespace graminsta::http
{

using Subnets = QList<QPair<QHostAddress, int>>;

[[nodiscard]] bool isIn(const QHostAddress &address, const Subnets &subnets);

// Reads X-Forwarded-For from its end as long as what we have comes from a trusted proxy: only they have written the
// part that we then believe. An entry that is no address ends the walk.
[[nodiscard]] QHostAddress clientAddress(const QHostAddress &peer, QByteArrayView forwardedFor, const Subnets &trusted);

} // namespace graminsta::http
