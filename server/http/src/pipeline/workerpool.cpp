// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/workerpool.h"

#include "scheduling.h"

namespace graminsta::http
{

WorkerPool::WorkerPool(int threads, int maxQueued, std::function<void()> threadEnds)
    : m_maxQueued(static_cast<size_t>(maxQueued))
    , m_threadEnds(std::move(threadEnds))
{
    for (int i = 0; i < threads; ++i) {
        Sleeper &sleeper = m_sleepers.emplace_back();
        m_threads.emplace_back([this, &sleeper] { work(sleeper); });
    }
}

WorkerPool::~WorkerPool()
{
    stop();
}

bool WorkerPool::tryRun(std::function<void()> job)
{
    Sleeper *called = nullptr;
    {
        const std::lock_guard lock(m_mutex);
        // Idle threads are about to take what waits: the bound is on what nobody is there for.
        if (m_stopping || m_queue.size() >= m_maxQueued + static_cast<size_t>(m_idle))
            return false;
        m_queue.push_back(std::move(job));
        if (!m_asleep.empty()) {
            called = m_asleep.back();
            m_asleep.pop_back();
            called->isCalled = true;
        }
    }
    if (called != nullptr)
        called->wake.notify_one();
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
    for (Sleeper &sleeper : m_sleepers)
        sleeper.wake.notify_one();
    for (std::thread &thread : m_threads) {
        if (thread.joinable())
            thread.join();
    }
}

void WorkerPool::work(Sleeper &sleeper)
{
    wakeWithoutPreempting();
    std::unique_lock lock(m_mutex);
    for (;;) {
        ++m_idle;
        while (!m_stopping && m_queue.empty()) {
            sleeper.isCalled = false;
            m_asleep.push_back(&sleeper);
            sleeper.wake.wait(lock, [this, &sleeper] { return m_stopping || sleeper.isCalled; });
        }
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
