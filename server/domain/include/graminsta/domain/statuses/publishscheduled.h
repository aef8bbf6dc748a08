// SPDX-License-Identifier: GPL-3.0-or-later
// Posts a scheduled status when its time has come. A job, in the queue since it was scheduled. Thread-safe.
#pragma once

#include <graminsta/domain/statuses/poststatus.h>
#include <graminsta/entities/job.h>
#include <graminsta/ports/scheduledstatuses.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

inline const QString kPublishJob = QStringLiteral("statuses.publish");

class PublishScheduled
{
public:
    PublishScheduled(const PostStatus &postStatus, const ports::ScheduledStatusReader &scheduled,
                     ports::UnitOfWork &unitOfWork);

    // Post, job and scheduled status change in one transaction, so that it is posted once, whoever else tries it. What
    // can no longer be posted (its text is empty and its photo gone, what it comments on is gone) stays among the
    // scheduled, for its author to see.
    [[nodiscard]] Result<> run(const entities::Job &job, const Deadline &deadline) const;

private:
    // Takes the job off where there is nothing more to do.
    [[nodiscard]] Result<> finish(const entities::Job &job, const Deadline &deadline) const;

    const PostStatus &m_postStatus;
    const ports::ScheduledStatusReader &m_scheduled;
    ports::UnitOfWork &m_unitOfWork;
};

} // namespace graminsta::domain
