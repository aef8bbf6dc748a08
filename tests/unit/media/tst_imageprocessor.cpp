// SPDX-License-Identifier: GPL-3.0-or-later
// What comes out of the image processor is right: upright, sRGB, clean, of the sizes asked for.
#include "pictures.h"

#include <QColorSpace>
#include <QCryptographicHash>
#include <QDirIterator>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace graminsta;
using namespace graminsta::test;
using entities::VariantSize;

namespace
{

constexpr double kSamePicture = 3.0; // of 255: two JPEG encodings of one scene, scaled to 320 pixels

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void compareColour(QRgb actual, QRgb expected, int tolerance)
{
    const bool isNear = qAbs(qRed(actual) - qRed(expected)) <= tolerance
        && qAbs(qGreen(actual) - qGreen(expected)) <= tolerance && qAbs(qBlue(actual) - qBlue(expected)) <= tolerance;
    QVERIFY2(isNear, qPrintable(QStringLiteral("%1 instead of %2").arg(actual, 0, 16).arg(expected, 0, 16)));
}

bool run(const QString &program, const QStringList &arguments)
{
    return QProcess::execute(program, arguments) == 0;
}

} // namespace

class ImageProcessorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_bench.takeOutputFiles(); }

    void takesOrRefusesEveryRealPhoto_data()
    {
        QTest::addColumn<QString>("file");
        if (photosFolder().isEmpty())
            QSKIP("no real photos: set GRAMINSTA_PHOTOS");
        QDirIterator files(photosFolder(), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString file = files.next().sliced(photosFolder().size() + 1);
            if (!file.endsWith(QLatin1String(".md")))
                QTest::newRow(qPrintable(file)) << file;
        }
    }

    void takesOrRefusesEveryRealPhoto()
    {
        QFETCH(QString, file);
        const QByteArray bytes = photo(file);
        const auto image = m_bench.process(bytes);
        if (file.endsWith(QLatin1String(".jxl"))) {
            QVERIFY(!image);
            QVERIFY(image.error().fault == Fault::UnsupportedType);
            QVERIFY(image.error().safe.contains(QLatin1String("JPEG XL")));
            return;
        }
        QVERIFY2(image, image ? "" : qPrintable(describe(image.error())));
        QCOMPARE(image->sha256, QCryptographicHash::hash(bytes, QCryptographicHash::Sha256));
        QCOMPARE(image->variants.size(), 5);
        for (const ports::MadeVariant &variant : image->variants) {
            const QByteArray made = contentOf(variant.file);
            QCOMPARE(variant.bytes, made.size());
            QCOMPARE(variant.sha256, QCryptographicHash::hash(made, QCryptographicHash::Sha256));
            QCOMPARE(surplusParts(made).join(QLatin1String(", ")), QString());
            const int limit = variant.size == VariantSize::Grid ? 320 : variant.size == VariantSize::Feed ? 1080 : 9999;
            const int longer = std::max(image->width, image->height);
            QCOMPARE(std::max(variant.width, variant.height), std::min(limit, longer));
        }
        QCOMPARE(QImage(image->variants[2].file).size(), QSize(image->width, image->height));
        qInfo("%s, %d x %d, %s", qPrintable(image->mimeType), image->width, image->height, qPrintable(image->blurhash));
    }

    void turnsEveryOrientationUpright_data()
    {
        QTest::addColumn<QString>("scene");
        QTest::addColumn<int>("orientation");
        if (photosFolder().isEmpty())
            QSKIP("no real photos: set GRAMINSTA_PHOTOS");
        for (const int orientation : { 0, 2, 3, 4, 5, 6, 7, 8 })
            QTest::addRow("Landscape_%d", orientation) << QStringLiteral("Landscape") << orientation;
        for (const int orientation : { 3, 6, 8 })
            QTest::addRow("Portrait_%d", orientation) << QStringLiteral("Portrait") << orientation;
    }

    void turnsEveryOrientationUpright()
    {
        QFETCH(QString, scene);
        QFETCH(int, orientation);
        const auto upright = m_bench.process(photo(QStringLiteral("orientation/%1_1.jpg").arg(scene)));
        const auto turned = m_bench.process(photo(QStringLiteral("orientation/%1_%2.jpg").arg(scene).arg(orientation)));
        QVERIFY(upright && turned);
        QCOMPARE(QSize(turned->width, turned->height), QSize(upright->width, upright->height));
        for (const int variant : { 0, 1, 2 }) {
            const QImage expected(upright->variants[variant].file);
            const QImage actual(turned->variants[variant].file);
            QCOMPARE(actual.size(), expected.size());
            const double difference = meanDifference(actual.scaledToWidth(320, Qt::SmoothTransformation),
                                                     expected.scaledToWidth(320, Qt::SmoothTransformation));
            QVERIFY2(difference < kSamePicture, qPrintable(QString::number(difference)));
        }
    }

    void turnsPicturesThatAreTooLargeForMemory_data()
    {
        QTest::addColumn<int>("orientation");
        for (int orientation = 1; orientation <= 8; ++orientation)
            QTest::addRow("%d", orientation) << orientation;
    }

    void turnsPicturesThatAreTooLargeForMemory()
    {
        QFETCH(int, orientation);
        // Exif 2.3, tag 0x0112: the corner that the first stored row and column show, as seen upright.
        static const QPoint kFirstPixel[] = { { 0, 0 }, { 1, 0 }, { 1, 1 }, { 0, 1 },
                                              { 0, 0 }, { 1, 0 }, { 1, 1 }, { 0, 1 } };
        const QImage stored = corners(4000, 2500);
        const auto image = m_bench.process(withOrientation(encoded(stored, "JPG", 90), orientation));
        QVERIFY2(image, image ? "" : qPrintable(describe(image.error())));
        const QImage upright(image->variants[2].file);
        QCOMPARE(upright.size(), orientation < 5 ? stored.size() : stored.size().transposed());
        const QPoint corner = kFirstPixel[orientation - 1];
        const QRgb actual = upright.pixel(corner.x() * (upright.width() - 1), corner.y() * (upright.height() - 1));
        compareColour(actual, stored.pixel(0, 0), 6);
        QCOMPARE(m_bench.takeOutputFiles(), 5); // and no spool file
    }

    void stripsPrivateMetadata()
    {
        const QString exiftool = QStandardPaths::findExecutable(QStringLiteral("exiftool"));
        if (exiftool.isEmpty())
            QSKIP("exiftool is not installed");
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("private.jpg"));
        QVERIFY(corners(1600, 1200).save(path, "JPG", 95));
        QVERIFY(run(exiftool,
                    { QStringLiteral("-q"), QStringLiteral("-overwrite_original"), QStringLiteral("-GPSLatitude=41.2"),
                      QStringLiteral("-GPSLatitudeRef=N"), QStringLiteral("-SerialNumber=SECRET-1"),
                      QStringLiteral("-Artist=SECRET-2"), QStringLiteral("-XMP:Creator=SECRET-3"),
                      QStringLiteral("-IPTC:City=SECRET-4"), QStringLiteral("-Comment=SECRET-5"),
                      QStringLiteral("-ThumbnailImage<=") + path, path }));
        const QByteArray source = contentOf(path);
        QVERIFY(source.contains("SECRET-5"));

        const auto image = m_bench.process(source);
        QVERIFY(image);
        for (const ports::MadeVariant &variant : image->variants) {
            const QByteArray made = contentOf(variant.file);
            QCOMPARE(surplusParts(made).join(QLatin1String(", ")), QString());
            QVERIFY(!made.contains("SECRET"));
            QProcess reader;
            reader.start(exiftool, { QStringLiteral("-s"), QStringLiteral("-G"), variant.file });
            QVERIFY(reader.waitForFinished());
            const QByteArray tags = reader.readAllStandardOutput();
            for (const char *group : { "[EXIF]", "[XMP]", "[IPTC]", "[MakerNotes]", "[ICC_Profile]", "Comment", "GPS" })
                QVERIFY2(!tags.contains(group), tags.constData());
        }
    }

    void convertsDisplayP3ToSrgb()
    {
        // In Display P3; expected by Qt's own colour management, which shares no code with libvips'.
        QImage wide(64, 64, QImage::Format_RGB888);
        wide.fill(QColor(220, 80, 60));
        wide.setColorSpace(QColorSpace(QColorSpace::DisplayP3));
        const QImage expected = wide.convertedToColorSpace(QColorSpace(QColorSpace::SRgb));
        QVERIFY(qRed(expected.pixel(9, 9)) > 228);

        const auto image = m_bench.process(encoded(wide, "PNG"));
        QVERIFY(image);
        for (const int variant : { 0, 1, 2 })
            compareColour(QImage(image->variants[variant].file).pixel(9, 9), expected.pixel(9, 9), 3);
    }

    void convertsAdobeRgbPhotoToSrgb()
    {
        QImage wide = corners(1500, 1000);
        wide.setColorSpace(QColorSpace(QColorSpace::AdobeRgb));
        const QImage expected = wide.convertedToColorSpace(QColorSpace(QColorSpace::SRgb));
        const auto image = m_bench.process(encoded(wide, "JPG", 95));
        QVERIFY(image);
        QVERIFY(meanDifference(QImage(image->variants[2].file), expected) < 2);
    }

    void leavesSrgbAsItIs()
    {
        QImage plain = corners(1500, 1000);
        plain.setColorSpace(QColorSpace(QColorSpace::SRgb));
        const auto image = m_bench.process(encoded(plain, "PNG"));
        QVERIFY(image);
        QVERIFY(meanDifference(QImage(image->variants[2].file), plain) < 1);
    }

    void convertsCmykToSrgb()
    {
        const QString vips = QStandardPaths::findExecutable(QStringLiteral("vips"));
        if (vips.isEmpty())
            QSKIP("libvips-tools is not installed");
        QTemporaryDir folder;
        const QImage plain = corners(900, 600);
        const QString png = folder.filePath(QStringLiteral("plain.png"));
        const QString jpg = folder.filePath(QStringLiteral("inks.jpg"));
        QVERIFY(plain.save(png));
        QVERIFY(run(vips,
                    { QStringLiteral("icc_transform"), png, jpg + QStringLiteral("[Q=95]"), QStringLiteral("cmyk"),
                      QStringLiteral("--input-profile"), QStringLiteral("srgb") }));
        const auto image = m_bench.process(contentOf(jpg));
        QVERIFY2(image, image ? "" : qPrintable(describe(image.error())));
        // Inks cannot make every colour of a screen: near, not equal.
        QVERIFY(meanDifference(QImage(image->variants[2].file), plain) < 20);
        compareColour(QImage(image->variants[2].file).pixel(899, 599), qRgb(220, 220, 220), 14);
    }

    void convertsSixteenBitsAndGrey()
    {
        const QImage plain = corners(1200, 800);
        const auto deep = m_bench.process(encoded(plain.convertToFormat(QImage::Format_RGBA64), "PNG"));
        QVERIFY(deep);
        QVERIFY(meanDifference(QImage(deep->variants[2].file), plain) < 1);

        const QImage grey = plain.convertToFormat(QImage::Format_Grayscale8);
        const auto made = m_bench.process(encoded(grey, "PNG"));
        QVERIFY(made);
        QVERIFY(meanDifference(QImage(made->variants[2].file), grey) < 1);
        const auto deepGrey = m_bench.process(encoded(plain.convertToFormat(QImage::Format_Grayscale16), "PNG"));
        QVERIFY(deepGrey);
        QVERIFY(meanDifference(QImage(deepGrey->variants[1].file),
                               grey.scaled(1080, 720, Qt::IgnoreAspectRatio, Qt::SmoothTransformation))
                < 2);
    }

    void putsTransparentPicturesOnWhite()
    {
        QImage clear(2000, 1000, QImage::Format_ARGB32);
        clear.fill(QColor(255, 0, 0, 0));
        const auto image = m_bench.process(encoded(clear, "PNG"));
        QVERIFY(image);
        for (const int variant : { 0, 1, 2 })
            compareColour(QImage(image->variants[variant].file).pixel(5, 5), qRgb(255, 255, 255), 1);
    }

    void neverEnlarges()
    {
        const auto image = m_bench.process(encoded(corners(200, 100), "PNG"));
        QVERIFY(image);
        for (const ports::MadeVariant &variant : image->variants)
            QCOMPARE(QSize(variant.width, variant.height), QSize(200, 100));
    }

    void makesPicturesOfOnePixel()
    {
        const auto dot = m_bench.process(encoded(corners(1, 1), "PNG"));
        QVERIFY2(dot, dot ? "" : qPrintable(describe(dot.error())));
        const auto line = m_bench.process(encoded(corners(5000, 1), "PNG"));
        QVERIFY2(line, line ? "" : qPrintable(describe(line.error())));
        QCOMPARE(line->variants[0].width, 320);
        QCOMPARE(line->variants[0].height, 1);
    }

    void cutsSquaresFromTheMiddle()
    {
        QImage striped(900, 300, QImage::Format_RGB888);
        striped.fill(Qt::red);
        for (int y = 0; y < 300; ++y) {
            for (int x = 300; x < 600; ++x)
                striped.setPixel(x, y, qRgb(0, 0, 255));
        }
        const auto image = m_bench.process(
            encoded(striped, "PNG"),
            { jpeg(VariantSize::Grid, 120, ports::Fit::Cover), jpeg(VariantSize::Feed, 400, ports::Fit::Cover) });
        QVERIFY(image);
        QCOMPARE(QImage(image->variants[0].file).size(), QSize(120, 120));
        QCOMPARE(QImage(image->variants[1].file).size(), QSize(300, 300)); // not enlarged
        for (const int x : { 10, 60, 110 })
            compareColour(QImage(image->variants[0].file).pixel(x, 60), qRgb(0, 0, 255), 8);
    }

    void worksFromFourThreads()
    {
        const QByteArray source = encoded(corners(3000, 2000), "JPG", 90);
        const auto expected = m_bench.process(source);
        QVERIFY(expected);
        std::atomic<int> same = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([this, &source, &expected, &same, i] {
                for (int round = 0; round < 5; ++round) {
                    const auto image = m_bench.process(source, usualVariants(), QStringLiteral("upload-%1").arg(i));
                    if (image && image->variants[2].sha256 == expected->variants[2].sha256)
                        ++same;
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(same, 20);
    }

private:
    Workbench m_bench;
};

QTEST_GUILESS_MAIN(ImageProcessorTest)
#include "tst_imageprocessor.moc"
