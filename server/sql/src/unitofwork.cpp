// SPDX-License-Identifier: GPL-3.0-or-later
#include "unitofwork.h"

#include "accounts.h"
#include "follows.h"
#include "markers.h"
#include "media.h"
#include "moderation.h"
#include "notifications.h"
#include "oauth.h"
#include "relations.h"
#include "reports.h"
#include "statuses.h"
#include "tags.h"

namespace graminsta::sql
{

Result<> SqlUnitOfWork::write(const Deadline &deadline, const Work &work)
{
    return m_runner.run(deadline, [&work](Transaction &transaction) {
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
        ports::WriteSet writers { accounts, follows,   media,   notifications, oauth,     statuses,
                                  markers,  relations, reports, tags,          moderation };
        return work(writers);
    });
}

} // namespace graminsta::sql
