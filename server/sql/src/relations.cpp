// SPDX-License-Identifier: GPL-3.0-or-later
#include "relations.h"

#include "paging.h"

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

const QByteArray kRelationships =
    "SELECT a.id, f.state, f.show_reblogs, f.notify, g.state, b.id, c.id, m.id, m.hide_notifications, m.ends_at,"
    " n.note FROM accounts a"
    " LEFT JOIN follows f ON f.follower_id = ?1 AND f.followed_id = a.id"
    " LEFT JOIN follows g ON g.follower_id = a.id AND g.followed_id = ?1"
    " LEFT JOIN blocks b ON b.account_id = ?1 AND b.target_id = a.id"
    " LEFT JOIN blocks c ON c.account_id = a.id AND c.target_id = ?1"
    " LEFT JOIN mutes m ON m.account_id = ?1 AND m.target_id = a.id AND (m.ends_at IS NULL OR m.ends_at > ?3)"
    " LEFT JOIN account_notes n ON n.account_id = ?1 AND n.target_id = a.id"
    " WHERE a.id {in ?2}";

enum class Fact { Follows = 0, Blocked = 1, Mutes = 2, MutesNotifications = 3 };

const QByteArray kStandings =
    "SELECT f.followed_id, 0 FROM follows f WHERE f.follower_id = ?1 AND f.state = 0 AND f.followed_id {in ?2}"
    " UNION ALL SELECT b.target_id, 1 FROM blocks b WHERE b.account_id = ?1 AND b.target_id {in ?2}"
    " UNION ALL SELECT c.account_id, 1 FROM blocks c WHERE c.target_id = ?1 AND c.account_id {in ?2}"
    " UNION ALL SELECT m.target_id, 2 + m.hide_notifications FROM mutes m"
    " WHERE m.account_id = ?1 AND m.target_id {in ?2} AND (m.ends_at IS NULL OR m.ends_at > ?3)";

// The value is looked up apart: PostgreSQL gives only the id of what {each} joins as SQLite does.
const QByteArray kFriendsOfFriends =
    "SELECT c.account_id FROM (SELECT (SELECT p.followed_id FROM follows p WHERE p.id = o.id) AS account_id FROM ("
    "SELECT f.followed_id FROM follows f WHERE f.follower_id = ?1 AND f.state = 0 ORDER BY f.id DESC LIMIT 50) w"
    " {each o follows} (SELECT i.id FROM follows i WHERE i.follower_id = w.followed_id AND i.state = 0"
    " ORDER BY i.id DESC LIMIT 50) {end o}) c"
    " WHERE c.account_id <> ?1"
    " AND NOT EXISTS (SELECT 1 FROM follows x WHERE x.follower_id = ?1 AND x.followed_id = c.account_id)"
    " GROUP BY c.account_id ORDER BY count(*) DESC, c.account_id LIMIT ?2";

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

Relationship relationshipOf(const Row &row)
{
    Relationship relationship;
    relationship.accountId = row.id<AccountId>(0);
    if (!row.isNull(1)) {
        relationship.following = row.enumerator<FollowState>(1) == FollowState::Accepted;
        relationship.requested = !relationship.following;
        relationship.showingReblogs = row.flag(2);
        relationship.notifying = row.flag(3);
    }
    if (!row.isNull(4)) {
        relationship.followedBy = row.enumerator<FollowState>(4) == FollowState::Accepted;
        relationship.requestedBy = !relationship.followedBy;
    }
    relationship.blocking = !row.isNull(5);
    relationship.blockedBy = !row.isNull(6);
    relationship.muting = !row.isNull(7);
    relationship.mutingNotifications = row.flag(8);
    if (!row.isNull(9))
        relationship.muteEndsAt = row.time(9);
    relationship.note = row.text(10);
    return relationship;
}

void note(Standing &standing, Fact fact)
{
    switch (fact) {
    case Fact::Follows:
        standing.following = true;
        return;
    case Fact::Blocked:
        standing.blocked = true;
        return;
    case Fact::MutesNotifications:
        standing.mutingNotifications = true;
        [[fallthrough]];
    case Fact::Mutes:
        standing.muting = true;
        return;
    }
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
    QHash<AccountId, Standing> found;
    if (others.isEmpty())
        return found;
    GI_TRY(m_executor.query(kStandings, Bindings(viewer, others, now), deadline,
                            [&found](const Row &row) { note(found[row.id<AccountId>(0)], row.enumerator<Fact>(1)); }));
    return found;
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
