// SPDX-License-Identifier: GPL-3.0-or-later
// The instance as a whole: what it holds, and which node number a running server may use. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>

namespace graminsta::ports
{

struct Usage {
    qint64 users = 0;
    qint64 activeMonth = 0; // accounts that posted in the last 30 days
    qint64 activeHalfyear = 0;
    qint64 statuses = 0;
};

class InstanceStore
{
public:
    virtual ~InstanceStore() = default;

    [[nodiscard]] virtual Result<Usage> usage(Timestamp now, const Deadline &deadline) const = 0;
    // Whether the database answers.
    [[nodiscard]] virtual Result<> ping(const Deadline &deadline) const = 0;

    // A node number (0..1023) that no other running server holds, for ids. `holder` is this process's random name; the
    // lease ends at `until` unless it is renewed. Fault::Unavailable if all are taken.
    [[nodiscard]] virtual Result<int> leaseNode(const QString &holder, Timestamp now, Timestamp until,
                                                const Deadline &deadline) = 0;
    // Fault::Conflict if somebody else holds it by now: the server must make no more ids.
    [[nodiscard]] virtual Result<> renewNode(int node, const QString &holder, Timestamp until,
                                             const Deadline &deadline) = 0;
    [[nodiscard]] virtual Result<> releaseNode(int node, const QString &holder, const Deadline &deadline) = 0;
};

} // namespace graminsta::ports
