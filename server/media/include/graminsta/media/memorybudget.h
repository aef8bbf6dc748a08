// SPDX-License-Identifier: GPL-3.0-or-later
// A bound on the memory that jobs take at the same time: each waits until its share is free. Thread-safe.
#pragma once

#include <graminsta/core/deadline.h>

#include <QtGlobal>

#include <condition_variable>
#include <mutex>
#include <optional>

namespace graminsta::media
{

class MemoryBudget
{
public:
    // Precondition: totalBytes > 0. Must outlive its shares.
    explicit MemoryBudget(qint64 totalBytes);

    // Given back when it goes.
    class Share
    {
    public:
        Share(Share &&other) noexcept;
        ~Share();
        Q_DISABLE_COPY(Share)
        Share &operator=(Share &&) = delete;

    private:
        friend class MemoryBudget;
        Share(MemoryBudget *budget, qint64 bytes);

        MemoryBudget *m_budget;
        qint64 m_bytes;
    };

    // Waits until `bytes` are free; whoever wants more than the total gets all of it, alone. Nothing if the deadline
    // passes first.
    [[nodiscard]] std::optional<Share> take(qint64 bytes, const Deadline &deadline);

private:
    const qint64 m_total;
    std::mutex m_mutex;
    std::condition_variable m_given;
    qint64 m_free; // protected by m_mutex
};

} // namespace graminsta::media
