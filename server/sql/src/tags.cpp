// SPDX-License-Identifier: GPL-3.0-or-later
#include "tags.h"

#include "paging.h"
#include "textcolumns.h"

namespace graminsta::sql
{

using entities::Page;
using entities::PageRequest;
using ports::TagFollowEdge;
using ports::TagUse;

namespace
{

// Of hidden accounts nothing counts, of silenced ones nothing is a trend (entities::Restriction).
//
// Visibility and author are looked up for each use that is read, not joined: for a join PostgreSQL may walk through all
// statuses beside a tag that few use.
const QByteArray kUses = "SELECT w.value, s.id, (SELECT p.account_id FROM statuses p WHERE p.id = s.id)"
                         " FROM {rows-of-texts ?1 w} {each s} ("
                         "SELECT t.status_id AS id FROM status_tags t WHERE t.tag = w.value AND t.status_id > ?2"
                         " AND (SELECT v.visibility FROM statuses v JOIN accounts a ON a.id = v.account_id"
                         " WHERE v.id = t.status_id AND (a.restrictions & 7) = 0) = 0"
                         " ORDER BY t.status_id DESC LIMIT ?3) {end s}";
const QByteArray kNewest =
    "SELECT s.id, s.account_id, s.tags FROM statuses s WHERE s.in_public = 1 AND s.reblog_of_id IS NULL AND s.id > ?1"
    " AND (SELECT a.restrictions & 15 FROM accounts a WHERE a.id = s.account_id) = 0"
    " ORDER BY s.id DESC LIMIT ?2";
const QByteArray kFollowedAmong = "SELECT tag FROM tag_follows WHERE account_id = ?1 AND tag {in-texts ?2}";
const PagedSql kFollowed("SELECT id, tag FROM tag_follows WHERE account_id = ?1 AND id > ?2 AND id < ?3"
                         " ORDER BY id {order} LIMIT ?4");
const QByteArray kFollow = "INSERT INTO tag_follows (id, account_id, tag, created_at) VALUES (?1, ?2, ?3, ?4)"
                           " ON CONFLICT (account_id, tag) DO NOTHING";
const QByteArray kUnfollow = "DELETE FROM tag_follows WHERE account_id = ?1 AND tag = ?2";

} // namespace

Result<QList<TagUse>> SqlTags::uses(const QStringList &tags, StatusId since, int most, const Deadline &deadline) const
{
    if (tags.isEmpty())
        return QList<TagUse>();
    return m_executor.list<TagUse>(kUses, Bindings(tags, since.number(), most), deadline, [](const Row &row) {
        return TagUse { row.text(0), row.id<StatusId>(1), row.id<AccountId>(2) };
    });
}

Result<QList<TagUse>> SqlTags::newestUses(StatusId since, int most, const Deadline &deadline) const
{
    QList<TagUse> found;
    GI_TRY(m_executor.query(kNewest, Bindings(since.number(), most), deadline, [&found](const Row &row) {
        for (const QString &tag : unpackTexts(row.utf8(2)))
            found.append({ tag, row.id<StatusId>(0), row.id<AccountId>(1) });
    }));
    return found;
}

Result<QStringList> SqlTags::followedAmong(AccountId account, const QStringList &tags, const Deadline &deadline) const
{
    if (tags.isEmpty())
        return QStringList();
    return QStringList(GI_TRY(m_executor.list<QString>(kFollowedAmong, Bindings(account, tags), deadline,
                                                       [](const Row &row) { return row.text(0); })));
}

Result<Page<TagFollowEdge>> SqlTags::followed(AccountId account, const PageRequest &page,
                                              const Deadline &deadline) const
{
    const PageWindow window(page);
    return readPage<TagFollowEdge>(
        m_executor, kFollowed, window, Bindings(account, window.low, window.high, window.limit), deadline,
        [](const Row &row) {
            return TagFollowEdge { row.id<TagFollowId>(0), row.text(1) };
        },
        [](const TagFollowEdge &edge) { return edge.id.number(); });
}

Result<> SqlTags::follow(TagFollowId id, AccountId account, const QString &tag, Timestamp createdAt)
{
    GI_TRY(m_executor.change(kFollow, Bindings(id, account, tag, createdAt)));
    return {};
}

Result<> SqlTags::unfollow(AccountId account, const QString &tag)
{
    GI_TRY(m_executor.change(kUnfollow, Bindings(account, tag)));
    return {};
}

} // namespace graminsta::sql
