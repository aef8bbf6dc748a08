// SPDX-License-Identifier: GPL-3.0-or-later
// Files that mean harm, or are broken: each gives a clear refusal or a right picture, soon, and leaves nothing behind.
#include "isolatedbench.h"
#include "pictures.h"

#include <rig/hostile/hostilefiles.h>

#include <QElapsedTimer>
#include <QTest>

using namespace graminsta;
using namespace graminsta::test;
using entities::VariantSize;

Q_DECLARE_METATYPE(graminsta::rig::HostileFile)

namespace
{

constexpr int kSoonMs = 1000; // on a machine that is busy with other tests; what they guard against takes many seconds
constexpr std::chrono::seconds kPatience { 60 };

QList<ports::VariantSpec> smallVariants()
{
    return { jpeg(VariantSize::Grid, 320), jpeg(VariantSize::Feed, 1080) };
}

} // namespace

class HostilePicturesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup()
    {
        m_bench.takeOutputFiles();
        if (m_isolated)
            m_isolated->bench().takeOutputFiles();
    }

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

    void givesACleanPictureOrAReason_data();
    void givesACleanPictureOrAReason();

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
    std::unique_ptr<IsolatedBench> m_isolated;
};

void HostilePicturesTest::givesACleanPictureOrAReason_data()
{
    QTest::addColumn<rig::HostileFile>("file");
    const QList<rig::HostileFile> files = rig::hostileFiles(photosFolder());
    for (const rig::HostileFile &file : files)
        QTest::newRow(qPrintable(file.name)) << file;
    QVERIFY(files.size() >= (photosFolder().isEmpty() ? 200 : 300));
    m_isolated = std::make_unique<IsolatedBench>();
}

// As a server does it: in a child process. What a decoder of somebody else's does with such a file is not ours to say;
// that it costs nobody anything is.
void HostilePicturesTest::givesACleanPictureOrAReason()
{
    QFETCH(rig::HostileFile, file);
    const auto image =
        m_isolated->bench().process(file.make(), smallVariants(), QStringLiteral("photo.jpg"), kPatience);
    if (image) {
        QVERIFY(file.outcome != rig::Outcome::Refusal);
        for (const ports::MadeVariant &variant : image->variants) {
            const QImage made(variant.file);
            QCOMPARE(made.size(), QSize(variant.width, variant.height));
            QFile content(variant.file);
            QVERIFY(content.open(QIODevice::ReadOnly));
            QCOMPARE(surplusParts(content.readAll()).join(QLatin1String(", ")), QString());
        }
        return;
    }
    QCOMPARE(m_isolated->bench().takeOutputFiles(), 0);
    const Error &error = image.error();
    QVERIFY2(file.outcome != rig::Outcome::Picture, qPrintable(describe(error)));
    const QList<Fault> clear { Fault::UnsupportedType, Fault::TooLarge, Fault::Unprocessable };
    QVERIFY2(clear.contains(error.fault), qPrintable(describe(error)));
    QVERIFY2(error.safe.size() > 15 && error.safe.endsWith(QLatin1Char('.')), qPrintable(describe(error)));
}

int main(int argc, char *argv[])
{
    if (const std::optional<int> code = runAsImageWorker(argc, argv))
        return *code;
    QCoreApplication application(argc, argv);
    HostilePicturesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_hostilepictures.moc"
