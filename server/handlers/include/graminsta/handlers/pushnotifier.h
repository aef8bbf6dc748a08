// SPDX-License-Identifier: GPL-3.0-or-later
// Pushes notifications to the clients that have subscribed, on threads of its own, and tries again where that may help.
// Best effort, as Web Push is: what waits is lost with the process, and a full queue leaves out what is new.
// Thread-safe.
#pragma once

#include <graminsta/domain/push/pushnews.h>
#include <graminsta/ports/events.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace graminsta::handlers
{

struct PushSettings {
    int threads = 2;
    int most = 10'000; // that wait
    int attempts = 5;
    std::chrono::seconds firstPause {
        15
    }; // four times as long after each attempt, unless the service asks for another
    QString baseUrl; // for pictures
};

class PushNotifier final : public ports::EventListener
{
public:
    // All must outlive it; `events` tells it what happens.
    PushNotifier(ports::EventSource &events, const domain::GatherPushNews &news, ports::PushStore &store,
                 const ports::PushService &service, const PushSettings &settings);
    ~PushNotifier() override; // what waits is lost, what is under way is awaited

    // EventListener
    void happened(const QList<ports::Event> &events) override;

    PushNotifier(const PushNotifier &) = delete;
    PushNotifier &operator=(const PushNotifier &) = delete;

private:
    using Clock = std::chrono::steady_clock;
    struct Job {
        ports::PushMessage message;
        int attempts = 0;
    };

    void work();
    void prepare(const ports::NotificationCreated &created);
    void send(Job job);
    void enqueue(Clock::time_point due, Job job);

    ports::EventSource &m_events;
    const domain::GatherPushNews &m_news;
    ports::PushStore &m_store;
    const ports::PushService &m_service;
    const PushSettings m_settings;

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<ports::NotificationCreated> m_created; // protected by m_mutex
    std::multimap<Clock::time_point, Job> m_jobs; // protected by m_mutex
    bool m_stopping = false; // protected by m_mutex
    std::vector<std::thread> m_threads;
};

} // namespace graminsta::handlers
