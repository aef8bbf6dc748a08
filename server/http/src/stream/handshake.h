// SPDX-License-Identifier: GPL-3.0-or-later
// Lists in header fields, as the handshake of WebSockets has them (RFC 9110 section 5.6.1). Pure functions.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace graminsta::http
{

[[nodiscard]] QByteArray firstOfList(QByteArrayView list);
// Without regard to case.
[[nodiscard]] bool listHolds(QByteArrayView list, QByteArrayView option);

} // namespace graminsta::http
