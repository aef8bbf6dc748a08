// SPDX-License-Identifier: GPL-3.0-or-later
// The accounts in the database. As a reader thread-safe on a pool; as a writer inside one transaction.
#pragma once

#include "accountchanges.h"
#include "executor.h"
#include "jobs.h"

#include <graminsta/ports/accounts.h>

namespace graminsta::sql
{

class SqlAccounts final : public ports::AccountWriter
{
public:
    // `changes` and `jobs`: for a writer.
    explicit SqlAccounts(Executor &executor, AccountChanges *changes = nullptr, SqlJobs *jobs = nullptr)
        : m_executor(executor)
        , m_changes(changes)
        , m_jobs(jobs)
    {
    }

    Result<entities::Account> byId(AccountId id, const Deadline &deadline) const override;
    Result<entities::Account> byUsername(const QString &username, const Deadline &deadline) const override;
    Result<QList<entities::Account>> byIds(const QList<AccountId> &ids, const Deadline &deadline) const override;
    Result<QList<entities::Account>> byUsernames(const QStringList &usernames, const Deadline &deadline) const override;
    Result<QList<entities::Account>> search(const ports::AccountSearch &search,
                                            const Deadline &deadline) const override;
    Result<entities::User> user(AccountId id, const Deadline &deadline) const override;
    Result<QList<entities::User>> users(const QList<AccountId> &ids, const Deadline &deadline) const override;
    Result<entities::User> userByLogin(const QString &login, const Deadline &deadline) const override;
    Result<entities::Account> owner(const Deadline &deadline) const override;

    Result<> insert(const entities::Account &account, const entities::User &user) override;
    Result<> updateProfile(const entities::Account &account) override;
    Result<> updateUser(const entities::User &user) override;
    Result<> setPasswordHash(AccountId id, const QByteArray &hash) override;
    Result<> setRole(AccountId id, entities::Role role) override;
    Result<entities::Restrictions> restrict(AccountId id, entities::Restrictions add,
                                            entities::Restrictions lift) override;
    Result<> remove(AccountId id) override;
    Result<> changeCounters(AccountId id, const ports::AccountCounterChange &change) override;
    Result<> refreshLastStatus(AccountId id) override;

private:
    Result<QStringList> pictures(AccountId id);
    Result<> countPictures(AccountId id, const QStringList &before, const QStringList &after);

    Executor &m_executor;
    AccountChanges *m_changes; // null for a reader
    SqlJobs *m_jobs; // null for a reader
};

} // namespace graminsta::sql
