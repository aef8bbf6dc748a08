// SPDX-License-Identifier: GPL-3.0-or-later
#include "posixfile.h"

#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <system_error>
#include <unistd.h>

namespace graminsta::media
{

namespace
{

Error storageError(const char *call, const QString &path)
{
    const std::string reason = std::generic_category().message(errno);
    return makeError(Fault::Unavailable, QStringLiteral("The media storage does not work now."),
                     QString::fromLatin1(call) + QLatin1Char(' ') + path + QStringLiteral(": ")
                         + QString::fromStdString(reason));
}

Result<> sync(const QString &path, int flags)
{
    const int fd = ::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC);
    if (fd < 0)
        return storageError("open", path);
    const bool synced = ::fsync(fd) == 0;
    Result<> result = synced ? Result<> {} : storageError("fsync", path);
    ::close(fd);
    return result;
}

} // namespace

Result<> syncFile(const QString &path)
{
    return sync(path, O_RDONLY);
}

Result<> syncFolder(const QString &path)
{
    return sync(path, O_RDONLY | O_DIRECTORY);
}

Result<> makeFolder(const QString &path)
{
    if (::mkdir(QFile::encodeName(path).constData(), S_IRWXU) != 0 && errno != EEXIST)
        return storageError("mkdir", path);
    return {};
}

Result<> linkFile(const QString &from, const QString &to)
{
    if (::link(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) != 0 && errno != EEXIST)
        return storageError("link", from);
    return {};
}

Result<> removeFile(const QString &path)
{
    if (::unlink(QFile::encodeName(path).constData()) != 0 && errno != ENOENT)
        return storageError("unlink", path);
    return {};
}

Result<qint64> freeBytes(const QString &path)
{
    struct statvfs info {
    };
    if (::statvfs(QFile::encodeName(path).constData(), &info) != 0)
        return storageError("statvfs", path);
    return static_cast<qint64>(info.f_bavail) * static_cast<qint64>(info.f_frsize);
}

bool isWritableFolder(const QString &path)
{
    return ::access(QFile::encodeName(path).constData(), W_OK | X_OK) == 0;
}

} // namespace graminsta::media
