// SPDX-License-Identifier: GPL-3.0-or-later
#include "imageidentity.h"

#include "contenthash.h"
#include "packedtext.h"
#include "sniffer.h"

#include <QFileInfo>

#include <algorithm>

namespace graminsta::media
{

Result<QByteArrayView> contentOf(QFile &file, const ports::ImageLimits &limits)
{
    if (!file.open(QIODevice::ReadOnly))
        return makeError(Fault::Internal, QStringLiteral("The uploaded file cannot be read."), file.errorString());
    if (file.size() > limits.maxBytes)
        return makeError(
            Fault::TooLarge,
            QStringLiteral("The file has %1 bytes; at most %2 are allowed.").arg(file.size()).arg(limits.maxBytes));
    if (file.size() == 0)
        return QByteArrayView();
    const uchar *bytes = file.map(0, file.size());
    if (bytes == nullptr)
        return makeError(Fault::Internal, QStringLiteral("The uploaded file cannot be read."), file.errorString());
    return QByteArrayView(bytes, file.size());
}

Result<const ImageType *> typeOf(QByteArrayView content)
{
    return sniffImageType(content.first(std::min<qsizetype>(content.size(), kSniffedBytes)).toByteArray());
}

Result<ports::ImageIdentity> identityOf(const QString &sourceFile, const ports::ImageLimits &limits)
{
    QFile file(sourceFile);
    const ImageType *type = GI_TRY(typeOf(GI_TRY(contentOf(file, limits))));
    GI_TRY(checkPackedText(sourceFile, *type));
    return ports::ImageIdentity { type->mimeType, type->extension, GI_TRY(sha256OfFile(sourceFile)),
                                  QFileInfo(sourceFile).size() };
}

QStringList imageMimeTypes()
{
    QStringList names;
    for (const ImageType &type : kImageTypes)
        names.append(type.mimeType);
    // Many systems call a HEIC file by the name of its family, and clients compare names.
    names.append(QStringLiteral("image/heif"));
    return names;
}

} // namespace graminsta::media
