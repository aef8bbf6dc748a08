// SPDX-License-Identifier: GPL-3.0-or-later
// The child of these tests: it does what it is told, and tells what came of it.
#pragma once

#include <QString>

namespace graminsta::test
{

inline constexpr const char *kWickedWorker = "wicked-worker";

// What a request may ask for under "do"; "path" or "number" say more. Each answer has "ok" and "errno".
[[nodiscard]] int runWickedWorker();

} // namespace graminsta::test
