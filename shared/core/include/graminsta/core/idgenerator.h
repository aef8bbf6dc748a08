// SPDX-License-Identifier: GPL-3.0-or-later
// Makes 64-bit ids that sort by time: 41 bits of milliseconds since kIdEpoch, 10 bits of node, 12 bits of sequence.
// Unique as long as no two running generators share a node number (the instance leases its number in the database).
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/ids.h>

#include <mutex>

namespace graminsta
{

inline constexpr Timestamp kIdEpoch = fromUnixMs(1'704'067'200'000); // 2024-01-01T00:00:00Z
inline constexpr int kMaxIdNode = 1023;

// Thread-safe. Never goes back: if the clock does, it goes on from the last moment it has seen, and when a millisecond
// is used up (4,096 ids) it borrows from the next.
class IdGenerator
{
public:
    // Precondition: 0 <= node <= kMaxIdNode. `clock` must outlive the generator.
    IdGenerator(const Clock &clock, int node);

    template<typename AnyId> [[nodiscard]] AnyId next() { return AnyId { nextNumber() }; }

private:
    [[nodiscard]] qint64 nextNumber();

    const Clock &m_clock;
    const qint64 m_node;
    std::mutex m_mutex;
    qint64 m_lastMs = 0; // protected by m_mutex
    qint64 m_sequence = 0; // protected by m_mutex
};

// The moment an id was made, to the millisecond; and the smallest id of a moment, for paging by time.
[[nodiscard]] Timestamp idTime(qint64 id);
[[nodiscard]] qint64 firstIdAt(Timestamp time);

} // namespace graminsta
