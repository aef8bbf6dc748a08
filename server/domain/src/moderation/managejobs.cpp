// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/moderation/managejobs.h>

namespace graminsta::domain
{

using entities::JobId;

ManageJobs::ManageJobs(ports::JobQueue &queue, const Clock &clock)
    : m_queue(queue)
    , m_clock(clock)
{
}

Result<JobOverview> ManageJobs::list(const Actor &actor, JobId after, int limit, const Deadline &deadline) const
{
    GI_TRY(require(actor, Permission::ManageJobs));
    JobOverview overview;
    overview.counts = GI_TRY(m_queue.counts(deadline));
    overview.dead = GI_TRY(m_queue.dead(after, limit, deadline));
    return overview;
}

Result<> ManageJobs::retry(const Actor &actor, JobId id, const Deadline &deadline) const
{
    GI_TRY(require(actor, Permission::ManageJobs));
    Result<> revived = m_queue.revive(id, m_clock.now(), deadline);
    if (!revived && revived.error().fault == Fault::Conflict)
        return makeError(Fault::Unprocessable,
                         QStringLiteral("Another job of this kind waits in its place already; discard this one."));
    return revived;
}

Result<> ManageJobs::discard(const Actor &actor, JobId id, const Deadline &deadline) const
{
    GI_TRY(require(actor, Permission::ManageJobs));
    return m_queue.discard(id, deadline);
}

} // namespace graminsta::domain
