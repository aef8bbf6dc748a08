// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures in child processes: the same as without, whatever happens to the child, and whatever it says.
#include "isolatedbench.h"
#include "pictures.h"

#include <graminsta/isolation/childworker.h>

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <atomic>
#include <csignal>
#include <thread>

#include <unistd.h>

using namespace graminsta;
using namespace graminsta::test;
using namespace std::chrono_literals;
using entities::VariantSize;

namespace
{

constexpr const char *kLiar = "lying-worker";
constexpr qint64 kMegabyte = 1024 * 1024;

// Does not look at the source: that is the name of a lie.
QJsonObject lie(const QString &input, const QString &output)
{
    QFile source(input + QStringLiteral("/source"));
    const QByteArray what = source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
    const QByteArray jpeg = encoded(corners(320, 240), "JPG");
    const auto file = [&output](const QString &name, const QByteArray &content) {
        QFile made(output + QLatin1Char('/') + name);
        (void)(made.open(QIODevice::WriteOnly) && made.write(content) == content.size());
    };
    QJsonObject variant { { QStringLiteral("size"), static_cast<int>(VariantSize::Grid) },
                          { QStringLiteral("mimeType"), QStringLiteral("image/jpeg") },
                          { QStringLiteral("file"), QStringLiteral("made.jpg") },
                          { QStringLiteral("width"), 320 },
                          { QStringLiteral("height"), 240 } };
    QJsonObject answer { { QStringLiteral("mimeType"), QStringLiteral("image/jpeg") },
                         { QStringLiteral("width"), 640 },
                         { QStringLiteral("height"), 480 },
                         { QStringLiteral("blurhash"), QStringLiteral("LEHV6nWB2yk8pyo0adR*") } };
    file(QStringLiteral("made.jpg"), what == "a page" ? QByteArray("<html><script>alert(1)</script>") : jpeg);
    if (what == "no file")
        QFile::remove(output + QStringLiteral("/made.jpg"));
    if (what == "a path")
        variant.insert(QStringLiteral("file"), QStringLiteral("../in/source"));
    if (what == "an absolute path")
        variant.insert(QStringLiteral("file"), QStringLiteral("/etc/passwd"));
    if (what == "another type")
        variant.insert(QStringLiteral("mimeType"), QStringLiteral("text/html"));
    if (what == "too large")
        variant.insert(QStringLiteral("width"), 321);
    if (what == "an original beyond the limits")
        answer.insert(QStringLiteral("width"), 1'000'000);
    if (what == "another original")
        answer.insert(QStringLiteral("mimeType"), QStringLiteral("image/svg+xml"));
    if (what == "a long blurhash")
        answer.insert(QStringLiteral("blurhash"), QString(10'000, QLatin1Char('x')));
    QJsonArray variants { variant };
    if (what == "more than asked for")
        variants.append(variant);
    if (what == "less than asked for")
        variants = {};
    answer.insert(QStringLiteral("variants"), variants);
    return what == "nothing" ? QJsonObject() : answer;
}

int runLiar()
{
    return isolation::runChildWorker([](const isolation::ChildFolders &folders) -> Result<isolation::AnswerRequest> {
        return isolation::AnswerRequest([folders](const QJsonObject &) { return lie(folders.input, folders.output); });
    });
}

int openFiles()
{
    return static_cast<int>(QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::AllEntries | QDir::System).size());
}

// Sends each child that appears this signal, after a moment, until it goes.
class Assassin
{
public:
    Assassin(int signal, int victims)
        : m_thread([this, signal, victims] { lurk(signal, victims); })
    {
    }
    ~Assassin()
    {
        m_isDone = true;
        m_thread.join();
    }
    Q_DISABLE_COPY_MOVE(Assassin)

    [[nodiscard]] int victims() const { return m_victims; }

private:
    // A child has begun with the picture when it has been at it for as long as it takes to start.
    static bool isAtWork(int pid)
    {
        QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
        if (!stat.open(QIODevice::ReadOnly))
            return false;
        const QByteArray text = stat.readAll();
        const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
        return fields.value(17).toInt() > 1; // threads of libvips
    }

    void lurk(int signal, int victims)
    {
        QList<int> seen;
        while (!m_isDone) {
            for (const int pid : IsolatedBench::children()) {
                if (seen.contains(pid) || m_victims >= victims || !isAtWork(pid))
                    continue;
                seen.append(pid);
                ::kill(pid, signal);
                ++m_victims;
            }
            std::this_thread::sleep_for(2ms);
        }
    }

    std::atomic<bool> m_isDone = false;
    std::atomic<int> m_victims = 0;
    std::thread m_thread;
};

} // namespace

class IsolatedPicturesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_large = encoded(corners(6000, 4000), "JPG", 95); }

    void makesTheSameAsInOneProcess_data();
    void makesTheSameAsInOneProcess();
    void triesOnceMoreWhenAChildIsKilled();
    void refusesAFileThatKillsTwice();
    void endsWhoIsStoppedAtTheDeadline();
    void takesNoMoreMemoryThanAllowed();
    void believesNoChild_data();
    void believesNoChild();
    void saysSoWhenItCannotWrite();
    void handsOverAcrossFileSystems();
    void leaksNothingIn500Photos();

private:
    QByteArray m_large;
};

void IsolatedPicturesTest::makesTheSameAsInOneProcess_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("generated JPEG") << encoded(corners(1500, 1000), "JPG");
    if (photosFolder().isEmpty())
        return;
    for (const char *name :
         { "orientation/Portrait_6.jpg", "camera/japanese-shop.jpg", "formats/density_plot.png", "formats/denali.webp",
           "formats/8bit-sRGB.avif", "formats/IMG_2682.heic", "formats/8bit-sRGB.jxl", "metadata/picasa.jpg" })
        QTest::newRow(name) << photo(QLatin1String(name));
}

void IsolatedPicturesTest::makesTheSameAsInOneProcess()
{
    QFETCH(QByteArray, file);
    Workbench within;
    IsolatedBench apart;
    const auto expected = within.process(file);
    const auto actual = apart.bench().process(file);
    QCOMPARE(actual.has_value(), expected.has_value());
    if (!expected) {
        QVERIFY(actual.error().fault == expected.error().fault);
        QCOMPARE(actual.error().safe, expected.error().safe);
        return;
    }
    QCOMPARE(actual->mimeType, expected->mimeType);
    QCOMPARE(actual->extension, expected->extension);
    QCOMPARE(actual->sha256, expected->sha256);
    QCOMPARE(QSize(actual->width, actual->height), QSize(expected->width, expected->height));
    QCOMPARE(actual->blurhash, expected->blurhash);
    QCOMPARE(actual->variants.size(), expected->variants.size());
    for (qsizetype i = 0; i < expected->variants.size(); ++i) {
        QCOMPARE(actual->variants[i].sha256, expected->variants[i].sha256);
        QCOMPARE(actual->variants[i].bytes, expected->variants[i].bytes);
        QVERIFY(actual->variants[i].file.startsWith(apart.bench().outputFolder()));
    }
    QCOMPARE(apart.bench().takeOutputFiles(), 5);
}

void IsolatedPicturesTest::triesOnceMoreWhenAChildIsKilled()
{
    IsolatedBench bench;
    const Assassin assassin(SIGKILL, 1);
    const auto image = bench.bench().process(m_large);
    QVERIFY2(image, image ? "" : qPrintable(describe(image.error())));
    QCOMPARE(assassin.victims(), 1);
    QCOMPARE(bench.bench().takeOutputFiles(), 5);
}

void IsolatedPicturesTest::refusesAFileThatKillsTwice()
{
    IsolatedBench bench;
    {
        const Assassin assassin(SIGSEGV, 100);
        const auto image = bench.bench().process(m_large);
        QVERIFY(!image);
        QVERIFY2(image.error().fault == Fault::Unprocessable, qPrintable(describe(image.error())));
        QVERIFY(image.error().safe.contains(QLatin1String("decoder")));
        QCOMPARE(assassin.victims(), 2);
    }
    QElapsedTimer timer;
    timer.start();
    const auto again = bench.bench().process(m_large);
    QVERIFY(!again);
    QVERIFY(again.error().fault == Fault::Unprocessable);
    QVERIFY2(timer.elapsed() < 200, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(bench.bench().process(encoded(corners(64, 64), "PNG"))); // others are none the worse
    QCOMPARE(bench.bench().takeOutputFiles(), 5);
}

void IsolatedPicturesTest::endsWhoIsStoppedAtTheDeadline()
{
    media::IsolatedImageSettings settings;
    settings.mostTime = 3s;
    IsolatedBench bench(settings);
    {
        const Assassin assassin(SIGSTOP, 1);
        QElapsedTimer timer;
        timer.start();
        const auto image = bench.bench().process(m_large);
        QVERIFY(!image);
        QVERIFY2(image.error().fault == Fault::Timeout, qPrintable(describe(image.error())));
        QCOMPARE(assassin.victims(), 1);
        QVERIFY2(timer.elapsed() < 15'000, qPrintable(QString::number(timer.elapsed())));
        QTRY_VERIFY_WITH_TIMEOUT(IsolatedBench::children().isEmpty(), 2000);
    }
    QCOMPARE(bench.bench().takeOutputFiles(), 0);
}

void IsolatedPicturesTest::takesNoMoreMemoryThanAllowed()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("a sanitizer reserves more than any limit");
#endif
    if (photosFolder().isEmpty())
        QSKIP("no real photos: set GRAMINSTA_PHOTOS");
    media::IsolatedImageSettings settings;
    settings.children.limits.addressSpace = 340 * kMegabyte;
    IsolatedBench bench(settings);
    const auto image = bench.bench().process(photo(QStringLiteral("formats/IMG_2682.heic")));
    QVERIFY(!image);
    QVERIFY2(image.error().fault == Fault::Unprocessable, qPrintable(describe(image.error())));
    QCOMPARE(bench.bench().takeOutputFiles(), 0);
    QVERIFY(bench.bench().process(encoded(corners(64, 64), "PNG")));
}

void IsolatedPicturesTest::believesNoChild_data()
{
    QTest::addColumn<bool>("isTrue");
    QTest::newRow("the truth") << true;
    for (const char *what : { "a page", "no file", "a path", "an absolute path", "another type", "too large",
                              "an original beyond the limits", "another original", "a long blurhash",
                              "more than asked for", "less than asked for", "nothing" })
        QTest::newRow(what) << false;
}

void IsolatedPicturesTest::believesNoChild()
{
    QFETCH(bool, isTrue);
    IsolatedBench bench({}, kLiar);
    const auto image = bench.bench().process(QTest::currentDataTag(), { jpeg(VariantSize::Grid, 320) });
    QCOMPARE(image.has_value(), isTrue);
    if (isTrue) {
        QCOMPARE(QImage(image->variants.first().file).size(), QSize(320, 240));
        QCOMPARE(image->variants.first().bytes, QFile(image->variants.first().file).size());
    } else {
        QVERIFY2(image.error().fault == Fault::Unprocessable, qPrintable(describe(image.error())));
    }
    QCOMPARE(bench.bench().takeOutputFiles(), isTrue ? 1 : 0);
}

void IsolatedPicturesTest::saysSoWhenItCannotWrite()
{
    IsolatedBench bench;
    QTemporaryDir folder;
    QFile source(folder.filePath(QStringLiteral("upload")));
    QVERIFY(source.open(QIODevice::WriteOnly));
    source.write(encoded(corners(64, 64), "PNG"));
    source.close();
    const auto unwritable = bench.processor().process(source.fileName(), {}, usualVariants(),
                                                      QStringLiteral("/nowhere"), Deadline::after(20s));
    QVERIFY(!unwritable);
    QVERIFY2(unwritable.error().fault == Fault::Unavailable, qPrintable(describe(unwritable.error())));
    const auto absent = bench.processor().process(QStringLiteral("/nowhere/at/all"), {}, usualVariants(),
                                                  bench.bench().outputFolder(), Deadline::after(20s));
    QVERIFY(!absent);
    QVERIFY(absent.error().fault == Fault::Unavailable);
}

void IsolatedPicturesTest::handsOverAcrossFileSystems()
{
    const QString other = QStringLiteral("/dev/shm");
    if (!QFileInfo(other).isWritable())
        QSKIP("no second file system at /dev/shm");
    IsolatedBench bench;
    QTemporaryDir folder(other + QStringLiteral("/graminsta-XXXXXX"));
    QFile source(folder.filePath(QStringLiteral("upload")));
    QVERIFY(source.open(QIODevice::WriteOnly));
    source.write(encoded(corners(64, 64), "PNG"));
    source.close();
    const auto image =
        bench.processor().process(source.fileName(), {}, usualVariants(), folder.path(), Deadline::after(20s));
    QVERIFY2(image, image ? "" : qPrintable(describe(image.error())));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 6);
}

void IsolatedPicturesTest::leaksNothingIn500Photos()
{
    media::IsolatedImageSettings settings;
    settings.children.requestsPerChild = 100;
    IsolatedBench bench(settings);
    const QByteArray small = encoded(corners(64, 48), "JPG");
    // Both counts in the twentieth photo of a child.
    constexpr int kWarmUp = 20;
    int before = 0;
    for (int i = 0; i < 500 + kWarmUp; ++i) {
        if (i == kWarmUp)
            before = openFiles();
        QVERIFY(bench.bench().process(small, { jpeg(VariantSize::Grid, 32) }));
        QCOMPARE(bench.bench().takeOutputFiles(), 1);
    }
    // Fewer where a child was being replaced at the first count.
    QTRY_VERIFY2(openFiles() <= before, qPrintable(QString::number(openFiles())));
    QTRY_VERIFY(IsolatedBench::children().size() <= 1);
}

int main(int argc, char *argv[])
{
    if (const std::optional<int> code = runAsImageWorker(argc, argv))
        return *code;
    if (argc > 1 && qstrcmp(argv[1], kLiar) == 0)
        return runLiar();
    QCoreApplication application(argc, argv);
    IsolatedPicturesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_isolatedpictures.moc"
