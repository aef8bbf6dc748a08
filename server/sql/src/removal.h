// SPDX-License-Identifier: GPL-3.0-or-later
// Removing an account from the database in pieces. Inside one transaction.
#pragma once

#include "executor.h"

#include <graminsta/ports/removal.h>

namespace graminsta::sql
{

class SqlRemoval final : public ports::RemovalWriter
{
public:
    explicit SqlRemoval(Executor &executor)
        : m_executor(executor)
    {
    }

    Result<QList<StatusId>> statuses(AccountId account, int limit) override;
    Result<QList<StatusId>> favourites(AccountId account, int limit) override;
    Result<QList<ports::FollowPair>> follows(AccountId account, int limit) override;
    Result<QList<entities::MediaAttachment>> media(AccountId account, int limit) override;
    Result<qint64> removeUncounted(AccountId account, int limit) override;
    Result<bool> removeAccount(AccountId account) override;
    Result<QStringList> originalsOfNobodyElse(AccountId account, const QStringList &keys) override;

private:
    Executor &m_executor;
};

} // namespace graminsta::sql
