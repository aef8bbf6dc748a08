// SPDX-License-Identifier: GPL-3.0-or-later
#include "unitofwork.h"

#include "accounts.h"
#include "blobs.h"
#include "collections.h"
#include "filters.h"
#include "follows.h"
#include "jobs.h"
#include "markers.h"
#include "media.h"
#include "moderation.h"
#include "notifications.h"
#include "oauth.h"
#include "relations.h"
#include "removal.h"
#include "reports.h"
#include "scheduledstatuses.h"
#include "search.h"
#include "statuses.h"
#include "tags.h"
#include "transfers.h"
#include "twofactor.h"
#include "uploads.h"

namespace graminsta::sql
{

Result<> SqlUnitOfWork::write(const Deadline &deadline, const Work &work)
{
    bool hasEnqueued = false;
    QList<ports::Event> events;
    Result<> written = m_runner.run(deadline, [&](Transaction &transaction) {
        events.clear(); // it may be the second time
        SqlJobs jobs(transaction);
        SqlAccounts accounts(transaction, &transaction.accountChanges(), &jobs);
        SqlBlobs blobs(transaction, &jobs);
        SqlFollows follows(transaction);
        SqlMedia media(transaction, &jobs, &events);
        SqlNotifications notifications(transaction, events, jobs);
        SqlOAuth oauth(transaction, &events);
        SqlStatuses statuses(transaction, &events);
        SqlMarkers markers(transaction);
        SqlRelations relations(transaction);
        SqlReports reports(transaction);
        SqlFilters filters(transaction);
        SqlScheduledStatuses scheduled(transaction);
        SqlSearch search(transaction);
        SqlTags tags(transaction);
        SqlModeration moderation(transaction);
        SqlRemoval removal(transaction, accounts);
        SqlTwoFactor twoFactor(transaction);
        SqlTransfers transfers(transaction, &blobs);
        SqlUploads uploads(transaction);
        SqlCollections collections(transaction);
        ports::WriteSet writers { accounts,  follows,   media,     notifications, oauth,  statuses, markers,
                                  relations, reports,   filters,   scheduled,     search, tags,     moderation,
                                  removal,   twoFactor, transfers, uploads,       jobs,   blobs,    collections };
        Result<> worked = work(writers);
        hasEnqueued = jobs.hasEnqueued();
        return worked;
    });
    if (written && hasEnqueued)
        m_jobs.tellListener();
    if (written && m_publisher && !events.isEmpty())
        m_publisher->publish(events);
    return written;
}

} // namespace graminsta::sql
