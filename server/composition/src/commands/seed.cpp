// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/composition/commands.h>

#include "commandline.h"
#include "parentwatch.h"

#include <graminsta/composition/adapters.h>
#include <graminsta/sql/seed.h>

#include <cstdio>
#include <unistd.h>

namespace graminsta::composition
{

namespace
{

Result<int> number(const CommandLine &line, const char *option, int least)
{
    bool isNumber = false;
    const int value = line.value(option).toInt(&isNumber);
    if (!isNumber || value < least)
        return makeError(Fault::Invalid,
                         QStringLiteral("--%1 is a whole number from %2, not \"%3\".")
                             .arg(QLatin1String(option))
                             .arg(least)
                             .arg(line.value(option)));
    return value;
}

// On a terminal only: a log would be full of it.
void showProgress(qint64 done, qint64 total)
{
    static const bool isTerminal = ::isatty(STDERR_FILENO) == 1;
    if (isTerminal && total > 0)
        std::fprintf(stderr, "\r%3lld %%", static_cast<long long>(done * 100 / total));
    if (isTerminal && done == total)
        std::fputs("\n", stderr);
}

Result<> run(const CommandLine &line)
{
    sql::SeedOptions options;
    options.accounts = GI_TRY(number(line, "accounts", 1));
    options.statuses = GI_TRY(number(line, "statuses", 0));
    options.followsPerAccount = GI_TRY(number(line, "follows", 0));
    options.mediaPerStatus = GI_TRY(number(line, "photos", 0));
    options.randomSeed = quint32(GI_TRY(number(line, "seed", 0)));
    const profile::Profile profile = GI_TRY(line.profile());
    if (line.isSet("password-stdin")) {
        const QByteArray password = GI_TRY(readLineFromStandardInput());
        const auto hasher = GI_TRY(security::SodiumPasswordHasher::create());
        options.passwordHash = GI_TRY(hasher->hash(QString::fromUtf8(password)));
    }
    const auto database = GI_TRY(openDatabase(profile, GI_TRY(line.dataFolder())));
    GI_TRY(database->migrate(Deadline::after(std::chrono::hours { 1 })));
    return sql::seed(*database, options, showProgress);
}

} // namespace

int seedCommand(const QStringList &arguments)
{
    CommandLine line(QStringLiteral("seed"),
                     QStringLiteral("fills an empty database with made-up people and posts, to measure on. The posts "
                                    "name photos that are not there."));
    line.addOption({ QStringLiteral("accounts"), QStringLiteral("How many people."), QStringLiteral("n"),
                     QStringLiteral("1000") });
    line.addOption({ QStringLiteral("statuses"), QStringLiteral("How many posts."), QStringLiteral("n"),
                     QStringLiteral("100000") });
    line.addOption({ QStringLiteral("follows"), QStringLiteral("How many most of them follow."), QStringLiteral("n"),
                     QStringLiteral("100") });
    line.addOption({ QStringLiteral("photos"), QStringLiteral("How many photos a post has."), QStringLiteral("n"),
                     QStringLiteral("1") });
    line.addOption({ QStringLiteral("seed"), QStringLiteral("The same number makes the same world."),
                     QStringLiteral("n"), QStringLiteral("1") });
    line.addOption({ QStringLiteral("password-stdin"),
                     QStringLiteral("Read everybody's password, a line, from standard input.") });
    if (const std::optional<int> code = line.parse(arguments))
        return *code;
    if (const Result<> seeded = run(line); !seeded)
        return seeded.error().fault == Fault::Invalid ? wrongUsage(seeded.error().safe) : fail(seeded.error());
    printLine(line.json() ? QStringLiteral("{\"ok\":true}") : QStringLiteral("The database is full of life."));
    return kDone;
}

} // namespace graminsta::composition
