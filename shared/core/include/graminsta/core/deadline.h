// SPDX-License-Identifier: GPL-3.0-or-later
// The moment by which an operation must have ended. A value: pass it on by const reference to everything that waits.
#pragma once

#include <chrono>

namespace graminsta
{

class Deadline
{
public:
    using SteadyClock = std::chrono::steady_clock;

    [[nodiscard]] static Deadline after(std::chrono::milliseconds duration)
    {
        return Deadline { SteadyClock::now() + duration };
    }

    // Never negative.
    [[nodiscard]] std::chrono::milliseconds remaining() const
    {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_end - SteadyClock::now());
        return left.count() > 0 ? left : std::chrono::milliseconds { 0 };
    }
    [[nodiscard]] bool expired() const { return SteadyClock::now() >= m_end; }
    [[nodiscard]] SteadyClock::time_point timePoint() const { return m_end; }

private:
    explicit Deadline(SteadyClock::time_point end)
        : m_end(end)
    {
    }
    SteadyClock::time_point m_end;
};

} // namespace graminsta
