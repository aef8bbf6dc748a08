// SPDX-License-Identifier: GPL-3.0-or-later
// What is said on the API's streams, as JSON text and back. Thread-safe: functions of their arguments.
// https://docs.joinmastodon.org/methods/streaming/
#pragma once

#include <graminsta/core/result.h>
#include <graminsta/model/stream.h>

namespace graminsta::json
{

// The payload goes as a text, as everywhere in this protocol.
[[nodiscard]] QByteArray encode(const model::StreamMessage &message);
// {"error":…,"status":…}
[[nodiscard]] QByteArray encodeStreamError(const QString &error, int status);

[[nodiscard]] Result<model::StreamMessage> decodeStreamMessage(const QByteArray &document); // needs: event
[[nodiscard]] Result<model::StreamCommand> decodeStreamCommand(const QByteArray &document); // needs: type
// As a client writes it.
[[nodiscard]] QByteArray encode(const model::StreamCommand &command);

} // namespace graminsta::json
