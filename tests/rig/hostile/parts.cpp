// SPDX-License-Identifier: GPL-3.0-or-later
#include "parts.h"

#include <QBuffer>
#include <QFile>
#include <QRandomGenerator>
#include <QtEndian>

namespace graminsta::rig::hostile
{

namespace
{

quint32 crc32(const QByteArray &bytes)
{
    quint32 crc = 0xffffffff;
    for (const char byte : bytes) {
        crc ^= static_cast<uchar>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320 : 0);
    }
    return ~crc;
}

constexpr qsizetype kEndOfPngHeader = 33;

} // namespace

QByteArray octets(std::initializer_list<int> values)
{
    QByteArray bytes;
    for (const int value : values)
        bytes.append(static_cast<char>(value));
    return bytes;
}

QByteArray bigEndian16(quint32 value)
{
    return bigEndian32(value).right(2);
}

QByteArray bigEndian32(quint32 value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray littleEndian(quint32 value, int bytes)
{
    QByteArray text(4, '\0');
    qToLittleEndian(value, text.data());
    return text.first(bytes);
}

QByteArray noise(qsizetype size, quint32 seed)
{
    QRandomGenerator random(seed);
    QByteArray bytes(size, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = static_cast<char>(random.generate());
    return bytes;
}

QImage scene(int width, int height)
{
    QImage image(3, 2, QImage::Format_RGB888);
    const QRgb colours[] = { qRgb(200, 40, 40), qRgb(40, 180, 40),   qRgb(40, 40, 200),
                             qRgb(20, 20, 20),  qRgb(220, 220, 220), qRgb(200, 200, 20) };
    for (int i = 0; i < 6; ++i)
        image.setPixel(i % 3, i / 3, colours[i]);
    return image.scaled(width, height, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .convertToFormat(QImage::Format_RGB888);
}

QByteArray encoded(const QImage &image, const char *format, int quality)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format, quality);
    return buffer.data();
}

QByteArray plainJpeg()
{
    static const QByteArray jpeg = encoded(scene(400, 300), "JPG", 90);
    return jpeg;
}

QByteArray plainPng()
{
    static const QByteArray file = encoded(scene(200, 150), "PNG");
    return file;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray pngChunk(const QByteArray &type, const QByteArray &data)
{
    return bigEndian32(static_cast<quint32>(data.size())) + type + data + bigEndian32(crc32(type + data));
}

QByteArray png(const PngHeader &header, const QByteArray &chunks)
{
    const QByteArray kind = octets({ header.depth, header.colour, 0, 0, header.interlaced });
    return QByteArrayLiteral("\x89PNG\r\n\x1a\n")
        + pngChunk("IHDR", bigEndian32(header.width) + bigEndian32(header.height) + kind) + chunks
        + pngChunk("IEND", {});
}

QByteArray deflatedZeros(qsizetype size)
{
    return qCompress(QByteArray(size, '\0'), 9).sliced(4); // Qt puts the length before it
}

QByteArray withChunk(const QByteArray &chunk)
{
    return plainPng().first(kEndOfPngHeader) + chunk + plainPng().sliced(kEndOfPngHeader);
}

QByteArray jpegSegment(int marker, const QByteArray &data)
{
    return octets({ 0xff, marker }) + bigEndian16(static_cast<quint32>(data.size() + 2)) + data;
}

QByteArray withSegment(const QByteArray &segment)
{
    return plainJpeg().first(2) + segment + plainJpeg().sliced(2);
}

} // namespace graminsta::rig::hostile

namespace graminsta::rig
{

QList<HostileFile> hostileFiles(const QString &photosFolder)
{
    QList<HostileFile> files;
    hostile::addBombs(files);
    hostile::addBroken(files);
    hostile::addDisguised(files);
    hostile::addMutations(files, photosFolder);
    return files;
}

} // namespace graminsta::rig
