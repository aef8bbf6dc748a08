// SPDX-License-Identifier: GPL-3.0-or-later
#include "tags.h"

#include "paging.h"
#include "textcolumns.h"

namespace graminsta::sql
{

using entities::FeaturedTag;
using entities::FeaturedTagId;
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
// From each tag to the next by the index, whatever the number of its uses.
const QByteArray kBeginningWith =
    "WITH RECURSIVE t(tag, number) AS ("
    "SELECT min(f.tag), 1 FROM status_tags f WHERE f.tag >= ?1 AND f.tag < ?2"
    " UNION ALL SELECT (SELECT min(n.tag) FROM status_tags n WHERE n.tag > t.tag AND n.tag < ?2), t.number + 1"
    " FROM t WHERE t.tag IS NOT NULL AND t.number < 400)"
    " SELECT t.tag FROM t WHERE t.tag IS NOT NULL AND EXISTS (SELECT 1 FROM ("
    "SELECT u.status_id FROM status_tags u WHERE u.tag = t.tag ORDER BY u.status_id DESC LIMIT 50) w"
    " WHERE (SELECT s.visibility FROM statuses s WHERE s.id = w.status_id) = 0) ORDER BY t.tag LIMIT ?3";
const QByteArray kFollowedAmong = "SELECT tag FROM tag_follows WHERE account_id = ?1 AND tag {in-texts ?2}";
const PagedSql kFollowed("SELECT id, tag FROM tag_follows WHERE account_id = ?1 AND id > ?2 AND id < ?3"
                         " ORDER BY id {order} LIMIT ?4");
const QByteArray kFollow = "INSERT INTO tag_follows (id, account_id, tag, created_at) VALUES (?1, ?2, ?3, ?4)"
                           " ON CONFLICT (account_id, tag) DO NOTHING";
const QByteArray kUnfollow = "DELETE FROM tag_follows WHERE account_id = ?1 AND tag = ?2";

const QByteArray kFeatured = "SELECT id, tag FROM featured_tags WHERE account_id = ?1 ORDER BY id";
const QByteArray kOwnUses = "SELECT t.tag, count(*), max(s.id) FROM statuses s JOIN status_tags t ON t.status_id = s.id"
                            " WHERE s.account_id = ?1 AND s.visibility <= 1 AND t.tag {in-texts ?2} GROUP BY t.tag";
const QByteArray kUsedLately = "SELECT s.tags FROM statuses s WHERE s.account_id = ?1 AND s.visibility <= 1"
                               " ORDER BY s.id DESC LIMIT ?2";
// A lock that those who only refer to the account do not wait for.
const QByteArray kLockAccount = "UPDATE accounts SET statuses_count = statuses_count WHERE id = ?1";
const QByteArray kOtherFeatured = "SELECT count(*) FROM featured_tags WHERE account_id = ?1 AND tag <> ?2";
const QByteArray kFeature = "INSERT INTO featured_tags (id, account_id, tag, created_at) VALUES (?1, ?2, ?3, ?4)"
                            " ON CONFLICT (account_id, tag) DO NOTHING";
const QByteArray kUnfeature = "DELETE FROM featured_tags WHERE id = ?1 AND account_id = ?2";

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

Result<QStringList> SqlTags::beginningWith(const QString &prefix, int limit, const Deadline &deadline) const
{
    const char32_t last = 0x10FFFF;
    return QStringList(
        GI_TRY(m_executor.list<QString>(kBeginningWith, Bindings(prefix, prefix + QString::fromUcs4(&last, 1), limit),
                                        deadline, [](const Row &row) { return row.text(0); })));
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

Result<QList<FeaturedTag>> SqlTags::featured(AccountId account, const Deadline &deadline) const
{
    QList<FeaturedTag> tags =
        GI_TRY(m_executor.list<FeaturedTag>(kFeatured, Bindings(account), deadline, [](const Row &row) {
            return FeaturedTag { row.id<FeaturedTagId>(0), row.text(1), 0, {} };
        }));
    if (tags.isEmpty())
        return tags;
    QStringList names;
    for (const FeaturedTag &tag : std::as_const(tags))
        names.append(tag.name);
    GI_TRY(m_executor.query(kOwnUses, Bindings(account, names), deadline, [&](const Row &row) {
        FeaturedTag &tag = tags[names.indexOf(row.text(0))];
        tag.statusesCount = static_cast<int>(row.integer(1));
        tag.lastStatusId = row.id<StatusId>(2);
    }));
    return tags;
}

Result<QStringList> SqlTags::usedLately(AccountId account, int most, const Deadline &deadline) const
{
    QStringList found;
    GI_TRY(m_executor.query(kUsedLately, Bindings(account, most), deadline,
                            [&found](const Row &row) { found += unpackTexts(row.utf8(0)); }));
    return found;
}

Result<> SqlTags::feature(FeaturedTagId id, AccountId account, const QString &tag, Timestamp createdAt, int most)
{
    // Else two at the same time would each count without the other.
    GI_TRY(m_executor.change(kLockAccount, Bindings(account)));
    const std::optional<qint64> others = GI_TRY(m_executor.first<qint64>(
        kOtherFeatured, Bindings(account, tag), m_executor.deadline(), [](const Row &row) { return row.integer(0); }));
    if (others.value_or(0) >= most)
        return makeError(Fault::Conflict, QStringLiteral("As many hashtags are featured as can be"));
    GI_TRY(m_executor.change(kFeature, Bindings(id, account, tag, createdAt)));
    return {};
}

Result<> SqlTags::unfeature(AccountId account, FeaturedTagId id)
{
    if (GI_TRY(m_executor.change(kUnfeature, Bindings(id, account))) == 0)
        return makeError(Fault::NotFound, QStringLiteral("There is no such featured tag"));
    return {};
}

} // namespace graminsta::sql
