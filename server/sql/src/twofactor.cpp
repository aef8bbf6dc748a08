// SPDX-License-Identifier: GPL-3.0-or-later
#include "twofactor.h"

namespace graminsta::sql
{

using entities::TwoFactor;

namespace
{

const QByteArray kTwoFactor =
    "SELECT account_id, secret, confirmed, last_step, created_at FROM two_factor WHERE account_id = ?1";
const QByteArray kCountCodes = "SELECT count(*) FROM recovery_codes WHERE account_id = ?1";
const QByteArray kBegin = "INSERT INTO two_factor (account_id, secret, confirmed, last_step, created_at)"
                          " VALUES (?1, ?2, 0, 0, ?3) ON CONFLICT (account_id) DO UPDATE SET"
                          " secret = excluded.secret, last_step = 0, created_at = excluded.created_at"
                          " WHERE two_factor.confirmed = 0";
const QByteArray kConfirm = "UPDATE two_factor SET confirmed = 1 WHERE account_id = ?1";
const QByteArray kUseStep = "UPDATE two_factor SET last_step = ?2 WHERE account_id = ?1 AND last_step < ?2";
const QByteArray kRemoveCodes = "DELETE FROM recovery_codes WHERE account_id = ?1";
const QByteArray kAddCode = "INSERT INTO recovery_codes (account_id, code_hash) VALUES (?1, ?2)";
const QByteArray kUseCode = "DELETE FROM recovery_codes WHERE account_id = ?1 AND code_hash = ?2";
const QByteArray kRemove = "DELETE FROM two_factor WHERE account_id = ?1";
const QByteArray kRemoveSteps = "DELETE FROM sign_in_steps WHERE account_id = ?1";
const QByteArray kForgetSteps = "DELETE FROM sign_in_steps WHERE expires_at <= ?1";
const QByteArray kAddStep = "INSERT INTO sign_in_steps (token_hash, account_id, expires_at) VALUES (?1, ?2, ?3)";
const QByteArray kTakeStep = "DELETE FROM sign_in_steps WHERE token_hash = ?1 RETURNING account_id, expires_at";

TwoFactor twoFactorOf(const Row &row)
{
    return { row.id<AccountId>(0), row.blob(1), row.flag(2), row.integer(3), row.time(4) };
}

} // namespace

Result<std::optional<TwoFactor>> SqlTwoFactor::twoFactor(AccountId account, const Deadline &deadline) const
{
    return m_executor.first<TwoFactor>(kTwoFactor, Bindings(account), deadline, twoFactorOf);
}

Result<int> SqlTwoFactor::countRecoveryCodes(AccountId account, const Deadline &deadline) const
{
    const std::optional<qint64> count = GI_TRY(m_executor.first<qint64>(kCountCodes, Bindings(account), deadline,
                                                                        [](const Row &row) { return row.integer(0); }));
    return int(count.value_or(0));
}

Result<> SqlTwoFactor::begin(const TwoFactor &twoFactor)
{
    if (GI_TRY(m_executor.change(kBegin, Bindings(twoFactor.accountId, twoFactor.secret, twoFactor.createdAt))) == 0)
        return makeError(Fault::Conflict, QStringLiteral("The account has a second factor"));
    return {};
}

Result<> SqlTwoFactor::confirm(AccountId account)
{
    if (GI_TRY(m_executor.change(kConfirm, Bindings(account))) == 0)
        return makeError(Fault::NotFound, QStringLiteral("No second factor was begun"));
    return {};
}

Result<bool> SqlTwoFactor::useStep(AccountId account, qint64 step)
{
    return GI_TRY(m_executor.change(kUseStep, Bindings(account, step))) > 0;
}

Result<> SqlTwoFactor::setRecoveryCodes(AccountId account, const QList<QByteArray> &hashes)
{
    GI_TRY(m_executor.change(kRemoveCodes, Bindings(account)));
    for (const QByteArray &hash : hashes)
        GI_TRY(m_executor.change(kAddCode, Bindings(account, hash)));
    return {};
}

Result<bool> SqlTwoFactor::useRecoveryCode(AccountId account, const QByteArray &hash)
{
    return GI_TRY(m_executor.change(kUseCode, Bindings(account, hash))) > 0;
}

Result<> SqlTwoFactor::remove(AccountId account)
{
    GI_TRY(m_executor.change(kRemoveSteps, Bindings(account)));
    GI_TRY(m_executor.change(kRemoveCodes, Bindings(account)));
    GI_TRY(m_executor.change(kRemove, Bindings(account)));
    return {};
}

Result<> SqlTwoFactor::addStep(const QByteArray &tokenHash, AccountId account, Timestamp now, Timestamp expiresAt)
{
    GI_TRY(m_executor.change(kForgetSteps, Bindings(now)));
    GI_TRY(m_executor.change(kAddStep, Bindings(tokenHash, account, expiresAt)));
    return {};
}

Result<std::optional<AccountId>> SqlTwoFactor::takeStep(const QByteArray &tokenHash, Timestamp now)
{
    std::optional<AccountId> account;
    GI_TRY(m_executor.change(kTakeStep, Bindings(tokenHash), [&](const Row &row) {
        if (row.time(1) > now)
            account = row.id<AccountId>(0);
    }));
    return account;
}

} // namespace graminsta::sql
