// SPDX-License-Identifier: GPL-3.0-or-later
#include "collections.h"

#include "paging.h"

namespace graminsta::sql
{

using entities::Collection;
using entities::CollectionItem;
using entities::CollectionSummary;
using entities::CollectionVisibility;
using entities::Page;
using entities::PageRequest;

namespace
{

const QByteArray kSelect =
    "SELECT c.id, c.account_id, c.title, c.description, c.visibility, c.created_at, c.updated_at,"
    " c.published_at";
const QByteArray kById = kSelect + " FROM collections c WHERE c.id = ?1";
const QByteArray kLock = kById + " {for update}";
// What a post is counted and shown by: ?2 the least public visibility.
const QByteArray kSummaries = kSelect
    + ", (SELECT count(*) FROM collection_items i JOIN statuses s ON s.id = i.status_id"
      " WHERE i.collection_id = c.id AND s.visibility <= ?2),"
      " (SELECT i.status_id FROM collection_items i JOIN statuses s ON s.id = i.status_id"
      " WHERE i.collection_id = c.id AND s.visibility <= ?2 AND s.media_count > 0 AND s.sensitive = 0"
      " ORDER BY i.position LIMIT 1)"
      " FROM collections c WHERE c.id {in ?1} ORDER BY c.id DESC";
const PagedSql
    kOfAccount("SELECT id FROM collections WHERE account_id = ?1 AND visibility <= ?2 AND id > ?3 AND id < ?4"
               " ORDER BY id {order} LIMIT ?5");
const QByteArray kItems = "SELECT collection_id, status_id, position FROM (SELECT i.collection_id, i.status_id,"
                          " i.position, row_number() OVER (PARTITION BY i.collection_id ORDER BY i.position) AS place"
                          " FROM collection_items i WHERE i.collection_id {in ?1}) n WHERE place <= ?2"
                          " ORDER BY collection_id, position";

// A lock that those who only refer to the account do not wait for.
const QByteArray kLockAccount = "UPDATE accounts SET statuses_count = statuses_count WHERE id = ?1";
const QByteArray kCount = "SELECT count(*) FROM collections WHERE account_id = ?1";
const QByteArray kInsert = "INSERT INTO collections (id, account_id, title, description, visibility, created_at,"
                           " updated_at, published_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
const QByteArray kUpdate = "UPDATE collections SET title = ?2, description = ?3, visibility = ?4, updated_at = ?5,"
                           " published_at = ?6 WHERE id = ?1";
const QByteArray kRemove = "DELETE FROM collections WHERE id = ?1";
const QByteArray kAddItem = "INSERT INTO collection_items (collection_id, status_id, position) VALUES (?1, ?2, ?3)"
                            " ON CONFLICT (collection_id, status_id) DO NOTHING";
const QByteArray kRemoveItem = "DELETE FROM collection_items WHERE collection_id = ?1 AND status_id = ?2";

Collection collectionOf(const Row &row)
{
    Collection collection;
    collection.id = row.id<CollectionId>(0);
    collection.accountId = row.id<AccountId>(1);
    collection.title = row.text(2);
    collection.description = row.text(3);
    collection.visibility = row.enumerator<CollectionVisibility>(4);
    collection.createdAt = row.time(5);
    collection.updatedAt = row.time(6);
    if (!row.isNull(7))
        collection.publishedAt = row.time(7);
    return collection;
}

QString noCollection()
{
    return QStringLiteral("Record not found");
}

} // namespace

Result<Collection> SqlCollections::byId(CollectionId id, const Deadline &deadline) const
{
    return m_executor.one<Collection>(kById, Bindings(id), deadline, collectionOf, noCollection());
}

Result<QList<CollectionSummary>> SqlCollections::summaries(const QList<CollectionId> &ids, entities::Visibility upTo,
                                                           const Deadline &deadline) const
{
    if (ids.isEmpty())
        return QList<CollectionSummary>();
    return m_executor.list<CollectionSummary>(kSummaries, Bindings(ids, upTo), deadline, [](const Row &row) {
        return CollectionSummary { collectionOf(row), static_cast<int>(row.integer(8)), row.id<StatusId>(9) };
    });
}

Result<Page<CollectionId>> SqlCollections::ofAccount(AccountId account, CollectionVisibility upTo,
                                                     const PageRequest &page, const Deadline &deadline) const
{
    const PageWindow window(page);
    return readPage<CollectionId>(
        m_executor, kOfAccount, window, Bindings(account, upTo, window.low, window.high, window.limit), deadline,
        [](const Row &row) { return row.id<CollectionId>(0); }, [](CollectionId id) { return id.number(); });
}

Result<QList<CollectionItem>> SqlCollections::items(const QList<CollectionId> &ids, int limit,
                                                    const Deadline &deadline) const
{
    if (ids.isEmpty())
        return QList<CollectionItem>();
    return m_executor.list<CollectionItem>(kItems, Bindings(ids, limit), deadline, [](const Row &row) {
        return CollectionItem { row.id<CollectionId>(0), row.id<StatusId>(1), row.integer(2) };
    });
}

Result<> SqlCollections::insert(const Collection &collection, int most)
{
    GI_TRY(m_executor.change(kLockAccount, Bindings(collection.accountId)));
    const std::optional<qint64> count = GI_TRY(m_executor.first<qint64>(
        kCount, Bindings(collection.accountId), m_executor.deadline(), [](const Row &row) { return row.integer(0); }));
    if (count.value_or(0) >= most)
        return makeError(Fault::Conflict, QStringLiteral("The account has as many collections as it may"));
    GI_TRY(m_executor.change(kInsert,
                             Bindings(collection.id, collection.accountId, collection.title, collection.description,
                                      collection.visibility, collection.createdAt, collection.updatedAt,
                                      collection.publishedAt)));
    return {};
}

Result<Collection> SqlCollections::lock(CollectionId id)
{
    return m_executor.one<Collection>(kLock, Bindings(id), m_executor.deadline(), collectionOf, noCollection());
}

Result<> SqlCollections::update(const Collection &collection)
{
    const qint64 changed =
        GI_TRY(m_executor.change(kUpdate,
                                 Bindings(collection.id, collection.title, collection.description,
                                          collection.visibility, collection.updatedAt, collection.publishedAt)));
    if (changed == 0)
        return makeError(Fault::NotFound, noCollection());
    return {};
}

Result<> SqlCollections::remove(CollectionId id)
{
    GI_TRY(m_executor.change(kRemove, Bindings(id)));
    return {};
}

Result<bool> SqlCollections::addItem(const CollectionItem &item)
{
    return GI_TRY(m_executor.change(kAddItem, Bindings(item.collectionId, item.statusId, item.position))) > 0;
}

Result<bool> SqlCollections::removeItem(CollectionId id, StatusId status)
{
    return GI_TRY(m_executor.change(kRemoveItem, Bindings(id, status))) > 0;
}

} // namespace graminsta::sql
