// SPDX-License-Identifier: GPL-3.0-or-later
#include "backoff.h"

#include <algorithm>

namespace graminsta::jobs
{

std::chrono::milliseconds waitAfter(int attempts, double random)
{
    constexpr std::chrono::milliseconds kFirst { 5000 };
    constexpr int kMostDoublings = 16; // far beyond the longest wait, far below an overflow
    const auto doubled = kFirst * (1LL << std::clamp(attempts - 1, 0, kMostDoublings));
    const std::chrono::milliseconds wait = std::min<std::chrono::milliseconds>(doubled, kLongestWait);
    return wait
        - std::chrono::milliseconds { static_cast<std::chrono::milliseconds::rep>(static_cast<double>(wait.count())
                                                                                  * random / 4) };
}

} // namespace graminsta::jobs
