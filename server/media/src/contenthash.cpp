// SPDX-License-Identifier: GPL-3.0-or-later
#include "contenthash.h"

#include "digest.h"

#include <QFile>

namespace graminsta::media
{

Result<QByteArray> sha256OfFile(const QString &path)
{
    const auto failed = [](const QString &reason) {
        return makeError(Fault::Unavailable, QStringLiteral("The picture cannot be read now."), reason);
    };
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return failed(file.errorString());

    Digest digest = GI_TRY(Digest::create(ports::ChecksumKind::Sha256));
    QByteArray block(64 * 1024, Qt::Uninitialized);
    qint64 size = 0;
    while ((size = file.read(block.data(), block.size())) > 0)
        digest.add(QByteArrayView(block).first(size));
    if (size < 0)
        return failed(file.errorString());
    return digest.finish();
}

} // namespace graminsta::media
