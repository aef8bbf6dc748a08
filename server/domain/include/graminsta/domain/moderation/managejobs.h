// SPDX-License-Identifier: GPL-3.0-or-later
// What waits in the queue of jobs, and what of it was given up: to be tried again or forgotten by an admin.
// Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/domain/policy/moderation.h>
#include <graminsta/ports/jobs.h>

namespace graminsta::domain
{

struct JobOverview {
    QList<ports::JobCount> counts;
    QList<entities::Job> dead; // the oldest first
};

class ManageJobs
{
public:
    ManageJobs(ports::JobQueue &queue, const Clock &clock);

    // All: Fault::Forbidden for who is no admin.
    // At most `limit` dead ones after the job `after`. Two queries.
    [[nodiscard]] Result<JobOverview> list(const Actor &actor, entities::JobId after, int limit,
                                           const Deadline &deadline) const;
    // Both: Fault::NotFound if no job with this id was given up. retry(): Fault::Unprocessable if another waits in its
    // place.
    [[nodiscard]] Result<> retry(const Actor &actor, entities::JobId id, const Deadline &deadline) const;
    [[nodiscard]] Result<> discard(const Actor &actor, entities::JobId id, const Deadline &deadline) const;

private:
    ports::JobQueue &m_queue;
    const Clock &m_clock;
};

} // namespace graminsta::domain
