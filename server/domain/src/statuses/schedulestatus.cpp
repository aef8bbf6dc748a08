// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/statuses/schedulestatus.h>

#include <graminsta/domain/statuses/composing.h>
#include <graminsta/domain/statuses/publishscheduled.h>
#include <graminsta/domain/text/statustext.h>
#include <graminsta/ports/jobs.h>

namespace graminsta::domain
{

using entities::ScheduledStatus;
using entities::Viewer;

namespace
{

Result<ScheduledStatus> ownOnly(Result<ScheduledStatus> scheduled, const Viewer &viewer)
{
    if (scheduled ? scheduled->accountId == viewer.account : scheduled.error().fault != Fault::NotFound)
        return scheduled;
    return makeError(Fault::NotFound, QStringLiteral("Record not found"));
}

} // namespace

ScheduleStatus::ScheduleStatus(const PostStatus &postStatus, const ports::ScheduledStatusReader &scheduled,
                               const ports::MediaReader &media, ports::UnitOfWork &unitOfWork, IdGenerator &ids,
                               const Clock &clock)
    : m_postStatus(postStatus)
    , m_scheduled(scheduled)
    , m_media(media)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<ScheduledSet> ScheduleStatus::create(const Viewer &viewer, const StatusRequest &request, Timestamp at,
                                            const Deadline &deadline) const
{
    GI_TRY(checkTime(at));
    GI_TRY(m_postStatus.check(viewer, request, deadline));
    const ScheduledStatus drafted { m_ids.next<ScheduledStatusId>(),
                                    viewer.account,
                                    viewer.application,
                                    cleanText(request.text),
                                    cleanText(request.spoilerText),
                                    request.sensitive,
                                    request.visibility,
                                    request.language,
                                    request.inReplyTo,
                                    request.commentsDisabled,
                                    request.idempotencyKey,
                                    request.media,
                                    at,
                                    m_clock.now() };
    ScheduledStatusId scheduled;
    const Result<> written = m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        scheduled = drafted.id;
        GI_TRY(writers.scheduled.lock(viewer.account));
        if (!request.idempotencyKey.isEmpty()) {
            const std::optional<ScheduledStatusId> earlier = GI_TRY(writers.scheduled.byIdempotencyKey(
                viewer.account, request.idempotencyKey, drafted.createdAt - kIdempotencyLifetime));
            if (earlier) {
                scheduled = *earlier;
                return {};
            }
        }
        GI_TRY(checkNumbers(writers, viewer.account, at, {}));
        const Result<> inserted = writers.scheduled.insert(drafted);
        if (!inserted)
            return whyNotAttached(inserted.error(), writers.media, viewer.account, request.media, deadline);
        return enqueue(writers, drafted.id, at);
    });
    if (!written) {
        if (written.error().fault == Fault::Conflict)
            return invalidStatus(QStringLiteral("Cannot attach files that are not yours, are not ready or belong to a "
                                                "post already."));
        return written.error();
    }
    return show(viewer, scheduled, deadline);
}

Result<ScheduledSet> ScheduleStatus::show(const Viewer &viewer, ScheduledStatusId id, const Deadline &deadline) const
{
    return gather({ GI_TRY(ownOnly(m_scheduled.byId(id, deadline), viewer)) }, deadline);
}

Result<ScheduledSet> ScheduleStatus::list(const Viewer &viewer, const entities::PageRequest &page,
                                          const Deadline &deadline) const
{
    entities::Page<ScheduledStatus> found = GI_TRY(m_scheduled.list(viewer.account, page, deadline));
    ScheduledSet set = GI_TRY(gather(std::move(found.rows), deadline));
    set.bounds = found.bounds;
    return set;
}

Result<ScheduledSet> ScheduleStatus::change(const Viewer &viewer, ScheduledStatusId id, Timestamp at,
                                            const Deadline &deadline) const
{
    GI_TRY(ownOnly(m_scheduled.byId(id, deadline), viewer));
    GI_TRY(checkTime(at));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.scheduled.lock(viewer.account));
        // It may have been posted meanwhile.
        GI_TRY(ownOnly(writers.scheduled.byId(id, deadline), viewer));
        GI_TRY(checkNumbers(writers, viewer.account, at, id));
        GI_TRY(writers.scheduled.reschedule(id, at));
        // Also the job of whoever has begun to post it: then that comes to nothing.
        GI_TRY(writers.jobs.cancel(kPublishJob, id.toString()));
        return enqueue(writers, id, at);
    }));
    return show(viewer, id, deadline);
}

Result<> ScheduleStatus::remove(const Viewer &viewer, ScheduledStatusId id, const Deadline &deadline) const
{
    return m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(ownOnly(writers.scheduled.byId(id, deadline), viewer));
        GI_TRY(writers.jobs.cancel(kPublishJob, id.toString()));
        return writers.scheduled.remove(id);
    });
}

Result<> ScheduleStatus::checkTime(Timestamp at) const
{
    if (at < m_clock.now() + kLeastAhead)
        return invalidStatus(
            QStringLiteral("Scheduled at must be at least %1 minutes in the future").arg(kLeastAhead.count()));
    return {};
}

Result<> ScheduleStatus::checkNumbers(ports::WriteSet &writers, AccountId account, Timestamp at,
                                      ScheduledStatusId except) const
{
    const Timestamp day = std::chrono::floor<std::chrono::days>(at);
    const ports::ScheduledCounts counts =
        GI_TRY(writers.scheduled.count(account, day, day + std::chrono::days { 1 }, except));
    if (counts.all >= kMostScheduled)
        return invalidStatus(QStringLiteral("You have exceeded the limit of %1 scheduled posts").arg(kMostScheduled));
    if (counts.between >= kMostScheduledPerDay)
        return invalidStatus(
            QStringLiteral("You have exceeded the limit of %1 scheduled posts for today").arg(kMostScheduledPerDay));
    return {};
}

Result<> ScheduleStatus::enqueue(ports::WriteSet &writers, ScheduledStatusId id, Timestamp at) const
{
    const QString key = id.toString();
    GI_TRY(
        writers.jobs.enqueue({ m_ids.next<entities::JobId>(), kPublishJob, key.toLatin1(), at, key }, m_clock.now()));
    return {};
}

Result<ScheduledSet> ScheduleStatus::gather(QList<ScheduledStatus> statuses, const Deadline &deadline) const
{
    ScheduledSet set;
    QList<MediaId> ids;
    for (const ScheduledStatus &status : std::as_const(statuses))
        ids += status.media;
    set.statuses = std::move(statuses);
    if (ids.isEmpty())
        return set;
    for (const entities::MediaAttachment &media : GI_TRY(m_media.byIds(ids, deadline)))
        set.media.insert(media.id, media);
    return set;
}

} // namespace graminsta::domain
