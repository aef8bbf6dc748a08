// SPDX-License-Identifier: GPL-3.0-or-later
#include "follows.h"

#include "paging.h"

namespace graminsta::sql
{

using entities::Page;
using entities::PageRequest;
using ports::FollowEdge;
using ports::FollowState;

namespace
{

const PagedSql kFollowers("SELECT id, follower_id FROM follows WHERE followed_id = ?1 AND state = 0"
                          " AND id > ?2 AND id < ?3 ORDER BY id {order} LIMIT ?4");
const PagedSql kFollowing("SELECT id, followed_id FROM follows WHERE follower_id = ?1 AND state = 0"
                          " AND id > ?2 AND id < ?3 ORDER BY id {order} LIMIT ?4");

const PagedSql kRequests("SELECT id, follower_id FROM follows WHERE followed_id = ?1 AND state = 1"
                         " AND id > ?2 AND id < ?3 ORDER BY id {order} LIMIT ?4");
const QByteArray kCountRequests =
    "SELECT count(*) FROM (SELECT 1 FROM follows WHERE followed_id = ?1 AND state = 1 LIMIT ?2) r";

const QByteArray kInsert = "INSERT INTO follows (id, follower_id, followed_id, state, show_reblogs, notify, created_at)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                           " ON CONFLICT (follower_id, followed_id) DO NOTHING";
const QByteArray kUpdate =
    "UPDATE follows SET show_reblogs = ?3, notify = ?4 WHERE follower_id = ?1 AND followed_id = ?2";
const QByteArray kAccept =
    "UPDATE follows SET state = 0, id = ?3 WHERE follower_id = ?1 AND followed_id = ?2 AND state = 1";
const QByteArray kRemove = "DELETE FROM follows WHERE follower_id = ?1 AND followed_id = ?2 RETURNING state";

Result<Page<FollowEdge>> edges(Executor &executor, const PagedSql &sql, AccountId of, const PageRequest &page,
                               const Deadline &deadline)
{
    const PageWindow window(page);
    return readPage<FollowEdge>(
        executor, sql, window, Bindings(of, window.low, window.high, window.limit), deadline,
        [](const Row &row) {
            return FollowEdge { row.id<FollowId>(0), row.id<AccountId>(1) };
        },
        [](const FollowEdge &edge) { return edge.id.number(); });
}

} // namespace

Result<Page<FollowEdge>> SqlFollows::followers(AccountId of, const PageRequest &page, const Deadline &deadline) const
{
    return edges(m_executor, kFollowers, of, page, deadline);
}

Result<Page<FollowEdge>> SqlFollows::following(AccountId of, const PageRequest &page, const Deadline &deadline) const
{
    return edges(m_executor, kFollowing, of, page, deadline);
}

Result<Page<FollowEdge>> SqlFollows::requests(AccountId of, const PageRequest &page, const Deadline &deadline) const
{
    return edges(m_executor, kRequests, of, page, deadline);
}

Result<int> SqlFollows::countRequests(AccountId of, int most, const Deadline &deadline) const
{
    return GI_TRY(m_executor.first<int>(kCountRequests, Bindings(of, most), deadline,
                                        [](const Row &row) { return static_cast<int>(row.integer(0)); }))
        .value_or(0);
}

Result<bool> SqlFollows::insert(const ports::FollowRow &follow)
{
    const qint64 inserted = GI_TRY(m_executor.change(kInsert,
                                                     Bindings(follow.id, follow.follower, follow.followed, follow.state,
                                                              follow.showReblogs, follow.notify, follow.createdAt)));
    if (inserted > 0)
        return true;
    GI_TRY(m_executor.change(kUpdate, Bindings(follow.follower, follow.followed, follow.showReblogs, follow.notify)));
    return false;
}

Result<bool> SqlFollows::accept(AccountId follower, AccountId followed, FollowId id)
{
    return GI_TRY(m_executor.change(kAccept, Bindings(follower, followed, id))) > 0;
}

Result<std::optional<FollowState>> SqlFollows::remove(AccountId follower, AccountId followed)
{
    std::optional<FollowState> removed;
    GI_TRY(m_executor.change(kRemove, Bindings(follower, followed),
                             [&removed](const Row &row) { removed = row.enumerator<FollowState>(0); }));
    return removed;
}

} // namespace graminsta::sql
