// SPDX-License-Identifier: GPL-3.0-or-later
// Hashtags in the database. As a reader thread-safe on a pool; as a writer inside one transaction.
#pragma once

#include "executor.h"

#include <graminsta/ports/tags.h>

namespace graminsta::sql
{

class SqlTags final : public ports::TagWriter
{
public:
    explicit SqlTags(Executor &executor)
        : m_executor(executor)
    {
    }

    Result<QList<ports::TagUse>> uses(const QStringList &tags, StatusId since, int most,
                                      const Deadline &deadline) const override;
    Result<QList<ports::TagUse>> newestUses(StatusId since, int most, const Deadline &deadline) const override;
    Result<QStringList> beginningWith(const QString &prefix, int limit, const Deadline &deadline) const override;
    Result<QStringList> followedAmong(AccountId account, const QStringList &tags,
                                      const Deadline &deadline) const override;
    Result<entities::Page<ports::TagFollowEdge>> followed(AccountId account, const entities::PageRequest &page,
                                                          const Deadline &deadline) const override;
    Result<QList<entities::FeaturedTag>> featured(AccountId account, const Deadline &deadline) const override;
    Result<QStringList> usedLately(AccountId account, int most, const Deadline &deadline) const override;

    Result<> follow(TagFollowId id, AccountId account, const QString &tag, Timestamp createdAt) override;
    Result<> unfollow(AccountId account, const QString &tag) override;
    Result<> feature(entities::FeaturedTagId id, AccountId account, const QString &tag, Timestamp createdAt,
                     int most) override;
    Result<> unfeature(AccountId account, entities::FeaturedTagId id) override;

private:
    Executor &m_executor;
};

} // namespace graminsta::sql
