// SPDX-License-Identifier: GPL-3.0-or-later
// Collections of posts. Readers are thread-safe; writers live inside one UnitOfWork::write(). Nothing here decides who
// may see what.
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/collection.h>
#include <graminsta/entities/page.h>
#include <graminsta/entities/status.h>

namespace graminsta::ports
{

class CollectionReader
{
public:
    virtual ~CollectionReader() = default;

    // Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<entities::Collection> byId(CollectionId id, const Deadline &deadline) const = 0;
    // Those of `ids` that exist, the newest first; of their posts only those whose visibility is at most `upTo` count.
    // One query.
    [[nodiscard]] virtual Result<QList<entities::CollectionSummary>>
    summaries(const QList<CollectionId> &ids, entities::Visibility upTo, const Deadline &deadline) const = 0;
    // Of an account, up to this visibility, the newest first.
    [[nodiscard]] virtual Result<entities::Page<CollectionId>> ofAccount(AccountId account,
                                                                         entities::CollectionVisibility upTo,
                                                                         const entities::PageRequest &page,
                                                                         const Deadline &deadline) const = 0;
    // The posts of all of them, each collection's in its order, at most `limit` of each. One query.
    [[nodiscard]] virtual Result<QList<entities::CollectionItem>> items(const QList<CollectionId> &ids, int limit,
                                                                        const Deadline &deadline) const = 0;
};

class CollectionWriter : public CollectionReader
{
public:
    // Fault::Conflict if the account has `most` already: also of those made at the same time, one fails.
    [[nodiscard]] virtual Result<> insert(const entities::Collection &collection, int most) = 0;
    // Nobody else changes it or what is in it until the transaction ends. Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<entities::Collection> lock(CollectionId id) = 0;
    // Everything but owner and time of creation. Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<> update(const entities::Collection &collection) = 0;
    // With what is in it; the posts stay. Success also if there is none.
    [[nodiscard]] virtual Result<> remove(CollectionId id) = 0;
    // True if it is new; false if it was there, at whatever position.
    [[nodiscard]] virtual Result<bool> addItem(const entities::CollectionItem &item) = 0;
    // True if it was there.
    [[nodiscard]] virtual Result<bool> removeItem(CollectionId id, StatusId status) = 0;
};

} // namespace graminsta::ports
