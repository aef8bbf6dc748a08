// SPDX-License-Identifier: GPL-3.0-or-later
#include "uploadlimits.h"

#include <QFileInfo>
#include <QLocale>
#include <QMimeDatabase>

namespace graminsta::client
{

namespace
{

QString inMegabytes(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat);
}

// "image/heic" and "image/heif" name the same files: systems and servers do not agree on which.
bool isTaken(const QString &mimeType, const model::InstanceLimits &limits)
{
    const QStringList &taken = limits.supportedMimeTypes;
    if (taken.isEmpty() || taken.contains(mimeType))
        return true;
    const QString heic = QStringLiteral("image/heic");
    const QString heif = QStringLiteral("image/heif");
    return (mimeType == heif && taken.contains(heic)) || (mimeType == heic && taken.contains(heif));
}

} // namespace

std::optional<Error> overLimit(const MediaFile &file, const model::InstanceLimits &limits)
{
    const QFileInfo info(file.path);
    const QString name = file.fileName.isEmpty() ? info.fileName() : file.fileName;
    if (!info.isFile() || !info.isReadable())
        return makeError(Fault::NotFound, QStringLiteral("“%1” is not there or cannot be read.").arg(name));
    if (info.size() == 0)
        return makeError(Fault::Invalid, QStringLiteral("“%1” is empty.").arg(name));
    const QString mime = file.mimeType.isEmpty()
        ? QMimeDatabase().mimeTypeForFile(file.path, QMimeDatabase::MatchContent).name()
        : file.mimeType;
    if (!isTaken(mime, limits))
        return makeError(Fault::UnsupportedType,
                         QStringLiteral("“%1” is of the kind %2, which this server does not take.").arg(name, mime));
    const bool isVideo = mime.startsWith(QLatin1String("video/"));
    const qint64 most = isVideo && limits.videoSizeLimit > 0 ? limits.videoSizeLimit : limits.imageSizeLimit;
    if (info.size() > most)
        return makeError(Fault::TooLarge,
                         QStringLiteral("“%1” has %2. This server takes up to %3.")
                             .arg(name, inMegabytes(info.size()), inMegabytes(most)));
    if (file.description.size() > limits.descriptionLimit)
        return makeError(Fault::TooLarge,
                         QStringLiteral("The description of “%1” has %2 characters. This server takes up to %3.")
                             .arg(name)
                             .arg(file.description.size())
                             .arg(limits.descriptionLimit));
    return std::nullopt;
}

} // namespace graminsta::client
