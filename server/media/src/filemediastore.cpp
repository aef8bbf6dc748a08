// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/media/filemediastore.h>

#include "posixfile.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

#include <algorithm>

namespace graminsta::media
{

namespace
{

constexpr qsizetype kHashDigits = 64;
constexpr qsizetype kMaxExtension = 5;
constexpr int kShards = 256;

bool isLowerHex(QChar c)
{
    return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
}

bool isExtensionLetter(QChar c)
{
    return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'z');
}

bool isKeyName(QStringView name)
{
    if (name.size() < kHashDigits + 2 || name.size() > kHashDigits + 1 + kMaxExtension || name[kHashDigits] != u'.')
        return false;
    const QStringView hash = name.first(kHashDigits);
    const QStringView extension = name.sliced(kHashDigits + 1);
    return std::all_of(hash.begin(), hash.end(), isLowerHex)
        && std::all_of(extension.begin(), extension.end(), isExtensionLetter);
}

Result<> checkTime(const Deadline &deadline)
{
    if (deadline.expired())
        return makeError(Fault::Timeout, QStringLiteral("Storing the file took too long."));
    return {};
}

// All at once, so that no put() has to wait for the name of a folder to reach the disk.
Result<> makeShards(const QString &area)
{
    GI_TRY(makeFolder(area));
    for (int shard = 0; shard < kShards; ++shard)
        GI_TRY(makeFolder(QStringLiteral("%1/%2").arg(area).arg(shard, 2, 16, QLatin1Char('0'))));
    return syncFolder(area);
}

} // namespace

FileMediaStore::FileMediaStore(FileMediaStoreSettings settings)
    : m_settings(std::move(settings))
{
}

Result<std::unique_ptr<FileMediaStore>> FileMediaStore::create(const FileMediaStoreSettings &settings,
                                                               const Clock &clock)
{
    std::unique_ptr<FileMediaStore> store(new FileMediaStore(settings));
    GI_TRY(store->makeFolders());
    store->sweepStaging(clock.now());
    return store;
}

Result<> FileMediaStore::makeFolders() const
{
    const QDir parent = QFileInfo(m_settings.folder).absoluteDir();
    if (!parent.mkpath(QStringLiteral(".")))
        return makeError(Fault::Unavailable, QStringLiteral("The media folder cannot be made."), parent.path());
    GI_TRY(makeFolder(m_settings.folder));
    GI_TRY(makeFolder(stagingFolder()));
    for (const ports::MediaArea area :
         { ports::MediaArea::Public, ports::MediaArea::Private, ports::MediaArea::Restricted })
        GI_TRY(makeShards(areaFolder(area)));
    GI_TRY(syncFolder(m_settings.folder));
    GI_TRY(syncFolder(parent.path()));
    if (!isWritableFolder(stagingFolder()))
        return makeError(Fault::Unavailable, QStringLiteral("The media folder cannot be written to."), stagingFolder());
    return {};
}

void FileMediaStore::sweepStaging(Timestamp now) const
{
    const qint64 oldestMs = toUnixMs(now - m_settings.stagingLife);
    QDirIterator files(stagingFolder(), QDir::Files | QDir::Hidden | QDir::System);
    while (files.hasNext()) {
        files.next();
        if (files.fileInfo().lastModified().toMSecsSinceEpoch() < oldestMs)
            QFile::remove(files.filePath());
    }
}

QString FileMediaStore::stagingFolder() const
{
    return m_settings.folder + QStringLiteral("/staging");
}

QString FileMediaStore::areaFolder(ports::MediaArea area) const
{
    switch (area) {
    case ports::MediaArea::Public:
        return m_settings.folder + QStringLiteral("/public");
    case ports::MediaArea::Private:
        return m_settings.folder + QStringLiteral("/private");
    case ports::MediaArea::Restricted:
        break;
    }
    return m_settings.folder + QStringLiteral("/restricted");
}

Result<QString> FileMediaStore::shardFolder(const ports::MediaKey &key) const
{
    if (!isKeyName(key.name))
        return makeError(Fault::Invalid, QStringLiteral("This is not the name of a media file."), key.name);
    return QString(areaFolder(key.area) + QLatin1Char('/') + key.name.first(2));
}

Result<> FileMediaStore::put(const ports::MediaKey &key, const QString &stagedFile, const Deadline &deadline)
{
    const QString folder = GI_TRY(shardFolder(key));
    GI_TRY(checkTime(deadline));
    GI_TRY(syncFile(stagedFile));
    // A second name instead of rename(): a failure of the last sync leaves the staged file where it was, and a put() of
    // the same key at the same moment cannot lose its object by our way back.
    GI_TRY(linkFile(stagedFile, folder + QLatin1Char('/') + key.name));
    GI_TRY(syncFolder(folder));
    return removeFile(stagedFile);
}

Result<> FileMediaStore::copy(const ports::MediaKey &key, ports::MediaArea to, const Deadline &deadline)
{
    const QString file = GI_TRY(localFile(key, deadline));
    const QString folder = GI_TRY(shardFolder({ to, key.name }));
    GI_TRY(checkTime(deadline));
    // A second name takes no room, and it outlives the first.
    GI_TRY(linkFile(file, folder + QLatin1Char('/') + key.name));
    return syncFolder(folder);
}

Result<QString> FileMediaStore::localFile(const ports::MediaKey &key, const Deadline &) const
{
    const QString path = GI_TRY(shardFolder(key)) + QLatin1Char('/') + key.name;
    if (!QFileInfo::exists(path))
        return makeError(Fault::NotFound, QStringLiteral("There is no such media file."), path);
    return path;
}

Result<> FileMediaStore::remove(const ports::MediaKey &key, const Deadline &deadline)
{
    const QString folder = GI_TRY(shardFolder(key));
    GI_TRY(checkTime(deadline));
    const QString path = folder + QLatin1Char('/') + key.name;
    if (!QFileInfo::exists(path))
        return {};
    GI_TRY(removeFile(path));
    return syncFolder(folder); // a deleted photo must not come back with a power cut
}

Result<ports::MediaStore::Listing> FileMediaStore::list(ports::MediaArea area, const QString &after, Timestamp before,
                                                        int limit, const Deadline &deadline) const
{
    Listing listing;
    const qint64 beforeMs = toUnixMs(before);
    bool isShard = false;
    int shard = after.isEmpty() ? 0 : after.first(std::min<qsizetype>(2, after.size())).toInt(&isShard, 16);
    if (!after.isEmpty() && !isShard)
        return makeError(Fault::Invalid, QStringLiteral("This is not the name of a media file."), after);
    for (; shard < kShards && listing.names.size() < limit; ++shard) {
        GI_TRY(checkTime(deadline));
        // One folder after the other: each is small, and in its order.
        const QString folder = QStringLiteral("%1/%2").arg(areaFolder(area)).arg(shard, 2, 16, QLatin1Char('0'));
        const QFileInfoList files = QDir(folder).entryInfoList(QDir::Files, QDir::Name);
        for (const QFileInfo &file : files) {
            const QString name = file.fileName();
            if (name <= after || !isKeyName(name))
                continue;
            listing.last = name;
            if (file.lastModified().toMSecsSinceEpoch() < beforeMs)
                listing.names.append(name);
            if (listing.names.size() >= limit)
                return listing;
        }
    }
    listing.last.clear();
    return listing;
}

Result<> FileMediaStore::ping(const Deadline &deadline) const
{
    GI_TRY(checkTime(deadline));
    if (!isWritableFolder(stagingFolder()))
        return makeError(Fault::Unavailable, QStringLiteral("The media folder cannot be written to."), stagingFolder());
    const qint64 left = GI_TRY(freeBytes(stagingFolder()));
    if (left < m_settings.minFreeBytes)
        return makeError(Fault::Unavailable, QStringLiteral("The media storage is nearly full."),
                         QStringLiteral("%1 bytes are left").arg(left));
    return {};
}

} // namespace graminsta::media
