// SPDX-License-Identifier: GPL-3.0-or-later
// Videos in child processes: the same files come out, within the limits of memory, and what ends a child ends no more.
#include "videofiles.h"

#include <graminsta/video/isolatedvideoprocessor.h>
#include <graminsta/video/videoworker.h>

#include <QDir>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

#include <csignal>
#include <thread>

using namespace graminsta;
using namespace graminsta::test;
using namespace std::chrono_literals;

namespace
{

constexpr const char *kWorker = "video-worker";

// The children of this process that work.
QList<qint64> workers()
{
    QList<qint64> pids;
    const QStringList names = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
    for (const QString &name : names) {
        const QList<QByteArray> stat = bytesOf(QStringLiteral("/proc/%1/stat").arg(name)).split(' ');
        if (stat.value(3).toLongLong() == QCoreApplication::applicationPid()
            && bytesOf(QStringLiteral("/proc/%1/cmdline").arg(name)).contains(kWorker))
            pids.append(name.toLongLong());
    }
    return pids;
}

} // namespace

class IsolatedVideosTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        video::IsolatedVideoSettings settings;
        settings.children.program = QStringLiteral("/proc/self/exe");
        settings.children.arguments = { QLatin1String(kWorker) };
        settings.children.workFolder = m_work.path();
        settings.children.standardError = isolation::ChildErrors::Kept;
        auto made = video::IsolatedVideoProcessor::create(settings);
        QVERIFY2(made, whyNot(made).constData());
        m_processor = std::move(*made);
    }

    void makesTheSameFiles_data()
    {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QString>("name");
        const QString small = QStringLiteral("-f lavfi -i testsrc2=size=320x240:rate=25:duration=1"
                                             " -f lavfi -i sine=duration=1");
        QTest::newRow("copied") << small + QStringLiteral(" -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac")
                                << QStringLiteral("copied.mp4");
        QTest::newRow("encoded") << small + QStringLiteral(" -c:v libvpx-vp9 -deadline realtime -c:a libopus")
                                 << QStringLiteral("encoded.webm");
        QTest::newRow("AV1") << small + QStringLiteral(" -c:v libsvtav1 -preset 12 -c:a aac")
                             << QStringLiteral("av1.mp4");
        QTest::newRow("4K in 10 bit HDR")
            << QStringLiteral("-f lavfi -i testsrc2=size=3840x2160:rate=30:duration=0.3 -c:v libx265 -preset ultrafast"
                              " -pix_fmt yuv420p10le -x265-params log-level=none -tag:v hvc1 -color_primaries bt2020"
                              " -color_trc smpte2084 -colorspace bt2020nc")
            << QStringLiteral("large.mov");
    }

    void makesTheSameFiles()
    {
        QFETCH(QString, arguments);
        QFETCH(QString, name);
        const QString source = m_bench.made(arguments, name);
        const auto ours = m_bench.process(source);
        const auto theirs = m_processor->process(source, {}, m_outputs.path(), Deadline::after(120s));
        QVERIFY2(ours, whyNot(ours).constData());
        QVERIFY2(theirs, whyNot(theirs).constData());
        QCOMPARE(theirs->sha256, ours->sha256);
        QCOMPARE(theirs->bytes, ours->bytes);
        QCOMPARE(theirs->duration, ours->duration);
        QCOMPARE(theirs->frameRate, ours->frameRate);
        QCOMPARE(theirs->making, ours->making);
        QCOMPARE(theirs->source.videoCodec, ours->source.videoCodec);
        QCOMPARE(bytesOf(theirs->posterFile), bytesOf(ours->posterFile));
        QVERIFY(theirs->file.startsWith(m_outputs.path()));
        for (const qint64 pid : workers()) {
            const QByteArray status = bytesOf(QStringLiteral("/proc/%1/status").arg(pid));
            for (const QByteArray &line : status.split('\n')) {
                if (line.startsWith("VmPeak") || line.startsWith("VmHWM"))
                    qInfo("%s", line.constData());
            }
        }
        const auto facts = m_processor->probe(source, {}, Deadline::after(30s));
        QVERIFY2(facts, whyNot(facts).constData());
        QCOMPARE(facts->width, ours->source.width);
    }

    void saysTheSameOfWhatIsRefused()
    {
        ports::VideoLimits limits;
        limits.maxDuration = 100ms;
        const auto video = m_processor->process(m_bench.path(QStringLiteral("copied.mp4")), limits, m_outputs.path(),
                                                Deadline::after(30s));
        QVERIFY(!video);
        QCOMPARE(video.error().fault, Fault::TooLarge);
        QVERIFY2(video.error().safe.contains(QStringLiteral("lasts 1.0 s; at most 0.1 s")),
                 qPrintable(video.error().safe));
    }

    void survivesFlippedBits()
    {
        QRandomGenerator random(20261130);
        const QByteArray whole = bytesOf(m_bench.path(QStringLiteral("encoded.webm")));
        QVERIFY(!whole.isEmpty());
        for (int round = 0; round < 20; ++round) {
            QByteArray bytes = whole;
            for (int i = 0; i < 20; ++i) {
                const auto at = static_cast<qsizetype>(random.bounded(static_cast<quint32>(bytes.size())));
                bytes[at] = static_cast<char>(random.bounded(256));
            }
            const auto video = m_processor->process(m_bench.written(bytes, QStringLiteral("flipped")), {},
                                                    m_outputs.path(), Deadline::after(20s));
            QVERIFY2(video || (video.error().fault != Fault::Internal && video.error().fault != Fault::Timeout),
                     whyNot(video).constData());
        }
    }

    void refusesWhatEndsAChildAndGoesOn()
    {
        const QString source = m_bench.madeSlow();
        std::thread killer([] {
            std::this_thread::sleep_for(500ms);
            for (const qint64 pid : workers())
                ::kill(static_cast<pid_t>(pid), SIGKILL);
        });
        const auto video = m_processor->process(source, {}, m_outputs.path(), Deadline::after(120s));
        killer.join();
        QVERIFY(!video);
        QCOMPARE(video.error().fault, Fault::Unprocessable);
        QVERIFY(!video.error().detail.isEmpty());
        const auto next = m_processor->process(m_bench.path(QStringLiteral("copied.mp4")), {}, m_outputs.path(),
                                               Deadline::after(30s));
        QVERIFY2(next, whyNot(next).constData());
    }

    void endsWhenItsTimeIsUp()
    {
        QElapsedTimer timer;
        timer.start();
        const auto video =
            m_processor->process(m_bench.path(QStringLiteral("slow.mp4")), {}, m_outputs.path(), Deadline::after(1s));
        QVERIFY(!video);
        QCOMPARE(video.error().fault, Fault::Timeout);
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    }

    void givesUpWhenTheServerStops()
    {
        std::thread stopper([this] {
            std::this_thread::sleep_for(500ms);
            m_processor->interrupt();
        });
        QElapsedTimer timer;
        timer.start();
        const auto video =
            m_processor->process(m_bench.path(QStringLiteral("slow.mp4")), {}, m_outputs.path(), Deadline::after(120s));
        stopper.join();
        QVERIFY(!video);
        QCOMPARE(video.error().fault, Fault::Cancelled);
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    }

    void leavesNoProcessBehind()
    {
        m_processor.reset();
        QTRY_VERIFY(workers().isEmpty());
    }

private:
    VideoBench m_bench;
    QTemporaryDir m_work;
    QTemporaryDir m_outputs;
    std::unique_ptr<video::IsolatedVideoProcessor> m_processor;
};

int main(int argc, char *argv[])
{
    if (argc > 1 && qstrcmp(argv[1], kWorker) == 0)
        return video::runVideoWorker();
    QCoreApplication application(argc, argv);
    IsolatedVideosTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_isolatedvideos.moc"
