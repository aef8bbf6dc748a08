// SPDX-License-Identifier: GPL-3.0-or-later
#include "imageidentity.h"

#include "contenthash.h"
#include "packedtext.h"
#include "sniffer.h"

#include <QFile>
#include <QFileInfo>

namespace graminsta::media
{

namespace
{

Result<QByteArray> readHead(const QString &path, const ports::ImageLimits &limits)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return makeError(Fault::Internal, QStringLiteral("The uploaded file cannot be read."), file.errorString());
    if (file.size() > limits.maxBytes)
        return makeError(
            Fault::TooLarge,
            QStringLiteral("The file has %1 bytes; at most %2 are allowed.").arg(file.size()).arg(limits.maxBytes));
    return file.read(kSniffedBytes);
}

} // namespace

Result<const ImageType *> checkedType(const QString &sourceFile, const ports::ImageLimits &limits)
{
    const ImageType *type = GI_TRY(sniffImageType(GI_TRY(readHead(sourceFile, limits))));
    GI_TRY(checkPackedText(sourceFile, *type));
    return type;
}

Result<ports::ImageIdentity> identityOf(const QString &sourceFile, const ports::ImageLimits &limits)
{
    const ImageType *type = GI_TRY(checkedType(sourceFile, limits));
    return ports::ImageIdentity { type->mimeType, type->extension, GI_TRY(sha256OfFile(sourceFile)),
                                  QFileInfo(sourceFile).size() };
}

} // namespace graminsta::media
