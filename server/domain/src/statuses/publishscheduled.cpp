// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/statuses/publishscheduled.h>

#include <graminsta/core/logging.h>
#include <graminsta/ports/jobs.h>

namespace graminsta::domain
{

namespace
{

Q_LOGGING_CATEGORY(log, "graminsta.scheduled")

StatusRequest requestOf(const entities::ScheduledStatus &scheduled)
{
    StatusRequest request;
    request.text = scheduled.text;
    request.spoilerText = scheduled.spoilerText;
    request.media = scheduled.media;
    request.inReplyTo = scheduled.inReplyToId;
    request.sensitive = scheduled.sensitive;
    request.visibility = scheduled.visibility;
    request.language = scheduled.language;
    request.commentsDisabled = scheduled.commentsDisabled;
    return request;
}

// Trying again would not help.
bool isFinal(Fault fault)
{
    return fault == Fault::Unprocessable || fault == Fault::NotFound || fault == Fault::Forbidden;
}

} // namespace

PublishScheduled::PublishScheduled(const PostStatus &postStatus, const ports::ScheduledStatusReader &scheduled,
                                   ports::UnitOfWork &unitOfWork)
    : m_postStatus(postStatus)
    , m_scheduled(scheduled)
    , m_unitOfWork(unitOfWork)
{
}

Result<> PublishScheduled::run(const entities::Job &job, const Deadline &deadline) const
{
    const ScheduledStatusId id =
        ScheduledStatusId::fromString(QString::fromLatin1(job.payload)).value_or(ScheduledStatusId());
    const Result<entities::ScheduledStatus> scheduled = m_scheduled.byId(id, deadline);
    if (!scheduled)
        return scheduled.error().fault == Fault::NotFound ? finish(job, deadline) : Result<>(scheduled.error());

    entities::Viewer author;
    author.account = scheduled->accountId;
    author.application = scheduled->applicationId;
    const Result<StatusId> posted = m_postStatus.run(
        author, requestOf(*scheduled),
        [&](ports::WriteSet &writers) -> Result<> {
            GI_TRY(writers.jobs.finish(job));
            return writers.scheduled.remove(id);
        },
        deadline);
    if (posted)
        return {};
    if (!isFinal(posted.error().fault))
        return posted.error();
    qCWarning(log).noquote() << "The scheduled status" << id.toString()
                             << "cannot be posted:" << describe(posted.error());
    return finish(job, deadline);
}

Result<> PublishScheduled::finish(const entities::Job &job, const Deadline &deadline) const
{
    return m_unitOfWork.write(deadline,
                              [&job](ports::WriteSet &writers) -> Result<> { return writers.jobs.finish(job); });
}

} // namespace graminsta::domain
