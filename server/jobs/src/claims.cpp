// SPDX-License-Identifier: GPL-3.0-or-later
#include "claims.h"

#include <algorithm>

namespace graminsta::jobs
{

namespace
{

constexpr std::chrono::seconds kCallTime { 5 };
constexpr std::chrono::hours kForGood { 24 * 365 };

} // namespace

Claims::Claims(ports::JobQueue &queue, const Clock &clock, std::chrono::milliseconds length)
    : m_queue(queue)
    , m_clock(clock)
    , m_length(length)
{
}

void Claims::add(const entities::Job &job, Timestamp until, Timestamp end)
{
    const std::lock_guard lock(m_mutex);
    m_held.insert(job.id, { job, until, end });
}

void Claims::remove(const entities::Job &job)
{
    std::unique_lock lock(m_mutex);
    m_renewed.wait(lock, [&] { return m_renewing != job.id; });
    m_held.remove(job.id);
}

void Claims::renew()
{
    renew(m_clock.now() + m_length * 2 / 3, m_length);
}

void Claims::renewForGood()
{
    renew(Timestamp::max(), kForGood);
}

void Claims::renew(Timestamp before, std::chrono::milliseconds length)
{
    std::unique_lock lock(m_mutex);
    QList<Held> ending;
    std::copy_if(m_held.cbegin(), m_held.cend(), std::back_inserter(ending),
                 [&](const Held &held) { return held.until < held.end && held.until < before; });
    for (const Held &held : std::as_const(ending)) {
        if (!m_held.contains(held.job.id))
            continue;
        m_renewing = held.job.id;
        lock.unlock();
        const Timestamp until = std::min(m_clock.now() + length, held.end);
        const Result<> renewed = m_queue.prolong(held.job, until, Deadline::after(kCallTime));
        lock.lock();
        m_renewing = {};
        if (const auto now = m_held.find(held.job.id); renewed && now != m_held.end())
            now->until = until;
        m_renewed.notify_all();
    }
}

} // namespace graminsta::jobs
