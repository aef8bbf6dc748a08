// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/composition/commands.h>

#include "parentwatch.h"
#include "usertool.h"

#include <graminsta/domain/accounts/createaccount.h>

namespace graminsta::composition
{

namespace
{

Result<entities::Account> createUser(const CommandLine &line, entities::Role role)
{
    domain::NewAccount request;
    request.username = line.value("username");
    request.displayName = line.value("display-name");
    request.email = line.value("email");
    request.role = role;
    if (line.isSet("password-stdin"))
        request.password = QString::fromUtf8(GI_TRY(readLineFromStandardInput()));
    const auto tool = GI_TRY(UserTool::open(line));
    const auto hasher = GI_TRY(security::SodiumPasswordHasher::create());
    return domain::CreateAccount(tool->database().unitOfWork(), *hasher, tool->ids(), tool->clock())
        .run(request, commandDeadline());
}

struct UserAction {
    const char *name;
    int (*run)(const QStringList &arguments); // null: an act on one account, userAct()
    const char *text;
};

constexpr UserAction kActions[] = {
    { "create", userCreate, "make an account" },
    { "list", userList, "list accounts, the newest first" },
    { "show", userShow, "show an account" },
    { "role", userRole, "make somebody a user, moderator, admin or owner" },
    { "password", userPassword, "set somebody's password, and sign them out everywhere" },
    { "approve", userApprove, "let somebody in who waits for approval" },
    { "reject", userReject, "turn somebody away who waits for approval" },
    { "warn", nullptr, "tell somebody something that stays on record" },
    { "sensitive", nullptr, "mark all of an account's photos as sensitive" },
    { "unsensitive", nullptr, "take that back" },
    { "silence", nullptr, "show an account to its followers only" },
    { "unsilence", nullptr, "take that back" },
    { "suspend", nullptr, "hide an account and all that it has posted" },
    { "unsuspend", nullptr, "take that back" },
    { "disable", nullptr, "let nobody sign in to an account" },
    { "enable", nullptr, "take that back" },
    { "delete", userDelete, "delete an account for good" },
    { "export", userExport, "write an account into an archive" },
    { "import", userImport, "take an archive into an account" },
    { "two-factor-off", userTwoFactorOff, "end the second factor of somebody who has lost it" },
    { "invite", userInvite, "make an invitation to sign up" },
    { "invites", userInvites, "list invitations" },
    { "uninvite", userUninvite, "take an invitation back" },
};

QString helpText()
{
    QString text = QStringLiteral("Usage: graminsta-server user <action> [options]\n\n");
    for (const UserAction &action : kActions)
        text += QStringLiteral("  %1 %2\n").arg(QLatin1String(action.name), -15).arg(QLatin1String(action.text));
    return text + QStringLiteral("\nEach action: --help.");
}

} // namespace

int userCreate(const QStringList &arguments)
{
    CommandLine line(QStringLiteral("user create"), QStringLiteral("makes an account."));
    line.addOption(
        { QStringLiteral("username"), QStringLiteral("Letters, digits and underscores."), QStringLiteral("name") });
    line.addOption({ QStringLiteral("display-name"), QStringLiteral("As shown to others."), QStringLiteral("name") });
    line.addOption({ QStringLiteral("email"), QStringLiteral("For signing in."), QStringLiteral("address") });
    line.addOption({ QStringLiteral("role"), QStringLiteral("user, moderator, admin or owner."), QStringLiteral("role"),
                     QStringLiteral("user") });
    line.addOption(
        { QStringLiteral("password-stdin"), QStringLiteral("Read the password, a line, from standard input.") });
    if (const std::optional<int> code = line.parse(arguments))
        return *code;
    const std::optional<entities::Role> role = roleFromName(line.value("role"));
    if (!role)
        return wrongUsage(
            QStringLiteral("--role is user, moderator, admin or owner, not \"%1\".").arg(line.value("role")));

    const Result<entities::Account> account = createUser(line, *role);
    if (!account)
        return fail(account.error());
    printLine(line.json()
                  ? QStringLiteral("{\"id\":\"%1\",\"username\":\"%2\"}").arg(account->id.toString(), account->username)
                  : QStringLiteral("Made the account %1 (id %2).").arg(account->username, account->id.toString()));
    return kDone;
}

int userCommand(const QStringList &arguments)
{
    const QString name = arguments.value(0);
    if (name == QLatin1String("--help") || name == QLatin1String("-h")) {
        printLine(helpText());
        return kDone;
    }
    for (const UserAction &action : kActions) {
        if (name == QLatin1String(action.name))
            return action.run ? action.run(arguments.mid(1)) : userAct(name, arguments.mid(1));
    }
    return wrongUsage((name.isEmpty() ? QStringLiteral("user needs an action.\n\n")
                                      : QStringLiteral("user knows no action \"%1\".\n\n").arg(name))
                      + helpText());
}

} // namespace graminsta::composition
