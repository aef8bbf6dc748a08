// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/composition/commands.h>

#include "commandline.h"
#include "parentwatch.h"

#include <graminsta/composition/adapters.h>
#include <graminsta/composition/nodelease.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/accounts/createaccount.h>

namespace graminsta::composition
{

namespace
{

std::optional<entities::Role> roleFromName(const QString &name)
{
    if (name == QLatin1String("user"))
        return entities::Role::User;
    if (name == QLatin1String("moderator"))
        return entities::Role::Moderator;
    if (name == QLatin1String("admin"))
        return entities::Role::Admin;
    if (name == QLatin1String("owner"))
        return entities::Role::Owner;
    return std::nullopt;
}

Result<entities::Account> createUser(const CommandLine &line, entities::Role role)
{
    const profile::Profile profile = GI_TRY(line.profile());
    const QString dataFolder = GI_TRY(line.dataFolder());
    domain::NewAccount request;
    request.username = line.value("username");
    request.displayName = line.value("display-name");
    request.email = line.value("email");
    request.role = role;
    if (line.isSet("password-stdin"))
        request.password = QString::fromUtf8(GI_TRY(readLineFromStandardInput()));

    const SystemClock clock;
    const auto database = GI_TRY(openDatabase(profile, dataFolder));
    const auto hasher = GI_TRY(security::SodiumPasswordHasher::create());
    GI_TRY(database->migrate(Deadline::after(std::chrono::hours { 1 })));
    const auto lease = GI_TRY(NodeLease::take(database->instance(), clock));
    IdGenerator ids(clock, lease->node());
    return domain::CreateAccount(database->unitOfWork(), *hasher, ids, clock)
        .run(request, Deadline::after(std::chrono::seconds { 15 }));
}

} // namespace

int userCommand(const QStringList &arguments)
{
    CommandLine line(QStringLiteral("user"), QStringLiteral("makes accounts."));
    line.addPositional(QStringLiteral("action"), QStringLiteral("create"));
    line.addOption(
        { QStringLiteral("username"), QStringLiteral("Letters, digits and underscores."), QStringLiteral("name") });
    line.addOption({ QStringLiteral("display-name"), QStringLiteral("As shown to others."), QStringLiteral("name") });
    line.addOption({ QStringLiteral("email"), QStringLiteral("For signing in."), QStringLiteral("address") });
    line.addOption({ QStringLiteral("role"), QStringLiteral("user, moderator, admin or owner."), QStringLiteral("role"),
                     QStringLiteral("user") });
    line.addOption(
        { QStringLiteral("password-stdin"), QStringLiteral("Read the password, a line, from standard input.") });
    if (const std::optional<int> code = line.parse(arguments, 1))
        return *code;
    if (line.positionals().first() != QLatin1String("create"))
        return wrongUsage(QStringLiteral("user knows create, not \"%1\".").arg(line.positionals().first()));
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

} // namespace graminsta::composition
