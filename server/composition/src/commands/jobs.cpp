// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/composition/commands.h>

#include "commandline.h"

#include <graminsta/composition/adapters.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace graminsta::composition
{

namespace
{

constexpr std::chrono::seconds kCallTime { 15 };
constexpr int kMostShown = 100;

void printJson(const QList<ports::JobCount> &counts, const QList<entities::Job> &dead)
{
    QJsonArray kinds;
    for (const ports::JobCount &count : counts)
        kinds.append(QJsonObject { { QStringLiteral("kind"), count.kind },
                                   { QStringLiteral("waiting"), count.waiting },
                                   { QStringLiteral("given_up"), count.dead } });
    QJsonArray jobs;
    for (const entities::Job &job : dead)
        jobs.append(QJsonObject { { QStringLiteral("id"), job.id.toString() },
                                  { QStringLiteral("kind"), job.kind },
                                  { QStringLiteral("created_at"), toRfc3339(job.createdAt) },
                                  { QStringLiteral("attempts"), job.attempts },
                                  { QStringLiteral("error"), job.lastError } });
    const QJsonObject report { { QStringLiteral("kinds"), kinds }, { QStringLiteral("given_up"), jobs } };
    printLine(QString::fromUtf8(QJsonDocument(report).toJson(QJsonDocument::Compact)));
}

void printText(const QList<ports::JobCount> &counts, const QList<entities::Job> &dead)
{
    if (counts.isEmpty())
        printLine(QStringLiteral("There are no jobs."));
    for (const ports::JobCount &count : counts)
        printLine(QStringLiteral("%1: %2 waiting, %3 given up").arg(count.kind).arg(count.waiting).arg(count.dead));
    for (const entities::Job &job : dead)
        printLine(QStringLiteral("  %1 %2, of %3, %4 attempts: %5")
                      .arg(job.id.toString(), job.kind, toRfc3339(job.createdAt))
                      .arg(job.attempts)
                      .arg(job.lastError));
    if (!dead.isEmpty())
        printLine(QStringLiteral("What was given up waits for you: graminsta-server jobs retry ID, or discard ID."));
}

Result<> list(sql::SqlDatabase &database, bool json, const Deadline &deadline)
{
    const QList<ports::JobCount> counts = GI_TRY(database.jobs().counts(deadline));
    const QList<entities::Job> dead = GI_TRY(database.jobs().dead({}, kMostShown, deadline));
    if (json)
        printJson(counts, dead);
    else
        printText(counts, dead);
    return {};
}

Result<> run(const CommandLine &line, const QString &action, std::optional<entities::JobId> id)
{
    const profile::Profile profile = GI_TRY(line.profile());
    const QString dataFolder = GI_TRY(line.dataFolder());
    const auto database = GI_TRY(openDatabase(profile, dataFolder));
    const Deadline deadline = Deadline::after(kCallTime);
    if (action == QLatin1String("list"))
        return list(*database, line.json(), deadline);
    if (action == QLatin1String("retry"))
        return database->jobs().revive(*id, SystemClock().now(), deadline);
    return database->jobs().discard(*id, deadline);
}

} // namespace

int jobsCommand(const QStringList &arguments)
{
    CommandLine line(QStringLiteral("jobs"),
                     QStringLiteral("shows what waits to be done and what was given up (list), tries one of these "
                                    "again (retry) or forgets it (discard)."));
    line.addPositional(QStringLiteral("action"), QStringLiteral("list, retry or discard"));
    line.addPositional(QStringLiteral("id"), QStringLiteral("of the job, as list shows it"));
    if (const std::optional<int> code = line.parse(arguments, 0, 2))
        return *code;
    const QString action = line.positionals().value(0, QStringLiteral("list"));
    const bool isList = action == QLatin1String("list");
    if (!isList && action != QLatin1String("retry") && action != QLatin1String("discard"))
        return wrongUsage(QStringLiteral("jobs knows list, retry and discard, not \"%1\".").arg(action));
    const std::optional<entities::JobId> id = entities::JobId::fromString(line.positionals().value(1));
    if (!isList && !id)
        return wrongUsage(QStringLiteral("%1 needs the id of a job that was given up; list shows them.").arg(action));
    const Result<> done = run(line, action, id);
    return done ? kDone : fail(done.error());
}

} // namespace graminsta::composition
