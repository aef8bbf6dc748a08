// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/accounts/changepassword.h>

#include <graminsta/domain/accounts/createaccount.h>
#include <graminsta/domain/moderation/audit.h>
#include <graminsta/ports/accounts.h>
#include <graminsta/ports/oauth.h>

namespace graminsta::domain
{

ChangePassword::ChangePassword(ports::UnitOfWork &unitOfWork, const ports::PasswordHasher &hasher, IdGenerator &ids,
                               const Clock &clock)
    : m_unitOfWork(unitOfWork)
    , m_hasher(hasher)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<> ChangePassword::reset(AccountId account, const QString &password, const Deadline &deadline) const
{
    GI_TRY(checkPassword(password));
    const QByteArray hash = GI_TRY(m_hasher.hash(password));
    return m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        const QString name = GI_TRY(writers.accounts.byId(account, deadline)).username;
        GI_TRY(writers.accounts.setPasswordHash(account, hash));
        GI_TRY(writers.oauth.removeTokensOf(account, TokenId {}));
        return audit(writers, m_ids, m_clock, Actor::commandLine(),
                     { QStringLiteral("password"), QStringLiteral("account"), account.number(), name, {} }, deadline);
    });
}

} // namespace graminsta::domain
