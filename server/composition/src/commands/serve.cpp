// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/composition/commands.h>

#include "commandline.h"
#include "parentwatch.h"
#include "signals.h"

#include <graminsta/composition/application.h>
#include <graminsta/composition/nodelease.h>
#include <graminsta/jobs/jobrunner.h>

#include <QCoreApplication>

namespace graminsta::composition
{

namespace
{

Q_LOGGING_CATEGORY(log, "graminsta.serve")

constexpr std::chrono::seconds kMigrationTime { 3600 };
constexpr std::chrono::seconds kDrainTime { 25 };
constexpr std::chrono::milliseconds kWorkerPoll { 250 };

QString addressText(const QHostAddress &address)
{
    return address.protocol() == QAbstractSocket::IPv6Protocol
        ? QLatin1Char('[') + address.toString() + QLatin1Char(']')
        : address.toString();
}

Result<profile::ServerRole> roleNamed(const QString &name)
{
    if (name == QLatin1String("all"))
        return profile::ServerRole::All;
    if (name == QLatin1String("api"))
        return profile::ServerRole::Api;
    if (name == QLatin1String("worker"))
        return profile::ServerRole::Worker;
    return makeError(Fault::Invalid, QStringLiteral("The role is all, api or worker, not \"%1\".").arg(name));
}

Result<int> serve(const CommandLine &line)
{
    profile::Profile profile = GI_TRY(line.profile());
    if (line.isSet("listen"))
        profile.server.listen = line.value("listen");
    if (line.isSet("role"))
        profile.server.role = GI_TRY(roleNamed(line.value("role")));
    installLogHandler(profile.log.format);
    const QString dataFolder = GI_TRY(line.dataFolder());
    QByteArray localSecret;
    if (line.isSet("local-secret-stdin"))
        localSecret = GI_TRY(readLineFromStandardInput());

    const SystemClock clock;
    Adapters adapters = GI_TRY(openAdapters(profile, dataFolder, clock));
    GI_TRY(adapters.database->migrate(Deadline::after(kMigrationTime)));
    GI_TRY(startPush(adapters, profile, clock));
    GI_TRY(readMediaKey(adapters, clock));
    const std::unique_ptr<NodeLease> lease = GI_TRY(NodeLease::take(adapters.database->instance(), clock));
    Application application(profile, adapters, clock, lease->node(), localSecret);
    http::ServerOptions options = GI_TRY(serverOptions(profile, adapters.mediaStore->stagingFolder()));
    // Bundled with the app, for the person at this computer: there is nobody to protect them from.
    if (!localSecret.isEmpty())
        options.rates = {};
    jobs::JobRunnerOptions jobOptions;
    jobOptions.threads =
        profile.jobs.threads + kPushThreads + profile.server.mediaWorkers + kVideoThreads + kArchiveThreads;
    // Most of what a worker does comes from other processes.
    if (profile.server.role == profile::ServerRole::Worker)
        jobOptions.poll = kWorkerPoll;
    jobs::JobRunner jobRunner(adapters.database->jobs(), adapters.database->unitOfWork(), application.ids(), clock,
                              application.jobKinds(profile), jobOptions);
    http::Server server(options, application.hooks(), application.handlers(options.endpoints));
    jobRunner.start();
    GI_TRY(server.start());

    // Whoever started us waits for this line.
    printLine(QStringLiteral("listening on http://%1:%2").arg(addressText(options.address)).arg(server.port()));

    int exitCode = kDone;
    SignalWatch signalWatch;
    QObject::connect(&signalWatch, &SignalWatch::stopRequested, qApp, &QCoreApplication::quit);
    QObject::connect(lease.get(), &NodeLease::lost, qApp, [&exitCode] {
        exitCode = kFailed;
        QCoreApplication::quit();
    });
    std::unique_ptr<ParentWatch> parentWatch;
    if (line.isSet("local-secret-stdin")) {
        parentWatch = std::make_unique<ParentWatch>();
        QObject::connect(parentWatch.get(), &ParentWatch::gone, qApp, &QCoreApplication::quit);
    }
    QCoreApplication::exec();

    qCInfo(log, "Stopping: finishing the requests that are under way");
    server.drain(std::chrono::milliseconds { 0 }, Deadline::after(kDrainTime));
    server.stop();
    application.stopLongJobs();
    // Nobody waits for minutes: another process does it anew.
    adapters.videoProcessor->interrupt();
    jobRunner.stop(Deadline::after(kDrainTime));
    return exitCode;
}

} // namespace

int serveCommand(const QStringList &arguments)
{
    CommandLine line(QStringLiteral("serve"), QStringLiteral("runs the server until it is told to stop (SIGTERM)."));
    line.addOption({ QStringLiteral("listen"),
                     QStringLiteral("Where to listen; port 0 picks a free one. Overrides the profile."),
                     QStringLiteral("address:port") });
    line.addOption({ QStringLiteral("role"),
                     QStringLiteral("What this process does: all, api (requests, but no pictures) or worker (jobs; it "
                                    "answers health checks only). Overrides the profile."),
                     QStringLiteral("role") });
    line.addOption(
        { QStringLiteral("local-secret-stdin"),
          QStringLiteral("Read a line from standard input: the secret by which the local person is signed in. "
                         "The server stops when standard input closes.") });
    if (const std::optional<int> code = line.parse(arguments))
        return *code;
    const Result<int> code = serve(line);
    return code ? *code : fail(code.error());
}

} // namespace graminsta::composition
