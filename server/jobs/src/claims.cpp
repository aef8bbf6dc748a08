// SPDX-License-Identifier: GPL-3.0-or-later
#include "claims.h"

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
    if (held(job) != nullptr)
        m_held.remove(job.id);
}

Claims::Held *Claims::held(const entities::Job &job)
{
    const auto found = m_held.find(job.id);
    return found != m_held.end() && found->job.claim == job.claim ? &*found : nullptr;
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
                 [&](const Held &one) { return one.until < one.end && one.until < before; });
    for (const Held &one : std::as_const(ending)) {
        if (held(one.job) == nullptr)
            continue;
        m_renewing = one.job.id;
        lock.unlock();
        const Timestamp until = std::min(m_clock.now() + length, one.end);
        const Result<> renewed = m_queue.prolong(one.job, until, Deadline::after(kCallTime));
        lock.lock();
        m_renewing = {};
        if (Held *const now = held(one.job); renewed && now != nullptr)
            now->until = until;
        m_renewed.notify_all();
    }
}

} // namespace graminsta::jobs
