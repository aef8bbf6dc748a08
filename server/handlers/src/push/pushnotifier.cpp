// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/handlers/pushnotifier.h>

#include "push/pushview.h"

#include <graminsta/json/push.h>

#include <QLoggingCategory>

#include <algorithm>

namespace graminsta::handlers
{

using ports::PushAnswer;
using ports::PushOutcome;

namespace
{

Q_LOGGING_CATEGORY(log, "graminsta.push")

constexpr std::chrono::seconds kReadTime { 10 };
constexpr std::chrono::seconds kSendTime { 10 };
constexpr std::chrono::seconds kLongestPause { 3600 };

} // namespace

PushNotifier::PushNotifier(ports::EventSource &events, const domain::GatherPushNews &news, ports::PushStore &store,
                           const ports::PushService &service, const PushSettings &settings)
    : m_events(events)
    , m_news(news)
    , m_store(store)
    , m_service(service)
    , m_settings(settings)
{
    for (int i = 0; i < settings.threads; ++i)
        m_threads.emplace_back([this] { work(); });
    m_events.add(this);
}

PushNotifier::~PushNotifier()
{
    m_events.remove(this);
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
}

void PushNotifier::happened(const QList<ports::Event> &events)
{
    {
        const std::lock_guard lock(m_mutex);
        for (const ports::Event &event : events) {
            const auto *created = std::get_if<ports::NotificationCreated>(&event);
            if (created && m_created.size() < static_cast<size_t>(m_settings.most))
                m_created.push_back(*created);
        }
    }
    m_wake.notify_one();
}

void PushNotifier::work()
{
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        if (!m_created.empty()) {
            const ports::NotificationCreated created = m_created.front();
            m_created.pop_front();
            lock.unlock();
            prepare(created);
            lock.lock();
        } else if (m_jobs.empty()) {
            m_wake.wait(lock);
        } else if (m_jobs.begin()->first > Clock::now()) {
            const Clock::time_point due = m_jobs.begin()->first;
            m_wake.wait_until(lock, due);
        } else {
            Job job = std::move(m_jobs.begin()->second);
            m_jobs.erase(m_jobs.begin());
            lock.unlock();
            send(std::move(job));
            lock.lock();
        }
    }
}

void PushNotifier::prepare(const ports::NotificationCreated &created)
{
    const Result<domain::PushNews> news = m_news.run(created, Deadline::after(kReadTime));
    if (!news) {
        qCWarning(log).noquote() << "a notification is not pushed:" << describe(news.error());
        return;
    }
    if (news->set.notifications.isEmpty())
        return;
    const model::PushMessage message = pushMessageView(news->set, m_settings.baseUrl);
    const QByteArray payload = json::encode(message);
    for (const entities::PushSubscription &subscription : news->subscriptions) {
        if (subscription.alerts.contains(message.notificationType))
            enqueue(Clock::now(), { { subscription, payload } });
    }
}

void PushNotifier::enqueue(Clock::time_point due, Job job)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_jobs.size() >= static_cast<size_t>(m_settings.most))
            return;
        m_jobs.emplace(due, std::move(job));
    }
    m_wake.notify_one();
}

void PushNotifier::send(Job job)
{
    const Deadline deadline = Deadline::after(kSendTime);
    const Result<PushAnswer> answer = m_service.send(job.message, deadline);
    if (!answer) {
        qCWarning(log).noquote() << "a notification is not pushed:" << describe(answer.error());
        return;
    }
    if (answer->outcome == PushOutcome::Gone) {
        if (const Result<> removed = m_store.remove(job.message.to.id, Deadline::after(kReadTime)); !removed)
            qCWarning(log).noquote() << "a subscription stays that is no more:" << describe(removed.error());
        return;
    }
    if (answer->outcome != PushOutcome::Later || ++job.attempts >= m_settings.attempts)
        return;
    std::chrono::seconds pause = m_settings.firstPause;
    for (int i = 1; i < job.attempts; ++i)
        pause *= 4;
    enqueue(Clock::now() + std::min(answer->retryAfter.value_or(pause), kLongestPause), std::move(job));
}

} // namespace graminsta::handlers
