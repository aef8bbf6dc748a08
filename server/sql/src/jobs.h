// SPDX-License-Identifier: GPL-3.0-or-later
// The queue of jobs in the database: its writer inside one transaction, and the whole on a pool (thread-safe).
#pragma once

#include "transactionrunner.h"

#include <graminsta/ports/jobs.h>

namespace graminsta::sql
{

class SqlJobs final : public ports::JobWriter
{
public:
    explicit SqlJobs(Executor &executor)
        : m_executor(executor)
    {
    }

    Result<bool> enqueue(const ports::NewJob &job, Timestamp now) override;
    // The same where the account has a push subscription. One statement.
    Result<bool> enqueueForSubscriber(AccountId account, const ports::NewJob &job, Timestamp now);
    Result<> finish(const entities::Job &job) override;
    Result<> cancel(const QString &kind, const QString &key) override;

    [[nodiscard]] bool hasEnqueued() const { return m_hasEnqueued; }

private:
    Executor &m_executor;
    bool m_hasEnqueued = false;
};

class SqlJobQueue final : public ports::JobQueue
{
public:
    // Both must outlive it.
    SqlJobQueue(Executor &reads, TransactionRunner &writes)
        : m_reads(reads)
        , m_writes(writes)
    {
    }

    void setListener(std::function<void()> listener) override { m_listener = std::move(listener); }
    // After a commit that has added a job.
    void tellListener() const
    {
        if (m_listener)
            m_listener();
    }

    Result<QHash<QString, Timestamp>> nextDue(const QStringList &kinds, const Deadline &deadline) const override;
    Result<QList<entities::Job>> claim(const QString &kind, Timestamp now, Timestamp until, int limit,
                                       const Deadline &deadline) override;
    Result<> finish(const entities::Job &job, const Deadline &deadline) override;
    Result<> retry(const entities::Job &job, Timestamp dueAt, const QString &error, const Deadline &deadline) override;
    Result<> goOn(const entities::Job &job, Timestamp dueAt, const Deadline &deadline) override;
    Result<> prolong(const entities::Job &job, Timestamp until, const Deadline &deadline) override;
    Result<> bury(const entities::Job &job, const QString &error, const Deadline &deadline) override;
    Result<QList<entities::Job>> dead(entities::JobId after, int limit, const Deadline &deadline) const override;
    Result<QList<ports::JobCount>> counts(const Deadline &deadline) const override;
    Result<> revive(entities::JobId id, Timestamp dueAt, const Deadline &deadline) override;
    Result<> discard(entities::JobId id, const Deadline &deadline) override;

private:
    // Gives the number of changed rows.
    [[nodiscard]] Result<qint64> change(const QByteArray &sql, const Bindings &bindings, const Deadline &deadline);

    Executor &m_reads;
    TransactionRunner &m_writes;
    std::function<void()> m_listener;
};

} // namespace graminsta::sql
