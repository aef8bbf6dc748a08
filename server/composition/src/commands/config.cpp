// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/composition/commands.h>

#include "commandline.h"

#include <graminsta/profile/load.h>

#include <QProcessEnvironment>

namespace graminsta::composition
{

namespace
{

void printKeys()
{
    for (const profile::KeyDescription &key : profile::describeKeys())
        printLine(QStringLiteral("%1  (%2)\n    %3; default %4\n    %5")
                      .arg(key.key, key.variable, key.type, key.defaultValue, key.text));
}

} // namespace

int configCommand(const QStringList &arguments)
{
    CommandLine line(QStringLiteral("config"),
                     QStringLiteral("checks or shows the deployment profile, or lists its keys."));
    line.addPositional(QStringLiteral("action"), QStringLiteral("check, show or keys"));
    if (const std::optional<int> code = line.parse(arguments, 1))
        return *code;
    const QString action = line.positionals().first();
    if (action == QLatin1String("keys")) {
        printKeys();
        return kDone;
    }
    if (action != QLatin1String("check") && action != QLatin1String("show"))
        return wrongUsage(QStringLiteral("config knows check, show and keys, not \"%1\".").arg(action));
    const Result<profile::Profile> profile = line.profile();
    if (!profile)
        return fail(profile.error());
    printLine(action == QLatin1String("show") ? profile::toToml(*profile)
                                              : QStringLiteral("The profile is right: %1.").arg(profile->stage));
    return kDone;
}

} // namespace graminsta::composition
