// SPDX-License-Identifier: GPL-3.0-or-later
#include "removal.h"

#include "media.h"

namespace graminsta::sql
{

using ports::FollowPair;

namespace
{

const QByteArray kStatuses = "SELECT id FROM statuses WHERE account_id = ?1 ORDER BY id LIMIT ?2";
const QByteArray kFavourites = "SELECT status_id FROM favourites WHERE account_id = ?1 ORDER BY id LIMIT ?2";
const QByteArray kFollowing = "SELECT follower_id, followed_id FROM follows WHERE follower_id = ?1 LIMIT ?2";
const QByteArray kFollowers = "SELECT follower_id, followed_id FROM follows WHERE followed_id = ?1 LIMIT ?2";
const QByteArray kMedia = "SELECT id FROM media WHERE account_id = ?1 ORDER BY id LIMIT ?2";

// Whoever inserts a row that refers to the account has locked it against this until the end of the transaction.
const QByteArray kLock = "SELECT id FROM accounts WHERE id = ?1 {for update}";
const QByteArray kIsEmpty = "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM statuses WHERE account_id = ?1)"
                            " AND NOT EXISTS (SELECT 1 FROM favourites WHERE account_id = ?1)"
                            " AND NOT EXISTS (SELECT 1 FROM follows WHERE follower_id = ?1)"
                            " AND NOT EXISTS (SELECT 1 FROM follows WHERE followed_id = ?1)"
                            " AND NOT EXISTS (SELECT 1 FROM media WHERE account_id = ?1)";
// Swept with their files, soon.
const QByteArray kExpireUploads = "UPDATE uploads SET expires_at = 0 WHERE account_id = ?1";

// Tables of which one account may have very many rows; the few of others go with the account.
QList<QByteArray> uncounted()
{
    const auto of = [](const QByteArray &table, const QByteArray &column) {
        return "DELETE FROM " + table + " WHERE id IN (SELECT id FROM " + table + " WHERE " + column
            + " = ?1 LIMIT ?2)";
    };
    return { of("notifications", "account_id"), of("notifications", "from_account_id"),
             of("bookmarks", "account_id"),     of("blocks", "account_id"),
             of("blocks", "target_id"),         of("mutes", "account_id"),
             of("mutes", "target_id"),          of("reports", "account_id"),
             of("reports", "target_id") };
}

} // namespace

Result<QList<StatusId>> SqlRemoval::statuses(AccountId account, int limit)
{
    return m_executor.list<StatusId>(kStatuses, Bindings(account, limit), m_executor.deadline(),
                                     [](const Row &row) { return row.id<StatusId>(0); });
}

Result<QList<StatusId>> SqlRemoval::favourites(AccountId account, int limit)
{
    return m_executor.list<StatusId>(kFavourites, Bindings(account, limit), m_executor.deadline(),
                                     [](const Row &row) { return row.id<StatusId>(0); });
}

Result<QList<FollowPair>> SqlRemoval::follows(AccountId account, int limit)
{
    const auto pair = [](const Row &row) { return FollowPair { row.id<AccountId>(0), row.id<AccountId>(1) }; };
    QList<FollowPair> found =
        GI_TRY(m_executor.list<FollowPair>(kFollowing, Bindings(account, limit), m_executor.deadline(), pair));
    if (found.isEmpty())
        found = GI_TRY(m_executor.list<FollowPair>(kFollowers, Bindings(account, limit), m_executor.deadline(), pair));
    return found;
}

Result<QList<entities::MediaAttachment>> SqlRemoval::media(AccountId account, int limit)
{
    const QList<MediaId> ids = GI_TRY(m_executor.list<MediaId>(kMedia, Bindings(account, limit), m_executor.deadline(),
                                                               [](const Row &row) { return row.id<MediaId>(0); }));
    return SqlMedia(m_executor).byIds(ids, m_executor.deadline());
}

Result<qint64> SqlRemoval::removeUncounted(AccountId account, int limit)
{
    static const QList<QByteArray> statements = uncounted();
    qint64 removed = 0;
    for (const QByteArray &sql : statements)
        removed += GI_TRY(m_executor.change(sql, Bindings(account, limit)));
    return removed;
}

Result<bool> SqlRemoval::removeAccount(AccountId account)
{
    GI_TRY(m_executor.query(kLock, Bindings(account), m_executor.deadline(), {}));
    if (GI_TRY(m_executor.query(kIsEmpty, Bindings(account), m_executor.deadline(), {})) == 0)
        return false;
    GI_TRY(m_executor.change(kExpireUploads, Bindings(account)));
    GI_TRY(m_accounts.remove(account));
    return true;
}

} // namespace graminsta::sql
