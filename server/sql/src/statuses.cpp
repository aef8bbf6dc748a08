// SPDX-License-Identifier: GPL-3.0-or-later
#include "statuses.h"

#include "hometimeline.h"
#include "inorder.h"
#include "paging.h"
#include "statusrow.h"
#include "textcolumns.h"
#include "threads.h"
#include "timelines.h"

#include <QSet>

namespace graminsta::sql
{

using entities::Page;
using entities::PageRequest;
using entities::Status;
using entities::StatusFlags;
using ports::FavouriteEdge;

namespace
{

const QByteArray kById = selectStatus() + "WHERE s.id = ?1";
const QByteArray kByIds = selectStatus() + "WHERE s.id {in ?1}";
const QByteArray kMostLiked = "SELECT n.id FROM (SELECT s.id, s.favourites_count + s.replies_count AS score"
                              " FROM statuses s WHERE s.in_public = 1 AND s.id > ?1 ORDER BY s.id DESC LIMIT ?2) n"
                              " WHERE n.score > 0 ORDER BY n.score DESC, n.id DESC LIMIT ?4 OFFSET ?3";
const QByteArray kFavourited = "SELECT status_id FROM favourites WHERE account_id = ?1 AND status_id {in ?2}";
const PagedSql kFavouritedBy("SELECT id, account_id FROM favourites WHERE status_id = ?1 AND id > ?2 AND id < ?3"
                             " ORDER BY id {order} LIMIT ?4");

const QByteArray kInsert = "INSERT INTO statuses (id, account_id, text, spoiler_text, sensitive, visibility, language,"
                           " is_comment, in_reply_to_id, in_reply_to_account_id, application_id, tags, mentions,"
                           " media_count, favourites_count, replies_count, created_at)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)";
const QByteArray kInsertTag = "INSERT INTO status_tags (tag, status_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
const QByteArray kRemove = "DELETE FROM statuses WHERE id = ?1";
const QByteArray kChangeReplies = "UPDATE statuses SET replies_count = replies_count + ?2 WHERE id = ?1";

const QByteArray kAddFavourite = "INSERT INTO favourites (id, account_id, status_id, created_at)"
                                 " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (account_id, status_id) DO NOTHING";
const QByteArray kRemoveFavourite = "DELETE FROM favourites WHERE account_id = ?1 AND status_id = ?2";
const QByteArray kChangeFavourites = "UPDATE statuses SET favourites_count = favourites_count + ?2 WHERE id = ?1";

const QByteArray kForgetExpiredKey =
    "DELETE FROM idempotency_keys WHERE account_id = ?1 AND idempotency_key = ?2 AND created_at < ?3";
const QByteArray kStatusByKey = "SELECT status_id FROM idempotency_keys WHERE account_id = ?1 AND idempotency_key = ?2";
const QByteArray kRememberKey = "INSERT INTO idempotency_keys (account_id, idempotency_key, status_id, created_at)"
                                " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (account_id, idempotency_key) DO NOTHING";

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

Result<QList<StatusFlags>> SqlStatuses::flags(AccountId viewer, const QList<StatusId> &ids,
                                              const Deadline &deadline) const
{
    QSet<StatusId> favourited;
    if (!ids.isEmpty()) {
        GI_TRY(m_executor.query(kFavourited, Bindings(viewer, ids), deadline,
                                [&favourited](const Row &row) { favourited.insert(row.id<StatusId>(0)); }));
    }
    QList<StatusFlags> flags;
    flags.reserve(ids.size());
    for (const StatusId id : ids)
        flags.append(StatusFlags { favourited.contains(id) });
    return flags;
}

Result<Page<FavouriteEdge>> SqlStatuses::favouritedBy(StatusId id, const PageRequest &page,
                                                      const Deadline &deadline) const
{
    const PageWindow window(page);
    return readPage<FavouriteEdge>(
        m_executor, kFavouritedBy, window, Bindings(id, window.low, window.high, window.limit), deadline,
        [](const Row &row) {
            return FavouriteEdge { row.id<FavouriteId>(0), row.id<AccountId>(1) };
        },
        [](const FavouriteEdge &edge) { return edge.id.number(); });
}

Result<> SqlStatuses::insert(const Status &status)
{
    const bool isComment = !status.inReplyToId.isNull() || !status.inReplyToAccountId.isNull();
    GI_TRY(m_executor.change(kInsert,
                             Bindings(status.id, status.accountId, status.text, status.spoilerText, status.sensitive,
                                      status.visibility, status.language, isComment, status.inReplyToId,
                                      status.inReplyToAccountId, status.applicationId, packTexts(status.tags),
                                      packMentions(status.mentions), status.mediaCount, status.favouritesCount,
                                      status.repliesCount, status.createdAt)));
    for (const QString &tag : status.tags)
        GI_TRY(m_executor.change(kInsertTag, Bindings(tag, status.id)));
    return {};
}

Result<> SqlStatuses::remove(StatusId id)
{
    // What belongs to it goes by the foreign keys.
    if (GI_TRY(m_executor.change(kRemove, Bindings(id))) == 0)
        return makeError(Fault::NotFound, QStringLiteral("There is no such status"));
    return {};
}

Result<> SqlStatuses::changeRepliesCount(StatusId id, int change)
{
    GI_TRY(m_executor.change(kChangeReplies, Bindings(id, change)));
    return {};
}

Result<bool> SqlStatuses::addFavourite(FavouriteId id, AccountId account, StatusId status, Timestamp createdAt)
{
    if (GI_TRY(m_executor.change(kAddFavourite, Bindings(id, account, status, createdAt))) == 0)
        return false;
    GI_TRY(m_executor.change(kChangeFavourites, Bindings(status, 1)));
    return true;
}

Result<bool> SqlStatuses::removeFavourite(AccountId account, StatusId status)
{
    if (GI_TRY(m_executor.change(kRemoveFavourite, Bindings(account, status))) == 0)
        return false;
    GI_TRY(m_executor.change(kChangeFavourites, Bindings(status, -1)));
    return true;
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

} // namespace graminsta::sql
