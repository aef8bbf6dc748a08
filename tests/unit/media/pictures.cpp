// SPDX-License-Identifier: GPL-3.0-or-later
#include "pictures.h"

#include <graminsta/media/vipsimageprocessor.h>

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QtEndian>

#include <cstdlib>
#include <vector>
#include <vips/vips.h>

namespace graminsta::test
{

namespace
{

QByteArray bigEndian16(quint16 value)
{
    QByteArray bytes(2, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray bigEndian32(quint32 value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

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

QByteArray pngChunk(const QByteArray &type, const QByteArray &data)
{
    return bigEndian32(static_cast<quint32>(data.size())) + type + data + bigEndian32(crc32(type + data));
}

// ITU-T T.81 annex B.
QStringList surplusJpegParts(const QByteArray &file)
{
    QStringList parts;
    qsizetype at = 2;
    while (at + 4 <= file.size() && static_cast<uchar>(file[at]) == 0xff) {
        const int marker = static_cast<uchar>(file[at + 1]);
        const int length = qFromBigEndian<quint16>(file.constData() + at + 2);
        const bool isJfif = marker == 0xe0 && length == 16; // without a thumbnail
        if ((marker >= 0xe0 && marker <= 0xef && !isJfif) || marker == 0xfe)
            parts.append(QStringLiteral("marker %1, %2 bytes").arg(marker, 0, 16).arg(length));
        if (marker == 0xda)
            break;
        at += 2 + length;
    }
    if (file.indexOf("\xff\xd9", at) != file.size() - 2)
        parts.append(QStringLiteral("bytes behind the end"));
    return parts;
}

QStringList surplusWebpParts(const QByteArray &file)
{
    QStringList parts;
    qsizetype at = 12;
    while (at + 8 <= file.size()) {
        const QByteArray type = file.mid(at, 4);
        if (!type.startsWith("VP8") && type != "ALPH" && type != "ANIM" && type != "ANMF")
            parts.append(QString::fromLatin1(type));
        if (type == "VP8X" && (file[at + 8] & ~0x12) != 0)
            parts.append(QStringLiteral("flags of what is not there"));
        const auto length = qFromLittleEndian<quint32>(file.constData() + at + 4);
        at += 8 + length + length % 2;
    }
    if (at != file.size())
        parts.append(QStringLiteral("bytes behind the end"));
    return parts;
}

QStringList surplusPngParts(const QByteArray &file)
{
    QStringList parts;
    qsizetype at = 8;
    while (at + 12 <= file.size()) {
        const QByteArray type = file.mid(at + 4, 4);
        if (type != "IHDR" && type != "PLTE" && type != "tRNS" && type != "IDAT" && type != "IEND")
            parts.append(QString::fromLatin1(type));
        at += 12 + qFromBigEndian<quint32>(file.constData() + at);
    }
    if (at != file.size() || !file.endsWith("IEND\xae\x42\x60\x82"))
        parts.append(QStringLiteral("bytes behind the end"));
    return parts;
}

// GIF 89a, by its blocks: pictures, their control blocks, and one loop count.
QStringList surplusGifParts(const QByteArray &file)
{
    const auto byteAt = [&file](qsizetype at) { return static_cast<uchar>(at < file.size() ? file[at] : 0); };
    const auto tableAt = [&](qsizetype at) { return byteAt(at) >= 0x80 ? 3 << ((byteAt(at) & 7) + 1) : 0; };
    QStringList parts;
    qsizetype at = 13 + tableAt(10);
    while (at < file.size() && byteAt(at) != ';') {
        if (byteAt(at) == ',') {
            at += 11 + tableAt(at + 9);
        } else {
            const bool isControl = byteAt(at + 1) == 0xf9;
            const bool isLoop = byteAt(at + 1) == 0xff && file.mid(at + 3, 11) == "NETSCAPE2.0" && byteAt(at + 14) == 3;
            if (!isControl && !isLoop)
                parts.append(QStringLiteral("extension %1").arg(byteAt(at + 1), 0, 16));
            at += 2;
        }
        while (byteAt(at) != 0)
            at += 1 + byteAt(at);
        ++at;
    }
    if (at != file.size() - 1)
        parts.append(QStringLiteral("bytes behind the end"));
    return parts;
}

} // namespace

QString photosFolder()
{
    const QString folder = qEnvironmentVariable("GRAMINSTA_PHOTOS");
    return QDir(folder).exists(QStringLiteral("orientation")) ? folder : QString();
}

QByteArray photo(const QString &name)
{
    QFile file(photosFolder() + QLatin1Char('/') + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QImage corners(int width, int height)
{
    QImage image(2, 2, QImage::Format_RGB888);
    image.setPixel(0, 0, qRgb(200, 40, 40));
    image.setPixel(1, 0, qRgb(40, 180, 40));
    image.setPixel(0, 1, qRgb(40, 40, 200));
    image.setPixel(1, 1, qRgb(220, 220, 220));
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

QByteArray withOrientation(const QByteArray &jpeg, int orientation)
{
    // Exif 2.3: a TIFF header and one directory with one entry, 0x0112 (orientation, SHORT).
    const QByteArray exif = QByteArrayLiteral("Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01")
        + bigEndian16(static_cast<quint16>(orientation)) + QByteArray(6, '\0');
    return jpeg.first(2) + QByteArrayLiteral("\xff\xe1") + bigEndian16(static_cast<quint16>(exif.size() + 2)) + exif
        + jpeg.sliced(2);
}

QByteArray pngHeader(quint32 width, quint32 height)
{
    return QByteArrayLiteral("\x89PNG\r\n\x1a\n")
        + pngChunk("IHDR", bigEndian32(width) + bigEndian32(height) + QByteArrayLiteral("\x08\x02\0\0\0"))
        + pngChunk("IDAT", QByteArrayLiteral("\x78\x9c\x63\x60\x60\x60"));
}

QByteArray jpegHeader(quint16 width, quint16 height)
{
    QByteArray jpeg = encoded(corners(16, 16), "JPG");
    const qsizetype frame = jpeg.indexOf("\xff\xc0");
    return jpeg.replace(frame + 5, 4, bigEndian16(height) + bigEndian16(width));
}

QStringList surplusParts(const QByteArray &file)
{
    if (file.startsWith("\xff\xd8"))
        return surplusJpegParts(file);
    if (file.mid(8, 4) == "WEBP")
        return surplusWebpParts(file);
    if (file.startsWith("\x89PNG"))
        return surplusPngParts(file);
    if (file.startsWith("GIF89a"))
        return surplusGifParts(file);
    return { QStringLiteral("of no type that is served") };
}

double meanDifference(const QImage &a, const QImage &b)
{
    if (a.size() != b.size() || a.isNull())
        return 255;
    const QImage left = a.convertToFormat(QImage::Format_RGB888);
    const QImage right = b.convertToFormat(QImage::Format_RGB888);
    double sum = 0;
    for (int y = 0; y < left.height(); ++y) {
        for (int x = 0; x < left.width() * 3; ++x)
            sum += std::abs(int { left.constScanLine(y)[x] } - int { right.constScanLine(y)[x] });
    }
    return sum / (3.0 * left.width() * left.height());
}

ports::VariantSpec jpeg(entities::VariantSize size, int maxSide, ports::Fit fit)
{
    return { size, maxSide, QStringLiteral("image/jpeg"), fit };
}

ports::VariantSpec webp(entities::VariantSize size, int maxSide)
{
    return { size, maxSide, QStringLiteral("image/webp"), ports::Fit::Inside };
}

QList<ports::VariantSpec> usualVariants()
{
    using entities::VariantSize;
    return { jpeg(VariantSize::Grid, 320), jpeg(VariantSize::Feed, 1080), jpeg(VariantSize::Full, 0),
             webp(VariantSize::Grid, 320), webp(VariantSize::Feed, 1080) };
}

QList<ports::VariantSpec> servedVariants()
{
    QList<ports::VariantSpec> variants = usualVariants();
    variants[2].mimeType.clear();
    return variants;
}

QByteArray animated(const char *format, QSize size, int frames, int delay)
{
    // Started here too: the first picture may be made before the first processor.
    if (VIPS_INIT("tests") != 0)
        qFatal("libvips does not start");
    QImage strip(size.width(), size.height() * frames, QImage::Format_RGB888);
    strip.fill(QColor(60, 120, 180));
    for (int frame = 0; frame < frames; ++frame) {
        const int step = frame % 10 * size.width() / 20;
        for (int y = 0; y < size.height() / 4; ++y) {
            for (int x = 0; x < size.width() / 4; ++x)
                strip.setPixel(step + x, frame * size.height() + step * size.height() / size.width() + y,
                               qRgb(250, 200, 40));
        }
    }
    QByteArray pixels; // without the padding of QImage's lines
    for (int y = 0; y < strip.height(); ++y)
        pixels.append(reinterpret_cast<const char *>(strip.constScanLine(y)), strip.width() * 3);
    VipsImage *image = vips_image_new_from_memory_copy(pixels.constData(), static_cast<size_t>(pixels.size()),
                                                       strip.width(), strip.height(), 3, VIPS_FORMAT_UCHAR);
    image->Type = VIPS_INTERPRETATION_sRGB;
    std::vector<int> delays(static_cast<size_t>(frames), delay);
    vips_image_set_int(image, VIPS_META_PAGE_HEIGHT, size.height());
    vips_image_set_array_int(image, "delay", delays.data(), frames);
    vips_image_set_int(image, "loop", 3);
    void *bytes = nullptr;
    size_t length = 0;
    const int failed = qstrcmp(format, "gif") == 0 ? vips_gifsave_buffer(image, &bytes, &length, nullptr)
                                                   : vips_webpsave_buffer(image, &bytes, &length, "Q", 80, nullptr);
    if (failed != 0)
        qFatal("the test cannot make its animation: %s", vips_error_buffer());
    QByteArray file(static_cast<const char *>(bytes), static_cast<qsizetype>(length));
    g_free(bytes);
    g_object_unref(image);
    return file;
}

Workbench::Workbench(std::unique_ptr<ports::ImageProcessor> processor)
    : m_processor(processor ? std::move(processor) : media::VipsImageProcessor::create().value())
{
}

Result<ports::ProcessedImage> Workbench::process(const QByteArray &file, const QList<ports::VariantSpec> &variants,
                                                 const QString &name, std::chrono::milliseconds time)
{
    QFile input(m_input.filePath(name));
    if (!input.open(QIODevice::WriteOnly) || input.write(file) != file.size() || !input.flush())
        qFatal("the test cannot write its own file");
    return m_processor->process(input.fileName(), limits, variants, m_output.path(), Deadline::after(time));
}

int Workbench::takeOutputFiles()
{
    QDir folder(m_output.path());
    const QStringList files = folder.entryList(QDir::Files | QDir::Hidden | QDir::System);
    for (const QString &file : files)
        folder.remove(file);
    return static_cast<int>(files.size());
}

} // namespace graminsta::test
