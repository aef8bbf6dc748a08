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
    if (!limits.supportedMimeTypes.isEmpty() && !limits.supportedMimeTypes.contains(mime))
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
