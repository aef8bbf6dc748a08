// SPDX-License-Identifier: GPL-3.0-or-later
// What the server counts, shared by its threads. Thread-safe; each value is right by itself, not the set of them.
#pragma once

#include <graminsta/http/server.h>

#include <atomic>

namespace graminsta::http
{

struct Counters {
    std::atomic<qint64> accepted { 0 };
    std::atomic<qint64> refused { 0 };
    std::atomic<qint64> open { 0 };
    std::atomic<qint64> requests { 0 };
    std::atomic<qint64> bad { 0 };
    std::atomic<qint64> tooLarge { 0 };
    std::atomic<qint64> timeouts { 0 };
    std::atomic<qint64> shed { 0 };
    std::atomic<qint64> throttled { 0 };
    std::atomic<qint64> abandoned { 0 };
    std::atomic<qint64> busy { 0 }; // connections that are neither idle nor streams
    std::atomic<qint64> streams { 0 };
    std::atomic<qint64> cutStreams { 0 };

    [[nodiscard]] ServerCounts snapshot() const
    {
        return ServerCounts { accepted, refused,   open,      requests, bad,     tooLarge,  timeouts,
                              shed,     throttled, abandoned, busy,     streams, cutStreams };
    }
};

inline void count(std::atomic<qint64> &counter, qint64 by = 1)
{
    counter.fetch_add(by, std::memory_order_relaxed);
}

} // namespace graminsta::http
