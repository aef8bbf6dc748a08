// SPDX-License-Identifier: GPL-3.0-or-later
// What an answer means that is not what was asked for, in words for a person. Internal to the library.
#pragma once

#include <graminsta/client/session.h>
#include <graminsta/core/clock.h>

#include <optional>

namespace graminsta::client
{

// Nothing if the answer is a good one. A redirection to a login page, and a page of HTML where JSON should be, are
// Fault::Unauthorized where a token was sent: that is how Pixelfed says that it has expired.
[[nodiscard]] std::optional<Error> faultOf(const HttpReply &reply, const Session &session);

// How long the server asks to wait (Retry-After as seconds or date, or X-RateLimit-Reset); nothing if it does not say.
[[nodiscard]] std::optional<std::chrono::milliseconds> requestedPause(const HttpReply &reply, Timestamp now);

} // namespace graminsta::client
