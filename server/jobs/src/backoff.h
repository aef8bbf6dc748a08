// SPDX-License-Identifier: GPL-3.0-or-later
// How long a job that has failed waits. Pure, thread-safe.
#pragma once

#include <chrono>

namespace graminsta::jobs
{

inline constexpr std::chrono::milliseconds kLongestWait = std::chrono::hours { 6 };

// After `attempts` (>= 1) failed ones: 5 s doubled with each, at most kLongestWait; and of that between three quarters
// and all, by `random` in [0, 1), so that what failed together does not come back together.
[[nodiscard]] std::chrono::milliseconds waitAfter(int attempts, double random);

} // namespace graminsta::jobs
