// SPDX-License-Identifier: GPL-3.0-or-later
// Which files are in use, in the database: as the port's writer, and as what the writers of media and accounts count
// with. Inside one transaction, but for used().
#pragma once

#include "executor.h"
#include "jobs.h"

#include <graminsta/entities/media.h>
#include <graminsta/ports/blobs.h>

namespace graminsta::sql
{

class SqlBlobs final : public ports::BlobWriter, public ports::BlobReader
{
public:
    // `jobs`, where anything is counted down.
    explicit SqlBlobs(Executor &executor, SqlJobs *jobs = nullptr)
        : m_executor(executor)
        , m_jobs(jobs)
    {
    }

    Result<QList<ports::BlobHold>> hold(const QList<ports::MediaKey> &keys, qint64 epoch, Timestamp until) override;
    Result<> confirm(const QList<ports::BlobHold> &holds) override;
    Result<QList<ports::MediaKey>> takeUnused(Timestamp now, int limit) override;
    Result<> forget(const QList<ports::MediaKey> &keys) override;
    Result<qint64> adopt(ports::MediaArea area, const QList<QString> &names, qint64 epoch) override;
    Result<ports::MediaKey> sweepPosition() override;
    Result<> setSweepPosition(const ports::MediaKey &position) override;
    Result<QList<ports::MediaKey>> used(const ports::MediaKey &after, int limit,
                                        const Deadline &deadline) const override;

    // One more names each of these. Fault::Unavailable if one is being removed just now.
    [[nodiscard]] Result<> countUp(ports::MediaArea area, const QStringList &names);
    // One less. Where that was the last, a job is enqueued: `row` is the number of what has named them.
    [[nodiscard]] Result<> countDown(ports::MediaArea area, const QStringList &names, qint64 row);

private:
    Executor &m_executor;
    SqlJobs *m_jobs;
};

// The names of a media's pictures, each once.
[[nodiscard]] QStringList pictureNames(const QList<entities::MediaVariant> &variants);

} // namespace graminsta::sql
