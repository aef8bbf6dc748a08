// SPDX-License-Identifier: GPL-3.0-or-later
#include "statuses.h"

#include "hometimeline.h"
#include "inorder.h"
#include "paging.h"
#include "statusrow.h"
#include "textcolumns.h"
#include "threads.h"
#include "timelines.h"

namespace graminsta::sql
{

using entities::Page;
using entities::PageRequest;
using entities::Status;

namespace
{

const QByteArray kById = selectStatus() + "WHERE s.id = ?1";
const QByteArray kByIds = selectStatus() + "WHERE s.id {in ?1}";
const QByteArray kMostLiked = "SELECT n.id FROM (SELECT s.id, s.favourites_count + s.replies_count AS score"
                              " FROM statuses s WHERE s.in_public = 1 AND s.reblog_of_id IS NULL AND s.id > ?1"
                              " ORDER BY s.id DESC LIMIT ?2) n"
                              " WHERE n.score > 0 ORDER BY n.score DESC, n.id DESC LIMIT ?4 OFFSET ?3";

const QByteArray kInsert = "INSERT INTO statuses (id, account_id, text, spoiler_text, sensitive, visibility, language,"
                           " is_comment, in_reply_to_id, in_reply_to_account_id, application_id, tags, mentions,"
                           " media_count, favourites_count, replies_count, created_at,"
                           " reblog_of_id, reblog_of_account_id, reblogs_count, comments_disabled, conversation_id)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
                           " ?19, ?20, ?21, ?22)";
const QByteArray kRestore = kInsert + " ON CONFLICT (id) DO NOTHING";
const QByteArray kSetEditedAt = "UPDATE statuses SET edited_at = ?2 WHERE id = ?1";
// One a person: see statuses_reblogged_once.
const QByteArray kAddReblog = kInsert + " ON CONFLICT DO NOTHING";
const QByteArray kRemoveReblog =
    "DELETE FROM statuses WHERE reblog_of_id = ?2 AND account_id = ?1 RETURNING id, account_id, visibility";
const QByteArray kReblogBy = "SELECT id FROM statuses WHERE reblog_of_id = ?2 AND account_id = ?1";
const QByteArray kRebloggers = "SELECT account_id FROM statuses WHERE reblog_of_id = ?1";
const QByteArray kChangeReblogs = "UPDATE statuses SET reblogs_count = reblogs_count + ?2 WHERE id = ?1";

const QByteArray kInsertTag = "INSERT INTO status_tags (tag, status_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
const QByteArray kLock = kById + " {for update}";
const QByteArray kUpdate = "UPDATE statuses SET text = ?2, spoiler_text = ?3, sensitive = ?4, language = ?5, tags = ?6,"
                           " mentions = ?7, media_count = ?8, edited_at = ?9, comments_disabled = ?10 WHERE id = ?1";
const QByteArray kRemoveTags = "DELETE FROM status_tags WHERE status_id = ?1";
const QByteArray kRemove = "DELETE FROM statuses WHERE id = ?1 RETURNING id, account_id, visibility";
const QByteArray kChangeReplies = "UPDATE statuses SET replies_count = replies_count + ?2 WHERE id = ?1";

const QByteArray kForgetExpiredKey =
    "DELETE FROM idempotency_keys WHERE account_id = ?1 AND idempotency_key = ?2 AND created_at < ?3";
const QByteArray kStatusByKey = "SELECT status_id FROM idempotency_keys WHERE account_id = ?1 AND idempotency_key = ?2";
const QByteArray kRememberKey = "INSERT INTO idempotency_keys (account_id, idempotency_key, status_id, created_at)"
                                " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (account_id, idempotency_key) DO NOTHING";
const QByteArray kForgetKeys = "DELETE FROM idempotency_keys WHERE (account_id, idempotency_key) IN"
                               " (SELECT account_id, idempotency_key FROM idempotency_keys WHERE created_at < ?1"
                               " ORDER BY created_at LIMIT ?2)";

Bindings valuesOf(const Status &status)
{
    const bool isComment = !status.inReplyToId.isNull() || !status.inReplyToAccountId.isNull();
    return Bindings(status.id, status.accountId, status.text, status.spoilerText, status.sensitive, status.visibility,
                    status.language, isComment, status.inReplyToId, status.inReplyToAccountId, status.applicationId,
                    packTexts(status.tags), packMentions(status.mentions), status.mediaCount, status.favouritesCount,
                    status.repliesCount, status.createdAt, status.reblogOfId, status.reblogOfAccountId,
                    status.reblogsCount, status.commentsDisabled, status.conversationId);
}

ports::StatusDeleted deletedOf(const Row &row)
{
    return { row.id<StatusId>(0), row.id<AccountId>(1), row.enumerator<entities::Visibility>(2) };
}

} // namespace

Result<Status> SqlStatuses::byId(StatusId id, const Deadline &deadline) const
{
    return m_executor.one<Status>(kById, Bindings(id), deadline, statusOf, QStringLiteral("There is no such status"));
}

Result<QList<Status>> SqlStatuses::byIds(const QList<StatusId> &ids, const Deadline &deadline) const
{
    if (ids.isEmpty())
        return QList<Status>();
    return inOrderOf(ids, GI_TRY(m_executor.list<Status>(kByIds, Bindings(ids), deadline, statusOf)));
}

Result<Page<StatusId>> SqlStatuses::home(AccountId viewer, const PageRequest &page, const Deadline &deadline) const
{
    return readHomeTimeline(m_executor, viewer, page, deadline);
}

Result<Page<StatusId>> SqlStatuses::publicTimeline(const ports::TimelineFilter &filter, const PageRequest &page,
                                                   const Deadline &deadline) const
{
    return readPublicTimeline(m_executor, filter, page, deadline);
}

Result<Page<StatusId>> SqlStatuses::tagTimeline(const QString &tag, const ports::TagFilter &filter,
                                                const PageRequest &page, const Deadline &deadline) const
{
    return readTagTimeline(m_executor, tag, filter, page, deadline);
}

Result<Page<StatusId>> SqlStatuses::accountTimeline(AccountId account, const ports::AccountTimelineFilter &filter,
                                                    const PageRequest &page, const Deadline &deadline) const
{
    return readAccountTimeline(m_executor, account, filter, page, deadline);
}

Result<QList<StatusId>> SqlStatuses::mostLiked(StatusId since, int among, int offset, int limit,
                                               const Deadline &deadline) const
{
    return m_executor.list<StatusId>(kMostLiked, Bindings(since.number(), among, offset, limit), deadline,
                                     [](const Row &row) { return row.id<StatusId>(0); });
}

Result<QList<Status>> SqlStatuses::ancestors(StatusId id, int limit, const Deadline &deadline) const
{
    return readAncestors(m_executor, id, limit, deadline);
}

Result<QList<Status>> SqlStatuses::descendants(StatusId id, int limit, const Deadline &deadline) const
{
    return readDescendants(m_executor, id, limit, deadline);
}

Result<> SqlStatuses::insert(const Status &status)
{
    GI_TRY(m_executor.change(kInsert, valuesOf(status)));
    note(ports::StatusCreated { status.id });
    return insertTags(status);
}

Result<> SqlStatuses::restore(const Status &status)
{
    if (GI_TRY(m_executor.change(kRestore, valuesOf(status))) == 0)
        return makeError(Fault::Conflict, QStringLiteral("A status has this id"));
    if (status.editedAt)
        GI_TRY(m_executor.change(kSetEditedAt, Bindings(status.id, status.editedAt)));
    return insertTags(status);
}

Result<> SqlStatuses::insertTags(const Status &status)
{
    for (const QString &tag : status.tags)
        GI_TRY(m_executor.change(kInsertTag, Bindings(tag, status.id)));
    return {};
}

Result<Status> SqlStatuses::lock(StatusId id)
{
    return m_executor.one<Status>(kLock, Bindings(id), m_executor.deadline(), statusOf,
                                  QStringLiteral("There is no such status"));
}

Result<> SqlStatuses::update(const Status &status)
{
    const qint64 changed = GI_TRY(m_executor.change(
        kUpdate,
        Bindings(status.id, status.text, status.spoilerText, status.sensitive, status.language, packTexts(status.tags),
                 packMentions(status.mentions), status.mediaCount, status.editedAt, status.commentsDisabled)));
    if (changed == 0)
        return makeError(Fault::NotFound, QStringLiteral("There is no such status"));
    note(ports::StatusEdited { status.id });
    GI_TRY(m_executor.change(kRemoveTags, Bindings(status.id)));
    return insertTags(status);
}

Result<> SqlStatuses::remove(StatusId id)
{
    // What belongs to it goes by the foreign keys.
    std::optional<ports::StatusDeleted> deleted;
    GI_TRY(m_executor.change(kRemove, Bindings(id), [&deleted](const Row &row) { deleted = deletedOf(row); }));
    if (!deleted)
        return makeError(Fault::NotFound, QStringLiteral("There is no such status"));
    note(*deleted);
    return {};
}

void SqlStatuses::note(const ports::Event &event) const
{
    if (m_events)
        m_events->append(event);
}

Result<bool> SqlStatuses::addReblog(const Status &reblog)
{
    if (GI_TRY(m_executor.change(kAddReblog, valuesOf(reblog))) == 0)
        return false;
    note(ports::StatusCreated { reblog.id });
    GI_TRY(m_executor.change(kChangeReblogs, Bindings(reblog.reblogOfId, 1)));
    return true;
}

Result<bool> SqlStatuses::removeReblog(AccountId account, StatusId status)
{
    std::optional<ports::StatusDeleted> deleted;
    GI_TRY(m_executor.change(kRemoveReblog, Bindings(account, status),
                             [&deleted](const Row &row) { deleted = deletedOf(row); }));
    if (!deleted)
        return false;
    note(*deleted);
    GI_TRY(m_executor.change(kChangeReblogs, Bindings(status, -1)));
    return true;
}

Result<std::optional<StatusId>> SqlStatuses::reblogBy(AccountId account, StatusId status,
                                                      const Deadline &deadline) const
{
    return m_executor.first<StatusId>(kReblogBy, Bindings(account, status), deadline,
                                      [](const Row &row) { return row.id<StatusId>(0); });
}

Result<QList<AccountId>> SqlStatuses::rebloggers(StatusId id)
{
    return m_executor.list<AccountId>(kRebloggers, Bindings(id), m_executor.deadline(),
                                      [](const Row &row) { return row.id<AccountId>(0); });
}

Result<> SqlStatuses::changeRepliesCount(StatusId id, int change)
{
    GI_TRY(m_executor.change(kChangeReplies, Bindings(id, change)));
    return {};
}

Result<std::optional<StatusId>> SqlStatuses::statusByIdempotencyKey(AccountId account, const QString &key,
                                                                    Timestamp since)
{
    // So that rememberIdempotencyKey() finds an expired use gone.
    GI_TRY(m_executor.change(kForgetExpiredKey, Bindings(account, key, since)));
    return m_executor.first<StatusId>(kStatusByKey, Bindings(account, key), m_executor.deadline(),
                                      [](const Row &row) { return row.id<StatusId>(0); });
}

Result<> SqlStatuses::rememberIdempotencyKey(AccountId account, const QString &key, StatusId status,
                                             Timestamp createdAt)
{
    if (GI_TRY(m_executor.change(kRememberKey, Bindings(account, key, status, createdAt))) == 0)
        return makeError(Fault::Conflict, QStringLiteral("This Idempotency-Key is in use"));
    return {};
}

Result<qint64> SqlStatuses::forgetIdempotencyKeys(Timestamp before, int limit)
{
    return m_executor.change(kForgetKeys, Bindings(before, limit));
}

} // namespace graminsta::sql
