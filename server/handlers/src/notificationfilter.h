// SPDX-License-Identifier: GPL-3.0-or-later
// Which notifications a client asks for. Pure.
#pragma once

#include <graminsta/http/parameters.h>
#include <graminsta/ports/notifications.h>

#include <optional>

namespace graminsta::handlers
{

// "types", "exclude_types" and "account_id". Nothing if what was asked for cannot match: a client that only wants
// "poll" gets an empty list, not everything.
[[nodiscard]] std::optional<ports::NotificationFilter> notificationFilter(const http::Parameters &parameters);

} // namespace graminsta::handlers
