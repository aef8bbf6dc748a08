// SPDX-License-Identifier: GPL-3.0-or-later
// Favourites, bookmarks, pins, muted threads; and who has favourited or reblogged.
#include "statuses.h"

#include "inorder.h"
#include "paging.h"
#include "statusrow.h"

#include <QHash>

namespace graminsta::sql
{

using entities::Page;
using entities::PageRequest;
using entities::StatusFlags;
using ports::FavouriteEdge;
using ports::ReblogEdge;

namespace
{

// By probes of unique indexes, one a status and mark: a join would be planned for people who mark little, and then walk
// through everything that somebody has ever marked.
// Of the table `statuses s`, for the viewer ?1.
const QByteArray kFlagColumns =
    "(SELECT 1 FROM favourites f WHERE f.account_id = ?1 AND f.status_id = s.id LIMIT 1),"
    " (SELECT 1 FROM bookmarks b WHERE b.account_id = ?1 AND b.status_id = s.id LIMIT 1),"
    " (SELECT 1 FROM status_pins p WHERE p.status_id = s.id AND p.account_id = ?1 LIMIT 1),"
    " (SELECT 1 FROM statuses r WHERE r.reblog_of_id = s.id AND r.account_id = ?1 LIMIT 1),"
    " (SELECT 1 FROM conversation_mutes m"
    " WHERE m.account_id = ?1 AND m.conversation_id = coalesce(s.conversation_id, s.id) LIMIT 1)";
const QByteArray kFlags = "SELECT s.id, " + kFlagColumns + " FROM statuses s WHERE s.id {in ?2}";
// Those asked for, and once more what the reblogs among them reblog: the last column tells them apart.
const QByteArray kSeen = "SELECT " + statusColumns() + ", " + kFlagColumns
    + ", 0 FROM statuses s WHERE s.id {in ?2} UNION ALL SELECT " + statusColumns() + ", " + kFlagColumns
    + ", 1 FROM statuses q JOIN statuses s ON s.id = q.reblog_of_id WHERE q.id {in ?2}";
constexpr int kFlagCount = 5;
// The same for many who look at one: ?1 the status.
const QByteArray kFlagsOf =
    "SELECT a.id, (SELECT 1 FROM favourites f WHERE f.account_id = a.id AND f.status_id = s.id LIMIT 1),"
    " (SELECT 1 FROM bookmarks b WHERE b.account_id = a.id AND b.status_id = s.id LIMIT 1),"
    " (SELECT 1 FROM status_pins p WHERE p.status_id = s.id AND p.account_id = a.id LIMIT 1),"
    " (SELECT 1 FROM statuses r WHERE r.reblog_of_id = s.id AND r.account_id = a.id LIMIT 1),"
    " (SELECT 1 FROM conversation_mutes m"
    " WHERE m.account_id = a.id AND m.conversation_id = coalesce(s.conversation_id, s.id) LIMIT 1)"
    " FROM statuses s CROSS JOIN accounts a WHERE s.id = ?1 AND a.id {in ?2}";
const PagedSql kFavouritedBy("SELECT id, account_id FROM favourites WHERE status_id = ?1 AND id > ?2 AND id < ?3"
                             " ORDER BY id {order} LIMIT ?4");
const PagedSql kRebloggedBy("SELECT id, account_id FROM statuses WHERE reblog_of_id = ?1 AND id > ?2 AND id < ?3"
                            " AND visibility <= 1 ORDER BY id {order} LIMIT ?4");
const PagedSql kFavourites("SELECT id, status_id FROM favourites WHERE account_id = ?1 AND id > ?2 AND id < ?3"
                           " ORDER BY id {order} LIMIT ?4");
const PagedSql kBookmarks("SELECT id, status_id FROM bookmarks WHERE account_id = ?1 AND id > ?2 AND id < ?3"
                          " ORDER BY id {order} LIMIT ?4");

const QByteArray kAddFavourite = "INSERT INTO favourites (id, account_id, status_id, created_at)"
                                 " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (account_id, status_id) DO NOTHING";
const QByteArray kRemoveFavourite = "DELETE FROM favourites WHERE account_id = ?1 AND status_id = ?2";
const QByteArray kChangeFavourites = "UPDATE statuses SET favourites_count = favourites_count + ?2 WHERE id = ?1";

const QByteArray kAddBookmark = "INSERT INTO bookmarks (id, account_id, status_id, created_at)"
                                " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (account_id, status_id) DO NOTHING";
const QByteArray kRemoveBookmark = "DELETE FROM bookmarks WHERE account_id = ?1 AND status_id = ?2";

const QByteArray kPinned = "SELECT status_id FROM status_pins WHERE account_id = ?1 ORDER BY id DESC LIMIT ?2";
// A lock that those who only refer to the account (whoever posts, or is told of something) do not wait for.
const QByteArray kLockAccount = "UPDATE accounts SET statuses_count = statuses_count WHERE id = ?1";
const QByteArray kOtherPins = "SELECT count(*) FROM status_pins WHERE account_id = ?1 AND status_id <> ?2";
const QByteArray kPin = "INSERT INTO status_pins (id, account_id, status_id, created_at)"
                        " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (status_id) DO NOTHING";
const QByteArray kUnpin = "DELETE FROM status_pins WHERE status_id = ?1";

const QByteArray kMute = "INSERT INTO conversation_mutes (account_id, conversation_id, created_at)"
                         " VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
const QByteArray kUnmute = "DELETE FROM conversation_mutes WHERE account_id = ?1 AND conversation_id = ?2";

// A status by the act that put it on a list.
struct Marked {
    qint64 act = 0;
    StatusId status;
};

Result<Page<StatusId>> markedPage(Executor &executor, const PagedSql &sql, AccountId account, const PageRequest &page,
                                  const Deadline &deadline)
{
    const PageWindow window(page);
    const Page<Marked> marked = GI_TRY(readPage<Marked>(
        executor, sql, window, Bindings(account, window.low, window.high, window.limit), deadline,
        [](const Row &row) {
            return Marked { row.integer(0), row.id<StatusId>(1) };
        },
        [](const Marked &one) { return one.act; }));
    Page<StatusId> statuses;
    statuses.bounds = marked.bounds;
    for (const Marked &one : marked.rows)
        statuses.rows.append(one.status);
    return statuses;
}

StatusFlags flagsIn(const Row &row, int first)
{
    StatusFlags flags;
    flags.favourited = !row.isNull(first);
    flags.bookmarked = !row.isNull(first + 1);
    flags.pinned = !row.isNull(first + 2);
    flags.reblogged = !row.isNull(first + 3);
    flags.muted = !row.isNull(first + 4);
    return flags;
}

} // namespace

Result<ports::SeenStatuses> SqlStatuses::seenBy(AccountId viewer, const QList<StatusId> &ids,
                                                const Deadline &deadline) const
{
    ports::SeenStatuses seen;
    if (ids.isEmpty())
        return seen;
    seen.statuses.reserve(ids.size());
    GI_TRY(m_executor.query(kSeen, Bindings(viewer, ids), deadline, [&](const Row &row) {
        entities::Status status = statusOf(row);
        if (!viewer.isNull())
            seen.flags.insert(status.id, flagsIn(row, kStatusColumns));
        if (row.flag(kStatusColumns + kFlagCount))
            seen.originals.insert(status.id, std::move(status));
        else
            seen.statuses.append(std::move(status));
    }));
    seen.statuses = inOrderOf(ids, std::move(seen.statuses));
    return seen;
}

Result<QList<StatusFlags>> SqlStatuses::flags(AccountId viewer, const QList<StatusId> &ids,
                                              const Deadline &deadline) const
{
    QHash<StatusId, StatusFlags> found;
    if (!ids.isEmpty()) {
        GI_TRY(m_executor.query(kFlags, Bindings(viewer, ids), deadline,
                                [&found](const Row &row) { found.insert(row.id<StatusId>(0), flagsIn(row, 1)); }));
    }
    QList<StatusFlags> flags;
    flags.reserve(ids.size());
    for (const StatusId id : ids)
        flags.append(found.value(id));
    return flags;
}

Result<QHash<AccountId, StatusFlags>> SqlStatuses::flagsOf(StatusId id, const QList<AccountId> &viewers,
                                                           const Deadline &deadline) const
{
    QHash<AccountId, StatusFlags> found;
    if (viewers.isEmpty())
        return found;
    GI_TRY(m_executor.query(kFlagsOf, Bindings(id, viewers), deadline, [&found](const Row &row) {
        const StatusFlags flags = flagsIn(row, 1);
        if (flags != StatusFlags())
            found.insert(row.id<AccountId>(0), flags);
    }));
    return found;
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

Result<Page<ReblogEdge>> SqlStatuses::rebloggedBy(StatusId id, const PageRequest &page, const Deadline &deadline) const
{
    const PageWindow window(page);
    return readPage<ReblogEdge>(
        m_executor, kRebloggedBy, window, Bindings(id, window.low, window.high, window.limit), deadline,
        [](const Row &row) {
            return ReblogEdge { row.id<StatusId>(0), row.id<AccountId>(1) };
        },
        [](const ReblogEdge &edge) { return edge.id.number(); });
}

Result<Page<StatusId>> SqlStatuses::favourites(AccountId account, const PageRequest &page,
                                               const Deadline &deadline) const
{
    return markedPage(m_executor, kFavourites, account, page, deadline);
}

Result<Page<StatusId>> SqlStatuses::bookmarks(AccountId account, const PageRequest &page,
                                              const Deadline &deadline) const
{
    return markedPage(m_executor, kBookmarks, account, page, deadline);
}

Result<QList<StatusId>> SqlStatuses::pinned(AccountId account, int limit, const Deadline &deadline) const
{
    return m_executor.list<StatusId>(kPinned, Bindings(account, limit), deadline,
                                     [](const Row &row) { return row.id<StatusId>(0); });
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

Result<bool> SqlStatuses::addBookmark(BookmarkId id, AccountId account, StatusId status, Timestamp createdAt)
{
    return GI_TRY(m_executor.change(kAddBookmark, Bindings(id, account, status, createdAt))) > 0;
}

Result<> SqlStatuses::removeBookmark(AccountId account, StatusId status)
{
    GI_TRY(m_executor.change(kRemoveBookmark, Bindings(account, status)));
    return {};
}

Result<> SqlStatuses::pin(StatusPinId id, AccountId account, StatusId status, Timestamp createdAt, int most)
{
    // Else two that pin at the same time would each count without the other.
    GI_TRY(m_executor.change(kLockAccount, Bindings(account)));
    const std::optional<qint64> others = GI_TRY(m_executor.first<qint64>(
        kOtherPins, Bindings(account, status), m_executor.deadline(), [](const Row &row) { return row.integer(0); }));
    if (others.value_or(0) >= most)
        return makeError(Fault::Conflict, QStringLiteral("As many statuses are pinned as can be"));
    GI_TRY(m_executor.change(kPin, Bindings(id, account, status, createdAt)));
    return {};
}

Result<> SqlStatuses::muteConversation(AccountId account, StatusId conversation, Timestamp createdAt)
{
    GI_TRY(m_executor.change(kMute, Bindings(account, conversation, createdAt)));
    return {};
}

Result<> SqlStatuses::unmuteConversation(AccountId account, StatusId conversation)
{
    GI_TRY(m_executor.change(kUnmute, Bindings(account, conversation)));
    return {};
}

Result<> SqlStatuses::unpin(StatusId status)
{
    GI_TRY(m_executor.change(kUnpin, Bindings(status)));
    return {};
}

} // namespace graminsta::sql
