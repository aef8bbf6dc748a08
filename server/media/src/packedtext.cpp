// SPDX-License-Identifier: GPL-3.0-or-later
#include "packedtext.h"

#include <QFile>
#include <QtEndian>

namespace graminsta::media
{

namespace
{

// Metadata of cameras and programs, packed, has some ten kilobytes. This much may unpack to 130 MB.
constexpr qint64 kMostPackedBytes = 128 * 1024;
constexpr qint64 kMostChunks = 20'000; // a picture of 26 MB in chunks of 8 kB, as libpng writes them, has 3,200
constexpr qint64 kSignatureBytes = 8;
constexpr qint64 kFrameBytes = 12; // length, type and checksum of a chunk
constexpr qint64 kLongestKeyword = 79;

// ISO/IEC 15948 section 11.3.4.5: the keyword, zero, then whether the text is packed.
bool isPacked(QFile &file, const QByteArray &type)
{
    if (type == "zTXt")
        return true;
    if (type != "iTXt")
        return false;
    const QByteArray head = file.peek(kLongestKeyword + 2);
    const qsizetype zero = head.indexOf('\0');
    return zero < 0 || zero + 1 >= head.size() || head[zero + 1] != 0;
}

} // namespace

Result<> checkPackedText(const QString &path, const ImageType &type)
{
    QFile file(path);
    if (type.format != ImageFormat::Png || !file.open(QIODevice::ReadOnly))
        return {};
    qint64 packed = 0;
    qint64 chunks = 0;
    qint64 at = kSignatureBytes;
    while (file.seek(at)) {
        const QByteArray head = file.read(8);
        if (head.size() < 8 || head.endsWith("IEND"))
            break;
        const qint64 length = qFromBigEndian<quint32>(head.constData());
        if (isPacked(file, head.last(4)))
            packed += length;
        if (packed > kMostPackedBytes || ++chunks > kMostChunks)
            return makeError(Fault::TooLarge,
                             QStringLiteral("The picture carries more packed text than the %1 kB that are allowed, or "
                                            "more than %2 parts. Saving it anew without metadata helps.")
                                 .arg(kMostPackedBytes / 1024)
                                 .arg(kMostChunks));
        at += kFrameBytes + length;
    }
    return {};
}

} // namespace graminsta::media
