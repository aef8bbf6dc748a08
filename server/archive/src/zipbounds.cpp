// SPDX-License-Identifier: GPL-3.0-or-later
#include "zipbounds.h"

#include <QFile>
#include <QtEndian>

namespace graminsta::archive
{

namespace
{

// APPNOTE.TXT of PKWARE, sections 4.3.14 to 4.3.16: where the lists of a ZIP file end.
const QByteArray kEnd("PK\x05\x06", 4);
const QByteArray kLocator64("PK\x06\x07", 4);
constexpr qsizetype kEndSize = 22;
constexpr qsizetype kLocator64Size = 20;
constexpr qsizetype kEnd64Size = 56;
constexpr qint64 kTail = 0xffff + kEndSize + kLocator64Size; // as far back as libzip looks

template<typename Number> quint64 numberAt(const QByteArray &bytes, qsizetype at)
{
    return qFromLittleEndian<Number>(bytes.constData() + at);
}

Error tooMany(quint64 entries, quint64 listBytes)
{
    return makeError(Fault::Unprocessable,
                     QStringLiteral("The archive says that it has %1 entries in a list of %2 bytes: too many for this "
                                    "server")
                         .arg(entries)
                         .arg(listBytes));
}

} // namespace

Result<> checkBounds(const QString &path, qint64 maxEntries, qint64 maxListBytes)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return makeError(Fault::Unavailable, QStringLiteral("The archive cannot be read"), file.errorString());
    file.seek(qMax<qint64>(0, file.size() - kTail));
    const QByteArray tail = file.readAll();
    bool found = false;
    // Whichever of them libzip will take for the true one.
    for (qsizetype at = tail.indexOf(kEnd); at >= 0; at = tail.indexOf(kEnd, at + 1)) {
        if (tail.size() - at < kEndSize)
            break;
        found = true;
        const quint64 entries = numberAt<quint16>(tail, at + 10);
        const quint64 listBytes = numberAt<quint32>(tail, at + 12);
        // All ones: the true number is in the record of 64 bits.
        if (listBytes != 0xffffffff && (entries > quint64(maxEntries) || listBytes > quint64(maxListBytes)))
            return tooMany(entries, listBytes);
    }
    for (qsizetype at = tail.indexOf(kLocator64); at >= 0; at = tail.indexOf(kLocator64, at + 1)) {
        if (tail.size() - at < kLocator64Size)
            break;
        const quint64 place = numberAt<quint64>(tail, at + 8);
        if (place > quint64(file.size()) || !file.seek(qint64(place)))
            continue;
        const QByteArray end = file.read(kEnd64Size);
        if (end.size() < kEnd64Size)
            continue;
        const quint64 entries = numberAt<quint64>(end, 32);
        const quint64 listBytes = numberAt<quint64>(end, 40);
        if (entries > quint64(maxEntries) || listBytes > quint64(maxListBytes))
            return tooMany(entries, listBytes);
    }
    if (!found)
        return makeError(Fault::Unprocessable, QStringLiteral("This is not a ZIP file, or its end is missing"));
    return {};
}

} // namespace graminsta::archive
