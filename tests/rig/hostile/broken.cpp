// SPDX-License-Identifier: GPL-3.0-or-later
// Files that break the rules of their kind, each in one place: what parsers trip over.
#include "parts.h"

namespace graminsta::rig::hostile
{

namespace
{

QByteArray exifSegment(const QByteArray &tiff)
{
    return jpegSegment(0xe1, QByteArrayLiteral("Exif\0\0") + tiff);
}

// Exif 2.3: a directory with these entries (tag, type, count, value) of 12 bytes, and the offset of the next.
QByteArray directory(const QList<QByteArray> &entries, quint32 next)
{
    return bigEndian16(static_cast<quint32>(entries.size())) + entries.join() + bigEndian32(next);
}

QByteArray entry(quint32 tag, quint32 type, quint32 count, quint32 value)
{
    return bigEndian16(tag) + bigEndian16(type) + bigEndian32(count) + bigEndian32(value);
}

const QByteArray kTiff = QByteArrayLiteral("MM\0*\0\0\0\x08");

void addExif(Files &files)
{
    const auto add = [&files](const char *name, const QByteArray &tiff) {
        files.append({ QStringLiteral("JPEG with Exif: ") + QLatin1String(name),
                       [tiff] { return withSegment(exifSegment(tiff)); }, Outcome::Either });
    };
    const QByteArray orientation = entry(0x112, 3, 1, 0x00060000);
    add("a directory that follows itself", kTiff + directory({ orientation }, 8));
    add("two that follow each other", kTiff + directory({}, 14) + directory({}, 8));
    add("a sub-directory that is its own", kTiff + directory({ entry(0x8769, 4, 1, 8) }, 0));
    add("a place that is its own directory", kTiff + directory({ entry(0x8825, 4, 1, 8) }, 8));
    add("sub-directories one in the other",
        kTiff + directory({ entry(0x8769, 4, 1, 26) }, 0) + directory({ entry(0x8769, 4, 1, 8) }, 0));
    add("four billion values", kTiff + directory({ entry(0x112, 3, 0xffffffff, 8) }, 0));
    add("values behind the end", kTiff + directory({ entry(0x10f, 2, 1000, 0xfffffff0) }, 0));
    add("65535 entries of which there are none", kTiff + QByteArrayLiteral("\xff\xff"));
    add("a first directory behind the end", QByteArrayLiteral("MM\0*\xff\xff\xff\xff"));
    add("an orientation of 60000", kTiff + directory({ entry(0x112, 3, 1, 0xea600000) }, 0));
    add("an orientation that is a text", kTiff + directory({ entry(0x112, 2, 4, 0x36000000) }, 0));
    add("a thumbnail behind the end",
        kTiff + directory({ entry(0x201, 4, 1, 0xffff0000), entry(0x202, 4, 1, 0x7fffffff) }, 0));
    add("types that there are not", kTiff + directory({ entry(0x112, 99, 1, 6), entry(0x113, 0xffff, 1, 6) }, 0));
    add("nothing", {});
    add("5000 entries", kTiff + directory(QList<QByteArray>(5000, orientation), 0));
    add("noise", kTiff + noise(30000, 3));
}

void addColourProfiles(Files &files)
{
    const auto add = [&files](const char *name, const QByteArray &segments) {
        files.append({ QStringLiteral("JPEG with profile: ") + QLatin1String(name),
                       [segments] { return withSegment(segments); }, Outcome::Either });
    };
    const QByteArray mark = QByteArrayLiteral("ICC_PROFILE\0");
    // ICC.1: the header of 128 bytes, then a count of tags.
    const QByteArray header = bigEndian32(0x10000) + QByteArray(8, '\0') + "mntrRGB XYZ " + QByteArray(12, '\0')
        + "acsp" + QByteArray(88, '\0');
    add("noise", jpegSegment(0xe2, mark + QByteArrayLiteral("\1\1") + noise(3000, 4)));
    add("a header with four billion tags",
        jpegSegment(0xe2, mark + QByteArrayLiteral("\1\1") + header + QByteArray(4, '\xff')));
    add("tags behind the end",
        jpegSegment(0xe2,
                    mark + QByteArrayLiteral("\1\1") + header + bigEndian32(3)
                        + ("rXYZ" + bigEndian32(0xfffffff0) + bigEndian32(0xfffffff0)).repeated(3)));
    add("part 5 of 2", jpegSegment(0xe2, mark + QByteArrayLiteral("\5\2") + header));
    add("part 0 of 0", jpegSegment(0xe2, mark + QByteArrayLiteral("\0\0") + header));
    add("the same part twice", jpegSegment(0xe2, mark + QByteArrayLiteral("\1\2") + header).repeated(2));
    add("of one byte", jpegSegment(0xe2, mark + QByteArrayLiteral("\1\1\1")));
    files.append(
        { QStringLiteral("PNG with profile: noise"),
          [] { return withChunk(pngChunk("iCCP", QByteArrayLiteral("a\0\0") + qCompress(noise(5000, 5)).sliced(4))); },
          Outcome::Either });
    files.append({ QStringLiteral("PNG with profile: not deflated"),
                   [] { return withChunk(pngChunk("iCCP", QByteArrayLiteral("a\0\0") + noise(500, 6))); },
                   Outcome::Either });
}

void addPng(Files &files)
{
    const auto add = [&files](const char *name, const QByteArray &file, Outcome outcome = Outcome::Refusal) {
        files.append({ QStringLiteral("PNG: ") + QLatin1String(name), [file] { return file; }, outcome });
    };
    const QByteArray pixels = pngChunk("IDAT", deflatedZeros(16 * 49));
    add("17 bits a sample", png({ 16, 16, 17 }, pixels));
    add("colours of type 99", png({ 16, 16, 8, 99 }, pixels));
    add("interlaced by method 7", png({ 16, 16, 8, 2, 7 }, pixels));
    add("a palette that is missing", png({ 16, 16, 8, 3 }, pixels));
    add("no pixels", png({ 16, 16 }, {}));
    add("too few pixels", png({ 100, 100 }, pixels));
    add("pixels that are not deflated", png({ 16, 16 }, pngChunk("IDAT", noise(400, 7))));
    add("header twice", png({ 16, 16 }, plainPng().mid(8, 25) + pixels), Outcome::Either);
    add("header last", QByteArrayLiteral("\x89PNG\r\n\x1a\n") + pixels + plainPng().mid(8, 25));
    add("a chunk of four billion bytes", plainPng().first(33) + QByteArray(4, '\xff') + "IDAT" + QByteArray(100, 'x'));
    add("a chunk of negative length",
        plainPng().first(33) + QByteArrayLiteral("\x80\0\0\0") + "tEXt" + QByteArray(100, 'x'));
    add("a critical chunk that nobody knows", withChunk(pngChunk("QQQQ", "x")), Outcome::Either);
    add("filters that there are not",
        png({ 16, 16 }, pngChunk("IDAT", qCompress(QByteArray(16 * 49, '\x77')).sliced(4))), Outcome::Either);
    QByteArray wrongSum = plainPng();
    wrongSum[45] = static_cast<char>(wrongSum[45] ^ 1);
    add("a wrong checksum", wrongSum, Outcome::Either);
}

void addJpeg(Files &files)
{
    const auto add = [&files](const char *name, const QByteArray &file, Outcome outcome = Outcome::Refusal) {
        files.append({ QStringLiteral("JPEG: ") + QLatin1String(name), [file] { return file; }, outcome });
    };
    const QByteArray jpeg = plainJpeg();
    const auto without = [&jpeg](const char *marker) {
        const qsizetype at = jpeg.indexOf(marker);
        const qsizetype length = static_cast<uchar>(jpeg[at + 2]) * 256 + static_cast<uchar>(jpeg[at + 3]);
        return QByteArray(jpeg.first(at) + jpeg.sliced(at + 2 + length));
    };
    const qsizetype frame = jpeg.indexOf("\xff\xc0");
    const auto patched = [&jpeg](qsizetype at, char value) {
        QByteArray file = jpeg;
        file[at] = value;
        return file;
    };
    add("the first three bytes", jpeg.first(3));
    add("nothing but its ends", QByteArrayLiteral("\xff\xd8\xff\xd9"));
    add("no tables", without("\xff\xdb"));
    add("no codes", without("\xff\xc4"), Outcome::Either);
    add("no frame", without("\xff\xc0"));
    add("12 bits a sample", patched(frame + 4, 12));
    add("255 components", patched(frame + 9, '\xff'));
    add("no components", patched(frame + 9, 0));
    add("samples of 0 by 0", patched(frame + 11, 0));
    add("samples of 15 by 15", patched(frame + 11, '\xff'));
    add("a table that there is not", patched(frame + 12, 9));
    add("lossless, as nobody writes it", patched(frame + 1, '\xc3'));
    add("arithmetic codes", patched(frame + 1, '\xc9'), Outcome::Either);
    add("hierarchical", patched(frame + 1, '\xc5'));
    add("a segment of length 0", jpeg.first(2) + QByteArrayLiteral("\xff\xe0\0\0") + jpeg.sliced(2), Outcome::Either);
    add("a segment longer than the file", QByteArrayLiteral("\xff\xd8\xff\xe1\xff\xff") + QByteArray(100, 'x'));
    add("fill bytes for ever", QByteArrayLiteral("\xff\xd8") + QByteArray(1'000'000, '\xff'));
    add("restart markers alone",
        jpeg.first(jpeg.indexOf("\xff\xda") + 14) + QByteArrayLiteral("\xff\xd0").repeated(5000), Outcome::Either);
    add("two pictures in one", jpeg + jpeg, Outcome::Picture);
}

} // namespace

void addBroken(Files &files)
{
    addExif(files);
    addColourProfiles(files);
    addPng(files);
    addJpeg(files);
    for (const char *head :
         { "\xff\xd8\xff", "\x89PNG\r\n\x1a\n", "RIFF\xff\xff\xff\xffWEBPVP8 ", "RIFF\0\0\0\0WEBPVP8X" }) {
        const QByteArray beginning = head[0] == 'R' ? QByteArray(head, 16) : QByteArray(head);
        files.append(
            { QStringLiteral("noise that begins as %1").arg(QString::fromLatin1(beginning.toPercentEncoding())),
              [beginning] { return beginning + noise(20000, 8); } });
    }
}

} // namespace graminsta::rig::hostile
