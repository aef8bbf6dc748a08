// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity.h"

#include "hash.h"
#include "sniffer.h"

#include <QFile>

namespace graminsta::video
{

namespace
{

Result<QByteArray> headOf(QFile &file)
{
    if (!file.open(QIODevice::ReadOnly))
        return makeError(Fault::Internal, QStringLiteral("The uploaded file cannot be read."), file.errorString());
    return file.read(kSniffedBytes);
}

Result<> checkBytes(qint64 bytes, const ports::VideoLimits &limits)
{
    if (limits.maxBytes == 0)
        return makeError(Fault::UnsupportedType, QStringLiteral("This server takes no videos."));
    if (bytes <= limits.maxBytes)
        return {};
    return makeError(Fault::TooLarge,
                     QStringLiteral("The video has %1 bytes; at most %2 are allowed.").arg(bytes).arg(limits.maxBytes));
}

} // namespace

Result<const VideoType *> videoTypeOf(const QString &path, const ports::VideoLimits &limits)
{
    QFile file(path);
    const QByteArray head = GI_TRY(headOf(file));
    if (head.isEmpty())
        return makeError(Fault::Unprocessable, QStringLiteral("The file is empty."));
    const VideoType *type = sniffVideoType(head);
    if (type == nullptr)
        return notTaken(head);
    GI_TRY(checkBytes(file.size(), limits));
    return type;
}

Result<std::optional<ports::VideoIdentity>> identifyVideo(const QString &path, const ports::VideoLimits &limits)
{
    QFile file(path);
    const VideoType *type = sniffVideoType(GI_TRY(headOf(file)));
    if (type == nullptr)
        return std::optional<ports::VideoIdentity>();
    GI_TRY(checkBytes(file.size(), limits));
    ports::VideoIdentity identity;
    identity.mimeType = type->mimeType;
    identity.extension = type->extension;
    identity.sha256 = GI_TRY(sha256OfFile(path));
    identity.bytes = file.size();
    return std::optional(identity);
}

QStringList videoMimeTypes()
{
    QStringList mimeTypes;
    for (const VideoType &type : kVideoTypes)
        mimeTypes.append(type.mimeType);
    return mimeTypes;
}

} // namespace graminsta::video
