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

Descriptor::~Descriptor()
{
    if (m_number >= 0)
        ::close(m_number);
}

Error storageError(const char *call, const QString &path)
{
    const std::string reason = std::generic_category().message(errno);
    return makeError(Fault::Unavailable, QStringLiteral("The media storage does not work now."),
                     QString::fromLatin1(call) + QLatin1Char(' ') + path + QStringLiteral(": ")
                         + QString::fromStdString(reason));
}

namespace
{

Result<> sync(const QString &path, int flags)
{
    const Descriptor file(::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC));
    if (file.number() < 0)
        return storageError("open", path);
    if (::fsync(file.number()) != 0)
        return storageError("fsync", path);
    return {};
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
