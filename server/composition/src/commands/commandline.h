// SPDX-License-Identifier: GPL-3.0-or-later
// What all commands take and how they speak. Not thread-safe: for the main thread.
#pragma once

#include <graminsta/core/result.h>
#include <graminsta/profile/profile.h>

#include <QCommandLineParser>

namespace graminsta::composition
{

// A command's parser with --profile, --data, --json and --help.
class CommandLine
{
public:
    explicit CommandLine(const QString &command, const QString &description);

    void addOption(const QCommandLineOption &option) { m_parser.addOption(option); }
    void addPositional(const QString &name, const QString &description)
    {
        m_parser.addPositionalArgument(name, description);
    }

    // An exit code if there is nothing more to do: help was asked for, or the words are wrong.
    [[nodiscard]] std::optional<int> parse(const QStringList &arguments, int positionals = 0);
    [[nodiscard]] std::optional<int> parse(const QStringList &arguments, int fewest, int most);

    [[nodiscard]] bool isSet(const char *option) const { return m_parser.isSet(QLatin1String(option)); }
    [[nodiscard]] QString value(const char *option) const { return m_parser.value(QLatin1String(option)); }
    [[nodiscard]] QStringList positionals() const { return m_parser.positionalArguments(); }
    [[nodiscard]] bool json() const { return isSet("json"); }

    // The profile of --profile and the environment.
    [[nodiscard]] Result<profile::Profile> profile() const;
    // --data, made if it is missing; by default below the user's data folder.
    [[nodiscard]] Result<QString> dataFolder() const;

private:
    QCommandLineParser m_parser;
    const QString m_command;
};

void printLine(const QString &line);
// Says what failed, on standard error, and gives kFailed. The detail is for whoever runs the server.
[[nodiscard]] int fail(const Error &error);
[[nodiscard]] int wrongUsage(const QString &message);

} // namespace graminsta::composition
