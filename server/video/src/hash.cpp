// SPDX-License-Identifier: GPL-3.0-or-later
#include "hash.h"

#include <QCryptographicHash>
#include <QFile>

namespace graminsta::video
{

Result<QByteArray> sha256OfFile(const QString &path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return makeError(Fault::Unavailable, QStringLiteral("The video cannot be read now."), file.errorString());
    return hash.result();
}

} // namespace graminsta::video
