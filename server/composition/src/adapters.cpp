// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/composition/adapters.h>

#include <graminsta/composition/application.h>
#include <graminsta/core/secrets.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace graminsta::composition
{

namespace
{

constexpr std::chrono::seconds kConnectTime { 15 };

QString decoderProgram()
{
    return QCoreApplication::applicationDirPath() + QStringLiteral("/graminsta-decoder");
}

} // namespace

Result<QString> openDataFolder(const QString &path)
{
    const QString folder = QDir(path).absolutePath();
    if (!QDir().mkpath(folder))
        return makeError(Fault::Unavailable, QStringLiteral("The data folder %1 cannot be made.").arg(folder));
    // It holds everybody's originals.
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return folder;
}

Result<std::unique_ptr<sql::SqlDatabase>> openDatabase(const profile::Profile &profile, const QString &dataFolder,
                                                       ports::EventPublisher *events)
{
    sql::SqlOptions options;
    options.url = profile.database.url.isEmpty() ? sql::sqliteUrl(dataFolder + QStringLiteral("/graminsta.db"))
                                                 : profile.database.url;
    options.readers = profile.database.readers;
    options.events = events;
    return sql::SqlDatabase::open(options, Deadline::after(kConnectTime));
}

Result<std::unique_ptr<media::IsolatedImageProcessor>> openImageProcessor(const profile::Profile &profile,
                                                                          const media::FileMediaStore &store)
{
    media::IsolatedImageSettings settings;
    settings.children.program = decoderProgram();
    settings.children.arguments = { QStringLiteral("image") };
    settings.children.workFolder = store.stagingFolder();
    settings.children.children = profile.server.mediaWorkers;
    return media::IsolatedImageProcessor::create(settings);
}

Result<std::unique_ptr<video::IsolatedVideoProcessor>> openVideoProcessor(const media::FileMediaStore &store)
{
    video::IsolatedVideoSettings settings;
    settings.children.program = decoderProgram();
    settings.children.arguments = { QStringLiteral("video") };
    settings.children.workFolder = store.stagingFolder();
    settings.children.children = kVideoThreads;
    return video::IsolatedVideoProcessor::create(settings);
}

Result<Adapters> openAdapters(const profile::Profile &profile, const QString &dataFolder, const Clock &clock)
{
    Adapters adapters;
    adapters.events = std::make_unique<events::LocalEvents>();
    adapters.database = GI_TRY(openDatabase(profile, dataFolder, adapters.events.get()));
    media::FileMediaStoreSettings store;
    store.folder = dataFolder + QStringLiteral("/media");
    adapters.mediaStore = GI_TRY(media::FileMediaStore::create(store, clock));
    media::FileUploadStoreSettings uploads;
    uploads.folder = store.folder + QStringLiteral("/uploads");
    uploads.stagingFolder = adapters.mediaStore->stagingFolder();
    uploads.minFreeBytes = store.minFreeBytes;
    adapters.uploadStore = GI_TRY(media::FileUploadStore::create(uploads));
    adapters.imageProcessor = GI_TRY(openImageProcessor(profile, *adapters.mediaStore));
    adapters.videoProcessor = GI_TRY(openVideoProcessor(*adapters.mediaStore));
    adapters.passwordHasher = GI_TRY(security::SodiumPasswordHasher::create());
    return adapters;
}

Result<> startPush(Adapters &adapters, const profile::Profile &profile, const Clock &clock)
{
    push::WebPushSettings settings;
    settings.allowPrivateEndpoints = profile.push.allowPrivateEndpoints;
    settings.subject = profile.instance.contactEmail.isEmpty()
        ? profile.server.publicUrl
        : QStringLiteral("mailto:") + profile.instance.contactEmail;
    // Some services want one, and an address that nobody reads is one.
    if (settings.subject.isEmpty())
        settings.subject = QStringLiteral("mailto:nobody@localhost");
    adapters.push =
        GI_TRY(push::WebPush::create(settings, adapters.database->push(), clock, Deadline::after(kConnectTime)));
    return {};
}

Result<> readMediaKey(Adapters &adapters, const Clock &clock)
{
    // As text: the configuration of a cache in front of us may want it too.
    adapters.mediaKey = GI_TRY(adapters.database->push().sharedSecret(QStringLiteral("media"), randomToken(),
                                                                      clock.now(), Deadline::after(kConnectTime)));
    return {};
}

} // namespace graminsta::composition
