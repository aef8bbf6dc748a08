// SPDX-License-Identifier: GPL-3.0-or-later
// Colours are what they were meant to be, in sRGB: against a rendering that shares neither decoder nor colour
// management with ours (Qt and libheif for photos; for colours given by codes the formulas of the standards, written
// out once more). The bounds are means of the CIE 1976 difference; 2.3 is what an eye just notices.
#include "heif.h"
#include "pictures.h"

#include <QBuffer>
#include <QDirIterator>
#include <QImageReader>
#include <QLoggingCategory>
#include <QTest>

#include <array>
#include <cmath>

using namespace graminsta;
using namespace graminsta::test;

namespace
{

// Photos are compared at 160 pixels, where most of what JPEG does to single pixels is gone and what is wrong in colour,
// place or light is not. Large ones stay below 0.9; small ones, whose chroma JPEG halves, reach 1.6.
constexpr int kPhotoSide = 160;
constexpr double kPhotoBound = 2.0;
constexpr double kCodedBound = 1.0; // patches of one colour

using Rgb = std::array<double, 3>;
using Matrix = std::array<Rgb, 3>;

// To linear sRGB, as published: ITU-R BT.2087 for BT.2020; for Display P3 from its primaries.
constexpr Matrix kFromP3 { { { 1.2249, -0.2247, 0.0000 }, { -0.0420, 1.0419, 0.0000 }, { -0.0197, -0.0786, 1.0979 } } };
constexpr Matrix kFrom2020 {
    { { 1.6605, -0.5876, -0.0728 }, { -0.1246, 1.1329, -0.0083 }, { -0.0182, -0.1006, 1.1187 } }
};

double linearOfSrgb(double v)
{
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

double srgbOfLinear(double v)
{
    return v <= 0.0031308 ? v * 12.92 : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
}

// SMPTE ST 2084, in cd/m2.
double nitsOfPq(double v)
{
    constexpr double m1 = 2610.0 / 16384;
    constexpr double m2 = 2523.0 / 4096 * 128;
    constexpr double c1 = 3424.0 / 4096;
    constexpr double c2 = 2413.0 / 4096 * 32;
    constexpr double c3 = 2392.0 / 4096 * 32;
    const double p = std::pow(v, 1 / m2);
    return 10'000 * std::pow(std::max(p - c1, 0.0) / (c2 - c3 * p), 1 / m1);
}

double sceneOfHlg(double v)
{
    return v <= 0.5 ? v * v / 3 : (std::exp((v - 0.55991073) / 0.17883277) + 0.28466892) / 12;
}

// What docs/photos.md says of light above 0.7 of the white of paper.
double shownLight(double nits)
{
    const double light = nits / 203;
    if (light <= 0.7)
        return light;
    const double most = (1000.0 / 203 - 0.7) / 0.3;
    const double over = (light - 0.7) / 0.3;
    return std::min(1.0, 0.7 + 0.3 * (over * (1 + over / (most * most)) / (1 + over)));
}

Rgb times(const Matrix &m, const Rgb &v)
{
    Rgb result {};
    for (size_t row = 0; row < 3; ++row)
        result[row] = m[row][0] * v[0] + m[row][1] * v[1] + m[row][2] * v[2];
    return result;
}

QRgb expectedOf(const Rgb &signal, const HeifCodes &codes)
{
    Rgb light {};
    if (codes.transfer == 16) {
        for (size_t i = 0; i < 3; ++i)
            light[i] = shownLight(nitsOfPq(signal[i]));
    } else if (codes.transfer == 18) {
        for (size_t i = 0; i < 3; ++i)
            light[i] = sceneOfHlg(signal[i]);
        const double gain = std::pow(0.2627 * light[0] + 0.6780 * light[1] + 0.0593 * light[2], 0.2);
        for (double &one : light)
            one = shownLight(std::min(1000.0, 1000 * gain * one));
    } else {
        for (size_t i = 0; i < 3; ++i)
            light[i] = linearOfSrgb(signal[i]);
    }
    if (codes.primaries == 12)
        light = times(kFromP3, light);
    else if (codes.primaries == 9)
        light = times(kFrom2020, light);
    const auto level = [&light](size_t i) { return qRound(srgbOfLinear(std::clamp(light[i], 0.0, 1.0)) * 255); };
    return qRgb(level(0), level(1), level(2));
}

Rgb labOf(QRgb colour)
{
    const Rgb light { linearOfSrgb(qRed(colour) / 255.0), linearOfSrgb(qGreen(colour) / 255.0),
                      linearOfSrgb(qBlue(colour) / 255.0) };
    static constexpr Matrix kToXyz {
        { { 0.4124, 0.3576, 0.1805 }, { 0.2126, 0.7152, 0.0722 }, { 0.0193, 0.1192, 0.9505 } }
    };
    const Rgb xyz = times(kToXyz, light);
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
    const double x = f(xyz[0] / 0.9505);
    const double y = f(xyz[1]);
    const double z = f(xyz[2] / 1.089);
    return { 116 * y - 16, 500 * (x - y), 200 * (y - z) };
}

double difference(QRgb a, QRgb b)
{
    const Rgb left = labOf(a);
    const Rgb right = labOf(b);
    return std::hypot(left[0] - right[0], left[1] - right[1], left[2] - right[2]);
}

double meanColourDifference(const QImage &a, const QImage &b)
{
    double sum = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x)
            sum += difference(a.pixel(x, y), b.pixel(x, y));
    }
    return sum / (1.0 * a.width() * a.height());
}

// Colours all over the cube, each in a square large enough for chroma at half the resolution.
constexpr int kPatch = 16;
constexpr int kLevels = 6;

QImage patches()
{
    QImage image(kPatch * kLevels * kLevels, kPatch * kLevels, QImage::Format_RGBX64);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const auto level = [](int n) { return static_cast<quint16>(n * 65535 / (kLevels - 1)); };
            image.setPixelColor(
                x, y, QColor::fromRgba64(level(x / kPatch % kLevels), level(x / kPatch / kLevels), level(y / kPatch)));
        }
    }
    return image;
}

QImage referenceOf(const QByteArray &file)
{
    QImage image;
    if (file.mid(4, 4) == "ftyp") {
        image = heifPixels(file);
    } else {
        QBuffer buffer;
        buffer.setData(file);
        QImageReader reader(&buffer);
        reader.setAutoTransform(true);
        image = reader.read();
    }
    if (image.colorSpace().isValid())
        image.convertToColorSpace(QColorSpace(QColorSpace::SRgb));
    return image.convertToFormat(QImage::Format_RGB32);
}

} // namespace

class ColoursTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QImageReader::setAllocationLimit(512); }
    void cleanup() { m_bench.takeOutputFiles(); }

    void showsEveryRealPhotoAsTheReferenceDoes_data();
    void showsEveryRealPhotoAsTheReferenceDoes();
    void goesByCodesWhereThereIsNoProfile_data();
    void goesByCodesWhereThereIsNoProfile();
    void leavesHighlightsTheirShape();

private:
    Workbench m_bench;
};

void ColoursTest::showsEveryRealPhotoAsTheReferenceDoes_data()
{
    QTest::addColumn<QString>("file");
    if (photosFolder().isEmpty())
        QSKIP("no real photos: set GRAMINSTA_PHOTOS");
    QDirIterator files(photosFolder(), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next().sliced(photosFolder().size() + 1);
        // The profile of the second is made of tables, which Qt 6.4 does not read: no reference.
        if (!file.endsWith(QLatin1String(".md")) && !file.endsWith(QLatin1String(".jxl"))
            && !file.endsWith(QLatin1String("thompson-springs.jpg")))
            QTest::newRow(qPrintable(file)) << file;
    }
}

void ColoursTest::showsEveryRealPhotoAsTheReferenceDoes()
{
    QFETCH(QString, file);
    const QByteArray bytes = photo(file);
    const auto image = m_bench.process(bytes, { usualVariants()[2], usualVariants()[1] });
    QVERIFY2(image, image ? "" : qPrintable(describe(image.error())));
    const QImage reference = referenceOf(bytes);
    QCOMPARE(QSize(image->width, image->height), reference.size());
    const QSize size = reference.size().scaled(kPhotoSide, kPhotoSide, Qt::KeepAspectRatio);
    const auto reduced = [size](const QImage &one) {
        return one.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    };
    for (const ports::MadeVariant &variant : image->variants) {
        const double mean = meanColourDifference(reduced(QImage(variant.file)), reduced(reference));
        qInfo("%d x %d: %.2f", variant.width, variant.height, mean);
        QVERIFY2(mean < kPhotoBound, qPrintable(QString::number(mean)));
    }
}

void ColoursTest::goesByCodesWhereThereIsNoProfile_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("primaries");
    QTest::addColumn<int>("transfer");
    for (const HeifKind kind : { HeifKind::Heic10Bit, HeifKind::Avif8Bit }) {
        const char *name = kind == HeifKind::Heic10Bit ? "HEIC of 10 bits" : "AVIF of 8 bits";
        QTest::addRow("%s, sRGB", name) << static_cast<int>(kind) << 1 << 13;
        QTest::addRow("%s, not specified", name) << static_cast<int>(kind) << 2 << 2;
        QTest::addRow("%s, Display P3", name) << static_cast<int>(kind) << 12 << 13;
        QTest::addRow("%s, BT.2020", name) << static_cast<int>(kind) << 9 << 14;
        QTest::addRow("%s, BT.2020 PQ", name) << static_cast<int>(kind) << 9 << 16;
        QTest::addRow("%s, BT.2020 HLG", name) << static_cast<int>(kind) << 9 << 18;
    }
}

void ColoursTest::goesByCodesWhereThereIsNoProfile()
{
    QFETCH(int, kind);
    QFETCH(int, primaries);
    QFETCH(int, transfer);
    const HeifCodes codes { primaries, transfer };
    const QByteArray file = heif(patches(), static_cast<HeifKind>(kind), codes);
    if (file.isEmpty())
        QSKIP("libheif has no encoder for it");
    const QImage stored = heifPixels(file);
    const auto image = m_bench.process(file, { usualVariants()[2], usualVariants()[1] });
    QVERIFY2(image, image ? "" : qPrintable(describe(image.error())));
    for (const ports::MadeVariant &variant : image->variants) {
        const QImage shown(variant.file);
        QCOMPARE(shown.size(), stored.size());
        double sum = 0;
        double most = 0;
        for (int y = kPatch / 2; y < shown.height(); y += kPatch) {
            for (int x = kPatch / 2; x < shown.width(); x += kPatch) {
                const QColor signal = stored.pixelColor(x, y);
                const QRgb expected = expectedOf({ signal.redF(), signal.greenF(), signal.blueF() }, codes);
                const double one = difference(shown.pixel(x, y), expected);
                sum += one;
                most = std::max(most, one);
            }
        }
        const double mean = sum / (kLevels * kLevels * kLevels);
        qInfo("mean %.2f, most %.2f", mean, most);
        QVERIFY2(mean < kCodedBound, qPrintable(QString::number(mean)));
    }
}

void ColoursTest::leavesHighlightsTheirShape()
{
    // Greys of PQ from nothing to 10,000 cd/m2.
    QImage ramp(1024, 32, QImage::Format_RGBX64);
    for (int x = 0; x < ramp.width(); ++x) {
        for (int y = 0; y < ramp.height(); ++y) {
            const auto level = static_cast<quint16>(x * 64);
            ramp.setPixelColor(x, y, QColor::fromRgba64(level, level, level));
        }
    }
    const QByteArray file = heif(ramp, HeifKind::Heic10Bit, HeifCodes { 9, 16 });
    if (file.isEmpty())
        QSKIP("libheif has no encoder for it");
    const auto image = m_bench.process(file, { usualVariants()[2] });
    QVERIFY(image);
    const QImage shown(image->variants[0].file);
    const auto levelAt = [&shown](double pq) { return qGreen(shown.pixel(qRound(pq * 1023), 16)); };
    const double kPaperPq = 0.5807; // 203 cd/m2
    QVERIFY2(qAbs(levelAt(0.5081) - 184) <= 3, qPrintable(QString::number(levelAt(0.5081)))); // 100 cd/m2: 0.493 of it
    QVERIFY2(qAbs(levelAt(kPaperPq) - 237) <= 3, qPrintable(QString::number(levelAt(kPaperPq))));
    QVERIFY(levelAt(0.65) > levelAt(kPaperPq)); // still apart above paper
    QVERIFY(levelAt(0.70) > levelAt(0.65));
    QVERIFY2(levelAt(0.76) >= 253, qPrintable(QString::number(levelAt(0.76)))); // 1000 cd/m2
    for (int x = 16; x < 1024; x += 16)
        QVERIFY(qGreen(shown.pixel(x, 16)) + 2 >= qGreen(shown.pixel(x - 16, 16)));
}

QTEST_GUILESS_MAIN(ColoursTest)
#include "tst_colours.moc"
