// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/handlers/pushdelivery.h>

#include "push/pushview.h"

#include <graminsta/json/push.h>
#include <graminsta/ports/jobs.h>

#include <QLoggingCategory>

#include <algorithm>

namespace graminsta::handlers
{

using entities::Job;
using entities::PushSubscription;
using entities::PushSubscriptionId;
using ports::PushAnswer;
using ports::PushOutcome;
using std::chrono::seconds;

namespace
{

Q_LOGGING_CATEGORY(log, "graminsta.push")

constexpr seconds kFirstPause { 15 };
constexpr seconds kLongestPause { 3600 };
constexpr int kGrowth = 4;

// What a service asks for goes first, within bounds.
seconds pauseAfter(int attempts, const std::optional<seconds> &asked)
{
    seconds pause = kFirstPause;
    for (int i = 1; i < attempts && pause < kLongestPause; ++i)
        pause *= kGrowth;
    return std::clamp(asked.value_or(pause), seconds { 1 }, kLongestPause);
}

} // namespace

PushDelivery::PushDelivery(const domain::GatherPushNews &news, ports::PushStore &store,
                           const ports::PushService &service, ports::UnitOfWork &unitOfWork, IdGenerator &ids,
                           const Clock &clock, QString baseUrl)
    : m_news(news)
    , m_store(store)
    , m_service(service)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
    , m_baseUrl(std::move(baseUrl))
{
}

Result<std::optional<seconds>> PushDelivery::run(const Job &job, const Deadline &deadline) const
{
    const std::optional<ports::PushErrand> errand = ports::PushErrand::read(job.payload);
    if (!errand)
        return makeError(Fault::Invalid, QStringLiteral("The job names no notification"));
    if (m_clock.now() >= job.createdAt + ports::kPushLifetime)
        return std::optional<seconds>();
    News news = GI_TRY(m_news.run({ errand->notification, errand->account }, deadline));
    if (news.set.notifications.isEmpty())
        return std::optional<seconds>();
    const QString type = pushMessageView(news.set, m_baseUrl).notificationType;
    news.subscriptions.removeIf([&](const PushSubscription &subscription) {
        return !subscription.alerts.contains(type)
            || (!errand->subscription.isNull() && subscription.id != errand->subscription);
    });
    if (news.subscriptions.size() == 1)
        return deliver(job, news.subscriptions.first(), news, deadline);
    GI_TRY(share(job, news, deadline));
    return std::optional<seconds>();
}

Result<> PushDelivery::share(const Job &job, const News &news, const Deadline &deadline) const
{
    if (news.subscriptions.isEmpty())
        return {};
    const Timestamp now = m_clock.now();
    const entities::Notification &notification = news.set.notifications.first();
    QList<ports::NewJob> jobs;
    jobs.reserve(news.subscriptions.size());
    for (const PushSubscription &subscription : news.subscriptions)
        jobs.append({ m_ids.next<entities::JobId>(),
                      QLatin1String(ports::kPushJob),
                      ports::PushErrand { notification.accountId, notification.id, subscription.id }.payload(),
                      now,
                      {} });
    return m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        for (const ports::NewJob &each : jobs)
            GI_TRY(writers.jobs.enqueue(each, now));
        return writers.jobs.finish(job);
    });
}

Result<std::optional<seconds>> PushDelivery::deliver(const Job &job, const PushSubscription &to, const News &news,
                                                     const Deadline &deadline) const
{
    ports::PushMessage message { to, json::encode(pushMessageView(news.set, m_baseUrl)) };
    message.lifetime = std::chrono::duration_cast<seconds>(job.createdAt + ports::kPushLifetime - m_clock.now());
    const Result<PushAnswer> answer = m_service.send(message, deadline);
    if (!answer) {
        // It cannot be encrypted, and never will be.
        qCWarning(log).noquote() << "a notification is not pushed:" << describe(answer.error());
        return std::optional<seconds>();
    }
    if (answer->outcome == PushOutcome::Later)
        return std::optional(pauseAfter(job.attempts, answer->retryAfter));
    if (answer->outcome == PushOutcome::Gone)
        GI_TRY(m_store.remove(to.id, deadline));
    return std::optional<seconds>();
}

} // namespace graminsta::handlers
