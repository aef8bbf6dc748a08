// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/accounts/changepassword.h>

#include <graminsta/domain/accounts/createaccount.h>
#include <graminsta/domain/moderation/audit.h>
#include <graminsta/ports/accounts.h>
#include <graminsta/ports/oauth.h>

namespace graminsta::domain
{

ChangePassword::ChangePassword(const PasswordSignIn &signIn, ports::UnitOfWork &unitOfWork,
                               const ports::PasswordHasher &hasher, IdGenerator &ids, const Clock &clock)
    : m_signIn(signIn)
    , m_unitOfWork(unitOfWork)
    , m_hasher(hasher)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<> ChangePassword::change(const entities::Viewer &viewer, const QString &present, const QString &wanted,
                                const Deadline &deadline) const
{
    GI_TRY(checkPassword(wanted));
    GI_TRY(m_signIn.checkOwnPassword(viewer.account, present, deadline));
    const QByteArray hash = GI_TRY(m_hasher.hash(wanted));
    return m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.accounts.setPasswordHash(viewer.account, hash));
        return writers.oauth.removeTokensOf(viewer.account, viewer.token);
    });
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
