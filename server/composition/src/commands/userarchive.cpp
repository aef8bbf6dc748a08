// SPDX-License-Identifier: GPL-3.0-or-later
// An account as an archive, out and in, by the operator's hand.
#include "usertool.h"

#include <graminsta/composition/application.h>
#include <graminsta/composition/commands.h>
#include <graminsta/domain/media/processmedia.h>
#include <graminsta/handlers/archiveview.h>
#include <graminsta/jobs/jobrunner.h>
#include <graminsta/json/archives.h>

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <cstdio>
#include <unistd.h>

namespace graminsta::composition
{

namespace
{

constexpr std::chrono::hours kMigrationTime { 1 };
constexpr std::chrono::seconds kStopTime { 60 };

// The whole server without its sockets: the use cases of archives reach nearly all others.
struct Tool {
    const SystemClock clock {};
    profile::Profile profile;
    Adapters adapters;
    std::unique_ptr<NodeLease> lease;
    std::unique_ptr<Application> application;

    [[nodiscard]] static Result<std::unique_ptr<Tool>> open(const CommandLine &line)
    {
        auto tool = std::make_unique<Tool>();
        tool->profile = GI_TRY(line.profile());
        tool->adapters = GI_TRY(openAdapters(tool->profile, GI_TRY(line.dataFolder()), tool->clock));
        GI_TRY(tool->adapters.database->migrate(Deadline::after(kMigrationTime)));
        GI_TRY(startPush(tool->adapters, tool->profile, tool->clock));
        GI_TRY(readMediaKey(tool->adapters, tool->clock));
        tool->lease = GI_TRY(NodeLease::take(tool->adapters.database->instance(), tool->clock));
        tool->application = std::make_unique<Application>(tool->profile, tool->adapters, tool->clock,
                                                          tool->lease->node(), QByteArray());
        return tool;
    }

    [[nodiscard]] Result<entities::Account> byName(const QString &name) const
    {
        Result<entities::Account> account = adapters.database->accounts().byUsername(
            name.startsWith(QLatin1Char('@')) ? name.mid(1) : name, commandDeadline());
        if (!account && account.error().fault == Fault::NotFound)
            return makeError(Fault::NotFound, QStringLiteral("There is no account \"%1\".").arg(name));
        return account;
    }
};

// A line that is written over, for a person who looks on.
void showProgress(const QString &text)
{
    if (::isatty(STDERR_FILENO) == 1)
        std::fprintf(stderr, "\r%-70s", qUtf8Printable(text));
}

void endProgress()
{
    showProgress({});
    if (::isatty(STDERR_FILENO) == 1)
        std::fputs("\r", stderr);
}

Result<entities::ArchiveManifest> exportUser(const CommandLine &line, const QString &file)
{
    if (QFileInfo::exists(file))
        return makeError(Fault::Conflict, QStringLiteral("%1 is there already.").arg(file));
    const std::unique_ptr<Tool> tool = GI_TRY(Tool::open(line));
    const entities::Account account = GI_TRY(tool->byName(line.positionals().first()));
    qint64 steps = 0;
    Result<entities::ArchiveManifest> manifest =
        tool->application->writeArchive().run(account.id, file, [&steps]() -> Result<> {
            showProgress(QStringLiteral("Writing the archive: step %1").arg(++steps));
            return {};
        });
    endProgress();
    return manifest;
}

QString positionText(const entities::AccountImport &import)
{
    const entities::ItemCounts &statuses = import.counts[size_t(entities::ArchivePart::Statuses)];
    if (!import.verified)
        return QStringLiteral("Verifying: entry %1").arg(import.position);
    return QStringLiteral("Posts: %1 taken in, %2 skipped, %3 failed")
        .arg(statuses.imported)
        .arg(statuses.skipped)
        .arg(statuses.failed);
}

Result<domain::ImportReport> importUser(const CommandLine &line, bool dryRun)
{
    const std::unique_ptr<Tool> tool = GI_TRY(Tool::open(line));
    const entities::Account account = GI_TRY(tool->byName(line.positionals().at(0)));
    // Photos are processed by jobs, and no server need be running.
    tool->profile.server.role = profile::ServerRole::All;
    QList<jobs::JobKind> kinds = tool->application->jobKinds(tool->profile);
    kinds.removeIf([](const jobs::JobKind &kind) {
        return kind.name != QLatin1String(domain::kProcessMediaJob)
            && kind.name != QLatin1String(domain::kProcessVideoJob);
    });
    jobs::JobRunnerOptions options;
    options.threads = tool->profile.server.mediaWorkers + kVideoThreads;
    jobs::JobRunner runner(tool->adapters.database->jobs(), tool->adapters.database->unitOfWork(),
                           tool->application->ids(), tool->clock, kinds, options);
    runner.start();
    Result<domain::ImportReport> report = tool->application->accountImports().runByHand(
        account.id, line.positionals().at(1), dryRun,
        [](const entities::AccountImport &import) { showProgress(positionText(import)); });
    runner.stop(Deadline::after(kStopTime));
    endProgress();
    return report;
}

void printReport(const domain::ImportReport &report)
{
    for (const model::ImportCounts &counts : handlers::importView(report).counts) {
        if (counts.imported + counts.skipped + counts.failed > 0)
            printLine(QStringLiteral("%1 %2 taken in, %3 skipped, %4 failed")
                          .arg(counts.part + QLatin1Char(':'), -20)
                          .arg(counts.imported)
                          .arg(counts.skipped)
                          .arg(counts.failed));
    }
    for (const entities::ImportProblem &problem : report.problems)
        printLine(QStringLiteral("  %1: %2").arg(problem.entry, problem.reason));
    if (report.import.dryRun)
        printLine(QStringLiteral("This was a dry run: nothing has changed."));
}

} // namespace

int userExport(const QStringList &arguments)
{
    CommandLine line(QStringLiteral("user export"),
                     QStringLiteral("writes all that an account has here into an archive (docs/archive.md). It holds "
                                    "private posts and originals: it is for the account's owner."));
    line.addPositional(QStringLiteral("username"), QStringLiteral("Whose account."));
    line.addOption({ QStringLiteral("to"), QStringLiteral("The file to write."), QStringLiteral("file") });
    if (const std::optional<int> code = line.parse(arguments, 1))
        return *code;
    const QString file = line.value("to");
    if (file.isEmpty())
        return wrongUsage(QStringLiteral("--to names the file to write."));
    Result<entities::ArchiveManifest> manifest = exportUser(line, file);
    if (!manifest)
        return fail(manifest.error());
    const qint64 bytes = QFileInfo(file).size();
    const qint64 statuses = manifest->items[size_t(entities::ArchivePart::Statuses)];
    if (line.json()) {
        const QJsonObject json { { QStringLiteral("file"), file },
                                 { QStringLiteral("bytes"), bytes },
                                 { QStringLiteral("statuses_count"), statuses },
                                 { QStringLiteral("media_count"), manifest->media },
                                 { QStringLiteral("missing_count"), manifest->missing.size() } };
        printLine(QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact)));
        return kDone;
    }
    printLine(QStringLiteral("%1: %2 posts, %3 photos, %4.")
                  .arg(file)
                  .arg(statuses)
                  .arg(manifest->media)
                  .arg(QLocale::c().formattedDataSize(bytes)));
    for (const QString &missing : manifest->missing)
        printLine(QStringLiteral("  missing on this server: %1").arg(missing));
    return kDone;
}

int userImport(const QStringList &arguments)
{
    CommandLine line(QStringLiteral("user import"),
                     QStringLiteral("takes an archive into an account (docs/archive.md). What is there already is left "
                                    "alone, so that it may be repeated."));
    line.addPositional(QStringLiteral("username"), QStringLiteral("Whose account."));
    line.addPositional(QStringLiteral("file"), QStringLiteral("The archive."));
    line.addOption({ QStringLiteral("dry-run"), QStringLiteral("Change nothing; say what would be taken in.") });
    if (const std::optional<int> code = line.parse(arguments, 2))
        return *code;
    const Result<domain::ImportReport> report = importUser(line, line.isSet("dry-run"));
    if (!report)
        return fail(report.error());
    if (line.json())
        printLine(QString::fromUtf8(json::encode(handlers::importView(*report))));
    else
        printReport(*report);
    return kDone;
}

} // namespace graminsta::composition
