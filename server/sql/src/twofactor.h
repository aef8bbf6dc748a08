// SPDX-License-Identifier: GPL-3.0-or-later
// Second factors in the database. As a reader thread-safe on a pool; as a writer inside one transaction.
#pragma once

#include "executor.h"

#include <graminsta/ports/twofactor.h>

namespace graminsta::sql
{

class SqlTwoFactor final : public ports::TwoFactorWriter
{
public:
    explicit SqlTwoFactor(Executor &executor)
        : m_executor(executor)
    {
    }

    Result<std::optional<entities::TwoFactor>> twoFactor(AccountId account, const Deadline &deadline) const override;
    Result<int> countRecoveryCodes(AccountId account, const Deadline &deadline) const override;

    Result<> begin(const entities::TwoFactor &twoFactor) override;
    Result<> confirm(AccountId account) override;
    Result<bool> useStep(AccountId account, qint64 step) override;
    Result<> setRecoveryCodes(AccountId account, const QList<QByteArray> &hashes) override;
    Result<bool> useRecoveryCode(AccountId account, const QByteArray &hash) override;
    Result<> remove(AccountId account) override;
    Result<> addStep(const QByteArray &tokenHash, AccountId account, Timestamp now, Timestamp expiresAt) override;
    Result<std::optional<AccountId>> takeStep(const QByteArray &tokenHash, Timestamp now) override;

private:
    Executor &m_executor;
};

} // namespace graminsta::sql
