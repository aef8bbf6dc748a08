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

constexpr std::chrono::hours kCheckTime { 1 };

// One thing that was looked at; no findings: it is well. Notes are what could be better and need not be.
struct Check {
    QString name;
    QStringList findings;
    QStringList notes {};
    bool isEmpty = false; // a database that is only to be set up, which starting the server does
};

QStringList findingsOf(const Error &error)
{
    return { error.detail.isEmpty() ? error.safe
                                    : error.safe + QStringLiteral(" (") + error.detail + QLatin1Char(')') };
}

Check checkDatabase(const profile::Profile &profile, const QString &dataFolder)
{
    Check check { QStringLiteral("database"), {} };
    const Deadline deadline = Deadline::after(kCheckTime);
    const auto database = openDatabase(profile, dataFolder);
    if (!database) {
        check.findings = findingsOf(database.error());
        return check;
    }
    const Result<int> version = (*database)->schemaVersion(deadline);
    if (!version) {
        check.findings = findingsOf(version.error());
    } else if (*version == 0) {
        check.isEmpty = true;
        check.findings = { QStringLiteral("It is empty; run graminsta-server migrate, or start the server.") };
    } else {
        const Result<QStringList> findings = (*database)->integrityCheck(deadline);
        check.findings = findings ? *findings : findingsOf(findings.error());
    }
    return check;
}

Check checkJobs(const profile::Profile &profile, const QString &dataFolder)
{
    Check check { QStringLiteral("jobs"), {} };
    const auto database = openDatabase(profile, dataFolder);
    // That the database does not answer, or is empty, another check says.
    if (!database || (*database)->schemaVersion(Deadline::after(kCheckTime)).value_or(0) == 0)
        return check;
    const Result<QList<ports::JobCount>> counts = (*database)->jobs().counts(Deadline::after(kCheckTime));
    if (!counts) {
        check.findings = findingsOf(counts.error());
        return check;
    }
    for (const ports::JobCount &count : *counts) {
        if (count.dead > 0)
            check.findings.append(QStringLiteral("%1 of %2 were given up; graminsta-server jobs list says why")
                                      .arg(count.dead)
                                      .arg(count.kind));
    }
    return check;
}

// Files that are in use and are not there.
Result<> checkFiles(const sql::SqlDatabase &database, const media::FileMediaStore &store, QStringList &findings)
{
    constexpr int kKeysAtOnce = 1000;
    constexpr int kMaxLines = 20;
    const Deadline deadline = Deadline::after(kCheckTime);
    ports::MediaKey last;
    for (QList<ports::MediaKey> keys = GI_TRY(database.blobs().used(last, kKeysAtOnce, deadline));
         !keys.isEmpty() && findings.size() < kMaxLines;
         keys = GI_TRY(database.blobs().used(last, kKeysAtOnce, deadline))) {
        last = keys.last();
        for (const ports::MediaKey &key : std::as_const(keys)) {
            const Result<QString> file = store.localFile(key, deadline);
            if (!file && file.error().fault != Fault::NotFound)
                return file.error();
            if (!file && findings.size() < kMaxLines)
                findings.append(QStringLiteral("%1 is in use, but the file is not there").arg(file.error().detail));
        }
    }
    return {};
}

Check checkMedia(const profile::Profile &profile, const QString &dataFolder)
{
    Check check { QStringLiteral("media"), {} };
    media::FileMediaStoreSettings settings;
    settings.folder = dataFolder + QStringLiteral("/media");
    const SystemClock clock;
    const auto store = media::FileMediaStore::create(settings, clock);
    const Result<> ping = store ? (*store)->ping(Deadline::after(kCheckTime)) : Result<>(store.error());
    if (!ping) {
        check.findings = findingsOf(ping.error());
        return check;
    }
    // That the database does not answer, or is empty, another check says.
    const auto database = openDatabase(profile, dataFolder);
    if (!database || (*database)->schemaVersion(Deadline::after(kCheckTime)).value_or(0) == 0)
        return check;
    const Result<> files = checkFiles(**database, **store, check.findings);
    if (!files)
        check.findings = findingsOf(files.error());
    return check;
}

template<typename Opened> Result<isolation::Confinement> confinementOf(const Opened &processor)
{
    if (!processor)
        return processor.error();
    return (*processor)->check(Deadline::after(kCheckTime));
}

// Starts child processes as for a photo and for a video, and asks how well they are shut in.
Check checkDecoders(const profile::Profile &profile, const QString &dataFolder)
{
    Check check { QStringLiteral("decoders"), {} };
    media::FileMediaStoreSettings settings;
    settings.folder = dataFolder + QStringLiteral("/media");
    const SystemClock clock;
    const auto store = media::FileMediaStore::create(settings, clock);
    if (!store)
        return check; // another check says so
    for (const Result<isolation::Confinement> &confinement : {
             confinementOf(openImageProcessor(profile, **store)),
             confinementOf(openVideoProcessor(**store)),
         }) {
        if (confinement)
            check.notes += confinement->missing();
        else
            check.findings += findingsOf(confinement.error());
    }
    check.notes.removeDuplicates();
    check.findings.removeDuplicates();
    return check;
}

Result<QStringList> repair(const profile::Profile &profile, const QString &dataFolder)
{
    const Deadline deadline = Deadline::after(kCheckTime);
    const auto database = GI_TRY(openDatabase(profile, dataFolder));
    if (GI_TRY(database->schemaVersion(deadline)) == 0)
        return QStringList();
    return database->repairCounters(deadline);
}

void printJson(const QList<Check> &checks, const QStringList &repaired, bool well)
{
    QJsonArray list;
    for (const Check &check : checks)
        list.append(QJsonObject { { QStringLiteral("name"), check.name },
                                  { QStringLiteral("ok"), check.findings.isEmpty() },
                                  { QStringLiteral("empty"), check.isEmpty },
                                  { QStringLiteral("findings"), QJsonArray::fromStringList(check.findings) },
                                  { QStringLiteral("notes"), QJsonArray::fromStringList(check.notes) } });
    const QJsonObject report { { QStringLiteral("ok"), well },
                               { QStringLiteral("checks"), list },
                               { QStringLiteral("repaired"), QJsonArray::fromStringList(repaired) } };
    printLine(QString::fromUtf8(QJsonDocument(report).toJson(QJsonDocument::Compact)));
}

void printText(const QList<Check> &checks, const QStringList &repaired)
{
    for (const QString &line : repaired)
        printLine(QStringLiteral("repaired: ") + line);
    for (const Check &check : checks) {
        printLine(QStringLiteral("%1: %2").arg(
            check.name, check.findings.isEmpty() ? QStringLiteral("well") : QStringLiteral("not well")));
        for (const QString &finding : check.findings)
            printLine(QStringLiteral("  ") + finding);
        for (const QString &note : check.notes)
            printLine(QStringLiteral("  note: ") + note);
    }
}

} // namespace

int doctorCommand(const QStringList &arguments)
{
    CommandLine line(
        QStringLiteral("doctor"),
        QStringLiteral("checks that the database is whole and agrees with itself, that no job was given up, "
                       "and that photos can be stored and decoded. Changes nothing without --repair."));
    line.addOption({ QStringLiteral("repair"),
                     QStringLiteral("Set the counters that differ from the facts before that, also while servers "
                                    "run.") });
    if (const std::optional<int> code = line.parse(arguments))
        return *code;
    const Result<profile::Profile> profile = line.profile();
    if (!profile)
        return fail(profile.error());
    const Result<QString> dataFolder = line.dataFolder();
    if (!dataFolder)
        return fail(dataFolder.error());

    QStringList repaired;
    if (line.isSet("repair")) {
        const Result<QStringList> lines = repair(*profile, *dataFolder);
        if (!lines)
            return fail(lines.error());
        repaired = *lines;
    }
    const QList<Check> checks { checkDatabase(*profile, *dataFolder), checkJobs(*profile, *dataFolder),
                                checkMedia(*profile, *dataFolder), checkDecoders(*profile, *dataFolder) };
    const bool well =
        std::all_of(checks.cbegin(), checks.cend(), [](const Check &check) { return check.findings.isEmpty(); });
    if (line.json())
        printJson(checks, repaired, well);
    else
        printText(checks, repaired);
    return well ? kDone : kFailed;
}

} // namespace graminsta::composition
