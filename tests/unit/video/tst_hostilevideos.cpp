// SPDX-License-Identifier: GPL-3.0-or-later
// Videos that mean harm, are broken or beyond the limits: each is refused in words, in time, and leaves nothing behind.
#include "videofiles.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTcpServer>
#include <QTest>

using namespace graminsta;
using namespace graminsta::test;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(graminsta::Fault)
Q_DECLARE_METATYPE(graminsta::ports::VideoLimits)

namespace
{

const QString kShort = QStringLiteral("-f lavfi -i testsrc2=size=160x120:rate=25:duration=2"
                                      " -f lavfi -i sine=duration=2 -c:v libx264 -preset ultrafast -pix_fmt yuv420p"
                                      " -c:a aac");

QByteArray box(const QByteArray &name, const QByteArray &content)
{
    QByteArray size(4, '\0');
    const auto bytes = static_cast<quint32>(content.size() + 8);
    for (int i = 0; i < 4; ++i)
        size[i] = static_cast<char>(bytes >> (24 - 8 * i));
    return size + name + content;
}

} // namespace

class HostileVideosTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { static_cast<void>(m_bench.takeOutputFiles()); }

    void refusesWhatIsBeyondTheLimits_data()
    {
        QTest::addColumn<ports::VideoLimits>("limits");
        QTest::addColumn<QString>("words");
        ports::VideoLimits limits;
        limits.maxDuration = 500ms;
        QTest::newRow("too long") << limits << QStringLiteral("lasts 2.0 s; at most 0.5 s");
        limits = {};
        limits.maxBytes = 1000;
        QTest::newRow("too large") << limits << QStringLiteral("bytes; at most 1000 are allowed");
        limits = {};
        limits.maxPixels = 19'000;
        QTest::newRow("too many pixels") << limits << QStringLiteral("160 x 120 = 19200 pixels; at most 19000");
        limits = {};
        limits.maxFrameRate = 20;
        QTest::newRow("too many frames") << limits << QStringLiteral("25 frames a second; at most 20");
    }

    void refusesWhatIsBeyondTheLimits()
    {
        QFETCH(ports::VideoLimits, limits);
        QFETCH(QString, words);
        const QString source = m_bench.made(kShort, QStringLiteral("short.mp4"));
        const auto video = m_bench.process(source, limits);
        QVERIFY(!video);
        QCOMPARE(video.error().fault, Fault::TooLarge);
        QVERIFY2(video.error().safe.contains(words), qPrintable(video.error().safe));
        QCOMPARE(m_bench.takeOutputFiles(), 0);
    }

    void refusesWhatIsCutShort_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<int>("percent");
        for (int percent = 0; percent < 100; percent += 10) {
            QTest::addRow("index behind, %d %%", percent) << QStringLiteral("short.mp4") << kShort << percent;
            QTest::addRow("index in front, %d %%", percent)
                << QStringLiteral("front.mp4") << kShort + QStringLiteral(" -movflags +faststart") << percent;
            QTest::addRow("WebM, %d %%", percent)
                << QStringLiteral("short.webm")
                << QStringLiteral("-f lavfi -i testsrc2=size=160x120:rate=25:duration=2 -c:v libvpx -b:v 300k")
                << percent;
        }
    }

    void refusesWhatIsCutShort()
    {
        QFETCH(QString, name);
        QFETCH(QString, arguments);
        QFETCH(int, percent);
        const QByteArray whole = bytesOf(m_bench.made(arguments, name));
        QVERIFY(whole.size() > 1000);
        const QString source = m_bench.written(whole.left(whole.size() * percent / 100), QStringLiteral("cut-") + name);
        const auto video = m_bench.process(source);
        QVERIFY2(!video, qPrintable(QStringLiteral("taken, %1 ms").arg(video ? video->duration.count() : 0)));
        QVERIFY2(video.error().fault == Fault::Unprocessable || video.error().fault == Fault::UnsupportedType,
                 qPrintable(describe(video.error())));
        QVERIFY(video.error().safe.size() > 10);
        QCOMPARE(m_bench.takeOutputFiles(), 0);
    }

    void neverOpensAnythingElse_data()
    {
        QTest::addColumn<QByteArray>("file");
        const QString secret = m_bench.made(kShort, QStringLiteral("secret.mp4"));
        const QByteArray path = secret.toUtf8();
        QVERIFY(m_server.listen(QHostAddress::LocalHost));
        const QByteArray address = "http://127.0.0.1:" + QByteArray::number(m_server.serverPort()) + "/secret.mp4";
        const QByteArray list = "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:2.0,\n" + address + "\n#EXTINF:2.0,\nfile://"
            + path + "\n#EXT-X-ENDLIST\n";
        const QByteArray concat = "ffconcat version 1.0\nfile '" + path + "'\nfile '" + address + "'\n";
        const QByteArray mpd = "<?xml version=\"1.0\"?><MPD><Period><AdaptationSet><Representation><BaseURL>" + address
            + "</BaseURL></Representation></AdaptationSet></Period></MPD>";
        QTest::newRow("HLS") << list;
        QTest::newRow("concat") << concat;
        QTest::newRow("DASH") << mpd;
        QTest::newRow("SDP") << "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video "
                + QByteArray::number(m_server.serverPort()) + " RTP/AVP 96\na=rtpmap:96 H264/90000\n";
        const QByteArray ftyp = box("ftyp", QByteArray("isom\0\0\2\0isomiso2", 16));
        QTest::newRow("HLS behind an MP4's beginning") << ftyp + list;
        QTest::newRow("HLS in an MP4's free box") << ftyp + box("free", list) + list;
        QTest::newRow("concat behind a QuickTime's beginning") << box("wide", {}) + concat;
        QTest::newRow("HLS behind a WebM's beginning")
            << QByteArray("\x1a\x45\xdf\xa3\x8b\x42\x82\x84webm\x42\x87\x81\x04", 16) + list;
        // A reference movie: its pictures are said to be in another file (QuickTime File Format, "dref").
        QByteArray reference = bytesOf(secret);
        const QByteArray self("\0\0\0\x0curl \0\0\0\1", 12);
        const qsizetype at = reference.indexOf(self);
        QVERIFY(at > 0);
        reference[at + 11] = '\0';
        QTest::newRow("a movie of another file's pictures") << reference;
    }

    void neverOpensAnythingElse()
    {
        QFETCH(QByteArray, file);
        const QString source = m_bench.written(file, QStringLiteral("polyglot.mp4"));
        const auto video = m_bench.process(source);
        // What is refused has read nothing else; what is taken holds its own pictures.
        if (!video) {
            QVERIFY2(video.error().fault == Fault::Unprocessable || video.error().fault == Fault::UnsupportedType,
                     qPrintable(describe(video.error())));
            QCOMPARE(m_bench.takeOutputFiles(), 0);
        }
        QVERIFY2(!m_server.waitForNewConnection(50), "it has opened an address");
        QVERIFY(QByteArray(QTest::currentDataTag()) == "a movie of another file's pictures" || !video);
    }

    void refusesOtherKindsByName_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("just words");
        QTest::newRow("zeros") << QByteArray(4096, '\0');
        QTest::newRow("Matroska") << bytesOf(m_bench.made(kShort, QStringLiteral("other.mkv")));
        QTest::newRow("AVI") << bytesOf(m_bench.made(kShort, QStringLiteral("other.avi")));
        QTest::newRow("MPEG transport stream") << bytesOf(m_bench.made(kShort, QStringLiteral("other.ts")));
        QTest::newRow("MPEG-4 Part 2") << bytesOf(m_bench.made(
            QStringLiteral("-f lavfi -i testsrc2=size=160x120:duration=1 -c:v mpeg4"), QStringLiteral("part2.mp4")));
        QTest::newRow("sound alone") << bytesOf(
            m_bench.made(QStringLiteral("-f lavfi -i sine=duration=1 -c:a aac"), QStringLiteral("sound.mp4")));
        QTest::newRow("a picture that stands") << bytesOf(m_bench.made(
            QStringLiteral("-f lavfi -i testsrc2=size=160x120 -frames:v 1 -c:v libx264"), QStringLiteral("still.mp4")));
    }

    void refusesOtherKindsByName()
    {
        QFETCH(QByteArray, file);
        const auto video = m_bench.process(m_bench.written(file, QStringLiteral("other.mp4")));
        QVERIFY(!video);
        QVERIFY2(video.error().fault == Fault::Unprocessable || video.error().fault == Fault::UnsupportedType,
                 qPrintable(describe(video.error())));
        QCOMPARE(m_bench.takeOutputFiles(), 0);
        qInfo("%s", qPrintable(video.error().safe));
    }

    void survivesFlippedBits()
    {
        QRandomGenerator random(20260731);
        int taken = 0;
        for (const char *name : { "front.mp4", "short.webm" }) {
            const QByteArray whole = bytesOf(m_bench.path(QString::fromLatin1(name)));
            QVERIFY(!whole.isEmpty());
            for (int round = 0; round < 40; ++round) {
                QByteArray bytes = whole;
                // Half of them in the headers, where they hurt most.
                const qsizetype reach = round % 2 == 0 ? 2000 : bytes.size();
                for (int i = 0; i < 1 + round; ++i) {
                    const auto at = static_cast<qsizetype>(random.bounded(static_cast<quint32>(reach)));
                    bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.bounded(8)));
                }
                const auto video = m_bench.process(m_bench.written(bytes, QStringLiteral("flipped")), {}, 20s);
                QVERIFY2(video || (video.error().fault != Fault::Internal && video.error().fault != Fault::Timeout),
                         whyNot(video).constData());
                QCOMPARE(m_bench.takeOutputFiles(), video ? 2 : 0);
                taken += video ? 1 : 0;
            }
        }
        qInfo("%d of 80 were sound enough", taken);
    }

    void endsWhenItsTimeIsUp()
    {
        const QString source = m_bench.madeSlow();
        QElapsedTimer timer;
        timer.start();
        const auto video = m_bench.process(source, {}, 1s);
        QVERIFY(!video);
        QCOMPARE(video.error().fault, Fault::Timeout);
        QVERIFY2(timer.elapsed() < 4000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(m_bench.takeOutputFiles(), 0);
    }

    void saysWhereItCannotWrite()
    {
        const QString source = m_bench.made(kShort, QStringLiteral("short.mp4"));
        const auto video =
            m_bench.processor().process(source, {}, QStringLiteral("/nonexistent/folder"), Deadline::after(20s));
        QVERIFY(!video);
        QCOMPARE(video.error().fault, Fault::Unavailable);
    }

private:
    VideoBench m_bench;
    QTcpServer m_server;
};

QTEST_GUILESS_MAIN(HostileVideosTest)
#include "tst_hostilevideos.moc"
