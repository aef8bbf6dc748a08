// SPDX-License-Identifier: GPL-3.0-or-later
// Statuses that are to be posted later. Readers are thread-safe; writers live inside one UnitOfWork::write().
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/page.h>
#include <graminsta/entities/scheduledstatus.h>

namespace graminsta::ports
{

struct ScheduledCounts {
    int all = 0;
    int between = 0;
};

class ScheduledStatusReader
{
public:
    virtual ~ScheduledStatusReader() = default;

    // Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<entities::ScheduledStatus> byId(ScheduledStatusId id,
                                                                 const Deadline &deadline) const = 0;
    [[nodiscard]] virtual Result<entities::Page<entities::ScheduledStatus>>
    list(AccountId account, const entities::PageRequest &page, const Deadline &deadline) const = 0;
};

class ScheduledStatusWriter : public ScheduledStatusReader
{
public:
    // Nobody else schedules for the account until the transaction ends.
    [[nodiscard]] virtual Result<> lock(AccountId account) = 0;
    // How many the account has, and how many of them for a time from `begin` to before `end`; without `except`.
    [[nodiscard]] virtual Result<ScheduledCounts> count(AccountId account, Timestamp begin, Timestamp end,
                                                        ScheduledStatusId except) = 0;
    // Reserves its media. Fault::Conflict if one is not the account's, not ready, posted or reserved: then none is.
    [[nodiscard]] virtual Result<> insert(const entities::ScheduledStatus &scheduled) = 0;
    // Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<> reschedule(ScheduledStatusId id, Timestamp at) = 0;
    // Its media are free again. Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<> remove(ScheduledStatusId id) = 0;
    // What an earlier request of the account with the same Idempotency-Key has scheduled, if any, not older than
    // `since`.
    [[nodiscard]] virtual Result<std::optional<ScheduledStatusId>>
    byIdempotencyKey(AccountId account, const QString &key, Timestamp since) = 0;
};

} // namespace graminsta::ports
