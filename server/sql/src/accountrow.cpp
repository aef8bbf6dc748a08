// SPDX-License-Identifier: GPL-3.0-or-later
#include "accountrow.h"

#include "restrictions.h"
#include "textcolumns.h"

namespace graminsta::sql
{

using entities::Account;

const QByteArray &accountColumns()
{
    static const QByteArray columns = "a.id, a.username, a.display_name, a.note, a.avatar_key, a.header_key, a.fields, "
                                      "a.locked, a.bot, a.discoverable, a.created_at, a.last_status_id, "
                                      "a.followers_count, a.following_count, a.statuses_count, a.restrictions";
    return columns;
}

Account accountOf(const Row &row)
{
    Account account;
    account.id = row.id<AccountId>(0);
    account.username = row.text(1);
    account.displayName = row.text(2);
    account.note = row.text(3);
    account.avatarKey = row.text(4);
    account.headerKey = row.text(5);
    account.fields = unpackFields(row.utf8(6));
    account.locked = row.flag(7);
    account.bot = row.flag(8);
    account.discoverable = row.flag(9);
    account.createdAt = row.time(10);
    account.lastStatusId = row.id<StatusId>(11);
    account.followersCount = row.integer(12);
    account.followingCount = row.integer(13);
    account.statusesCount = row.integer(14);
    account.restrictions = restrictionsOf(row.integer(15));
    return account;
}

} // namespace graminsta::sql
