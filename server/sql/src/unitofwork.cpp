// SPDX-License-Identifier: GPL-3.0-or-later
#include "unitofwork.h"

#include "accounts.h"
#include "filters.h"
#include "follows.h"
#include "jobs.h"
#include "markers.h"
#include "media.h"
#include "notifications.h"
#include "oauth.h"
#include "relations.h"
#include "reports.h"
#include "scheduledstatuses.h"
#include "search.h"
#include "statuses.h"
#include "tags.h"

namespace graminsta::sql
{

Result<> SqlUnitOfWork::write(const Deadline &deadline, const Work &work)
{
    bool hasEnqueued = false;
    const Result<> written = m_runner.run(deadline, [&](Transaction &transaction) {
        SqlAccounts accounts(transaction, &transaction.accountChanges());
        SqlFollows follows(transaction);
        SqlMedia media(transaction);
        SqlNotifications notifications(transaction);
        SqlOAuth oauth(transaction);
        SqlStatuses statuses(transaction);
        SqlMarkers markers(transaction);
        SqlRelations relations(transaction);
        SqlReports reports(transaction);
        SqlFilters filters(transaction);
        SqlScheduledStatuses scheduled(transaction);
        SqlSearch search(transaction);
        SqlTags tags(transaction);
        SqlJobs jobs(transaction);
        ports::WriteSet writers { accounts,  follows, media,   notifications, oauth,  statuses, markers,
                                  relations, reports, filters, scheduled,     search, tags,     jobs };
        Result<> worked = work(writers);
        hasEnqueued = jobs.hasEnqueued();
        return worked;
    });
    if (written && hasEnqueued)
        m_jobs.tellListener();
    return written;
}

} // namespace graminsta::sql
