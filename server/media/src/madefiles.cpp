// SPDX-License-Identifier: GPL-3.0-or-later
#include "madefiles.h"

#include "contenthash.h"
#include "sniffer.h"

#include <QFile>
#include <QUuid>

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace graminsta::media
{

namespace
{

Error unmovable(const QString &detail)
{
    return makeError(Fault::Unavailable, QStringLiteral("The picture could not be stored."), detail);
}

Error untrue(const QString &what)
{
    return makeError(Fault::Unprocessable, QStringLiteral("The picture is damaged or incomplete."),
                     QStringLiteral("the child process has made ") + what);
}

// The beginning of the file if it is a plain one with one name: a link would make us read, and show, another.
Result<QByteArray> headOf(const ports::MadeVariant &made)
{
    const int fd = ::open(QFile::encodeName(made.file).constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return untrue(QStringLiteral("no file that can be opened"));
    QFile file;
    if (!file.open(fd, QIODevice::ReadOnly, QFile::AutoCloseHandle)) {
        ::close(fd);
        return untrue(QStringLiteral("no file that can be read"));
    }
    struct stat info {
    };
    if (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || info.st_nlink != 1)
        return untrue(QStringLiteral("what is no plain file"));
    return file.read(kSniffedBytes);
}

} // namespace

Result<> handOver(const QString &sourceFile, const QString &to)
{
    QFile::remove(to);
    if (::link(QFile::encodeName(sourceFile).constData(), QFile::encodeName(to).constData()) == 0)
        return {};
    if (QFile::copy(sourceFile, to))
        return {};
    return makeError(Fault::Unavailable, QStringLiteral("The picture cannot be read now."),
                     QStringLiteral("%1 to %2").arg(sourceFile, to));
}

Result<> takeOver(ports::MadeVariant &made, const QString &outputFolder, ports::StagedFile &taken)
{
    const QByteArray head = GI_TRY(headOf(made));
    const Result<const ImageType *> type = sniffImageType(head);
    if (!type || (*type)->mimeType != made.mimeType)
        return untrue(QStringLiteral("a file that is not of the type ") + made.mimeType.left(100));
    const QString to = outputFolder + QLatin1Char('/') + QUuid::createUuid().toString(QUuid::WithoutBraces)
        + QLatin1Char('.') + (*type)->extension;
    taken = ports::StagedFile(to);
    QFile file(made.file);
    if (!file.rename(to))
        return unmovable(QStringLiteral("%1: %2").arg(to, file.errorString()));
    made.file = to;
    made.bytes = QFile(to).size();
    made.sha256 = GI_TRY(sha256OfFile(to));
    return {};
}

} // namespace graminsta::media
