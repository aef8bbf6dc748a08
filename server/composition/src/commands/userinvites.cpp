// SPDX-License-Identifier: GPL-3.0-or-later
// Invitations that the operator makes.
#include "usertool.h"

#include <graminsta/composition/commands.h>
#include <graminsta/domain/moderation/invites.h>

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace graminsta::composition
{

using domain::Actor;
using entities::Invite;

namespace
{

constexpr int kMostListed = 1000;

domain::Invites invitesOf(UserTool &tool)
{
    return domain::Invites(tool.database().moderation(), tool.database().unitOfWork(), tool.ids(), tool.clock());
}

QString timeText(Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(toUnixMs(time), Qt::UTC).toString(Qt::ISODate);
}

QJsonObject jsonOf(const Invite &invite)
{
    return { { QStringLiteral("id"), invite.id.toString() },
             { QStringLiteral("code"), invite.code },
             { QStringLiteral("max_uses"), invite.maxUses },
             { QStringLiteral("uses"), invite.uses },
             { QStringLiteral("expires_at"),
               invite.expiresAt ? QJsonValue(timeText(*invite.expiresAt)) : QJsonValue() } };
}

void print(const CommandLine &line, const QJsonDocument &document, const QStringList &text)
{
    if (line.json()) {
        printLine(QString::fromUtf8(document.toJson(QJsonDocument::Compact)));
        return;
    }
    for (const QString &one : text)
        printLine(one);
}

} // namespace

int userInvite(const QStringList &arguments)
{
    CommandLine line(QStringLiteral("user invite"), QStringLiteral("makes an invitation to sign up."));
    line.addOption({ QStringLiteral("uses"), QStringLiteral("How many may come by it; 0: any number."),
                     QStringLiteral("n"), QStringLiteral("1") });
    line.addOption({ QStringLiteral("days"), QStringLiteral("How long it is good; 0: for ever."), QStringLiteral("n"),
                     QStringLiteral("7") });
    if (const std::optional<int> code = line.parse(arguments))
        return *code;
    bool usesAreNumber = false;
    bool daysAreNumber = false;
    const int uses = line.value("uses").toInt(&usesAreNumber);
    const int days = line.value("days").toInt(&daysAreNumber);
    if (!usesAreNumber || !daysAreNumber)
        return wrongUsage(QStringLiteral("--uses and --days are whole numbers."));
    const auto tool = UserTool::open(line);
    if (!tool)
        return fail(tool.error());
    const Result<Invite> invite =
        invitesOf(**tool).create(Actor::commandLine(), { uses, std::chrono::hours { 24 } * days }, commandDeadline());
    if (!invite)
        return fail(invite.error());
    print(line, QJsonDocument(jsonOf(*invite)), { invite->code });
    return kDone;
}

int userInvites(const QStringList &arguments)
{
    CommandLine line(QStringLiteral("user invites"), QStringLiteral("lists the newest invitations."));
    if (const std::optional<int> code = line.parse(arguments))
        return *code;
    const auto tool = UserTool::open(line);
    if (!tool)
        return fail(tool.error());
    entities::PageRequest page;
    page.limit = kMostListed;
    const Result<entities::Page<Invite>> found = invitesOf(**tool).list(Actor::commandLine(), page, commandDeadline());
    if (!found)
        return fail(found.error());
    QJsonArray list;
    QStringList text;
    for (const Invite &invite : found->rows) {
        list.append(jsonOf(invite));
        text.append(QStringLiteral("%1  %2  used %3 of %4  until %5")
                        .arg(invite.id.toString(), invite.code)
                        .arg(invite.uses)
                        .arg(invite.maxUses == 0 ? QStringLiteral("any") : QString::number(invite.maxUses),
                             invite.expiresAt ? timeText(*invite.expiresAt) : QStringLiteral("taken back")));
    }
    print(line, QJsonDocument(list), text);
    return kDone;
}

int userUninvite(const QStringList &arguments)
{
    CommandLine line(QStringLiteral("user uninvite"),
                     QStringLiteral("takes an invitation back; whoever has come by it stays."));
    line.addPositional(QStringLiteral("id"), QStringLiteral("As user invites lists it."));
    if (const std::optional<int> code = line.parse(arguments, 1))
        return *code;
    const std::optional<InviteId> id = InviteId::fromString(line.positionals().first());
    if (!id)
        return wrongUsage(QStringLiteral("\"%1\" is no id.").arg(line.positionals().first()));
    const auto tool = UserTool::open(line);
    if (!tool)
        return fail(tool.error());
    const Result<Invite> invite = invitesOf(**tool).revoke(Actor::commandLine(), *id, commandDeadline());
    if (!invite)
        return fail(invite.error().fault == Fault::NotFound
                        ? makeError(Fault::NotFound, QStringLiteral("There is no invitation %1.").arg(id->toString()))
                        : invite.error());
    print(line, QJsonDocument(jsonOf(*invite)), { QStringLiteral("The invitation is taken back.") });
    return kDone;
}

} // namespace graminsta::composition
