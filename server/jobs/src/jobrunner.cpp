// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/jobs/jobrunner.h>

#include "backoff.h"
#include "claims.h"

#include <graminsta/core/logging.h>

#include <QRandomGenerator>

#include <algorithm>

namespace graminsta::jobs
{

using entities::Job;

namespace
{

Q_LOGGING_CATEGORY(log, "graminsta.jobs")

constexpr std::chrono::seconds kCallTime { 10 };
// Between the end of an attempt and that of the last claim of it, to say how it ended.
constexpr std::chrono::milliseconds kLeastSettleTime { 5000 };
constexpr std::chrono::milliseconds kMostSettleTime { 30'000 };
constexpr std::chrono::seconds kAfterError { 5 };
// The job of a kind that comes round by itself has this key, so that there is one.
const QString kPeriodicKey = QStringLiteral("periodic");

// That a job may be held.
std::chrono::milliseconds mostTime(const JobKind &kind)
{
    return kind.timeLimit + std::clamp(kind.timeLimit / 2, kLeastSettleTime, kMostSettleTime);
}

} // namespace

JobRunner::JobRunner(ports::JobQueue &queue, ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock,
                     QList<JobKind> kinds, const JobRunnerOptions &options)
    : m_queue(queue)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
    , m_kinds(std::move(kinds))
    , m_options(options)
    , m_claims(std::make_unique<Claims>(queue, clock, options.claim))
{
}

JobRunner::~JobRunner()
{
    stop(Deadline::after(std::chrono::milliseconds { 0 }));
}

void JobRunner::start()
{
    m_queue.setListener([this] { wake(); });
    for (int i = 0; i < m_options.threads; ++i)
        m_threads.emplace_back(&JobRunner::work, this);
    m_coordinator = std::thread(&JobRunner::coordinate, this);
}

void JobRunner::stop(const Deadline &deadline)
{
    if (!m_coordinator.joinable())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_looking.notify_all();
    }
    // Before the threads: what it has claimed meanwhile is still run.
    m_coordinator.join();
    {
        std::unique_lock lock(m_mutex);
        m_closed = true;
        m_waiting.notify_all();
        if (!m_looking.wait_until(lock, deadline.timePoint(), [this] { return m_busy == 0; }))
            qCWarning(log, "%d jobs are still under way; they end by their own time limits", m_busy);
    }
    for (std::thread &thread : m_threads)
        thread.join();
    m_queue.setListener({});
}

void JobRunner::wake()
{
    const std::lock_guard lock(m_mutex);
    m_woken = true;
    m_looking.notify_all();
}

void JobRunner::coordinate()
{
    bool planted = false;
    bool complained = false;
    while (true) {
        m_claims->renew();
        planted = planted || plant();
        const Result<std::chrono::milliseconds> wait = takeDue();
        // Once an outage, not once a poll.
        if (!wait && !std::exchange(complained, true))
            qCWarning(log).noquote() << "The queue of jobs cannot be read; trying on:" << describe(wait.error());
        if (wait && std::exchange(complained, false))
            qCInfo(log, "The queue of jobs can be read again");

        std::unique_lock lock(m_mutex);
        const std::chrono::milliseconds pause = wait && planted ? *wait : kAfterError;
        m_looking.wait_for(lock, std::min(pause, m_options.claim / 3), [this] { return m_stopping || m_woken; });
        m_woken = false;
        if (m_stopping)
            break;
    }
    m_claims->renewForGood();
}

bool JobRunner::plant()
{
    for (const JobKind &kind : m_kinds) {
        if (!kind.every)
            continue;
        const Timestamp now = m_clock.now();
        const ports::NewJob job { m_ids.next<entities::JobId>(), kind.name, {}, now, kPeriodicKey };
        const Result<> written =
            m_unitOfWork.write(Deadline::after(kCallTime), [&](ports::WriteSet &writers) -> Result<> {
                GI_TRY(writers.jobs.enqueue(job, now));
                return {};
            });
        if (!written) {
            qCWarning(log).noquote() << "The job" << kind.name
                                     << "was not put into the queue; trying on:" << describe(written.error());
            return false;
        }
    }
    return true;
}

int JobRunner::roomFor(const JobKind &kind) const
{
    return std::min(m_options.threads - m_busy, kind.concurrency - m_running.value(kind.name));
}

Result<std::chrono::milliseconds> JobRunner::takeDue()
{
    QStringList names;
    {
        const std::lock_guard lock(m_mutex);
        for (const JobKind &kind : m_kinds) {
            if (roomFor(kind) > 0)
                names.append(kind.name);
        }
    }
    // Whoever settles a job wakes us.
    if (names.isEmpty())
        return m_options.poll;
    const QHash<QString, Timestamp> due = GI_TRY(m_queue.nextDue(names, Deadline::after(kCallTime)));
    std::chrono::milliseconds wait = m_options.poll;
    ++m_turn;
    for (qsizetype i = 0; i < m_kinds.size(); ++i) {
        const JobKind &kind = m_kinds.at((i + m_turn) % m_kinds.size());
        const auto at = due.constFind(kind.name);
        if (at == due.constEnd())
            continue;
        const Timestamp now = m_clock.now();
        if (*at > now) {
            wait = std::min<std::chrono::milliseconds>(wait, *at - now);
            continue;
        }
        int room = 0;
        {
            const std::lock_guard lock(m_mutex);
            room = m_stopping ? 0 : roomFor(kind);
        }
        if (room <= 0)
            continue;
        const Deadline attempt = Deadline::after(kind.timeLimit);
        const Timestamp end = now + mostTime(kind);
        const Timestamp until = m_claims->firstEnd(now, end);
        const QList<Job> jobs = GI_TRY(m_queue.claim(kind.name, now, until, room, Deadline::after(kCallTime)));
        const std::lock_guard lock(m_mutex);
        for (const Job &job : jobs) {
            m_claims->add(job, until, end);
            m_ready.push_back({ &kind, job, attempt });
            ++m_running[kind.name];
            ++m_busy;
        }
        m_waiting.notify_all();
        // There may be more of it than there was room for, or than one claim gives.
        if (!jobs.isEmpty() && roomFor(kind) > 0)
            wait = std::chrono::milliseconds { 0 };
    }
    return wait;
}

void JobRunner::work()
{
    while (true) {
        std::unique_lock lock(m_mutex);
        m_waiting.wait(lock, [this] { return m_closed || !m_ready.empty(); });
        if (m_ready.empty())
            return;
        const Claimed claimed = std::move(m_ready.front());
        m_ready.pop_front();
        lock.unlock();

        run(claimed);

        lock.lock();
        --m_running[claimed.kind->name];
        --m_busy;
        m_woken = true;
        m_looking.notify_all();
    }
}

void JobRunner::run(const Claimed &claimed)
{
    try {
        settle(claimed, claimed.kind->handler(claimed.job, claimed.deadline));
    } catch (const std::exception &exception) {
        // We throw nothing; a library under us may.
        settle(claimed,
               makeError(Fault::Internal, QStringLiteral("The job ended unexpectedly"),
                         QString::fromUtf8(exception.what())));
    }
}

void JobRunner::settle(const Claimed &claimed, const Result<Outcome> &outcome)
{
    m_claims->remove(claimed.job);
    const Deadline deadline = Deadline::after(kCallTime);
    Result<> settled;
    if (!outcome)
        settled = settleFailure(claimed, outcome.error());
    else if (outcome->state == Outcome::State::Again)
        settled = m_queue.goOn(claimed.job, m_clock.now(), deadline);
    else if (outcome->state == Outcome::State::Later)
        settled = m_queue.retry(claimed.job, m_clock.now() + outcome->pause, {}, deadline);
    else if (claimed.kind->every)
        settled = m_queue.goOn(claimed.job, m_clock.now() + *claimed.kind->every, deadline);
    else
        settled = m_queue.finish(claimed.job, deadline);
    if (!settled)
        qCWarning(log).noquote() << "How the job" << claimed.job.id.toString() << "of" << claimed.job.kind
                                 << "ended was not kept; it will run again:" << describe(settled.error());
}

Result<> JobRunner::settleFailure(const Claimed &claimed, const Error &error)
{
    const Job &job = claimed.job;
    const Deadline deadline = Deadline::after(kCallTime);
    const QString reason = describe(error);
    if (!claimed.kind->every && job.attempts >= claimed.kind->maxAttempts) {
        qCCritical(log).noquote() << "The job" << job.id.toString() << "of" << job.kind << "is given up after"
                                  << job.attempts << "attempts; graminsta-server jobs shows it:" << reason;
        return m_queue.bury(job, reason, deadline);
    }
    std::chrono::milliseconds wait = waitAfter(job.attempts, QRandomGenerator::global()->generateDouble());
    if (claimed.kind->every)
        wait = std::min(wait, *claimed.kind->every);
    qCWarning(log).noquote() << "The job" << job.id.toString() << "of" << job.kind << "failed, attempt" << job.attempts
                             << "of" << claimed.kind->maxAttempts << "and is tried again in" << wait.count() / 1000
                             << "s:" << reason;
    return m_queue.retry(job, m_clock.now() + wait, reason, deadline);
}

} // namespace graminsta::jobs
