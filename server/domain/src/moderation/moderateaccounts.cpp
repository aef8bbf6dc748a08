// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/moderation/moderateaccounts.h>

#include <graminsta/domain/media/publishmedia.h>
#include <graminsta/domain/moderation/audit.h>
#include <graminsta/domain/text/statustext.h>
#include <graminsta/ports/jobs.h>
#include <graminsta/ports/oauth.h>
#include <graminsta/ports/reports.h>

#include <QHash>

namespace graminsta::domain
{

using entities::Restriction;
using entities::Restrictions;
using entities::Role;
using entities::StrikeAction;

namespace
{

Error notFound()
{
    return makeError(Fault::NotFound, QStringLiteral("Record not found"));
}

Restrictions restrictionsBy(StrikeAction action)
{
    switch (action) {
    case StrikeAction::Sensitive:
        return Restriction::Sensitized;
    case StrikeAction::Disable:
        return Restriction::Disabled;
    case StrikeAction::Silence:
        return Restriction::Silenced;
    case StrikeAction::Suspend:
        return Restriction::Suspended;
    case StrikeAction::Warning:
    case StrikeAction::DeleteStatuses:
        break;
    }
    return {};
}

QString nameOf(StrikeAction action)
{
    switch (action) {
    case StrikeAction::Warning:
        return QStringLiteral("warn");
    case StrikeAction::Sensitive:
        return QStringLiteral("sensitive");
    case StrikeAction::Disable:
        return QStringLiteral("disable");
    case StrikeAction::Silence:
        return QStringLiteral("silence");
    case StrikeAction::Suspend:
        return QStringLiteral("suspend");
    case StrikeAction::DeleteStatuses:
        return QStringLiteral("delete_statuses");
    }
    return {};
}

QString nameOfLifting(Restriction restriction)
{
    switch (restriction) {
    case Restriction::Suspended:
        return QStringLiteral("unsuspend");
    case Restriction::Silenced:
        return QStringLiteral("unsilence");
    case Restriction::Sensitized:
        return QStringLiteral("unsensitive");
    case Restriction::Disabled:
        return QStringLiteral("enable");
    case Restriction::Pending:
    case Restriction::Deleted:
        break;
    }
    return QStringLiteral("lift");
}

// Fault::NotFound for what is being deleted, too: nothing can be done to it any more.
Result<ModeratedAccount> readFrom(const ports::AccountReader &accounts, AccountId id, const Deadline &deadline)
{
    const Result<entities::Account> account = accounts.byId(id, deadline);
    if (!account)
        return account.error().fault == Fault::NotFound ? notFound() : account.error();
    if (account->restrictions.testFlag(Restriction::Deleted))
        return notFound();
    return ModeratedAccount { *account, GI_TRY(accounts.user(id, deadline)) };
}

} // namespace

ModerateAccounts::ModerateAccounts(const ports::AccountReader &accounts, const ports::ModerationReader &moderation,
                                   ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock)
    : m_accounts(accounts)
    , m_moderation(moderation)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<entities::Page<ModeratedAccount>> ModerateAccounts::list(const Actor &actor, const ports::AccountFilter &filter,
                                                                const entities::PageRequest &page,
                                                                const Deadline &deadline) const
{
    GI_TRY(require(actor, Permission::SeeAccounts));
    const entities::Page<AccountId> ids = GI_TRY(m_moderation.accounts(filter, page, deadline));
    QHash<AccountId, entities::User> users;
    for (const entities::User &user : GI_TRY(m_accounts.users(ids.rows, deadline)))
        users.insert(user.accountId, user);
    entities::Page<ModeratedAccount> found;
    found.bounds = ids.bounds;
    for (const entities::Account &account : GI_TRY(m_accounts.byIds(ids.rows, deadline))) {
        if (const auto user = users.constFind(account.id); user != users.cend())
            found.rows.append({ account, *user });
    }
    return found;
}

Result<ModeratedAccount> ModerateAccounts::show(const Actor &actor, AccountId id, const Deadline &deadline) const
{
    GI_TRY(require(actor, Permission::SeeAccounts));
    return read(id, deadline);
}

Result<ModeratedAccount> ModerateAccounts::read(AccountId id, const Deadline &deadline) const
{
    return readFrom(m_accounts, id, deadline);
}

Result<ModeratedAccount>
ModerateAccounts::change(const Actor &actor, AccountId id, const QString &name, const QString &reason,
                         const Deadline &deadline,
                         const std::function<Result<>(ports::WriteSet &, const ModeratedAccount &)> &work) const
{
    GI_TRY(require(actor, Permission::ActOnAccounts));
    ModeratedAccount before;
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        before = GI_TRY(readFrom(writers.accounts, id, deadline));
        GI_TRY(work(writers, before));
        return audit(writers, m_ids, m_clock, actor,
                     { name, QStringLiteral("account"), id.number(), before.account.username, reason }, deadline);
    }));
    return before;
}

Result<> ModerateAccounts::restrict(ports::WriteSet &writers, AccountId id, Restrictions add, Restrictions lift) const
{
    GI_TRY(writers.accounts.restrict(id, add, lift));
    if (!(add | lift).testAnyFlags(entities::kHiding))
        return {};
    // A job each: one with a key could have begun with what the account was before.
    GI_TRY(writers.jobs.enqueue(
        { m_ids.next<entities::JobId>(), QLatin1String(kSettleMediaJob), id.toString().toLatin1(), m_clock.now(), {} },
        m_clock.now()));
    return {};
}

Result<> ModerateAccounts::act(const Actor &actor, AccountId id, const AccountAction &action,
                               const Deadline &deadline) const
{
    const QString text = cleanText(action.text);
    const Restrictions added = restrictionsBy(action.type);
    GI_TRY(change(actor, id, nameOf(action.type), text, deadline,
                  [&](ports::WriteSet &writers, const ModeratedAccount &target) -> Result<> {
                      GI_TRY(requireRestrictable(actor, target.user.role));
                      if (!action.report.isNull()) {
                          const Result<entities::Report> report = writers.reports.byId(action.report, deadline);
                          if (!report || report->targetId != id)
                              return notFound();
                          if (!report->actionTakenAt)
                              GI_TRY(writers.reports.resolve(action.report, actor.account, m_clock.now()));
                      }
                      if (added)
                          GI_TRY(restrict(writers, id, added, {}));
                      if (added.testAnyFlags(Restriction::Suspended | Restriction::Disabled))
                          GI_TRY(writers.oauth.cutOff(id));
                      return writers.moderation.addStrike(
                          { m_ids.next<StrikeId>(), id, action.report, action.type, text, m_clock.now() });
                  }));
    return {};
}

Result<ModeratedAccount> ModerateAccounts::lift(const Actor &actor, AccountId id, Restriction restriction,
                                                const QString &reason, const Deadline &deadline) const
{
    GI_TRY(change(actor, id, nameOfLifting(restriction), reason, deadline,
                  [&](ports::WriteSet &writers, const ModeratedAccount &target) -> Result<> {
                      GI_TRY(requireRank(actor, target.user.role));
                      return restrict(writers, id, {}, restriction);
                  }));
    return read(id, deadline);
}

Result<ModeratedAccount> ModerateAccounts::approve(const Actor &actor, AccountId id, const Deadline &deadline) const
{
    GI_TRY(change(actor, id, QStringLiteral("approve"), {}, deadline,
                  [&](ports::WriteSet &writers, const ModeratedAccount &target) -> Result<> {
                      GI_TRY(requireRank(actor, target.user.role));
                      return restrict(writers, id, {}, Restriction::Pending);
                  }));
    return read(id, deadline);
}

Result<ModeratedAccount> ModerateAccounts::reject(const Actor &actor, AccountId id, const QString &reason,
                                                  const Deadline &deadline) const
{
    return change(actor, id, QStringLiteral("reject"), reason, deadline,
                  [&](ports::WriteSet &writers, const ModeratedAccount &target) -> Result<> {
                      GI_TRY(requireRestrictable(actor, target.user.role));
                      // Nobody has seen it: no counter of anybody else's knows of it.
                      if (!target.account.restrictions.testFlag(Restriction::Pending))
                          return makeError(Fault::Forbidden, QStringLiteral("This account does not wait for approval"));
                      return writers.accounts.remove(id);
                  });
}

Result<ModeratedAccount> ModerateAccounts::setRole(const Actor &actor, AccountId id, Role role,
                                                   const Deadline &deadline) const
{
    GI_TRY(change(actor, id, QStringLiteral("role"), {}, deadline,
                  [&](ports::WriteSet &writers, const ModeratedAccount &target) -> Result<> {
                      GI_TRY(requireRank(actor, target.user.role));
                      GI_TRY(requireRank(actor, role));
                      if (role == Role::Owner && target.account.restrictions)
                          return makeError(Fault::Forbidden,
                                           QStringLiteral("A restricted account cannot be the owner's: lift its "
                                                          "restrictions before."));
                      return writers.accounts.setRole(id, role);
                  }));
    return read(id, deadline);
}

} // namespace graminsta::domain
