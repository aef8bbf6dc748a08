// SPDX-License-Identifier: GPL-3.0-or-later
// Bearer tokens (RFC 6750) and what an endpoint asks of whoever holds one. Plain functions; thread-safe.
#pragma once

#include "transport/requesthead.h"

#include <graminsta/http/requestcontext.h>
#include <graminsta/http/server.h>

namespace graminsta::http
{

// From the headers, else from the parameter "access_token", as Mastodon takes it; empty if there is none.
[[nodiscard]] QByteArray bearerToken(const RequestHead &head, const Parameters &parameters);
// From the Authorization header, else from a WebSocket's Sec-WebSocket-Protocol (masto.js).
[[nodiscard]] QByteArray headerToken(const RequestHead &head);
// Whether there is a token in the header or the query, before any body has come.
[[nodiscard]] bool mayHoldToken(const RequestHead &head);

// Fault::Unauthorized, Unprocessable or Forbidden with Mastodon's words.
[[nodiscard]] Result<> checkAccess(const api::Endpoint &endpoint, const entities::Viewer &viewer, Guests guests);

[[nodiscard]] Error invalidToken();
[[nodiscard]] Error tooLargeError(qint64 size, qint64 limit);

} // namespace graminsta::http
