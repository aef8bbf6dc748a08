// SPDX-License-Identifier: GPL-3.0-or-later
// Takes jobs from the queue and runs them on a few threads of its own. Any number of processes may run jobs of the same
// queue. A process that dies loses no job: its claims end, and others take them.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/jobs/jobkind.h>
#include <graminsta/ports/jobs.h>
#include <graminsta/ports/unitofwork.h>

#include <QHash>
#include <QList>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace graminsta::jobs
{

class Claims;

struct JobRunnerOptions {
    int threads = 2;
    // How soon it sees what another process has enqueued; what this one enqueues it sees at once.
    std::chrono::milliseconds poll { 5000 };
    // How long the jobs of a process that died wait for another one, at most.
    std::chrono::milliseconds claim { 30'000 };
};

class JobRunner
{
public:
    // All references must outlive it.
    JobRunner(ports::JobQueue &queue, ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock,
              QList<JobKind> kinds, const JobRunnerOptions &options);
    // As stop(), with no time.
    ~JobRunner();
    JobRunner(const JobRunner &) = delete;
    JobRunner &operator=(const JobRunner &) = delete;

    // Once. Makes itself the queue's listener.
    void start();
    // Takes no more jobs and waits for those under way; for what is not done by the deadline too, but not without a
    // word in the log: handlers keep to deadlines of their own. May be repeated. Nobody else may write meanwhile.
    void stop(const Deadline &deadline);

private:
    struct Claimed {
        const JobKind *kind = nullptr;
        entities::Job job;
        Deadline deadline;
    };

    void coordinate();
    void work();

    // Each kind that comes round by itself has its job. False if the database does not answer.
    [[nodiscard]] bool plant();
    // Claims what is due and hands it to the threads. Gives when to look again.
    [[nodiscard]] Result<std::chrono::milliseconds> takeDue();
    [[nodiscard]] int roomFor(const JobKind &kind) const; // with m_mutex held
    void run(const Claimed &claimed);
    void settle(const Claimed &claimed, const Result<Outcome> &outcome);
    [[nodiscard]] Result<> settleFailure(const Claimed &claimed, const Error &error);
    void wake();

    ports::JobQueue &m_queue;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
    const QList<JobKind> m_kinds;
    const JobRunnerOptions m_options;
    const std::unique_ptr<Claims> m_claims;

    mutable std::mutex m_mutex;
    std::condition_variable m_looking; // of the coordinator
    std::condition_variable m_waiting; // of the threads
    std::deque<Claimed> m_ready; // at most one a thread
    QHash<QString, int> m_running; // claimed and not settled, by kind
    int m_busy = 0; // their sum
    qsizetype m_turn = 0; // which kind is looked at first
    bool m_woken = false;
    bool m_stopping = false; // nothing more is claimed
    bool m_closed = false; // nothing more comes

    std::thread m_coordinator;
    std::vector<std::thread> m_threads;
};

} // namespace graminsta::jobs
