// SPDX-License-Identifier: GPL-3.0-or-later
// Small files that would be large: by pixels, by ratio, by frames, by what is packed in them.
#include "parts.h"

namespace graminsta::rig::hostile
{

namespace
{

constexpr qsizetype kMegabyte = 1024 * 1024;

QByteArray pngOfHeaderAlone(quint32 width, quint32 height)
{
    return png({ width, height }, pngChunk("IDAT", QByteArrayLiteral("\x78\x9c\x63\x60\x60\x60")));
}

// Whole and sound, of one colour.
QByteArray blackPng(const PngHeader &header, int bytesAPixel)
{
    // Adam7 has seven passes with rows of their own: zeros enough for all, whichever.
    const qsizetype rows = header.interlaced != 0 ? header.height * 2 : header.height;
    const qsizetype size = rows * (1 + qsizetype { header.width } * bytesAPixel);
    return png(header, pngChunk("IDAT", deflatedZeros(size)));
}

QByteArray jpegOfHeader(quint32 width, quint32 height)
{
    QByteArray jpeg = plainJpeg();
    const qsizetype frame = jpeg.indexOf("\xff\xc0");
    return jpeg.replace(frame + 5, 4, bigEndian16(height) + bigEndian16(width));
}

// A progressive JPEG whose first scan comes again and again: each pass goes over all of the picture.
QByteArray jpegOfScans(int width, int height, int scans)
{
    const QByteArray components = QByteArrayLiteral("\x01\x01\x11\x00");
    const QByteArray table(64, '\x01');
    // One code of one bit, for the difference of zero.
    const QByteArray codes =
        QByteArrayLiteral("\x00") + QByteArrayLiteral("\x01") + QByteArray(15, '\0') + QByteArrayLiteral("\x00");
    QByteArray jpeg = QByteArrayLiteral("\xff\xd8") + jpegSegment(0xdb, QByteArrayLiteral("\x00") + table)
        + jpegSegment(0xc2,
                      QByteArrayLiteral("\x08") + bigEndian16(static_cast<quint32>(height))
                          + bigEndian16(static_cast<quint32>(width)) + components)
        + jpegSegment(0xc4, codes);
    const QByteArray scan = jpegSegment(0xda, QByteArrayLiteral("\x01\x01\x00\x00\x00\x00")) + QByteArray(16, '\0');
    for (int i = 0; i < scans; ++i)
        jpeg += scan;
    return jpeg + QByteArrayLiteral("\xff\xd9");
}

QByteArray riff(const QByteArray &chunks)
{
    return "RIFF" + littleEndian(static_cast<quint32>(chunks.size() + 4), 4) + "WEBP" + chunks;
}

QByteArray riffChunk(const QByteArray &type, const QByteArray &data)
{
    return type + littleEndian(static_cast<quint32>(data.size()), 4) + data + QByteArray(data.size() % 2, '\0');
}

// RFC 9649: a lossless picture of the greatest sides (14 bits each), without its pixels.
QByteArray webpLossless(quint32 width, quint32 height)
{
    const quint32 sides = (width - 1) | ((height - 1) << 14);
    return riff(riffChunk("VP8L", QByteArrayLiteral("\x2f") + littleEndian(sides, 4) + QByteArray(64, '\0')));
}

QByteArray webpLossy(quint32 width, quint32 height)
{
    return riff(riffChunk("VP8 ",
                          QByteArrayLiteral("\x10\x00\x00\x9d\x01\x2a") + littleEndian(width, 2)
                              + littleEndian(height, 2) + QByteArray(64, '\0')));
}

QByteArray webpAnimation(quint32 width, quint32 height, int frames)
{
    QByteArray chunks =
        riffChunk("VP8X",
                  QByteArrayLiteral("\x02\x00\x00\x00") + littleEndian(width - 1, 3) + littleEndian(height - 1, 3))
        + riffChunk("ANIM", QByteArray(6, '\0'));
    const QByteArray frame =
        riffChunk("ANMF",
                  QByteArray(6, '\0') + littleEndian(width - 1, 3) + littleEndian(height - 1, 3)
                      + QByteArrayLiteral("\x01\x00\x00\x00") + webpLossless(width, height).sliced(12));
    for (int i = 0; i < frames; ++i)
        chunks += frame;
    return riff(chunks);
}

QByteArray gif(quint32 width, quint32 height, int frames)
{
    const QByteArray sides = littleEndian(width, 2) + littleEndian(height, 2);
    QByteArray file = "GIF89a" + sides + QByteArrayLiteral("\x80\x00\x00\x00\x00\x00\xff\xff\xff");
    const QByteArray frame = "," + QByteArray(4, '\0') + sides + QByteArrayLiteral("\x00\x02\x02\x44\x01\x00");
    for (int i = 0; i < frames; ++i)
        file += frame;
    return file + ";";
}

QByteArray box(const QByteArray &type, const QByteArray &data)
{
    return bigEndian32(static_cast<quint32>(data.size() + 8)) + type + data;
}

QByteArray fullBox(const QByteArray &type, const QByteArray &data)
{
    return box(type, QByteArray(4, '\0') + data);
}

// ISO/IEC 23008-12: a primary picture of these sides, coded as nothing.
QByteArray heif(const QByteArray &brand, const QByteArray &itemType, quint32 width, quint32 height)
{
    const QByteArray item = QByteArrayLiteral("\x00\x01");
    const QByteArray properties = box("iprp",
                                      box("ipco", fullBox("ispe", bigEndian32(width) + bigEndian32(height)))
                                          + fullBox("ipma", bigEndian32(1) + item + QByteArrayLiteral("\x01\x81")));
    const QByteArray meta =
        fullBox("meta",
                fullBox("hdlr", bigEndian32(0) + "pict" + QByteArray(13, '\0')) + fullBox("pitm", item)
                    + fullBox("iloc",
                              QByteArrayLiteral("\x44\x00\x00\x01") + item + QByteArrayLiteral("\x00\x00\x00\x01")
                                  + bigEndian32(500) + bigEndian32(64))
                    + fullBox("iinf",
                              QByteArrayLiteral("\x00\x01")
                                  + box("infe",
                                        QByteArrayLiteral("\x02\x00\x00\x00") + item + QByteArrayLiteral("\x00\x00")
                                            + itemType + '\0'))
                    + properties);
    return box("ftyp", brand + bigEndian32(0) + brand + "mif1") + meta + box("mdat", QByteArray(512, '\0'));
}

QByteArray iccSegments(int count, qsizetype size)
{
    QByteArray segments;
    for (int i = 1; i <= count; ++i)
        segments += jpegSegment(
            0xe2, QByteArrayLiteral("ICC_PROFILE\0") + octets({ i, count }) + noise(size, static_cast<quint32>(i)));
    return segments;
}

void addPixelBombs(Files &files)
{
    const QList<QPair<quint32, quint32>> sides { { 30000, 30000 },
                                                 { 65500, 65500 },
                                                 { 20001, 10 },
                                                 { 10, 20001 },
                                                 { 1, 65535 },
                                                 { 65535, 1 },
                                                 { 8000, 5001 },
                                                 { 0x7fffffff, 1 },
                                                 { 0x7fffffff, 0x7fffffff },
                                                 { 0xffffffff, 0xffffffff },
                                                 { 0, 0 },
                                                 { 0, 100 } };
    for (const QPair<quint32, quint32> &side : sides) {
        const quint32 width = side.first;
        const quint32 height = side.second;
        const QString name = QStringLiteral(" of %1 x %2").arg(width).arg(height);
        files.append({ QStringLiteral("PNG") + name, [=] { return pngOfHeaderAlone(width, height); } });
        files.append({ QStringLiteral("heic") + name, [=] { return heif("heic", "hvc1", width, height); } });
        files.append({ QStringLiteral("avif") + name, [=] { return heif("avif", "av01", width, height); } });
        if (width > 0xffff)
            continue;
        files.append({ QStringLiteral("JPEG") + name, [=] { return jpegOfHeader(width, height); } });
        files.append({ QStringLiteral("GIF") + name, [=] { return gif(width, height, 1); }, Outcome::Either });
        if (width == 0 || height == 0 || width > 16384 || height > 16384)
            continue;
        files.append({ QStringLiteral("WebP") + name, [=] { return webpLossy(width, height); } });
        files.append({ QStringLiteral("lossless WebP") + name, [=] { return webpLossless(width, height); } });
    }
    files.append({ QStringLiteral("WebP of 16383 x 16383"), [] { return webpLossy(16383, 16383); } });
    files.append({ QStringLiteral("lossless WebP of 16384 x 16384"), [] { return webpLossless(16384, 16384); } });
}

void addFrameBombs(Files &files)
{
    files.append({ QStringLiteral("GIF of 20000 frames"), [] { return gif(1000, 1000, 20000); }, Outcome::Either });
    files.append(
        { QStringLiteral("WebP of 20000 frames"), [] { return webpAnimation(16, 16, 20000); }, Outcome::Either });
    files.append({ QStringLiteral("WebP of 500 large frames"), [] { return webpAnimation(16383, 16383, 500); } });
    files.append({ QStringLiteral("JPEG of 90 scans"), [] { return jpegOfScans(4000, 4000, 90); }, Outcome::Either });
    files.append(
        { QStringLiteral("JPEG of 5000 scans"), [] { return jpegOfScans(6000, 6000, 5000); }, Outcome::Either });
}

void addPackedBombs(Files &files)
{
    files.append({ QStringLiteral("PNG of 40 megapixels in 120 kB"),
                   [] {
                       return blackPng({ 8000, 5000 }, 3);
                   },
                   Outcome::Picture });
    files.append({ QStringLiteral("PNG of 1 x 20000"), [] { return blackPng({ 1, 20000 }, 3); }, Outcome::Either });
    files.append({ QStringLiteral("PNG of 20000 x 1"), [] { return blackPng({ 20000, 1 }, 3); }, Outcome::Either });
    files.append({ QStringLiteral("interlaced PNG, 16 bits, of 25 megapixels"),
                   [] {
                       return blackPng({ 5000, 5000, 16, 6, 1 }, 8);
                   },
                   Outcome::Either });
    files.append({ QStringLiteral("PNG with more data than pixels"),
                   [] {
                       return png({ 16, 16 }, pngChunk("IDAT", deflatedZeros(100 * kMegabyte)));
                   },
                   Outcome::Either });
    const QByteArray keyword = QByteArrayLiteral("Comment\0\0");
    for (const char *type : { "zTXt", "iCCP" }) {
        const QString name = QLatin1String(type);
        files.append({ QStringLiteral("PNG with 200 MB in one ") + name,
                       [=] { return withChunk(pngChunk(type, keyword + deflatedZeros(200 * kMegabyte))); },
                       Outcome::Either });
    }
    files.append({ QStringLiteral("PNG with 7 MB in each of 300 zTXt"),
                   [=] { return withChunk(pngChunk("zTXt", keyword + deflatedZeros(7 * kMegabyte)).repeated(300)); },
                   Outcome::Refusal });
    files.append({ QStringLiteral("PNG with 7 MB in each of 300 iTXt"),
                   [] {
                       return withChunk(
                           pngChunk("iTXt", QByteArrayLiteral("Comment\0\1\0\0\0") + deflatedZeros(7 * kMegabyte))
                               .repeated(300));
                   },
                   Outcome::Refusal });
    files.append({ QStringLiteral("PNG with 100000 texts"),
                   [] { return withChunk(pngChunk("tEXt", QByteArrayLiteral("a\0b")).repeated(100000)); },
                   Outcome::Refusal });
    files.append({ QStringLiteral("PNG that says to have 4 billion frames"),
                   [] { return withChunk(pngChunk("acTL", QByteArray(8, '\xff'))); }, Outcome::Either });
    files.append({ QStringLiteral("JPEG with 15 MB of comments"),
                   [] { return withSegment(jpegSegment(0xfe, noise(65000, 1)).repeated(240)); }, Outcome::Picture });
    files.append({ QStringLiteral("JPEG with a colour profile of 15 MB"),
                   [] { return withSegment(iccSegments(240, 65000)); }, Outcome::Either });
    files.append({ QStringLiteral("too many bytes"), [] { return plainJpeg() + QByteArray(26'214'400, '\0'); } });
}

} // namespace

void addBombs(Files &files)
{
    addPixelBombs(files);
    addFrameBombs(files);
    addPackedBombs(files);
}

} // namespace graminsta::rig::hostile
