// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/composition/commands.h>

#include "commandline.h"

#include <graminsta/composition/adapters.h>

namespace graminsta::composition
{

int migrateCommand(const QStringList &arguments)
{
    CommandLine line(QStringLiteral("migrate"), QStringLiteral("brings the database to this version's schema."));
    if (const std::optional<int> code = line.parse(arguments))
        return *code;
    const auto migrate = [&line]() -> Result<int> {
        const profile::Profile profile = GI_TRY(line.profile());
        const auto database = GI_TRY(openDatabase(profile, GI_TRY(line.dataFolder())));
        return database->migrate(Deadline::after(std::chrono::hours { 1 }));
    };
    const Result<int> version = migrate();
    if (!version)
        return fail(version.error());
    printLine(line.json() ? QStringLiteral("{\"schema_version\":%1}").arg(*version)
                          : QStringLiteral("The database is at schema version %1.").arg(*version));
    return kDone;
}

} // namespace graminsta::composition
