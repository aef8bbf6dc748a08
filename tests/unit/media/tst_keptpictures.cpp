// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures that stay in their own encoding: the same pixels to the last bit, and nothing besides them; what cannot stay
// is encoded anew. docs/photos.md promises what is held here.
#include "pictures.h"

#include <QBuffer>
#include <QColorSpace>
#include <QDirIterator>
#include <QImageReader>
#include <QLoggingCategory>
#include <QProcess>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTest>
#include <QtEndian>

using namespace graminsta;
using namespace graminsta::test;

namespace
{

const QByteArray kSecret = "SECRET-41.3851N-2.1734E";

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray bigEndian(quint32 value, int length)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes.last(length);
}

QByteArray segment(uchar marker, const QByteArray &data)
{
    return QByteArray("\xff") + static_cast<char>(marker) + bigEndian(static_cast<quint32>(data.size() + 2), 2) + data;
}

QByteArray pngChunk(const QByteArray &type, const QByteArray &data)
{
    // libpng does not look at the checksum of what it does not know.
    return bigEndian(static_cast<quint32>(data.size()), 4) + type + data + QByteArray(4, '\0');
}

// "a" comes before the rest of the JPEG, behind its start.
QByteArray withSegments(const QByteArray &jpeg, const QByteArray &segments)
{
    return jpeg.first(2) + segments + jpeg.sliced(2);
}

QList<QImage> framesOf(const QByteArray &file)
{
    QBuffer buffer;
    buffer.setData(file);
    QImageReader reader(&buffer);
    QList<QImage> frames;
    for (QImage frame = reader.read(); !frame.isNull(); frame = reader.read())
        frames.append(frame.convertToFormat(QImage::Format_ARGB32));
    return frames;
}

QList<ports::VariantSpec> fullOnly()
{
    return { servedVariants()[2] };
}

QImage pixelsOf(const QByteArray &file)
{
    QImage image = QImage::fromData(file);
    image.setColorSpace({});
    for (const QString &key : image.textKeys())
        image.setText(key, {});
    return image;
}

} // namespace

class KeptPicturesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLoggingCategory::setFilterRules(QStringLiteral("qt.gui.imageio*=false"));
    } // broken on purpose
    void cleanup()
    {
        m_bench.takeOutputFiles();
        m_bench.limits = {};
    }

    void keepsPixelsAndNothingElse_data();
    void keepsPixelsAndNothingElse();
    void keepsTransparency_data();
    void keepsTransparency();
    void keepsAnimations_data();
    void keepsAnimations();
    void convertsAnimationsOfOtherColours();
    void encodesAnewWhatCannotStay_data();
    void encodesAnewWhatCannotStay();
    void dropsSecretsWhereverTheyStand_data();
    void dropsSecretsWhereverTheyStand();
    void refusesAnimationsThatAreTooMuch_data();
    void refusesAnimationsThatAreTooMuch();
    void refusesBrokenAnimations_data();
    void refusesBrokenAnimations();
    void servesNothingPrivateOfAnyRealPhoto_data();
    void servesNothingPrivateOfAnyRealPhoto();

private:
    // The full size of what is served for the file.
    [[nodiscard]] ports::MadeVariant full(const QByteArray &file)
    {
        const auto image = m_bench.process(file, servedVariants());
        return image ? image->variants[2] : ports::MadeVariant {};
    }

    Workbench m_bench;
};

void KeptPicturesTest::keepsPixelsAndNothingElse_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("mimeType");
    const QByteArray jpeg = encoded(corners(700, 500), "JPG", 92);
    const QByteArray png = encoded(corners(700, 500), "PNG");
    const auto row = [](const char *name, const QByteArray &file, const char *mimeType) {
        QTest::newRow(name) << file << QString::fromLatin1(mimeType);
    };
    row("JPEG", jpeg, "image/jpeg");
    row("grey JPEG", encoded(corners(700, 500).convertToFormat(QImage::Format_Grayscale8), "JPG"), "image/jpeg");
    row("JPEG with comment and application segments",
        withSegments(jpeg,
                     segment(0xfe, kSecret) + segment(0xe1, kSecret) + segment(0xed, kSecret) + segment(0xe2, kSecret)),
        "image/jpeg");
    row("JPEG with a film behind it",
        jpeg
            + QByteArray("\0\0\0\x18"
                         "ftypmp42",
                         12)
            + kSecret,
        "image/jpeg");
    row("JPEG with fill bytes", withSegments(jpeg, "\xff\xff\xff" + segment(0xfe, kSecret)), "image/jpeg");
    row("upright JPEG that says so", withOrientation(jpeg, 1), "image/jpeg");
    QImage srgb = corners(700, 500);
    srgb.setColorSpace(QColorSpace(QColorSpace::SRgb));
    row("JPEG with a profile of sRGB", encoded(srgb, "JPG", 92), "image/jpeg");
    row("PNG", png, "image/png");
    row("PNG of 16 bits", encoded(corners(300, 200).convertToFormat(QImage::Format_RGBX64), "PNG"), "image/png");
    row("PNG with a palette", encoded(corners(300, 200).convertToFormat(QImage::Format_Indexed8), "PNG"), "image/png");
    row("grey PNG", encoded(corners(300, 200).convertToFormat(QImage::Format_Grayscale8), "PNG"), "image/png");
    row("PNG with texts", png.first(33) + pngChunk("zzXt", kSecret) + png.sliced(33) + kSecret, "image/png");
    row("WebP", encoded(corners(700, 500), "WEBP", 80), "image/webp");
    row("lossless WebP", encoded(corners(700, 500), "WEBP", 100), "image/webp");
    row("GIF of one picture", animated("gif", { 300, 200 }, 1), "image/gif");
    if (photosFolder().isEmpty())
        return;
    row("progressive camera JPEG", photo(QStringLiteral("camera/japanese-shop.jpg")), "image/jpeg");
    row("phone JPEG with a place", photo(QStringLiteral("metadata/empty_gps.jpg")), "image/jpeg");
    row("photo PNG", photo(QStringLiteral("formats/density_plot.png")), "image/png");
    row("photo WebP", photo(QStringLiteral("formats/denali.webp")), "image/webp");
}

void KeptPicturesTest::keepsPixelsAndNothingElse()
{
    QFETCH(QByteArray, file);
    QFETCH(QString, mimeType);
    const ports::MadeVariant made = full(file);
    QCOMPARE(made.mimeType, mimeType);
    const QByteArray served = contentOf(made.file);
    QCOMPARE(surplusParts(served).join(QLatin1String(", ")), QString());
    QVERIFY(!served.contains("SECRET"));
    QVERIFY(served.size() <= file.size() + 64);
    const QImage expected = pixelsOf(file);
    QVERIFY(!expected.isNull());
    QCOMPARE(QSize(made.width, made.height), expected.size());
    QCOMPARE(pixelsOf(served), expected);
    // Cleaning what is clean changes nothing.
    QCOMPARE(contentOf(full(served).file), served);
}

void KeptPicturesTest::keepsTransparency_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::newRow("PNG") << QByteArray("PNG");
    QTest::newRow("WebP") << QByteArray("WEBP");
}

void KeptPicturesTest::keepsTransparency()
{
    QFETCH(QByteArray, format);
    QImage clear(400, 300, QImage::Format_ARGB32);
    clear.fill(QColor(255, 0, 0, 60));
    const QByteArray file = encoded(clear, format.constData(), 80);
    const ports::MadeVariant made = full(file);
    const QImage served = pixelsOf(contentOf(made.file));
    QCOMPARE(served, pixelsOf(file));
    QVERIFY(qAbs(qAlpha(served.pixel(10, 10)) - 60) <= 1);
}

void KeptPicturesTest::keepsAnimations_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::newRow("GIF") << QByteArray("gif");
    QTest::newRow("WebP") << QByteArray("webp");
}

void KeptPicturesTest::keepsAnimations()
{
    QFETCH(QByteArray, format);
    const QByteArray file = animated(format.constData(), { 320, 240 }, 12, 80);
    const auto image = m_bench.process(file, servedVariants());
    QVERIFY2(image, image ? "" : qPrintable(describe(image.error())));
    QCOMPARE(image->mimeType, QStringLiteral("image/") + QString::fromLatin1(format));
    QCOMPARE(QSize(image->width, image->height), QSize(320, 240));
    const QByteArray served = contentOf(image->variants[2].file);
    QCOMPARE(image->variants[2].mimeType, image->mimeType);
    QCOMPARE(surplusParts(served).join(QLatin1String(", ")), QString());
    const QList<QImage> frames = framesOf(served);
    QCOMPARE(frames.size(), 12);
    QCOMPARE(frames, framesOf(file));
    QVERIFY(frames[0] != frames[5]);

    QBuffer buffer;
    buffer.setData(served);
    QImageReader reader(&buffer);
    QVERIFY(reader.supportsAnimation());
    (void)reader.read();
    QCOMPARE(reader.nextImageDelay(), 80);
    // The first picture for grids and feeds.
    QCOMPARE(image->variants[0].mimeType, QStringLiteral("image/jpeg"));
    QVERIFY(meanDifference(QImage(image->variants[1].file), frames[0]) < 4);
    QVERIFY(!image->blurhash.isEmpty());
}

void KeptPicturesTest::convertsAnimationsOfOtherColours()
{
    // RFC 9649: the profile comes behind the extended header, which says so.
    const QColorSpace wide(QColorSpace::DisplayP3);
    const QByteArray profile = wide.iccProfile() + QByteArray(wide.iccProfile().size() % 2, '\0');
    QByteArray length(4, '\0');
    qToLittleEndian(static_cast<quint32>(profile.size()), length.data());
    QByteArray file = animated("webp", { 320, 240 }, 6);
    file.insert(30, "ICCP" + length + profile);
    file[20] = static_cast<char>(file[20] | 0x20);
    qToLittleEndian(static_cast<quint32>(file.size() - 8), file.data() + 4);

    const ports::MadeVariant made = full(file);
    QCOMPARE(made.mimeType, QStringLiteral("image/webp"));
    const QByteArray served = contentOf(made.file);
    QCOMPARE(surplusParts(served).join(QLatin1String(", ")), QString());
    const QList<QImage> frames = framesOf(served);
    QCOMPARE(frames.size(), 6);
    QImage expected = framesOf(file)[3];
    expected.setColorSpace(wide);
    expected.convertToColorSpace(QColorSpace(QColorSpace::SRgb));
    QVERIFY(meanDifference(expected, framesOf(file)[3]) > 3);
    QVERIFY2(meanDifference(frames[3], expected) < 2, qPrintable(QString::number(meanDifference(frames[3], expected))));
}

void KeptPicturesTest::encodesAnewWhatCannotStay_data()
{
    QTest::addColumn<QByteArray>("file");
    const QByteArray jpeg = encoded(corners(700, 500), "JPG", 92);
    QTest::newRow("turned JPEG") << withOrientation(jpeg, 6);
    QImage wide = corners(700, 500);
    wide.setColorSpace(QColorSpace(QColorSpace::DisplayP3));
    QTest::newRow("JPEG in Display P3") << encoded(wide, "JPG", 92);
    QTest::newRow("PNG in Display P3") << encoded(wide, "PNG");
    QTest::newRow("JPEG whose Adobe segment says RGB")
        << QByteArray(jpeg).replace(2, 18, segment(0xee, QByteArray("Adobe\0\x64\0\0\0\0\0", 12)));
    if (photosFolder().isEmpty())
        return;
    QTest::newRow("HEIC") << photo(QStringLiteral("formats/IMG_2682.heic"));
    QTest::newRow("AVIF") << photo(QStringLiteral("formats/8bit-sRGB.avif"));
}

void KeptPicturesTest::encodesAnewWhatCannotStay()
{
    QFETCH(QByteArray, file);
    const ports::MadeVariant made = full(file);
    QCOMPARE(made.mimeType, QStringLiteral("image/jpeg"));
    const QByteArray served = contentOf(made.file);
    QCOMPARE(surplusParts(served).join(QLatin1String(", ")), QString());
    QCOMPARE(QImage::fromData(served).size(), QSize(made.width, made.height));
}

void KeptPicturesTest::dropsSecretsWhereverTheyStand_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("JPEG") << encoded(corners(200, 150), "JPG", 90);
    QTest::newRow("PNG") << encoded(corners(60, 40), "PNG");
    QTest::newRow("WebP") << encoded(corners(200, 150), "WEBP", 80);
    QTest::newRow("GIF") << animated("gif", { 60, 40 }, 4);
    QTest::newRow("animated WebP") << animated("webp", { 60, 40 }, 4);
}

// Put in anywhere: what changes no pixel is not served. (What does is part of the picture, and can be seen there.)
void KeptPicturesTest::dropsSecretsWhereverTheyStand()
{
    QFETCH(QByteArray, file);
    const QList<QByteArray> forms { kSecret,
                                    segment(0xfe, kSecret),
                                    segment(0xe1, QByteArrayLiteral("Exif\0\0") + kSecret),
                                    pngChunk("eXIf", kSecret),
                                    "EXIF" + bigEndian(kSecret.size(), 4) + kSecret,
                                    "!\xfe" + QByteArray(1, static_cast<char>(kSecret.size())) + kSecret + '\0' };
    const QList<QImage> shown = framesOf(file);
    int accepted = 0;
    int leaked = 0;
    const qsizetype step = std::max<qsizetype>(1, file.size() / 60);
    for (qsizetype at = 0; at <= file.size(); at = at == file.size() ? at + 1 : std::min(at + step, file.size())) {
        for (const QByteArray &form : forms) {
            const auto image = m_bench.process(file.first(at) + form + file.sliced(at), fullOnly());
            if (!image)
                continue;
            ++accepted;
            const QByteArray served = contentOf(image->variants[0].file);
            leaked += served.contains("SECRET") && framesOf(served) == shown ? 1 : 0;
        }
        m_bench.takeOutputFiles();
    }
    qInfo("%d accepted", accepted);
    QVERIFY(accepted > 0);
    QCOMPARE(leaked, 0);
}

void KeptPicturesTest::refusesAnimationsThatAreTooMuch_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("words");
    for (const char *format : { "gif", "webp" }) {
        QTest::addRow("pictures, %s", format)
            << animated(format, { 40, 40 }, 1001, 50) << QStringLiteral("more than 1000 pictures");
        QTest::addRow("pixels, %s", format)
            << animated(format, { 200, 100 }, 60, 20) << QStringLiteral("1200000 pixels; at most 1000000");
        QTest::addRow("canvas, %s", format)
            << animated(format, { 4000, 2100 }, 2, 50) << QStringLiteral("8400000 pixels; at most 8294400");
        QTest::addRow("seconds, %s", format)
            << animated(format, { 40, 40 }, 61, 2000) << QStringLiteral("lasts 122 seconds; at most 120");
    }
}

void KeptPicturesTest::refusesAnimationsThatAreTooMuch()
{
    QFETCH(QByteArray, file);
    QFETCH(QString, words);
    m_bench.limits.maxAnimationPixels = 1'000'000;
    const auto image = m_bench.process(file, servedVariants());
    QVERIFY(!image);
    QVERIFY(image.error().fault == Fault::TooLarge);
    QVERIFY2(image.error().safe.contains(words), qPrintable(image.error().safe));
    QCOMPARE(m_bench.takeOutputFiles(), 0);
}

void KeptPicturesTest::refusesBrokenAnimations_data()
{
    keepsAnimations_data();
}

void KeptPicturesTest::refusesBrokenAnimations()
{
    QFETCH(QByteArray, format);
    const QByteArray file = animated(format.constData(), { 200, 150 }, 8);
    QRandomGenerator random(7);
    int refused = 0;
    for (int round = 0; round < 60; ++round) {
        QByteArray broken = file;
        if (round % 2 == 0)
            broken.truncate(static_cast<qsizetype>(random.bounded(static_cast<quint32>(file.size() - 1))));
        else
            for (int flip = 0; flip < 4; ++flip)
                broken[static_cast<qsizetype>(random.bounded(static_cast<quint32>(file.size())))] ^= 0x10;
        const auto image = m_bench.process(broken, servedVariants());
        refused += image ? 0 : 1;
        if (image)
            QCOMPARE(surplusParts(contentOf(image->variants[2].file)).join(QLatin1String(", ")), QString());
        else
            QCOMPARE(m_bench.takeOutputFiles(), 0);
        m_bench.takeOutputFiles();
    }
    qInfo("%d of 60 refused", refused);
    QVERIFY(refused > 20);
}

void KeptPicturesTest::servesNothingPrivateOfAnyRealPhoto_data()
{
    QTest::addColumn<QString>("file");
    if (photosFolder().isEmpty())
        QSKIP("no real photos: set GRAMINSTA_PHOTOS");
    QDirIterator files(photosFolder(), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next().sliced(photosFolder().size() + 1);
        if (!file.endsWith(QLatin1String(".md")) && !file.endsWith(QLatin1String(".jxl")))
            QTest::newRow(qPrintable(file)) << file;
    }
}

// By exiftool, which shares no code with what cleans: of each served file only what describes its pixels.
void KeptPicturesTest::servesNothingPrivateOfAnyRealPhoto()
{
    QFETCH(QString, file);
    const QString exiftool = QStandardPaths::findExecutable(QStringLiteral("exiftool"));
    if (exiftool.isEmpty())
        QSKIP("exiftool is not installed");
    const auto image = m_bench.process(photo(file), servedVariants());
    QVERIFY2(image, image ? "" : qPrintable(describe(image.error())));
    QStringList arguments { QStringLiteral("-G"), QStringLiteral("-s"), QStringLiteral("-a"), QStringLiteral("-u"),
                            QStringLiteral("-ee") };
    for (const ports::MadeVariant &variant : image->variants)
        arguments.append(variant.file);
    QProcess reader;
    reader.start(exiftool, arguments);
    QVERIFY(reader.waitForFinished());
    const QByteArrayList lines = reader.readAllStandardOutput().split('\n');
    QVERIFY(lines.size() > 50);
    static const QByteArrayList kHarmless { "[File]", "[ExifTool]",  "[JFIF]",   "[PNG]", "[RIFF]",
                                            "[GIF]",  "[Composite]", "========", "    " };
    static const QByteArrayList kPrivate { "GPS",     "Serial",  "Maker",   "Make ",  "Model", "XMP",
                                           "IPTC",    "Comment", "Thumb",   "Artist", "Owner", "Software",
                                           "Profile", "Text",    "Warning", "Trailer" };
    for (const QByteArray &line : lines) {
        const auto begins = [&line](const QByteArray &group) { return line.startsWith(group); };
        const auto has = [&line](const QByteArray &word) { return line.contains(word); };
        const bool isName = line.contains("FileName") || line.contains("Directory") || line.startsWith("====");
        QVERIFY2(line.isEmpty() || std::any_of(kHarmless.begin(), kHarmless.end(), begins), line.constData());
        QVERIFY2(isName || std::none_of(kPrivate.begin(), kPrivate.end(), has), line.constData());
    }
}

QTEST_GUILESS_MAIN(KeptPicturesTest)
#include "tst_keptpictures.moc"
