// SPDX-License-Identifier: GPL-3.0-or-later
// What the operator does to one account.
#include "usertool.h"

#include <graminsta/composition/application.h>
#include <graminsta/composition/commands.h>
#include <graminsta/domain/accounts/changepassword.h>
#include <graminsta/domain/accounts/deleteaccount.h>
#include <graminsta/domain/oauth/managetwofactor.h>

#include <functional>

namespace graminsta::composition
{

using domain::Actor;
using entities::Restriction;
using entities::StrikeAction;

namespace
{

struct Restricting {
    const char *name;
    StrikeAction action;
    const char *done;
};

constexpr Restricting kRestricting[] = {
    { "warn", StrikeAction::Warning, "%1 is warned." },
    { "sensitive", StrikeAction::Sensitive, "All photos of %1 are sensitive now." },
    { "silence", StrikeAction::Silence, "%1 is shown to followers only now." },
    { "suspend", StrikeAction::Suspend, "%1 is suspended: nobody sees the account or its posts." },
    { "disable", StrikeAction::Disable, "Nobody can sign in as %1 now; the posts stay." },
};

struct Lifting {
    const char *name;
    Restriction restriction;
    const char *done;
};

constexpr Lifting kLifting[] = {
    { "unsensitive", Restriction::Sensitized, "The photos of %1 are as they were posted again." },
    { "unsilence", Restriction::Silenced, "%1 is shown to everybody again." },
    { "unsuspend", Restriction::Suspended, "%1 is not suspended any more." },
    { "enable", Restriction::Disabled, "%1 can sign in again." },
};

using Work = std::function<Result<>(UserTool &, const entities::Account &)>;

// Opens, finds the account of the first word, works, and says how it ended.
int onAccount(const CommandLine &line, const QString &done, const Work &work)
{
    const auto tool = UserTool::open(line);
    if (!tool)
        return fail(tool.error());
    const Result<entities::Account> account = (*tool)->byName(line.positionals().first());
    if (!account)
        return fail(account.error());
    if (const Result<> worked = work(**tool, *account); !worked)
        return fail(worked.error());
    printLine(line.json()
                  ? QStringLiteral("{\"id\":\"%1\",\"username\":\"%2\"}").arg(account->id.toString(), account->username)
                  : done.arg(account->username));
    return kDone;
}

domain::PasswordSignIn signInOf(UserTool &tool, const ports::PasswordHasher &hasher)
{
    return domain::PasswordSignIn(tool.database().accounts(), tool.database().twoFactor(), hasher,
                                  tool.database().unitOfWork(), tool.clock());
}

} // namespace

int userAct(const QString &act, const QStringList &arguments)
{
    CommandLine line(QStringLiteral("user ") + act, QStringLiteral("does this to an account."));
    line.addPositional(QStringLiteral("username"), QStringLiteral("Whose account."));
    line.addOption({ QStringLiteral("reason"),
                     QStringLiteral("For the audit log; and for the person, where there is something to be told."),
                     QStringLiteral("text") });
    if (const std::optional<int> code = line.parse(arguments, 1))
        return *code;
    const QString reason = line.value("reason");
    for (const Restricting &restricting : kRestricting) {
        if (act != QLatin1String(restricting.name))
            continue;
        return onAccount(line, QLatin1String(restricting.done), [&](UserTool &tool, const entities::Account &account) {
            return tool.moderate().act(Actor::commandLine(), account.id, { restricting.action, ReportId {}, reason },
                                       commandDeadline());
        });
    }
    for (const Lifting &lifting : kLifting) {
        if (act != QLatin1String(lifting.name))
            continue;
        return onAccount(line, QLatin1String(lifting.done),
                         [&](UserTool &tool, const entities::Account &account) -> Result<> {
                             GI_TRY(tool.moderate().lift(Actor::commandLine(), account.id, lifting.restriction, reason,
                                                         commandDeadline()));
                             return {};
                         });
    }
    return wrongUsage(QStringLiteral("user knows no action \"%1\".").arg(act));
}

int userApprove(const QStringList &arguments)
{
    CommandLine line(QStringLiteral("user approve"), QStringLiteral("lets somebody in who waits for approval."));
    line.addPositional(QStringLiteral("username"), QStringLiteral("Whose account."));
    if (const std::optional<int> code = line.parse(arguments, 1))
        return *code;
    return onAccount(line, QStringLiteral("%1 can sign in now."),
                     [](UserTool &tool, const entities::Account &account) -> Result<> {
                         GI_TRY(tool.moderate().approve(Actor::commandLine(), account.id, commandDeadline()));
                         return {};
                     });
}

int userReject(const QStringList &arguments)
{
    CommandLine line(QStringLiteral("user reject"),
                     QStringLiteral("turns somebody away who waits for approval; the account is gone then."));
    line.addPositional(QStringLiteral("username"), QStringLiteral("Whose account."));
    line.addOption({ QStringLiteral("reason"), QStringLiteral("For the audit log."), QStringLiteral("text") });
    if (const std::optional<int> code = line.parse(arguments, 1))
        return *code;
    return onAccount(
        line, QStringLiteral("%1 is turned away, and the account is gone."),
        [&line](UserTool &tool, const entities::Account &account) -> Result<> {
            GI_TRY(tool.moderate().reject(Actor::commandLine(), account.id, line.value("reason"), commandDeadline()));
            return {};
        });
}

int userRole(const QStringList &arguments)
{
    CommandLine line(QStringLiteral("user role"), QStringLiteral("gives somebody a role."));
    line.addPositional(QStringLiteral("username"), QStringLiteral("Whose account."));
    line.addPositional(QStringLiteral("role"), QStringLiteral("user, moderator, admin or owner."));
    if (const std::optional<int> code = line.parse(arguments, 2))
        return *code;
    const std::optional<entities::Role> role = roleFromName(line.positionals().at(1));
    if (!role)
        return wrongUsage(
            QStringLiteral("A role is user, moderator, admin or owner, not \"%1\".").arg(line.positionals().at(1)));
    return onAccount(line, QStringLiteral("%1 has the role %2 now.").arg(QStringLiteral("%1"), roleName(*role)),
                     [role](UserTool &tool, const entities::Account &account) -> Result<> {
                         GI_TRY(tool.moderate().setRole(Actor::commandLine(), account.id, *role, commandDeadline()));
                         return {};
                     });
}

int userPassword(const QStringList &arguments)
{
    CommandLine line(QStringLiteral("user password"),
                     QStringLiteral("sets somebody's password and signs them out everywhere. The password is read from "
                                    "standard input: typed unseen on a terminal, else a line."));
    line.addPositional(QStringLiteral("username"), QStringLiteral("Whose account."));
    if (const std::optional<int> code = line.parse(arguments, 1))
        return *code;
    return onAccount(line, QStringLiteral("%1 has a new password, and is signed out everywhere."),
                     [](UserTool &tool, const entities::Account &account) -> Result<> {
                         const QString password = GI_TRY(readPassword());
                         const auto hasher = GI_TRY(security::SodiumPasswordHasher::create());
                         const domain::PasswordSignIn signIn = signInOf(tool, *hasher);
                         return domain::ChangePassword(signIn, tool.database().unitOfWork(), *hasher, tool.ids(),
                                                       tool.clock())
                             .reset(account.id, password, commandDeadline());
                     });
}

int userDelete(const QStringList &arguments)
{
    CommandLine line(QStringLiteral("user delete"),
                     QStringLiteral("deletes an account for good. It is hidden and signed out at once; the server "
                                    "removes what it has posted after that."));
    line.addPositional(QStringLiteral("username"), QStringLiteral("Whose account."));
    line.addOption({ QStringLiteral("reason"), QStringLiteral("For the audit log."), QStringLiteral("text") });
    line.addOption({ QStringLiteral("yes"), QStringLiteral("There is no way back; without this nothing is done.") });
    if (const std::optional<int> code = line.parse(arguments, 1))
        return *code;
    if (!line.isSet("yes"))
        return wrongUsage(QStringLiteral("There is no way back from this. If you are sure, add --yes."));
    return onAccount(line, QStringLiteral("%1 is hidden and signed out. The server, when it runs, removes the rest."),
                     [&line](UserTool &tool, const entities::Account &account) -> Result<> {
                         const auto hasher = GI_TRY(security::SodiumPasswordHasher::create());
                         const domain::PasswordSignIn signIn = signInOf(tool, *hasher);
                         return domain::DeleteAccount(signIn, tool.database().unitOfWork(), tool.ids(), tool.clock())
                             .byActor(Actor::commandLine(), account.id, line.value("reason"), commandDeadline());
                     });
}

int userTwoFactorOff(const QStringList &arguments)
{
    CommandLine line(QStringLiteral("user two-factor-off"),
                     QStringLiteral("ends the second factor of somebody who has lost it. Be sure who asks."));
    line.addPositional(QStringLiteral("username"), QStringLiteral("Whose account."));
    if (const std::optional<int> code = line.parse(arguments, 1))
        return *code;
    return onAccount(line, QStringLiteral("%1 signs in with the password alone now."),
                     [](UserTool &tool, const entities::Account &account) -> Result<> {
                         const auto hasher = GI_TRY(security::SodiumPasswordHasher::create());
                         const domain::InstanceSettings settings = instanceSettings(tool.profile());
                         const domain::PasswordSignIn signIn = signInOf(tool, *hasher);
                         return domain::ManageTwoFactor(settings, tool.database().accounts(),
                                                        tool.database().twoFactor(), signIn,
                                                        tool.database().unitOfWork(), tool.ids(), tool.clock())
                             .reset(account.id, commandDeadline());
                     });
}

} // namespace graminsta::composition
