// SPDX-License-Identifier: GPL-3.0-or-later
// Errors as answers: the only place that maps a Fault to an HTTP status. Plain functions; thread-safe.
#pragma once

#include <graminsta/core/error.h>
#include <graminsta/http/response.h>

namespace graminsta::http
{

// How whoever asked reads an error.
enum class ErrorStyle {
    Json, // clients of the API
    Page, // people in a browser
};
[[nodiscard]] ErrorStyle errorStyle(QByteArrayView path);

[[nodiscard]] int faultStatus(Fault fault);

// Never shows `error.detail`. What is internal is not shown at all, only `requestId`, by which the log has it.
[[nodiscard]] Response faultResponse(const Error &error, ErrorStyle style, const QString &requestId);

// An error of the transport or the router itself.
[[nodiscard]] Response statusResponse(int status, const QString &message, ErrorStyle style);

} // namespace graminsta::http
