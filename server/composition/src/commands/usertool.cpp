// SPDX-License-Identifier: GPL-3.0-or-later
#include "usertool.h"

#include "parentwatch.h"

#include <cstdio>
#include <termios.h>
#include <unistd.h>

namespace graminsta::composition
{

namespace
{

constexpr std::chrono::hours kMigrationTime { 1 };
constexpr std::chrono::seconds kActTime { 30 };

// What is typed is not shown while this lives.
class SilentTerminal
{
public:
    SilentTerminal()
        : m_known(::tcgetattr(STDIN_FILENO, &m_before) == 0)
    {
        if (!m_known)
            return;
        termios silent = m_before;
        silent.c_lflag &= ~tcflag_t(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~SilentTerminal()
    {
        if (m_known)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }
    SilentTerminal(const SilentTerminal &) = delete;
    SilentTerminal &operator=(const SilentTerminal &) = delete;

private:
    termios m_before {};
    const bool m_known;
};

} // namespace

Result<std::unique_ptr<UserTool>> UserTool::open(const CommandLine &line)
{
    std::unique_ptr<UserTool> tool(new UserTool);
    tool->m_profile = GI_TRY(line.profile());
    tool->m_dataFolder = GI_TRY(line.dataFolder());
    tool->m_database = GI_TRY(openDatabase(tool->m_profile, tool->m_dataFolder));
    GI_TRY(tool->m_database->migrate(Deadline::after(kMigrationTime)));
    tool->m_lease = GI_TRY(NodeLease::take(tool->m_database->instance(), tool->m_clock));
    tool->m_ids = std::make_unique<IdGenerator>(tool->m_clock, tool->m_lease->node());
    tool->m_moderate =
        std::make_unique<domain::ModerateAccounts>(tool->m_database->accounts(), tool->m_database->moderation(),
                                                   tool->m_database->unitOfWork(), *tool->m_ids, tool->m_clock);
    return tool;
}

Result<entities::Account> UserTool::byName(const QString &username) const
{
    const QString name = username.startsWith(QLatin1Char('@')) ? username.mid(1) : username;
    Result<entities::Account> account = m_database->accounts().byUsername(name, commandDeadline());
    if (!account && account.error().fault == Fault::NotFound)
        return makeError(Fault::NotFound, QStringLiteral("There is no account \"%1\".").arg(name));
    return account;
}

Deadline commandDeadline()
{
    return Deadline::after(kActTime);
}

Result<QString> readPassword()
{
    if (::isatty(STDIN_FILENO) != 1)
        return QString::fromUtf8(GI_TRY(readLineFromStandardInput()));
    std::fputs("New password: ", stderr);
    const SilentTerminal silent;
    const Result<QByteArray> password = readLineFromStandardInput();
    std::fputs("\n", stderr);
    if (!password)
        return password.error();
    return QString::fromUtf8(*password);
}

QString roleName(entities::Role role)
{
    switch (role) {
    case entities::Role::User:
        return QStringLiteral("user");
    case entities::Role::Moderator:
        return QStringLiteral("moderator");
    case entities::Role::Admin:
        return QStringLiteral("admin");
    case entities::Role::Owner:
        return QStringLiteral("owner");
    }
    return QStringLiteral("user");
}

std::optional<entities::Role> roleFromName(const QString &name)
{
    for (const entities::Role role :
         { entities::Role::User, entities::Role::Moderator, entities::Role::Admin, entities::Role::Owner }) {
        if (name == roleName(role))
            return role;
    }
    return std::nullopt;
}

} // namespace graminsta::composition
