// SPDX-License-Identifier: GPL-3.0-or-later
// The media attachments in the database. As a reader thread-safe on a pool; as a writer inside one transaction.
#pragma once

#include "blobs.h"
#include "executor.h"

#include <graminsta/ports/events.h>
#include <graminsta/ports/media.h>

namespace graminsta::sql
{

class SqlMedia final : public ports::MediaWriter
{
public:
    // For a writer: `jobs`, and `events`, to which what is done is added, if there are any.
    explicit SqlMedia(Executor &executor, SqlJobs *jobs = nullptr, QList<ports::Event> *events = nullptr)
        : m_executor(executor)
        , m_blobs(executor, jobs)
        , m_events(events)
    {
    }

    Result<entities::MediaAttachment> byId(MediaId id, const Deadline &deadline) const override;
    Result<QList<entities::MediaAttachment>> byIds(const QList<MediaId> &ids, const Deadline &deadline) const override;
    Result<QList<entities::MediaAttachment>> byStatuses(const QList<StatusId> &ids,
                                                        const Deadline &deadline) const override;

    Result<qint64> bytesOf(AccountId account, const Deadline &deadline) const override;
    Result<QList<entities::MediaAttachment>> misplaced(AccountId account, MediaId after, int limit,
                                                       const Deadline &deadline) const override;
    Result<QList<entities::MediaAttachment>> uncounted(int limit, const Deadline &deadline) const override;
    Result<> insert(const entities::MediaAttachment &media) override;
    Result<> describe(const entities::MediaAttachment &media) override;
    Result<> settle(const entities::MediaAttachment &media) override;
    Result<> attach(AccountId owner, StatusId status, const QList<MediaId> &ids) override;
    Result<> rearrange(AccountId owner, StatusId status, const QList<MediaId> &ids) override;
    Result<> detach(StatusId status) override;
    Result<> publish(const QList<MediaId> &ids) override;
    Result<> unpublish(const QList<MediaId> &ids) override;
    Result<> remove(MediaId id) override;
    Result<> removeUnposted(MediaId id) override;
    Result<int> removeLoose(Timestamp before, Timestamp now, int limit) override;
    Result<> count(MediaId id) override;

private:
    // `current`: whose media are free besides the loose ones.
    Result<> attachAll(AccountId owner, StatusId status, StatusId current, const QList<MediaId> &ids);
    // Locks them, and gives them with their files counted.
    Result<QList<entities::MediaAttachment>> counted(const QByteArray &where, const Bindings &bindings);
    Result<> setLoose(const QList<entities::MediaAttachment> &media);
    Result<> countFiles(const entities::MediaAttachment &media);
    Result<> uncountFiles(const entities::MediaAttachment &media);

    Executor &m_executor;
    SqlBlobs m_blobs;
    QList<ports::Event> *m_events;
};

} // namespace graminsta::sql
