// SPDX-License-Identifier: GPL-3.0-or-later
// Files that mean harm, or are broken: each gives a clear refusal or a right picture, soon, and leaves nothing behind.
#include "pictures.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace graminsta;
using namespace graminsta::test;
using entities::VariantSize;

Q_DECLARE_METATYPE(graminsta::Fault)

namespace
{

constexpr int kSoonMs = 200;

QList<ports::VariantSpec> smallVariants()
{
    return { jpeg(VariantSize::Grid, 320), jpeg(VariantSize::Feed, 1080) };
}

} // namespace

class HostilePicturesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_bench.takeOutputFiles(); }

    void refusesBombsBeforeDecoding_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::newRow("PNG of 900 megapixels") << pngHeader(30000, 30000);
        QTest::newRow("PNG that is too wide") << pngHeader(60000, 10);
        QTest::newRow("PNG that is too high") << pngHeader(10, 60000);
        QTest::newRow("JPEG of 4 gigapixels") << jpegHeader(65000, 65000);
        QTest::newRow("JPEG just over the limit") << jpegHeader(8000, 5001);
        QTest::newRow("too many bytes") << encoded(corners(16, 16), "JPG") + QByteArray(26'214'400, '\0');
    }

    void refusesBombsBeforeDecoding()
    {
        QFETCH(QByteArray, file);
        QElapsedTimer timer;
        timer.start();
        const auto image = m_bench.process(file);
        QVERIFY(!image);
        QVERIFY2(image.error().fault == Fault::TooLarge, qPrintable(describe(image.error())));
        QVERIFY2(timer.elapsed() < kSoonMs, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(m_bench.takeOutputFiles(), 0);
        qInfo("%s", qPrintable(image.error().safe));
    }

    void refusesOtherKindsByName_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("name");
        const auto row = [](const char *name, const QByteArray &file) {
            QTest::newRow(name) << file << QString::fromLatin1(name);
        };
        row("SVG", "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        row("PDF", "%PDF-1.7\n");
        row("text", "Hello, I am a text.\n");
        row("web page", "<!DOCTYPE html><html></html>");
        row("JPEG XL", QByteArrayLiteral("\xff\x0a\xfa\x1f"));
        row("TIFF", QByteArrayLiteral("II*\0\x08\0\0\0"));
        row("ZIP", QByteArrayLiteral("PK\3\4\x14\0\0\0"));
        row("video",
            QByteArrayLiteral("\0\0\0\x18"
                              "ftypisom\0\0\2\0isomiso2"));
        row("Matroska", QByteArrayLiteral("\x1a\x45\xdf\xa3\x01\0\0\0"));
        row("unknown kind", QByteArrayLiteral("\1\2\3\4\5\6\7\x08\x09\x10"));
        row("camera raw",
            QByteArrayLiteral("\0\0\0\x18"
                              "ftypcrx \0\0\0\1crx isom"));
    }

    void refusesOtherKindsByName()
    {
        QFETCH(QByteArray, file);
        QFETCH(QString, name);
        const auto image = m_bench.process(file, usualVariants(), QStringLiteral("photo.jpg"));
        QVERIFY(!image);
        QVERIFY(image.error().fault == Fault::UnsupportedType);
        QVERIFY2(image.error().safe.contains(name), qPrintable(image.error().safe));
        QVERIFY(image.error().safe.contains(QLatin1String("JPEG, PNG, GIF, WebP, HEIC or AVIF")));
    }

    void refusesEmptyFiles()
    {
        const auto image = m_bench.process({});
        QVERIFY(!image);
        QVERIFY(image.error().fault == Fault::Unprocessable);
    }

    void goesByContentNotByName()
    {
        const auto image =
            m_bench.process(encoded(corners(64, 64), "PNG"), usualVariants(), QStringLiteral("liar.jpg"));
        QVERIFY(image);
        QCOMPARE(image->mimeType, QStringLiteral("image/png"));
        QCOMPARE(image->extension, QStringLiteral("png"));
    }

    void dropsWhatIsHiddenBehindThePicture()
    {
        const auto image = m_bench.process(encoded(corners(400, 300), "JPG") + "PK\3\4<script>alert(1)</script>");
        QVERIFY(image);
        for (const ports::MadeVariant &variant : image->variants) {
            QFile file(variant.file);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray made = file.readAll();
            QCOMPARE(surplusParts(made).join(QLatin1String(", ")), QString());
            QVERIFY(!made.contains("script"));
        }
    }

    void refusesTruncatedFiles_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::newRow("JPEG") << encoded(corners(2000, 1500), "JPG", 95);
        QTest::newRow("PNG") << encoded(corners(700, 500), "PNG");
        if (photosFolder().isEmpty())
            return;
        QTest::newRow("camera JPEG") << photo(QStringLiteral("orientation/Landscape_6.jpg"));
        QTest::newRow("progressive JPEG") << photo(QStringLiteral("camera/japanese-shop.jpg"));
        QTest::newRow("photo PNG") << photo(QStringLiteral("formats/density_plot.png"));
        QTest::newRow("WebP") << photo(QStringLiteral("formats/denali.webp"));
        QTest::newRow("AVIF") << photo(QStringLiteral("formats/8bit-sRGB.avif"));
        QTest::newRow("HEIC") << photo(QStringLiteral("formats/IMG_2682.heic"));
    }

    void refusesTruncatedFiles()
    {
        QFETCH(QByteArray, file);
        QVERIFY(m_bench.process(file, smallVariants()));
        m_bench.takeOutputFiles();
        QStringList accepted;
        for (int percent = 0; percent < 100; percent += 5) {
            const auto image = m_bench.process(file.first(file.size() * percent / 100), smallVariants());
            if (image)
                accepted.append(QString::number(percent));
            else
                QCOMPARE(m_bench.takeOutputFiles(), 0);
        }
        QVERIFY2(accepted.isEmpty(), qPrintable(accepted.join(QLatin1Char(' '))));
        QVERIFY(!m_bench.process(file.first(file.size() - 200), smallVariants()));
    }

    void survivesFlippedBits_data() { refusesTruncatedFiles_data(); }

    void survivesFlippedBits()
    {
        QFETCH(QByteArray, file);
        QRandomGenerator random(1);
        int refused = 0;
        constexpr int kRounds = 12;
        for (int round = 0; round < kRounds; ++round) {
            QByteArray broken = file;
            for (int flip = 0; flip < 20; ++flip) {
                // Half of them in the header, where they do most.
                const qsizetype range = flip % 2 == 0 ? std::min<qsizetype>(1024, broken.size()) : broken.size();
                const auto at = static_cast<qsizetype>(random.bounded(static_cast<quint32>(range)));
                broken[at] = static_cast<char>(broken[at] ^ (1 << random.bounded(8)));
            }
            const auto image = m_bench.process(broken, smallVariants());
            const int files = m_bench.takeOutputFiles();
            QCOMPARE(files, image ? 2 : 0);
            refused += image ? 0 : 1;
        }
        qInfo("%d of %d refused", refused, kRounds);
    }

    void endsAtTheDeadline()
    {
        const QByteArray large = encoded(corners(7700, 5100), "JPG", 95);
        QElapsedTimer timer;
        timer.start();
        const auto image =
            m_bench.process(large, usualVariants(), QStringLiteral("upload"), std::chrono::milliseconds(60));
        const qint64 took = timer.elapsed();
        QVERIFY(!image);
        QVERIFY2(image.error().fault == Fault::Timeout, qPrintable(describe(image.error())));
        QVERIFY2(took < 60 + kSoonMs, qPrintable(QString::number(took)));
        QCOMPARE(m_bench.takeOutputFiles(), 0);
    }

    void saysSoWhenItCannotWrite()
    {
        const auto image =
            m_bench.processor().process(QStringLiteral("/dev/null/no"), {}, usualVariants(), m_bench.outputFolder(),
                                        Deadline::after(std::chrono::seconds(5)));
        QVERIFY(!image);

        QTemporaryDir folder;
        QFile source(folder.filePath(QStringLiteral("upload")));
        QVERIFY(source.open(QIODevice::WriteOnly));
        source.write(encoded(corners(64, 64), "PNG"));
        source.close();
        const auto unwritable =
            m_bench.processor().process(source.fileName(), {}, usualVariants(), QStringLiteral("/nowhere"),
                                        Deadline::after(std::chrono::seconds(5)));
        QVERIFY(!unwritable);
        QVERIFY(unwritable.error().fault == Fault::Unavailable);
    }

private:
    Workbench m_bench;
};

QTEST_GUILESS_MAIN(HostilePicturesTest)
#include "tst_hostilepictures.moc"
