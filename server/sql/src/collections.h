// SPDX-License-Identifier: GPL-3.0-or-later
// The collections in the database. As a reader thread-safe on a pool; as a writer inside one transaction.
#pragma once

#include "executor.h"

#include <graminsta/ports/collections.h>

namespace graminsta::sql
{

class SqlCollections final : public ports::CollectionWriter
{
public:
    explicit SqlCollections(Executor &executor)
        : m_executor(executor)
    {
    }

    Result<entities::Collection> byId(CollectionId id, const Deadline &deadline) const override;
    Result<QList<entities::CollectionSummary>> summaries(const QList<CollectionId> &ids, entities::Visibility upTo,
                                                         const Deadline &deadline) const override;
    Result<entities::Page<CollectionId>> ofAccount(AccountId account, entities::CollectionVisibility upTo,
                                                   const entities::PageRequest &page,
                                                   const Deadline &deadline) const override;
    Result<QList<entities::CollectionItem>> items(const QList<CollectionId> &ids, int limit,
                                                  const Deadline &deadline) const override;

    Result<> insert(const entities::Collection &collection, int most) override;
    Result<entities::Collection> lock(CollectionId id) override;
    Result<> update(const entities::Collection &collection) override;
    Result<> remove(CollectionId id) override;
    Result<bool> addItem(const entities::CollectionItem &item) override;
    Result<bool> removeItem(CollectionId id, StatusId status) override;

private:
    Executor &m_executor;
};

} // namespace graminsta::sql
