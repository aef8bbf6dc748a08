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
    // A thread that has nothing to do. Kept by the pool: it may end while somebody still calls it.
    struct Sleeper {
        std::condition_variable wake;
        bool isCalled = false; // protected by m_mutex
    };

    void work(Sleeper &sleeper);

    const size_t m_maxQueued;
    const std::function<void()> m_threadEnds;
    std::mutex m_mutex;
    std::deque<std::function<void()>> m_queue; // protected by m_mutex
    int m_idle = 0; // threads without a job, called or not; protected by m_mutex
    std::vector<Sleeper *> m_asleep; // protected by m_mutex; last the one that slept last: its caches are the warmest
    std::deque<Sleeper> m_sleepers;
    bool m_stopping = false; // protected by m_mutex
    std::vector<std::thread> m_threads;
};

} // namespace graminsta::http
