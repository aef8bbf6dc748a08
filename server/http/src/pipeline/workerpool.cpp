// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/workerpool.h"

#include "scheduling.h"

namespace graminsta::http
{

WorkerPool::WorkerPool(int threads, int maxQueued, std::function<void()> threadEnds)
    : m_maxQueued(static_cast<size_t>(maxQueued))
    , m_threadEnds(std::move(threadEnds))
{
    for (int i = 0; i < threads; ++i)
        m_threads.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool()
{
    stop();
}

bool WorkerPool::tryRun(std::function<void()> job)
{
    bool wake = false;
    {
        const std::lock_guard lock(m_mutex);
        // Idle threads are about to take what waits: the bound is on what nobody is there for.
        if (m_stopping || m_queue.size() >= m_maxQueued + static_cast<size_t>(m_idle))
            return false;
        m_queue.push_back(std::move(job));
        wake = m_idle > 0;
    }
    if (wake)
        m_wake.notify_one();
    return true;
}

void WorkerPool::stop()
{
    std::deque<std::function<void()>> dropped; // destroyed without the lock: jobs own requests
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        dropped.swap(m_queue);
    }
    m_wake.notify_all();
    for (std::thread &thread : m_threads) {
        if (thread.joinable())
            thread.join();
    }
}

void WorkerPool::work()
{
    wakeWithoutPreempting();
    std::unique_lock lock(m_mutex);
    for (;;) {
        ++m_idle;
        m_wake.wait(lock, [this] { return m_stopping || !m_queue.empty(); });
        --m_idle;
        if (m_stopping)
            break;
        {
            const std::function<void()> job = std::move(m_queue.front());
            m_queue.pop_front();
            lock.unlock();
            job();
        }
        lock.lock();
    }
    lock.unlock();
    if (m_threadEnds)
        m_threadEnds();
}

} // namespace graminsta::http
