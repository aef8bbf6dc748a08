// SPDX-License-Identifier: GPL-3.0-or-later
// The media attachments in the database. As a reader thread-safe on a pool; as a writer inside one transaction.
#pragma once

#include "executor.h"

#include <graminsta/ports/events.h>
#include <graminsta/ports/media.h>

namespace graminsta::sql
{

class SqlMedia final : public ports::MediaWriter
{
public:
    // What is done is added to `events`, if there are any.
    explicit SqlMedia(Executor &executor, QList<ports::Event> *events = nullptr)
        : m_executor(executor)
        , m_events(events)
    {
    }

    Result<entities::MediaAttachment> byId(MediaId id, const Deadline &deadline) const override;
    Result<QList<entities::MediaAttachment>> byIds(const QList<MediaId> &ids, const Deadline &deadline) const override;
    Result<QList<entities::MediaAttachment>> byStatuses(const QList<StatusId> &ids,
                                                        const Deadline &deadline) const override;

    Result<qint64> bytesOf(AccountId account, const Deadline &deadline) const override;
    Result<> insert(const entities::MediaAttachment &media) override;
    Result<> describe(const entities::MediaAttachment &media) override;
    Result<> settle(const entities::MediaAttachment &media) override;
    Result<> attach(AccountId owner, StatusId status, const QList<MediaId> &ids) override;
    Result<> rearrange(AccountId owner, StatusId status, const QList<MediaId> &ids) override;
    Result<> detach(StatusId status) override;
    Result<> remove(MediaId id) override;

private:
    // `current`: whose media are free besides the loose ones.
    Result<> attachAll(AccountId owner, StatusId status, StatusId current, const QList<MediaId> &ids);

    Executor &m_executor;
    QList<ports::Event> *m_events;
};

} // namespace graminsta::sql
