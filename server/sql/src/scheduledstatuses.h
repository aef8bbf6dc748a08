// SPDX-License-Identifier: GPL-3.0-or-later
// The scheduled statuses in the database. As a reader thread-safe on a pool; as a writer inside one transaction.
#pragma once

#include "executor.h"

#include <graminsta/ports/scheduledstatuses.h>

namespace graminsta::sql
{

class SqlScheduledStatuses final : public ports::ScheduledStatusWriter
{
public:
    explicit SqlScheduledStatuses(Executor &executor)
        : m_executor(executor)
    {
    }

    Result<entities::ScheduledStatus> byId(ScheduledStatusId id, const Deadline &deadline) const override;
    Result<entities::Page<entities::ScheduledStatus>> list(AccountId account, const entities::PageRequest &page,
                                                           const Deadline &deadline) const override;

    Result<> lock(AccountId account) override;
    Result<ports::ScheduledCounts> count(AccountId account, Timestamp begin, Timestamp end,
                                         ScheduledStatusId except) override;
    Result<> insert(const entities::ScheduledStatus &scheduled) override;
    Result<> reschedule(ScheduledStatusId id, Timestamp at) override;
    Result<> remove(ScheduledStatusId id) override;
    Result<std::optional<ScheduledStatusId>> byIdempotencyKey(AccountId account, const QString &key,
                                                              Timestamp since) override;

private:
    Result<> addMedia(QList<entities::ScheduledStatus> &statuses, const Deadline &deadline) const;

    Executor &m_executor;
};

} // namespace graminsta::sql
