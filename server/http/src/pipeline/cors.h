// SPDX-License-Identifier: GPL-3.0-or-later
// Cross-origin requests (Fetch standard): web clients of other origins use the API with a token and never with cookies,
// so every origin may. Plain functions; thread-safe.
#pragma once

#include "transport/requesthead.h"

#include <graminsta/http/response.h>

namespace graminsta::http
{

// OPTIONS: what the path allows.
[[nodiscard]] Response preflightResponse(const RequestHead &head, const QByteArray &allow);

// On every answer of the API and of media, whether or not an Origin came: shared caches keep one answer for all.
void addCorsHeaders(QByteArrayView path, Response &response);

} // namespace graminsta::http
