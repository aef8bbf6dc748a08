// SPDX-License-Identifier: GPL-3.0-or-later
// Statuses for later: POST /api/v1/statuses with scheduled_at, /api/v1/scheduled_statuses. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/statuses/poststatus.h>
#include <graminsta/ports/scheduledstatuses.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

inline constexpr std::chrono::minutes kLeastAhead { 5 };
inline constexpr int kMostScheduled = 300;
inline constexpr int kMostScheduledPerDay = 50; // of a day in UTC

// With their media, in order.
struct ScheduledSet {
    QList<entities::ScheduledStatus> statuses;
    QHash<MediaId, entities::MediaAttachment> media;
    entities::PageBounds bounds;
};

class ScheduleStatus
{
public:
    ScheduleStatus(const PostStatus &postStatus, const ports::ScheduledStatusReader &scheduled,
                   const ports::MediaReader &media, const MediaGrants &grants, ports::UnitOfWork &unitOfWork,
                   IdGenerator &ids, const Clock &clock);

    // The only one of its set; the same again for an Idempotency-Key that was used within the hour. Its photos are
    // reserved for it. Fault::Unprocessable if it could not be posted now, for a time that is not kLeastAhead, or above
    // the bounds.
    [[nodiscard]] Result<ScheduledSet> create(const entities::Viewer &viewer, const StatusRequest &request,
                                              Timestamp at, const Deadline &deadline) const;
    // The following: Fault::NotFound for what is not there, or another account's.
    [[nodiscard]] Result<ScheduledSet> show(const entities::Viewer &viewer, ScheduledStatusId id,
                                            const Deadline &deadline) const;
    [[nodiscard]] Result<ScheduledSet> list(const entities::Viewer &viewer, const entities::PageRequest &page,
                                            const Deadline &deadline) const;
    // Fault::Unprocessable as for create().
    [[nodiscard]] Result<ScheduledSet> change(const entities::Viewer &viewer, ScheduledStatusId id, Timestamp at,
                                              const Deadline &deadline) const;
    // Its photos are free again.
    [[nodiscard]] Result<> remove(const entities::Viewer &viewer, ScheduledStatusId id, const Deadline &deadline) const;

private:
    [[nodiscard]] Result<> checkTime(Timestamp at) const;
    [[nodiscard]] Result<> checkNumbers(ports::WriteSet &writers, AccountId account, Timestamp at,
                                        ScheduledStatusId except) const;
    [[nodiscard]] Result<> enqueue(ports::WriteSet &writers, ScheduledStatusId id, Timestamp at) const;
    [[nodiscard]] Result<ScheduledSet> gather(QList<entities::ScheduledStatus> statuses,
                                              const Deadline &deadline) const;

    const PostStatus &m_postStatus;
    const ports::ScheduledStatusReader &m_scheduled;
    const ports::MediaReader &m_media;
    const MediaGrants &m_grants;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
