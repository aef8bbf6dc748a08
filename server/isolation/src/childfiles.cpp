// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/isolation/childfiles.h>

#include <QFile>
#include <QUuid>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace graminsta::isolation
{

namespace
{

Error untrue(const QString &what)
{
    return makeError(Fault::Unprocessable, QStringLiteral("The file is damaged or incomplete."),
                     QStringLiteral("the child process has made ") + what);
}

} // namespace

Result<> handOver(const QString &sourceFile, const QString &to)
{
    QFile::remove(to);
    if (::link(QFile::encodeName(sourceFile).constData(), QFile::encodeName(to).constData()) == 0
        || QFile::copy(sourceFile, to))
        return {};
    return makeError(Fault::Unavailable, QStringLiteral("The file cannot be read now."),
                     QStringLiteral("%1 to %2").arg(sourceFile, to));
}

Result<QByteArray> headOfMade(const QString &path, qint64 bytes)
{
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    QFile file;
    if (fd < 0 || !file.open(fd, QIODevice::ReadOnly, QFile::AutoCloseHandle)) {
        if (fd >= 0)
            ::close(fd);
        return untrue(QStringLiteral("no file that can be opened"));
    }
    struct stat info {
    };
    if (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || info.st_nlink != 1)
        return untrue(QStringLiteral("what is no plain file"));
    return file.read(bytes);
}

Result<QString> takeOver(const QString &path, const QString &folder, QLatin1String extension)
{
    const QString to =
        folder + QLatin1Char('/') + QUuid::createUuid().toString(QUuid::WithoutBraces) + QLatin1Char('.') + extension;
    QFile file(path);
    if (file.rename(to))
        return to;
    return makeError(Fault::Unavailable, QStringLiteral("The file could not be stored."),
                     QStringLiteral("%1: %2").arg(to, file.errorString()));
}

} // namespace graminsta::isolation
