// SPDX-License-Identifier: GPL-3.0-or-later
// A fixed number of threads and a queue with a bound. Thread-safe.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace graminsta::http
{

class WorkerPool
{
public:
    // Jobs must not throw. `threadEnds` is called on each thread before it ends.
    WorkerPool(int threads, int maxQueued, std::function<void()> threadEnds);
    ~WorkerPool(); // stop()

    // False, and the job is not taken, if the queue is full or the pool has stopped.
    [[nodiscard]] bool tryRun(std::function<void()> job);
    // Waits for the jobs that run; those in the queue never run. May be called more than once.
    void stop();

    WorkerPool(const WorkerPool &) = delete;
    WorkerPool &operator=(const WorkerPool &) = delete;

private:
    void work();

    const size_t m_maxQueued;
    const std::function<void()> m_threadEnds;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_queue; // protected by m_mutex
    int m_idle = 0; // protected by m_mutex
    bool m_stopping = false; // protected by m_mutex
    std::vector<std::thread> m_threads;
};

} // namespace graminsta::http
