// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"

#include <graminsta/composition/adapters.h>
#include <graminsta/composition/commands.h>
#include <graminsta/profile/load.h>

#include <QProcessEnvironment>
#include <QStandardPaths>

#include <cstdio>

namespace graminsta::composition
{

CommandLine::CommandLine(const QString &command, const QString &description)
    : m_command(command)
{
    m_parser.setApplicationDescription(QStringLiteral("graminsta-server %1: %2").arg(command, description));
    m_parser.addOptions({
        { QStringLiteral("profile"), QStringLiteral("The deployment profile, a TOML file."), QStringLiteral("file") },
        { QStringLiteral("data"), QStringLiteral("The data folder."), QStringLiteral("folder") },
        { QStringLiteral("json"), QStringLiteral("Answer in JSON.") },
    });
    m_parser.addHelpOption();
}

std::optional<int> CommandLine::parse(const QStringList &arguments, int positionals)
{
    return parse(arguments, positionals, positionals);
}

std::optional<int> CommandLine::parse(const QStringList &arguments, int fewest, int most)
{
    if (!m_parser.parse(QStringList { QStringLiteral("graminsta-server ") + m_command } + arguments))
        return wrongUsage(m_parser.errorText());
    if (m_parser.isSet(QStringLiteral("help"))) {
        printLine(m_parser.helpText());
        return kDone;
    }
    const qsizetype given = m_parser.positionalArguments().size();
    if (given < fewest || given > most)
        return wrongUsage(
            most == 0 ? QStringLiteral("\"%1\" is one word too many.").arg(m_parser.positionalArguments().value(0))
                      : QStringLiteral("See graminsta-server %1 --help.").arg(m_command));
    return std::nullopt;
}

Result<profile::Profile> CommandLine::profile() const
{
    return profile::load(value("profile"), QProcessEnvironment::systemEnvironment());
}

Result<QString> CommandLine::dataFolder() const
{
    if (isSet("data"))
        return openDataFolder(value("data"));
    return openDataFolder(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
                          + QStringLiteral("/graminsta/server"));
}

void printLine(const QString &line)
{
    const QByteArray text = line.toUtf8() + '\n';
    std::fwrite(text.constData(), 1, size_t(text.size()), stdout);
    std::fflush(stdout);
}

int fail(const Error &error)
{
    QByteArray text = "graminsta-server: " + error.safe.toUtf8();
    if (!error.detail.isEmpty())
        text += "\n  " + error.detail.toUtf8();
    text += '\n';
    std::fwrite(text.constData(), 1, size_t(text.size()), stderr);
    return kFailed;
}

int wrongUsage(const QString &message)
{
    const QByteArray text = "graminsta-server: " + message.toUtf8() + '\n';
    std::fwrite(text.constData(), 1, size_t(text.size()), stderr);
    return kWrongUsage;
}

} // namespace graminsta::composition
