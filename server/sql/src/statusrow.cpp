// SPDX-License-Identifier: GPL-3.0-or-later
#include "statusrow.h"

#include "textcolumns.h"

namespace graminsta::sql
{

const QByteArray &selectStatus()
{
    static const QByteArray sql = "SELECT " + statusColumns() + " FROM statuses s ";
    return sql;
}

const QByteArray &statusColumns()
{
    static const QByteArray columns =
        "s.id, s.account_id, s.text, s.spoiler_text, s.sensitive, s.visibility, s.language, s.in_reply_to_id,"
        " s.in_reply_to_account_id, s.application_id, s.tags, s.mentions, s.media_count, s.favourites_count,"
        " s.replies_count, s.created_at, s.edited_at, s.reblog_of_id, s.reblogs_count, s.comments_disabled,"
        " s.conversation_id, s.reblog_of_account_id";
    return columns;
}

entities::Status statusOf(const Row &row)
{
    entities::Status status;
    status.id = row.id<StatusId>(0);
    status.accountId = row.id<AccountId>(1);
    status.text = row.text(2);
    status.spoilerText = row.text(3);
    status.sensitive = row.flag(4);
    status.visibility = row.enumerator<entities::Visibility>(5);
    status.language = row.text(6);
    status.inReplyToId = row.id<StatusId>(7);
    status.inReplyToAccountId = row.id<AccountId>(8);
    status.applicationId = row.id<ApplicationId>(9);
    status.tags = unpackTexts(row.utf8(10));
    status.mentions = unpackMentions(row.utf8(11));
    status.mediaCount = static_cast<int>(row.integer(12));
    status.favouritesCount = row.integer(13);
    status.repliesCount = row.integer(14);
    status.createdAt = row.time(15);
    if (!row.isNull(16))
        status.editedAt = row.time(16);
    status.reblogOfId = row.id<StatusId>(17);
    status.reblogsCount = row.integer(18);
    status.commentsDisabled = row.flag(19);
    status.conversationId = row.id<StatusId>(20);
    status.reblogOfAccountId = row.id<AccountId>(21);
    return status;
}

} // namespace graminsta::sql
