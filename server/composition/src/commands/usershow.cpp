// SPDX-License-Identifier: GPL-3.0-or-later
// Accounts as the operator reads them.
#include "usertool.h"

#include <graminsta/composition/commands.h>

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

namespace graminsta::composition
{

using domain::Actor;
using domain::ModeratedAccount;
using entities::Restriction;

namespace
{

struct StateName {
    Restriction restriction;
    const char *name;
};

constexpr StateName kStates[] = {
    { Restriction::Pending, "pending" },   { Restriction::Suspended, "suspended" },
    { Restriction::Silenced, "silenced" }, { Restriction::Sensitized, "sensitive" },
    { Restriction::Disabled, "disabled" }, { Restriction::Deleted, "being deleted" },
};

QStringList statesOf(entities::Restrictions restrictions)
{
    QStringList names;
    for (const StateName &state : kStates) {
        if (restrictions.testFlag(state.restriction))
            names.append(QLatin1String(state.name));
    }
    return names;
}

QString timeText(Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(toUnixMs(time), Qt::UTC).toString(Qt::ISODate);
}

QJsonObject jsonOf(const ModeratedAccount &account)
{
    return { { QStringLiteral("id"), account.account.id.toString() },
             { QStringLiteral("username"), account.account.username },
             { QStringLiteral("email"), account.user.email },
             { QStringLiteral("role"), roleName(account.user.role) },
             { QStringLiteral("restrictions"), QJsonArray::fromStringList(statesOf(account.account.restrictions)) },
             { QStringLiteral("created_at"), timeText(account.account.createdAt) },
             { QStringLiteral("reason"), account.user.signUpReason },
             { QStringLiteral("statuses_count"), account.account.statusesCount },
             { QStringLiteral("media_bytes"), account.user.mediaBytes } };
}

void printJson(const QJsonDocument &document)
{
    printLine(QString::fromUtf8(document.toJson(QJsonDocument::Compact)));
}

Result<ports::AccountFilter> filterOf(const CommandLine &line)
{
    ports::AccountFilter filter;
    filter.username = line.value("username");
    if (line.isSet("state")) {
        for (const StateName &state : kStates) {
            if (line.value("state") == QLatin1String(state.name))
                filter.restrictedBy = state.restriction;
        }
        if (!filter.restrictedBy)
            return makeError(
                Fault::Invalid,
                QStringLiteral("--state is pending, suspended, silenced, sensitive or disabled, not \"%1\".")
                    .arg(line.value("state")));
    }
    if (line.isSet("role")) {
        const std::optional<entities::Role> role = roleFromName(line.value("role"));
        if (!role)
            return makeError(
                Fault::Invalid,
                QStringLiteral("--role is user, moderator, admin or owner, not \"%1\".").arg(line.value("role")));
        filter.roles = { *role };
    }
    return filter;
}

} // namespace

int userList(const QStringList &arguments)
{
    CommandLine line(QStringLiteral("user list"), QStringLiteral("lists accounts, the newest first."));
    line.addOption({ QStringLiteral("state"),
                     QStringLiteral("Only those pending, suspended, silenced, sensitive or "
                                    "disabled."),
                     QStringLiteral("state") });
    line.addOption({ QStringLiteral("role"), QStringLiteral("Only those of this role."), QStringLiteral("role") });
    line.addOption(
        { QStringLiteral("username"), QStringLiteral("Only those whose name begins so."), QStringLiteral("name") });
    line.addOption({ QStringLiteral("limit"), QStringLiteral("At most so many, up to 10000."), QStringLiteral("n"),
                     QStringLiteral("100") });
    line.addOption({ QStringLiteral("before"), QStringLiteral("Only those older than the account of this id."),
                     QStringLiteral("id") });
    if (const std::optional<int> code = line.parse(arguments))
        return *code;
    const Result<ports::AccountFilter> filter = filterOf(line);
    if (!filter)
        return wrongUsage(filter.error().safe);
    bool isNumber = false;
    entities::PageRequest page;
    page.limit = line.value("limit").toInt(&isNumber);
    if (!isNumber || page.limit < 1 || page.limit > 10'000)
        return wrongUsage(QStringLiteral("--limit is a number from 1 to 10000, not \"%1\".").arg(line.value("limit")));
    page.maxId = parseIdNumber(line.value("before")).value_or(0);

    const auto tool = UserTool::open(line);
    if (!tool)
        return fail(tool.error());
    const Result<entities::Page<ModeratedAccount>> found =
        (*tool)->moderate().list(Actor::commandLine(), *filter, page, commandDeadline());
    if (!found)
        return fail(found.error());
    QJsonArray list;
    for (const ModeratedAccount &account : found->rows) {
        if (line.json())
            list.append(jsonOf(account));
        else
            printLine(QStringLiteral("%1  %2  %3  %4")
                          .arg(account.account.id.toString())
                          .arg(account.account.username, -30)
                          .arg(roleName(account.user.role), -9)
                          .arg(statesOf(account.account.restrictions).join(QLatin1String(", "))));
    }
    if (line.json())
        printJson(QJsonDocument(list));
    return kDone;
}

int userShow(const QStringList &arguments)
{
    CommandLine line(QStringLiteral("user show"), QStringLiteral("shows an account."));
    line.addPositional(QStringLiteral("username"), QStringLiteral("Whose account."));
    if (const std::optional<int> code = line.parse(arguments, 1))
        return *code;
    const auto tool = UserTool::open(line);
    if (!tool)
        return fail(tool.error());
    const Result<entities::Account> named = (*tool)->byName(line.positionals().first());
    if (!named)
        return fail(named.error());
    const Result<ModeratedAccount> account =
        (*tool)->moderate().show(Actor::commandLine(), named->id, commandDeadline());
    if (!account)
        return fail(account.error());
    if (line.json()) {
        printJson(QJsonDocument(jsonOf(*account)));
        return kDone;
    }
    const QStringList states = statesOf(account->account.restrictions);
    printLine(
        QStringLiteral("Account:      %1 (id %2)").arg(account->account.username, account->account.id.toString()));
    printLine(QStringLiteral("E-mail:       %1").arg(account->user.email));
    printLine(QStringLiteral("Role:         %1").arg(roleName(account->user.role)));
    printLine(QStringLiteral("Restrictions: %1")
                  .arg(states.isEmpty() ? QStringLiteral("none") : states.join(QLatin1String(", "))));
    printLine(QStringLiteral("Since:        %1").arg(timeText(account->account.createdAt)));
    printLine(QStringLiteral("Posts:        %1").arg(account->account.statusesCount));
    printLine(QStringLiteral("Photos take:  %1").arg(QLocale::c().formattedDataSize(account->user.mediaBytes)));
    if (!account->user.signUpReason.isEmpty())
        printLine(QStringLiteral("Says:         %1").arg(account->user.signUpReason));
    return kDone;
}

} // namespace graminsta::composition
