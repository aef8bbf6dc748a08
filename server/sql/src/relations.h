// SPDX-License-Identifier: GPL-3.0-or-later
// Blocks, mutes and notes in the database. As a reader thread-safe on a pool; as a writer inside one transaction.
#pragma once

#include "executor.h"

#include <graminsta/ports/follows.h>
#include <graminsta/ports/relations.h>

namespace graminsta::sql
{

class SqlRelations final : public ports::RelationWriter
{
public:
    explicit SqlRelations(Executor &executor)
        : m_executor(executor)
    {
    }

    Result<QList<entities::Relationship>> relationships(AccountId viewer, const QList<AccountId> &others, Timestamp now,
                                                        const Deadline &deadline) const override;
    Result<QHash<AccountId, entities::Standing>> standings(AccountId viewer, const QList<AccountId> &others,
                                                           Timestamp now, const Deadline &deadline) const override;
    Result<QHash<AccountId, entities::Standing>> standingsToward(AccountId other, const QList<AccountId> &viewers,
                                                                 Timestamp now,
                                                                 const Deadline &deadline) const override;
    Result<QList<ports::SeenAccount>> seenBy(AccountId viewer, const QList<AccountId> &others, Timestamp now,
                                             const Deadline &deadline) const override;
    Result<QList<AccountId>> friendsOfFriends(AccountId viewer, int limit, const Deadline &deadline) const override;
    Result<entities::Page<ports::RelationEdge>> blocks(AccountId of, const entities::PageRequest &page,
                                                       const Deadline &deadline) const override;
    Result<entities::Page<ports::RelationEdge>> mutes(AccountId of, Timestamp now, const entities::PageRequest &page,
                                                      const Deadline &deadline) const override;

    Result<> lock(const QList<AccountId> &accounts) override;
    Result<> block(RelationId id, AccountId account, AccountId target, Timestamp createdAt) override;
    Result<> unblock(AccountId account, AccountId target) override;
    Result<> mute(const ports::MuteRow &mute) override;
    Result<> unmute(AccountId account, AccountId target) override;
    Result<> setNote(AccountId account, AccountId target, const QString &note) override;

private:
    Executor &m_executor;
};

} // namespace graminsta::sql
