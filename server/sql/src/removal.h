// SPDX-License-Identifier: GPL-3.0-or-later
// Removing an account from the database in pieces. Inside one transaction.
#pragma once

#include "executor.h"

#include <graminsta/ports/accounts.h>
#include <graminsta/ports/removal.h>

namespace graminsta::sql
{

class SqlRemoval final : public ports::RemovalWriter
{
public:
    SqlRemoval(Executor &executor, ports::AccountWriter &accounts)
        : m_executor(executor)
        , m_accounts(accounts)
    {
    }

    Result<QList<StatusId>> statuses(AccountId account, int limit) override;
    Result<QList<StatusId>> favourites(AccountId account, int limit) override;
    Result<QList<ports::FollowPair>> follows(AccountId account, int limit) override;
    Result<QList<entities::MediaAttachment>> media(AccountId account, int limit) override;
    Result<qint64> removeUncounted(AccountId account, int limit) override;
    Result<bool> removeAccount(AccountId account) override;

private:
    Executor &m_executor;
    ports::AccountWriter &m_accounts;
};

} // namespace graminsta::sql
