// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/media/fileuploadstore.h>

#include "fileappend.h"
#include "lockedfile.h"
#include "posixfile.h"

#include <graminsta/core/secrets.h>

#include <QDateTime>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace graminsta::media
{

using entities::UploadId;
using ports::Checksum;
using ports::StagedFile;

namespace
{

Error notThere(const QString &path)
{
    return makeError(Fault::NotFound, QStringLiteral("There is no such upload."), path);
}

Result<Descriptor> openFile(const QString &path, int flags)
{
    Descriptor file(::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
    if (file.number() >= 0)
        return file;
    return errno == ENOENT ? notThere(path) : storageError("open", path);
}

Result<qint64> sizeOf(const Descriptor &file, const QString &path)
{
    struct stat info {
    };
    if (::fstat(file.number(), &info) != 0)
        return storageError("fstat", path);
    // Removed between our open() and our lock.
    if (info.st_nlink == 0)
        return notThere(path);
    return qint64(info.st_size);
}

Result<bool> tryLock(const Descriptor &file, const QString &path)
{
    if (::flock(file.number(), LOCK_EX | LOCK_NB) == 0)
        return true;
    return errno == EWOULDBLOCK ? Result<bool>(false) : Result<bool>(storageError("flock", path));
}

// Without a name: it goes with its last holder, however that ends.
Result<Descriptor> openNameless(const QString &folder)
{
    const QString path = folder + QStringLiteral("/chunk-") + QString::fromLatin1(randomToken(18));
    Descriptor file = GI_TRY(openFile(path, O_RDWR | O_CREAT | O_EXCL));
    GI_TRY(removeFile(path));
    return file;
}

} // namespace

FileUploadStore::FileUploadStore(FileUploadStoreSettings settings)
    : m_settings(std::move(settings))
{
}

Result<std::unique_ptr<FileUploadStore>> FileUploadStore::create(const FileUploadStoreSettings &settings)
{
    GI_TRY(makeFolder(settings.folder));
    GI_TRY(syncFolder(QFileInfo(settings.folder).absolutePath()));
    return std::unique_ptr<FileUploadStore>(new FileUploadStore(settings));
}

QString FileUploadStore::pathOf(UploadId id) const
{
    return m_settings.folder + QLatin1Char('/') + id.toString();
}

Result<Descriptor> FileUploadStore::openLocked(UploadId id)
{
    const QString path = pathOf(id);
    Descriptor file = GI_TRY(openFile(path, O_RDWR));
    if (GI_TRY(tryLock(file, path)) || (relieve(id) && GI_TRY(tryLock(file, path))))
        return file;
    return makeCodedError(Fault::Conflict, QLatin1String(ports::kUploadLocked),
                          QStringLiteral("This upload is being written to by another request. Try again when that has "
                                         "ended, or when no bytes have come to it for some seconds."));
}

std::shared_ptr<LockedFile> FileUploadStore::remember(UploadId id, Descriptor file)
{
    auto writer = std::make_shared<LockedFile>(std::move(file));
    const std::lock_guard lock(m_mutex);
    m_writers.removeIf([](const auto &entry) { return entry.value().expired(); });
    m_writers.insert(id, writer);
    return writer;
}

bool FileUploadStore::relieve(UploadId id)
{
    const std::shared_ptr<LockedFile> writer = [&] {
        const std::lock_guard lock(m_mutex);
        return m_writers.value(id).lock();
    }();
    return writer && writer->takeAwayAfter(m_settings.stalledAfter);
}

Result<> FileUploadStore::checkRoom(qint64 bytes) const
{
    const qint64 left = GI_TRY(freeBytes(m_settings.folder)) - m_settings.minFreeBytes;
    if (bytes <= left)
        return {};
    return makeCodedError(
        Fault::Unavailable, QLatin1String(ports::kNoStorage),
        QStringLiteral("The server has no room for a file of %1 now. Try again later, or tell who runs it.")
            .arg(QLocale::c().formattedDataSize(bytes)));
}

Result<> FileUploadStore::create(UploadId id, const Deadline &)
{
    const QString path = pathOf(id);
    const Descriptor file(
        ::open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (file.number() < 0)
        return errno == EEXIST ? makeError(Fault::Conflict, QStringLiteral("There is such an upload already."), path)
                               : storageError("open", path);
    return syncFolder(m_settings.folder);
}

Result<qint64> FileUploadStore::durableSize(UploadId id, const Deadline &) const
{
    const QString path = pathOf(id);
    const Descriptor file = GI_TRY(openFile(path, O_RDONLY));
    // The size first: what comes after it may or may not be on the disk.
    const qint64 size = GI_TRY(sizeOf(file, path));
    if (::fdatasync(file.number()) != 0)
        return storageError("fdatasync", path);
    return size;
}

Result<std::unique_ptr<ports::UploadAppend>>
FileUploadStore::append(UploadId id, const std::optional<Checksum> &checksum, const Deadline &)
{
    const QString path = pathOf(id);
    Descriptor file = GI_TRY(openLocked(id));
    const qint64 size = GI_TRY(sizeOf(file, path));
    if (!checksum)
        return std::unique_ptr<ports::UploadAppend>(
            std::make_unique<FileAppend>(remember(id, std::move(file)), path, size));
    Descriptor waiting = GI_TRY(openNameless(m_settings.folder));
    Digest digest = GI_TRY(Digest::create(checksum->kind));
    return std::unique_ptr<ports::UploadAppend>(std::make_unique<FileAppend>(
        remember(id, std::move(file)), path, size, std::move(waiting), std::move(digest), checksum->value));
}

Result<> FileUploadStore::join(UploadId id, const QList<UploadId> &parts, const Deadline &deadline)
{
    const QString path = pathOf(id);
    const Descriptor file = GI_TRY(openLocked(id));
    qint64 end = GI_TRY(sizeOf(file, path));
    for (const UploadId part : parts) {
        const Descriptor source = GI_TRY(openFile(pathOf(part), O_RDONLY));
        const qint64 size = GI_TRY(sizeOf(source, pathOf(part)));
        GI_TRY(copyTo(file.number(), end, source.number(), size, path, deadline));
        end += size;
    }
    if (::fdatasync(file.number()) != 0)
        return storageError("fdatasync", path);
    return {};
}

Result<StagedFile> FileUploadStore::stage(UploadId id, const Deadline &)
{
    const QString path = pathOf(id);
    if (!QFileInfo::exists(path))
        return notThere(path);
    StagedFile staged(m_settings.stagingFolder + QStringLiteral("/upload-") + QString::fromLatin1(randomToken(18)));
    GI_TRY(linkFile(path, staged.path()));
    return staged;
}

Result<> FileUploadStore::remove(UploadId id, const Deadline &)
{
    const Result<Descriptor> locked = openLocked(id);
    if (!locked)
        return locked.error().fault == Fault::NotFound ? Result<> {} : locked.error();
    return removeFile(pathOf(id));
}

Result<> FileUploadStore::removeIdle(Timestamp since, const Deadline &deadline)
{
    const qint64 oldest = toUnixMs(since);
    QDirIterator files(m_settings.folder, QDir::Files | QDir::Hidden | QDir::System);
    while (files.hasNext() && !deadline.expired()) {
        files.next();
        if (files.fileInfo().lastModified().toMSecsSinceEpoch() < oldest)
            GI_TRY(removeFile(files.filePath()));
    }
    return {};
}

} // namespace graminsta::media
