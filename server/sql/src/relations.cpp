// SPDX-License-Identifier: GPL-3.0-or-later
#include "relations.h"

#include "accountrow.h"
#include "paging.h"
#include "restrictions.h"

namespace graminsta::sql
{

using entities::Page;
using entities::PageRequest;
using entities::Relationship;
using entities::Standing;
using ports::FollowState;
using ports::RelationEdge;

namespace
{

// Both ask by one probe a fact and account, in subqueries, not joins: for a join PostgreSQL, which plans once for all
// values, reads everybody who follows or blocks the viewer. Of a follow they read a column that only its row has, which
// leaves it the index of the pair alone: a list's index would be walked through from the end of the famous.
const QByteArray kRelationships =
    "SELECT a.id,"
    " (SELECT f.state + 2 * f.show_reblogs + 4 * f.notify FROM follows f"
    " WHERE f.follower_id = ?1 AND f.followed_id = a.id),"
    " (SELECT g.state + 2 * g.notify FROM follows g WHERE g.follower_id = a.id AND g.followed_id = ?1),"
    " (SELECT 1 FROM blocks b WHERE b.account_id = ?1 AND b.target_id = a.id),"
    " (SELECT 1 FROM blocks c WHERE c.account_id = a.id AND c.target_id = ?1),"
    " (SELECT m.hide_notifications FROM mutes m WHERE m.account_id = ?1 AND m.target_id = a.id"
    " AND (m.ends_at IS NULL OR m.ends_at > ?3)),"
    " (SELECT e.ends_at FROM mutes e WHERE e.account_id = ?1 AND e.target_id = a.id AND e.ends_at > ?3),"
    " (SELECT n.note FROM account_notes n WHERE n.account_id = ?1 AND n.target_id = a.id)"
    " FROM accounts a WHERE a.id {in ?2}";
// Of the table `accounts a`, for the viewer ?1 at the time ?3.
const QByteArray kStandingColumns =
    " (SELECT f.show_reblogs + 2 * f.notify FROM follows f"
    " WHERE f.follower_id = ?1 AND f.followed_id = a.id AND f.state = 0),"
    " (SELECT 1 FROM blocks b WHERE b.account_id = ?1 AND b.target_id = a.id),"
    " (SELECT 1 FROM blocks c WHERE c.account_id = a.id AND c.target_id = ?1),"
    " (SELECT m.hide_notifications FROM mutes m WHERE m.account_id = ?1 AND m.target_id = a.id"
    " AND (m.ends_at IS NULL OR m.ends_at > ?3)), a.restrictions";
const QByteArray kStandings = "SELECT a.id," + kStandingColumns + " FROM accounts a WHERE a.id {in ?2}";
const QByteArray kSeen = "SELECT " + accountColumns() + "," + kStandingColumns + " FROM accounts a WHERE a.id {in ?2}";
// The same from the other side: ?1 the one whom all the others look at.
const QByteArray kStandingsToward =
    "SELECT a.id,"
    " (SELECT f.show_reblogs + 2 * f.notify FROM follows f"
    " WHERE f.follower_id = a.id AND f.followed_id = ?1 AND f.state = 0),"
    " (SELECT 1 FROM blocks b WHERE b.account_id = a.id AND b.target_id = ?1),"
    " (SELECT 1 FROM blocks c WHERE c.account_id = ?1 AND c.target_id = a.id),"
    " (SELECT m.hide_notifications FROM mutes m WHERE m.account_id = a.id AND m.target_id = ?1"
    " AND (m.ends_at IS NULL OR m.ends_at > ?3)),"
    " (SELECT z.restrictions FROM accounts z WHERE z.id = ?1)"
    " FROM accounts a WHERE a.id {in ?2}";

// Whom the row of a follow names is looked up apart: PostgreSQL gives only the id of what {each} joins, as SQLite does.
const QByteArray kFriendsOfFriends =
    "WITH theirs(account_id) AS MATERIALIZED ("
    "SELECT (SELECT p.followed_id FROM follows p WHERE p.id = o.id) FROM ("
    "SELECT f.followed_id FROM follows f WHERE f.follower_id = ?1 AND f.state = 0 ORDER BY f.id DESC LIMIT 50) w"
    " {each o follows} (SELECT i.id FROM follows i WHERE i.follower_id = w.followed_id AND i.state = 0"
    " ORDER BY i.id DESC LIMIT 50) {end o})"
    " SELECT t.account_id FROM theirs t WHERE t.account_id <> ?1"
    " AND NOT EXISTS (SELECT 1 FROM follows x WHERE x.follower_id = ?1 AND x.followed_id = t.account_id)"
    " GROUP BY t.account_id ORDER BY count(*) DESC, t.account_id LIMIT ?2";

const PagedSql kBlocks("SELECT id, target_id, NULL FROM blocks WHERE account_id = ?1 AND id > ?2 AND id < ?3"
                       " ORDER BY id {order} LIMIT ?4");
const PagedSql kMutes("SELECT id, target_id, ends_at FROM mutes WHERE account_id = ?1 AND id > ?2 AND id < ?3"
                      " AND (ends_at IS NULL OR ends_at > ?5) ORDER BY id {order} LIMIT ?4");

// Not the rows of accounts: those of the famous are wanted by everybody's counters.
const QByteArray kLock = "SELECT account_id FROM users WHERE account_id {in ?1} ORDER BY account_id {for update}";
const QByteArray kBlock = "INSERT INTO blocks (id, account_id, target_id, created_at) VALUES (?1, ?2, ?3, ?4)"
                          " ON CONFLICT (account_id, target_id) DO NOTHING";
const QByteArray kUnblock = "DELETE FROM blocks WHERE account_id = ?1 AND target_id = ?2";
const QByteArray kForgetEndedMutes = "DELETE FROM mutes WHERE account_id = ?1 AND ends_at <= ?2";
const QByteArray kMute = "INSERT INTO mutes (id, account_id, target_id, hide_notifications, ends_at, created_at)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (account_id, target_id) DO UPDATE SET"
                         " hide_notifications = excluded.hide_notifications, ends_at = excluded.ends_at";
const QByteArray kUnmute = "DELETE FROM mutes WHERE account_id = ?1 AND target_id = ?2";
const QByteArray kSetNote = "INSERT INTO account_notes (account_id, target_id, note) VALUES (?1, ?2, ?3)"
                            " ON CONFLICT (account_id, target_id) DO UPDATE SET note = excluded.note";
const QByteArray kRemoveNote = "DELETE FROM account_notes WHERE account_id = ?1 AND target_id = ?2";

// The state is the lowest bit of what the queries make of a follow.
FollowState stateOf(qint64 follow)
{
    return static_cast<FollowState>(follow & 1);
}

Relationship relationshipOf(const Row &row)
{
    Relationship relationship;
    relationship.accountId = row.id<AccountId>(0);
    if (!row.isNull(1)) {
        const qint64 follow = row.integer(1);
        relationship.following = stateOf(follow) == FollowState::Accepted;
        relationship.requested = !relationship.following;
        relationship.showingReblogs = (follow & 2) != 0;
        relationship.notifying = (follow & 4) != 0;
    }
    if (!row.isNull(2)) {
        relationship.followedBy = stateOf(row.integer(2)) == FollowState::Accepted;
        relationship.requestedBy = !relationship.followedBy;
    }
    relationship.blocking = !row.isNull(3);
    relationship.blockedBy = !row.isNull(4);
    relationship.muting = !row.isNull(5);
    relationship.mutingNotifications = row.flag(5);
    if (!row.isNull(6))
        relationship.muteEndsAt = row.time(6);
    relationship.note = row.text(7);
    return relationship;
}

Standing standingOf(const Row &row, int first)
{
    const entities::Restrictions restrictions = restrictionsOf(row.integer(first + 4));
    return { !row.isNull(first),
             !row.isNull(first + 1) || !row.isNull(first + 2),
             !row.isNull(first + 3),
             row.flag(first + 3),
             (row.integer(first) & 1) != 0,
             restrictions.testAnyFlags(entities::kHiding),
             restrictions.testFlag(entities::Restriction::Silenced) };
}

bool isStranger(const Standing &standing)
{
    return !standing.following && !standing.blocked && !standing.muting && !standing.hidden && !standing.silenced;
}

Result<QHash<AccountId, Standing>> readStandings(Executor &executor, const QByteArray &sql, AccountId one,
                                                 const QList<AccountId> &others, Timestamp now,
                                                 const Deadline &deadline)
{
    QHash<AccountId, Standing> found;
    if (others.isEmpty())
        return found;
    GI_TRY(executor.query(sql, Bindings(one, others, now), deadline, [&found](const Row &row) {
        const Standing standing = standingOf(row, 1);
        if (!isStranger(standing))
            found.insert(row.id<AccountId>(0), standing);
    }));
    return found;
}

Result<Page<RelationEdge>> edges(Executor &executor, const PagedSql &sql, const PageWindow &window,
                                 const Bindings &bindings, const Deadline &deadline)
{
    return readPage<RelationEdge>(
        executor, sql, window, bindings, deadline,
        [](const Row &row) {
            RelationEdge edge { row.id<RelationId>(0), row.id<AccountId>(1), std::nullopt };
            if (!row.isNull(2))
                edge.endsAt = row.time(2);
            return edge;
        },
        [](const RelationEdge &edge) { return edge.id.number(); });
}

} // namespace

Result<QList<ports::SeenAccount>> SqlRelations::seenBy(AccountId viewer, const QList<AccountId> &others, Timestamp now,
                                                       const Deadline &deadline) const
{
    if (others.isEmpty())
        return QList<ports::SeenAccount>();
    return m_executor.list<ports::SeenAccount>(kSeen, Bindings(viewer, others, now), deadline, [](const Row &row) {
        return ports::SeenAccount { accountOf(row), standingOf(row, kAccountColumns) };
    });
}

Result<QList<Relationship>> SqlRelations::relationships(AccountId viewer, const QList<AccountId> &others, Timestamp now,
                                                        const Deadline &deadline) const
{
    QHash<AccountId, Relationship> found;
    GI_TRY(m_executor.query(kRelationships, Bindings(viewer, others, now), deadline, [&found](const Row &row) {
        const Relationship relationship = relationshipOf(row);
        found.insert(relationship.accountId, relationship);
    }));
    QList<Relationship> ordered;
    for (const AccountId id : others) {
        const auto relationship = found.constFind(id);
        if (relationship != found.constEnd())
            ordered.append(*relationship);
    }
    return ordered;
}

Result<QHash<AccountId, Standing>> SqlRelations::standings(AccountId viewer, const QList<AccountId> &others,
                                                           Timestamp now, const Deadline &deadline) const
{
    return readStandings(m_executor, kStandings, viewer, others, now, deadline);
}

Result<QHash<AccountId, Standing>> SqlRelations::standingsToward(AccountId other, const QList<AccountId> &viewers,
                                                                 Timestamp now, const Deadline &deadline) const
{
    return readStandings(m_executor, kStandingsToward, other, viewers, now, deadline);
}

Result<QList<AccountId>> SqlRelations::friendsOfFriends(AccountId viewer, int limit, const Deadline &deadline) const
{
    return m_executor.list<AccountId>(kFriendsOfFriends, Bindings(viewer, limit), deadline,
                                      [](const Row &row) { return row.id<AccountId>(0); });
}

Result<Page<RelationEdge>> SqlRelations::blocks(AccountId of, const PageRequest &page, const Deadline &deadline) const
{
    const PageWindow window(page);
    return edges(m_executor, kBlocks, window, Bindings(of, window.low, window.high, window.limit), deadline);
}

Result<Page<RelationEdge>> SqlRelations::mutes(AccountId of, Timestamp now, const PageRequest &page,
                                               const Deadline &deadline) const
{
    const PageWindow window(page);
    return edges(m_executor, kMutes, window, Bindings(of, window.low, window.high, window.limit, now), deadline);
}

Result<> SqlRelations::lock(const QList<AccountId> &accounts)
{
    GI_TRY(m_executor.query(kLock, Bindings(accounts), m_executor.deadline(), {}));
    return {};
}

Result<> SqlRelations::block(RelationId id, AccountId account, AccountId target, Timestamp createdAt)
{
    GI_TRY(m_executor.change(kBlock, Bindings(id, account, target, createdAt)));
    return {};
}

Result<> SqlRelations::unblock(AccountId account, AccountId target)
{
    GI_TRY(m_executor.change(kUnblock, Bindings(account, target)));
    return {};
}

Result<> SqlRelations::mute(const ports::MuteRow &mute)
{
    GI_TRY(m_executor.change(kForgetEndedMutes, Bindings(mute.account, mute.createdAt)));
    GI_TRY(m_executor.change(
        kMute, Bindings(mute.id, mute.account, mute.target, mute.hideNotifications, mute.endsAt, mute.createdAt)));
    return {};
}

Result<> SqlRelations::unmute(AccountId account, AccountId target)
{
    GI_TRY(m_executor.change(kUnmute, Bindings(account, target)));
    return {};
}

Result<> SqlRelations::setNote(AccountId account, AccountId target, const QString &note)
{
    if (note.isEmpty())
        GI_TRY(m_executor.change(kRemoveNote, Bindings(account, target)));
    else
        GI_TRY(m_executor.change(kSetNote, Bindings(account, target, note)));
    return {};
}

} // namespace graminsta::sql
