// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/accounts/deleteaccount.h>

#include <graminsta/domain/moderation/audit.h>
#include <graminsta/ports/accounts.h>
#include <graminsta/ports/jobs.h>
#include <graminsta/ports/oauth.h>
#include <graminsta/ports/twofactor.h>

namespace graminsta::domain
{

using entities::Restriction;

namespace
{

Error notFound()
{
    return makeError(Fault::NotFound, QStringLiteral("Record not found"));
}

} // namespace

DeleteAccount::DeleteAccount(const PasswordSignIn &signIn, ports::UnitOfWork &unitOfWork, IdGenerator &ids,
                             const Clock &clock)
    : m_signIn(signIn)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<> DeleteAccount::byOwner(const entities::Viewer &viewer, const QString &password, const Deadline &deadline) const
{
    GI_TRY(m_signIn.checkOwnPassword(viewer.account, password, deadline));
    return m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        // One's own: only the owner of the instance must stay.
        const entities::User user = GI_TRY(writers.accounts.user(viewer.account, deadline));
        GI_TRY(requireRestrictable(Actor::commandLine(), user.role));
        return begin(writers, Actor::of(viewer), viewer.account, QStringLiteral("own wish"), deadline);
    });
}

Result<> DeleteAccount::byActor(const Actor &actor, AccountId account, const QString &reason,
                                const Deadline &deadline) const
{
    GI_TRY(require(actor, Permission::DeleteAccounts));
    return m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        const Result<entities::User> user = writers.accounts.user(account, deadline);
        if (!user)
            return user.error().fault == Fault::NotFound ? notFound() : user.error();
        if (user->restrictions.testFlag(Restriction::Deleted))
            return notFound();
        GI_TRY(requireRestrictable(actor, user->role));
        if (actor.role && !user->restrictions.testFlag(Restriction::Suspended))
            return makeError(Fault::Forbidden, QStringLiteral("Only a suspended account can be deleted"));
        return begin(writers, actor, account, reason, deadline);
    });
}

Result<> DeleteAccount::begin(ports::WriteSet &writers, const Actor &actor, AccountId account, const QString &reason,
                              const Deadline &deadline) const
{
    const QString name = GI_TRY(writers.accounts.byId(account, deadline)).username;
    GI_TRY(audit(writers, m_ids, m_clock, actor,
                 { QStringLiteral("delete"), QStringLiteral("account"), account.number(), name, reason }, deadline));
    GI_TRY(writers.accounts.restrict(account, Restriction::Deleted, {}));
    GI_TRY(writers.accounts.setPasswordHash(account, {}));
    GI_TRY(writers.twoFactor.remove(account));
    GI_TRY(writers.oauth.removeTokensOf(account, TokenId {}));
    const Timestamp now = m_clock.now();
    GI_TRY(writers.jobs.enqueue({ m_ids.next<entities::JobId>(), QLatin1String(kRemoveAccountJob),
                                  account.toString().toLatin1(), now, account.toString() },
                                now));
    return {};
}

} // namespace graminsta::domain
