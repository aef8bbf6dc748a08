// SPDX-License-Identifier: GPL-3.0-or-later
// Paths of requests, held to those that answers are described for. Pure functions, thread-safe.
#pragma once

#include <QByteArray>

namespace graminsta::api_test
{

[[nodiscard]] QByteArray withoutQueryAndSlash(const QByteArray &target);
// A segment "*" of the pattern is any one.
[[nodiscard]] bool matches(const QByteArray &path, const char *pattern);
// Whether errors under this path must be JSON.
[[nodiscard]] bool answersJson(const QByteArray &path);

} // namespace graminsta::api_test
