// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs.h"

namespace graminsta::sql
{

using entities::Job;
using entities::JobId;
using ports::JobCount;

namespace
{

const QByteArray kEnqueue = "INSERT INTO jobs (id, kind, unique_key, payload, dead, attempts, claim, due_at,"
                            " last_error, created_at) VALUES (?1, ?2, ?3, ?4, 0, 0, 0, ?5, '', ?6)"
                            " ON CONFLICT DO NOTHING";
const QByteArray kEnqueueForSubscriber =
    "INSERT INTO jobs (id, kind, unique_key, payload, dead, attempts, claim, due_at, last_error, created_at)"
    " SELECT CAST(?1 AS bigint), CAST(?2 AS text), NULL, CAST(?3 AS {blob}), 0, 0, 0, CAST(?4 AS bigint), '',"
    " CAST(?5 AS bigint) WHERE EXISTS (SELECT 1 FROM push_subscriptions p WHERE p.account_id = ?6)";
const QByteArray kCancel = "DELETE FROM jobs WHERE kind = ?1 AND unique_key = ?2 AND dead = 0";

const QByteArray kNextDue = "SELECT k.value, (SELECT min(j.due_at) FROM jobs j WHERE j.kind = k.value AND j.dead = 0)"
                            " FROM {rows-of-texts ?1 k}";
const QByteArray kColumns = " id, kind, payload, attempts, claim, due_at, created_at, last_error ";
// A claim is a later due time: if its holder dies, the job becomes due again by itself.
const QByteArray kClaim = "WITH picked AS MATERIALIZED (SELECT id FROM jobs WHERE kind = ?1 AND dead = 0"
                          " AND due_at <= ?2 ORDER BY due_at LIMIT ?4 {for update skip locked})"
                          " UPDATE jobs SET attempts = attempts + 1, claim = claim + 1, due_at = ?3"
                          " WHERE id IN (SELECT id FROM picked) RETURNING"
    + kColumns;
const QByteArray kIfOurs = " WHERE id = ?1 AND claim = ?2 AND dead = 0";
const QByteArray kFinish = "DELETE FROM jobs" + kIfOurs;
const QByteArray kRetry = "UPDATE jobs SET due_at = ?3, last_error = ?4" + kIfOurs;
const QByteArray kGoOn = "UPDATE jobs SET due_at = ?3, last_error = '', attempts = 0" + kIfOurs;
const QByteArray kProlong = "UPDATE jobs SET due_at = CASE WHEN due_at > ?3 THEN due_at ELSE ?3 END" + kIfOurs;
const QByteArray kBury = "UPDATE jobs SET dead = 1, last_error = ?3" + kIfOurs;

const QByteArray kDead = "SELECT" + kColumns + "FROM jobs WHERE dead = 1 AND id > ?1 ORDER BY id LIMIT ?2";
const QByteArray kCounts = "SELECT kind, sum(1 - dead), sum(dead) FROM jobs GROUP BY kind ORDER BY kind";
const QByteArray kRevive = "UPDATE jobs SET dead = 0, attempts = 0, due_at = ?2 WHERE id = ?1 AND dead = 1";
const QByteArray kDiscard = "DELETE FROM jobs WHERE id = ?1 AND dead = 1";

Job jobOf(const Row &row)
{
    Job job;
    job.id = row.id<JobId>(0);
    job.kind = row.text(1);
    job.payload = row.blob(2);
    job.attempts = static_cast<int>(row.integer(3));
    job.claim = row.integer(4);
    job.dueAt = row.time(5);
    job.createdAt = row.time(6);
    job.lastError = row.text(7);
    return job;
}

Error noDeadJob()
{
    return makeError(Fault::NotFound, QStringLiteral("No job with this id was given up"));
}

} // namespace

Result<bool> SqlJobs::enqueue(const ports::NewJob &job, Timestamp now)
{
    const std::optional<QString> key = job.key.isEmpty() ? std::nullopt : std::optional(job.key);
    const qint64 added =
        GI_TRY(m_executor.change(kEnqueue, Bindings(job.id, job.kind, key, job.payload, job.dueAt, now)));
    m_hasEnqueued = m_hasEnqueued || added > 0;
    return added > 0;
}

Result<bool> SqlJobs::enqueueForSubscriber(AccountId account, const ports::NewJob &job, Timestamp now)
{
    const qint64 added = GI_TRY(
        m_executor.change(kEnqueueForSubscriber, Bindings(job.id, job.kind, job.payload, job.dueAt, now, account)));
    m_hasEnqueued = m_hasEnqueued || added > 0;
    return added > 0;
}

Result<> SqlJobs::finish(const Job &job)
{
    if (GI_TRY(m_executor.change(kFinish, Bindings(job.id, job.claim))) == 0)
        return makeError(Fault::Conflict, QStringLiteral("Somebody else has the job by now"));
    return {};
}

Result<> SqlJobs::cancel(const QString &kind, const QString &key)
{
    GI_TRY(m_executor.change(kCancel, Bindings(kind, key)));
    return {};
}

Result<QHash<QString, Timestamp>> SqlJobQueue::nextDue(const QStringList &kinds, const Deadline &deadline) const
{
    QHash<QString, Timestamp> due;
    GI_TRY(m_reads.query(kNextDue, Bindings(kinds), deadline, [&due](const Row &row) {
        if (!row.isNull(1))
            due.insert(row.text(0), row.time(1));
    }));
    return due;
}

Result<QList<Job>> SqlJobQueue::claim(const QString &kind, Timestamp now, Timestamp until, int limit,
                                      const Deadline &deadline)
{
    QList<Job> jobs;
    GI_TRY(m_writes.run(deadline, [&](Transaction &transaction) -> Result<> {
        jobs.clear();
        GI_TRY(transaction.change(kClaim, Bindings(kind, now, until, limit),
                                  [&jobs](const Row &row) { jobs.append(jobOf(row)); }));
        return {};
    }));
    return jobs;
}

Result<> SqlJobQueue::finish(const Job &job, const Deadline &deadline)
{
    GI_TRY(change(kFinish, Bindings(job.id, job.claim), deadline));
    return {};
}

Result<> SqlJobQueue::retry(const Job &job, Timestamp dueAt, const QString &error, const Deadline &deadline)
{
    GI_TRY(change(kRetry, Bindings(job.id, job.claim, dueAt, error), deadline));
    return {};
}

Result<> SqlJobQueue::goOn(const Job &job, Timestamp dueAt, const Deadline &deadline)
{
    GI_TRY(change(kGoOn, Bindings(job.id, job.claim, dueAt), deadline));
    return {};
}

Result<> SqlJobQueue::prolong(const Job &job, Timestamp until, const Deadline &deadline)
{
    if (GI_TRY(change(kProlong, Bindings(job.id, job.claim, until), deadline)) == 0)
        return makeError(Fault::Conflict, QStringLiteral("Somebody else has the job by now"));
    return {};
}

Result<> SqlJobQueue::bury(const Job &job, const QString &error, const Deadline &deadline)
{
    GI_TRY(change(kBury, Bindings(job.id, job.claim, error), deadline));
    return {};
}

Result<QList<Job>> SqlJobQueue::dead(JobId after, int limit, const Deadline &deadline) const
{
    return m_reads.list<Job>(kDead, Bindings(after.number(), limit), deadline, jobOf);
}

Result<QList<JobCount>> SqlJobQueue::counts(const Deadline &deadline) const
{
    return m_reads.list<JobCount>(kCounts, Bindings(), deadline, [](const Row &row) {
        return JobCount { row.text(0), row.integer(1), row.integer(2) };
    });
}

Result<> SqlJobQueue::revive(JobId id, Timestamp dueAt, const Deadline &deadline)
{
    if (GI_TRY(change(kRevive, Bindings(id, dueAt), deadline)) == 0)
        return noDeadJob();
    tellListener();
    return {};
}

Result<> SqlJobQueue::discard(JobId id, const Deadline &deadline)
{
    return GI_TRY(change(kDiscard, Bindings(id), deadline)) == 0 ? Result<>(noDeadJob()) : Result<>();
}

Result<qint64> SqlJobQueue::change(const QByteArray &sql, const Bindings &bindings, const Deadline &deadline)
{
    qint64 changed = 0;
    GI_TRY(m_writes.run(deadline, [&](Transaction &transaction) -> Result<> {
        changed = GI_TRY(transaction.change(sql, bindings, {}));
        return {};
    }));
    return changed;
}

} // namespace graminsta::sql
