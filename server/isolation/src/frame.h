// SPDX-License-Identifier: GPL-3.0-or-later
// Messages between parent and child: a JSON object each, one packet of a SOCK_SEQPACKET socket, so that a half or a
// glued one cannot be. Thread-safe: no state.
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>

#include <QJsonObject>

namespace graminsta::isolation
{

// Both: Fault::Timeout at the deadline, Fault::Unavailable if the other end is gone, Fault::Invalid for a message that
// is too long or no object. `detail` says more.
[[nodiscard]] Result<> sendMessage(int socket, const QJsonObject &message, const Deadline &deadline);
[[nodiscard]] Result<QJsonObject> receiveMessage(int socket, const Deadline &deadline);

// The child's: by read() and write() alone, and without a deadline: the parent's word or its end comes.
[[nodiscard]] Result<> writeMessage(int socket, const QJsonObject &message);
[[nodiscard]] Result<QJsonObject> readMessage(int socket);

} // namespace graminsta::isolation
