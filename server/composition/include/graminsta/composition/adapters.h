// SPDX-License-Identifier: GPL-3.0-or-later
// The adapters that a profile names: the only code that knows which database, store and libraries there are.
#pragma once

#include <graminsta/archive/ziparchives.h>
#include <graminsta/core/clock.h>
#include <graminsta/events/localevents.h>
#include <graminsta/media/filemediastore.h>
#include <graminsta/media/fileuploadstore.h>
#include <graminsta/media/isolatedimageprocessor.h>
#include <graminsta/profile/profile.h>
#include <graminsta/push/webpush.h>
#include <graminsta/security/sodiumpasswordhasher.h>
#include <graminsta/sql/sqldatabase.h>
#include <graminsta/video/isolatedvideoprocessor.h>

#include <memory>

namespace graminsta::composition
{

// Destroyed in reverse: the database last, but for where it tells what happens.
struct Adapters {
    std::unique_ptr<events::LocalEvents> events;
    std::unique_ptr<sql::SqlDatabase> database;
    std::unique_ptr<media::FileMediaStore> mediaStore;
    std::unique_ptr<media::FileUploadStore> uploadStore;
    std::unique_ptr<media::IsolatedImageProcessor> imageProcessor;
    std::unique_ptr<video::IsolatedVideoProcessor> videoProcessor;
    std::unique_ptr<security::SodiumPasswordHasher> passwordHasher;
    std::unique_ptr<push::WebPush> push; // after startPush()
    archive::ZipArchives archives;
    QByteArray mediaKey; // after readMediaKey()
};

// The folder that holds everything of a server without a database server: made if it is missing, for its owner only.
[[nodiscard]] Result<QString> openDataFolder(const QString &path);

// Opens without migrating; `events`, if any, is told what happens and outlives it. The errors are for whoever runs the
// server: they name what cannot be reached.
[[nodiscard]] Result<std::unique_ptr<sql::SqlDatabase>>
openDatabase(const profile::Profile &profile, const QString &dataFolder, ports::EventPublisher *events = nullptr);
// Their children are graminsta-decoder, the program beside this one; they work below the store's staging folder. The
// errors are as of openDatabase().
[[nodiscard]] Result<std::unique_ptr<media::IsolatedImageProcessor>>
openImageProcessor(const profile::Profile &profile, const media::FileMediaStore &store);
[[nodiscard]] Result<std::unique_ptr<video::IsolatedVideoProcessor>>
openVideoProcessor(const media::FileMediaStore &store);
[[nodiscard]] Result<Adapters> openAdapters(const profile::Profile &profile, const QString &dataFolder,
                                            const Clock &clock);

// The key for pushes is kept in the database, which must be migrated.
[[nodiscard]] Result<> startPush(Adapters &adapters, const profile::Profile &profile, const Clock &clock);

// The key of signed media URLs; as above.
[[nodiscard]] Result<> readMediaKey(Adapters &adapters, const Clock &clock);

} // namespace graminsta::composition
