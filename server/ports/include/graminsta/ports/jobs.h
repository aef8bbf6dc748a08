// SPDX-License-Identifier: GPL-3.0-or-later
// The queue of jobs, kept with the data (a transactional outbox): a job is there if and only if what asks for it is.
// Every job is done at least once; a handler whose effect is in the database takes its job off in the transaction of
// the effect (JobWriter::finish), and so has it exactly once.
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/job.h>

#include <QHash>
#include <QList>
#include <QStringList>

#include <functional>

namespace graminsta::ports
{

struct NewJob {
    entities::JobId id;
    QString kind;
    QByteArray payload;
    Timestamp dueAt;
    // Of jobs of a kind with the same key one waits at most; empty for any number. A job that is under way counts as
    // waiting: with a key goes only what looks for its work when it runs.
    QString key;
};

// Inside one UnitOfWork::write().
class JobWriter
{
public:
    virtual ~JobWriter() = default;

    // True if it is new; false if one of its kind waits with its key.
    [[nodiscard]] virtual Result<bool> enqueue(const NewJob &job, Timestamp now) = 0;
    // Takes a claimed job off. Fault::Conflict if the claim has ended and somebody else has the job: let the
    // transaction fail, its effect is theirs.
    [[nodiscard]] virtual Result<> finish(const entities::Job &job) = 0;
    // Takes the waiting job with this key off, if there is one.
    [[nodiscard]] virtual Result<> cancel(const QString &kind, const QString &key) = 0;
};

struct JobCount {
    QString kind;
    qint64 waiting = 0; // with those under way
    qint64 dead = 0;
};

// For whoever runs the jobs, and for operators. Thread-safe. Several processes may share one queue.
class JobQueue
{
public:
    virtual ~JobQueue() = default;

    // Called after each commit that has added a job, on any thread: it must be quick. Before anybody writes.
    virtual void setListener(std::function<void()> listener) = 0;

    // When the next job of each kind is due; kinds without any are left out. One query.
    [[nodiscard]] virtual Result<QHash<QString, Timestamp>> nextDue(const QStringList &kinds,
                                                                    const Deadline &deadline) const = 0;
    // Takes at most `limit` jobs that are due, the longest due first; nobody else gets them before `until`.
    [[nodiscard]] virtual Result<QList<entities::Job>> claim(const QString &kind, Timestamp now, Timestamp until,
                                                             int limit, const Deadline &deadline) = 0;

    // The following do nothing if the claim has ended and somebody else has the job, but for what prolong() says.
    [[nodiscard]] virtual Result<> finish(const entities::Job &job, const Deadline &deadline) = 0;
    // To be tried again.
    [[nodiscard]] virtual Result<> retry(const entities::Job &job, Timestamp dueAt, const QString &error,
                                         const Deadline &deadline) = 0;
    // To be gone on with, as if it had not been tried yet.
    [[nodiscard]] virtual Result<> goOn(const entities::Job &job, Timestamp dueAt, const Deadline &deadline) = 0;
    // The claim does not end before `until`: claims are short, so that the job of a process that died comes back soon.
    // Fault::Conflict if it has ended and somebody else has the job.
    [[nodiscard]] virtual Result<> prolong(const entities::Job &job, Timestamp until, const Deadline &deadline) = 0;
    // Given up: kept for a person to look at.
    [[nodiscard]] virtual Result<> bury(const entities::Job &job, const QString &error, const Deadline &deadline) = 0;

    // The oldest of those given up, after `after`.
    [[nodiscard]] virtual Result<QList<entities::Job>> dead(entities::JobId after, int limit,
                                                            const Deadline &deadline) const = 0;
    [[nodiscard]] virtual Result<QList<JobCount>> counts(const Deadline &deadline) const = 0;
    // Both Fault::NotFound if no job with this id was given up. revive() is Fault::Conflict if another waits in its
    // place.
    [[nodiscard]] virtual Result<> revive(entities::JobId id, Timestamp dueAt, const Deadline &deadline) = 0;
    [[nodiscard]] virtual Result<> discard(entities::JobId id, const Deadline &deadline) = 0;
};

} // namespace graminsta::ports
