// SPDX-License-Identifier: GPL-3.0-or-later
// Web Push as JSON text. Thread-safe: functions of their arguments.
// https://docs.joinmastodon.org/entities/WebPushSubscription/
#pragma once

#include <graminsta/model/push.h>

#include <QByteArray>

namespace graminsta::json
{

[[nodiscard]] QByteArray encode(const model::PushSubscription &subscription);
// Of the token, which Mastodon puts there too, we keep no more than a hash: it is empty.
[[nodiscard]] QByteArray encode(const model::PushMessage &message);

} // namespace graminsta::json
