// SPDX-License-Identifier: GPL-3.0-or-later
// The two checks that ask only whether this process serves HTTP. Plain functions; thread-safe.
#pragma once

#include <graminsta/http/requestcontext.h>

namespace graminsta::http
{

// Adds /healthz and Mastodon's /health where the table has none.
[[nodiscard]] HandlerTable withHealthHandlers(HandlerTable handlers);

// The endpoint by which a balancer decides whether to send work.
[[nodiscard]] bool isLivenessCheck(const api::Endpoint &endpoint);

} // namespace graminsta::http
