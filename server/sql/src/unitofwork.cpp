// SPDX-License-Identifier: GPL-3.0-or-later
#include "unitofwork.h"

#include "accounts.h"
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
#include "statuses.h"
#include "tags.h"
#include "twofactor.h"

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
        SqlTags tags(transaction);
        SqlModeration moderation(transaction);
        SqlRemoval removal(transaction);
        SqlTwoFactor twoFactor(transaction);
        SqlJobs jobs(transaction);
        ports::WriteSet writers { accounts,  follows, media, notifications, oauth,   statuses,  markers,
                                  relations, reports, tags,  moderation,    removal, twoFactor, jobs };
        Result<> worked = work(writers);
        hasEnqueued = jobs.hasEnqueued();
        return worked;
    });
    if (written && hasEnqueued)
        m_jobs.tellListener();
    return written;
}

} // namespace graminsta::sql
