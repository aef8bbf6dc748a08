// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of sound videos. The sources are made by the program ffmpeg, and what came out is looked at by ffprobe
// and exiftool.
#include "videofiles.h"

#include <QColor>
#include <QCryptographicHash>
#include <QImage>
#include <QJsonArray>
#include <QTest>

#include <cmath>

using namespace graminsta;
using namespace graminsta::test;
using namespace std::chrono_literals;

namespace
{

const QString kTone = QStringLiteral(" -f lavfi -i sine=frequency=440:sample_rate=48000:duration=2");
const QString kAac = QStringLiteral(" -c:a aac -b:a 96k");
const QString kH264 = QStringLiteral(" -c:v libx264 -preset ultrafast -pix_fmt yuv420p");

QString pictures(const QString &size, const QString &rate, const QString &seconds = QStringLiteral("2"))
{
    return QStringLiteral("-f lavfi -i testsrc2=size=%1:rate=%2:duration=%3").arg(size, rate, seconds);
}

// Four fields of colour, so that it can be told which way is up: red green / blue white.
QString corners(const QString &size)
{
    return QStringLiteral("-f lavfi -i color=red:s=%1:d=1:r=10 -f lavfi -i color=lime:s=%1:d=1:r=10 "
                          "-f lavfi -i color=blue:s=%1:d=1:r=10 -f lavfi -i color=white:s=%1:d=1:r=10 "
                          "-filter_complex [0][1]hstack[a];[2][3]hstack[b];[a][b]vstack")
        .arg(size);
}

QString textOf(const QJsonObject &object, const char *name)
{
    return object[QLatin1String(name)].toVariant().toString();
}

bool isNear(QColor a, QColor b)
{
    return std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue()) < 60;
}

// The position of a box of the file's top level, or -1.
qsizetype boxAt(const QByteArray &file, const char *name)
{
    qsizetype at = 0;
    while (at + 8 <= file.size()) {
        if (file.mid(at + 4, 4) == name)
            return at;
        quint32 size = 0;
        for (int i = 0; i < 4; ++i)
            size = size << 8 | static_cast<uchar>(file.at(at + i));
        if (size < 8)
            return -1;
        at += size;
    }
    return -1;
}

} // namespace

class VideoProcessorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { static_cast<void>(m_bench.takeOutputFiles()); }

    void copiesWhatEverybodyCanPlayBitForBit()
    {
        const QString source =
            m_bench.made(pictures(QStringLiteral("320x240"), QStringLiteral("30000/1001")) + kTone + kH264 + kAac,
                         QStringLiteral("plain.mp4"));
        const auto video = m_bench.process(source);
        QVERIFY2(video, whyNot(video).constData());
        QCOMPARE(video->making, ports::VideoMaking::Copied);
        QCOMPARE(decodedFrames(video->file, QStringLiteral("v")), decodedFrames(source, QStringLiteral("v")));
        QCOMPARE(decodedFrames(video->file, QStringLiteral("a")), decodedFrames(source, QStringLiteral("a")));
        QVERIFY(!decodedFrames(source, QStringLiteral("v")).isEmpty());
        QCOMPARE(QSize(video->width, video->height), QSize(320, 240));
        QCOMPARE(video->frameRate, (entities::FrameRate { 30000, 1001 }));
        QVERIFY(std::abs((video->duration - 2000ms).count()) < 100);
        QCOMPARE(video->source.mimeType, QStringLiteral("video/mp4"));
        QCOMPARE(video->source.videoCodec, QStringLiteral("H.264"));
        QCOMPARE(video->source.audioCodec, QStringLiteral("AAC"));
        QCOMPARE(video->bytes, bytesOf(video->file).size());
        QCOMPARE(video->sha256, QCryptographicHash::hash(bytesOf(video->file), QCryptographicHash::Sha256));
        const QByteArray file = bytesOf(video->file);
        QVERIFY2(boxAt(file, "moov") > 0 && boxAt(file, "moov") < boxAt(file, "mdat"), "its index is not in front");
        QCOMPARE(QImage(video->posterFile).size(), QSize(320, 240));
        QCOMPARE(m_bench.takeOutputFiles(), 2);
    }

    void encodesWhatIsNoH264()
    {
        QFETCH(QString, arguments);
        QFETCH(QString, name);
        QFETCH(QString, mimeType);
        QFETCH(QString, codecs);
        QFETCH(QSize, size);
        const QString source = m_bench.made(arguments, name);
        const auto video = m_bench.process(source);
        QVERIFY2(video, whyNot(video).constData());
        QCOMPARE(video->making, ports::VideoMaking::Encoded);
        QCOMPARE(video->source.mimeType, mimeType);
        QCOMPARE(video->source.videoCodec + QLatin1Char('/') + video->source.audioCodec, codecs);
        QCOMPARE(QSize(video->width, video->height), size);
        const QJsonObject made = probed(video->file);
        const QJsonObject pictures = track(made, QStringLiteral("video"));
        QCOMPARE(textOf(pictures, "codec_name"), QStringLiteral("h264"));
        QCOMPARE(textOf(pictures, "profile"), QStringLiteral("High"));
        QCOMPARE(textOf(pictures, "pix_fmt"), QStringLiteral("yuv420p"));
        QCOMPARE(textOf(pictures, "width"), QString::number(size.width()));
        QVERIFY(textOf(pictures, "sample_aspect_ratio").isEmpty()
                || textOf(pictures, "sample_aspect_ratio") == QLatin1String("1:1"));
        const QJsonObject sound = track(made, QStringLiteral("audio"));
        QCOMPARE(sound.isEmpty(), codecs.endsWith(QLatin1Char('/')));
        if (!sound.isEmpty())
            QCOMPARE(textOf(sound, "codec_name"), QStringLiteral("aac"));
        QCOMPARE(QImage(video->posterFile).size(), size);
        QVERIFY2(std::abs((video->duration - video->source.duration).count()) < 150,
                 qPrintable(QString::number(video->duration.count())));
    }

    void encodesWhatIsNoH264_data()
    {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("mimeType");
        QTest::addColumn<QString>("codecs");
        QTest::addColumn<QSize>("size");
        const QString small = pictures(QStringLiteral("160x120"), QStringLiteral("25"));
        const auto row = [](const char *label, const QString &arguments, const char *name, const char *mimeType,
                            const char *codecs, QSize size) {
            QTest::newRow(label) << arguments << QString::fromLatin1(name) << QString::fromLatin1(mimeType)
                                 << QString::fromLatin1(codecs) << size;
        };
        row("VP9 and Opus", small + kTone + QStringLiteral(" -c:v libvpx-vp9 -deadline realtime -c:a libopus"),
            "vp9.webm", "video/webm", "VP9/Opus", { 160, 120 });
        row("VP8 and Vorbis", small + kTone + QStringLiteral(" -c:v libvpx -c:a libvorbis"), "vp8.webm", "video/webm",
            "VP8/Vorbis", { 160, 120 });
        row("HEVC without sound",
            small
                + QStringLiteral(" -c:v libx265 -preset ultrafast -x265-params log-level=none"
                                 " -tag:v hvc1"),
            "hevc.mov", "video/quicktime", "HEVC/", { 160, 120 });
        row("AV1", small + QStringLiteral(" -c:v libsvtav1 -preset 12"), "av1.mp4", "video/mp4", "AV1/", { 160, 120 });
        row("H.264 in 10 bit", small + QStringLiteral(" -c:v libx264 -preset ultrafast -pix_fmt yuv420p10le"),
            "ten.mp4", "video/mp4", "H.264/", { 160, 120 });
        row("odd sides",
            pictures(QStringLiteral("161x121"), QStringLiteral("25"))
                + QStringLiteral(" -c:v libx264 -preset ultrafast -pix_fmt yuv444p"),
            "odd.mp4", "video/mp4", "H.264/", { 160, 120 });
        row("oblong pixels", small + QStringLiteral(" -vf setsar=2") + kH264, "oblong.mp4", "video/mp4", "H.264/",
            { 320, 120 });
        row("4K", pictures(QStringLiteral("3840x2160"), QStringLiteral("10"), QStringLiteral("0.5")) + kH264,
            "large.mp4", "video/mp4", "H.264/", { 1920, 1080 });
        row("interlaced", small + QStringLiteral(" -vf interlace -c:v libx264 -flags +ildct+ilme -pix_fmt yuv420p"),
            "interlaced.mp4", "video/mp4", "H.264/", { 160, 120 });
    }

    void copiesPicturesWhereOnlyTheSoundIsStrange()
    {
        const QString source = m_bench.made(pictures(QStringLiteral("160x120"), QStringLiteral("25")) + kTone + kH264
                                                + QStringLiteral(" -c:a pcm_s16le"),
                                            QStringLiteral("camera.mov"));
        const auto video = m_bench.process(source);
        QVERIFY2(video, whyNot(video).constData());
        QCOMPARE(video->making, ports::VideoMaking::Copied);
        QCOMPARE(decodedFrames(video->file, QStringLiteral("v")), decodedFrames(source, QStringLiteral("v")));
        const QJsonObject sound = track(probed(video->file), QStringLiteral("audio"));
        QCOMPARE(textOf(sound, "codec_name"), QStringLiteral("aac"));
        QVERIFY(std::abs(sound[QLatin1String("duration")].toString().toDouble() - 2) < 0.1);
    }

    void standsUprightHoweverItWasHeld_data()
    {
        QTest::addColumn<QString>("codec");
        QTest::addColumn<QString>("degrees");
        QTest::addColumn<QList<QColor>>("expected"); // as shown: top left, top right, bottom left, bottom right
        const QColor red(Qt::red);
        const QColor green(Qt::green);
        const QColor blue(Qt::blue);
        const QColor white(Qt::white);
        for (const char *codec : { "libx264", "libx265" }) {
            const QString name = QString::fromLatin1(codec);
            QTest::addRow("%s, not turned", codec) << name << QString() << QList { red, green, blue, white };
            // ffmpeg counts against the clock.
            QTest::addRow("%s, to the right", codec)
                << name << QStringLiteral("-90") << QList { blue, red, white, green };
            QTest::addRow("%s, on its head", codec)
                << name << QStringLiteral("180") << QList { white, blue, green, red };
            QTest::addRow("%s, to the left", codec)
                << name << QStringLiteral("90") << QList { green, white, red, blue };
        }
    }

    void standsUprightHoweverItWasHeld()
    {
        QFETCH(QString, codec);
        QFETCH(QString, degrees);
        QFETCH(QList<QColor>, expected);
        const QString flat = m_bench.made(corners(QStringLiteral("80x60"))
                                              + QStringLiteral(" -pix_fmt yuv420p -preset ultrafast -c:v ") + codec,
                                          codec + QStringLiteral(".mov"));
        // This ffmpeg writes a matrix only where it copies.
        const QString source = degrees.isEmpty()
            ? flat
            : m_bench.made(QStringLiteral("-i %1 -c copy -metadata:s:v:0 rotate=%2")
                               .arg(flat, QString::number((360 + degrees.toInt()) % 360)),
                           codec + degrees + QStringLiteral(".mov"));
        const auto video = m_bench.process(source);
        QVERIFY2(video, whyNot(video).constData());
        const bool swapped = degrees.endsWith(QLatin1String("90"));
        QCOMPARE(QSize(video->width, video->height), swapped ? QSize(120, 160) : QSize(160, 120));
        const QImage poster(video->posterFile);
        QCOMPARE(poster.size(), QSize(video->width, video->height));
        // As a player shows it, which turns by itself.
        const QString shown = m_bench.path(QStringLiteral("shown.png"));
        static_cast<void>(
            output(QStringLiteral("ffmpeg"),
                   { QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-y"), QStringLiteral("-i"),
                     video->file, QStringLiteral("-frames:v"), QStringLiteral("1"), shown }));
        for (const QImage &picture : { poster, QImage(shown) }) {
            const int x = picture.width() / 4;
            const int y = picture.height() / 4;
            const QList<QPoint> places { { x, y }, { 3 * x, y }, { x, 3 * y }, { 3 * x, 3 * y } };
            for (qsizetype i = 0; i < places.size(); ++i) {
                QVERIFY2(
                    isNear(picture.pixelColor(places[i]), expected[i]),
                    qPrintable(QStringLiteral("%1: %2, not %3")
                                   .arg(QString::number(i), picture.pixelColor(places[i]).name(), expected[i].name())));
            }
        }
    }

    void keepsTheTimesOfFramesThatComeUnevenly()
    {
        // Three seconds at 30 a second, of which the middle one has 5.
        const QString source =
            m_bench.made(pictures(QStringLiteral("160x120"), QStringLiteral("30"), QStringLiteral("3"))
                             + QStringLiteral(" -vf \"select='lt(t,1)+gte(t,2)+not(mod(n,6))'\" -vsync vfr"
                                              " -c:v libvpx -deadline realtime"),
                         QStringLiteral("uneven.webm"));
        const auto video = m_bench.process(source);
        QVERIFY2(video, whyNot(video).constData());
        const auto times = [](const QString &file) {
            QList<double> seconds;
            const QByteArray lines =
                output(QStringLiteral("ffprobe"),
                       { QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-select_streams"),
                         QStringLiteral("v"), QStringLiteral("-show_entries"), QStringLiteral("frame=pts_time"),
                         QStringLiteral("-of"), QStringLiteral("csv=p=0"), file });
            for (const QByteArray &line : lines.split('\n')) {
                if (!line.trimmed().isEmpty())
                    seconds.append(line.trimmed().split(',').first().toDouble());
            }
            return seconds;
        };
        const QList<double> before = times(source);
        const QList<double> after = times(video->file);
        QVERIFY(before.size() > 50);
        QCOMPARE(after.size(), before.size());
        for (qsizetype i = 0; i < after.size(); ++i)
            QVERIFY2(std::abs(after[i] - before[i] + before[0]) < 0.002, qPrintable(QString::number(i)));
    }

    void showsNoMoreThanSixtyFramesASecond()
    {
        const QString source =
            m_bench.made(pictures(QStringLiteral("160x120"), QStringLiteral("120"), QStringLiteral("1")) + kH264,
                         QStringLiteral("fast.mp4"));
        const auto video = m_bench.process(source);
        QVERIFY2(video, whyNot(video).constData());
        QCOMPARE(video->making, ports::VideoMaking::Encoded);
        QCOMPARE(video->source.frameRate, (entities::FrameRate { 120, 1 }));
        QCOMPARE(video->frameRate, (entities::FrameRate { 60, 1 }));
    }

    void leavesPlaceDeviceAndTimeBehind_data()
    {
        QTest::addColumn<QString>("codec");
        QTest::newRow("copied") << kH264;
        QTest::newRow("encoded") << QStringLiteral(" -c:v libx265 -preset ultrafast -tag:v hvc1");
    }

    void leavesPlaceDeviceAndTimeBehind()
    {
        QFETCH(QString, codec);
        const QString chapters = m_bench.written(
            ";FFMETADATA1\ntitle=Secret title\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=1\ntitle=Secret chapter\n",
            QStringLiteral("chapters.txt"));
        const QString source = m_bench.made(
            pictures(QStringLiteral("160x120"), QStringLiteral("25")) + kTone
                + QStringLiteral(" -i %1 -map_metadata 2 -map 0:v -map 1:a").arg(chapters) + codec + kAac
                + QStringLiteral(" -timecode 01:02:03:04 -movflags use_metadata_tags"
                                 " -metadata location=+48.1372+011.5756/ -metadata creation_time=2024-05-06T07:08:09Z"
                                 " -metadata com.apple.quicktime.location.ISO6709=+48.1372+011.5756/"
                                 " -metadata com.apple.quicktime.model=SecretPhone -metadata comment=SecretComment"
                                 " -metadata artist=SecretArtist"
                                 " -metadata:s:v handler_name=SecretHandler -metadata:s:a language=deu"),
            QStringLiteral("private%1.mov").arg(codec.size()));
        const QByteArray before =
            output(QStringLiteral("exiftool"), { QStringLiteral("-G"), QStringLiteral("-a"), source });
        QVERIFY(before.contains("SecretPhone") && before.contains("48") && before.contains("2024:05:06"));
        const auto video = m_bench.process(source);
        QVERIFY2(video, whyNot(video).constData());
        const QByteArray after = output(QStringLiteral("exiftool"),
                                        { QStringLiteral("-G"), QStringLiteral("-a"), QStringLiteral("-u"),
                                          QStringLiteral("-ee"), QStringLiteral("-n"), video->file });
        QVERIFY(!after.isEmpty());
        for (const char *secret : { "Secret", "GPS", "48.137", "2024", "Chapter", "TimeCode", "Lavf", "Lavc" })
            QVERIFY2(!after.contains(secret), after.constData());
        const QByteArray file = bytesOf(video->file);
        for (const char *secret : { "Secret", "+48.1372", "tmcd", "chap" })
            QVERIFY2(!file.contains(secret), secret);
        QCOMPARE(probed(video->file)[QLatin1String("streams")].toArray().size(), 2);
        QVERIFY(probed(video->file)[QLatin1String("chapters")].toArray().isEmpty());
    }

    void dropsTheMessagesBetweenFrames()
    {
        // As camcorders write place and time: a message of its own kind in each frame.
        const QString plain =
            m_bench.made(pictures(QStringLiteral("160x120"), QStringLiteral("25")) + kH264, QStringLiteral("bare.mp4"));
        const QString source =
            m_bench.made(QStringLiteral("-i %1 -c copy -bsf:v "
                                        "h264_metadata=sei_user_data=086f3693-b7b3-4f2c-9653-21492feee5b8+SecretPlace")
                             .arg(plain),
                         QStringLiteral("messages.mp4"));
        QVERIFY(bytesOf(source).contains("SecretPlace"));
        const auto video = m_bench.process(source);
        QVERIFY2(video, whyNot(video).constData());
        QCOMPARE(video->making, ports::VideoMaking::Copied);
        QVERIFY(!bytesOf(video->file).contains("SecretPlace"));
        QCOMPARE(decodedFrames(video->file, QStringLiteral("v")), decodedFrames(source, QStringLiteral("v")));
    }

    void bringsHdrDownToWhatScreensHave_data()
    {
        QTest::addColumn<QString>("transfer");
        QTest::newRow("PQ") << QStringLiteral("smpte2084");
        QTest::newRow("HLG") << QStringLiteral("arib-std-b67");
    }

    void bringsHdrDownToWhatScreensHave()
    {
        QFETCH(QString, transfer);
        // Grey paper in SDR, taken to HDR by zscale: it must come back as about the same grey, in BT.709.
        const QString source = m_bench.made(
            QStringLiteral("-f lavfi -i color=0x808080:s=160x120:d=0.5:r=10 -vf "
                           "zscale=t=linear:npl=203:p=709:m=709:tin=709:pin=709:min=709,format=gbrpf32le,"
                           "zscale=p=2020:t=%1:m=2020_ncl:npl=203:r=tv,format=yuv420p10le -c:v libx265 -preset "
                           "ultrafast -color_primaries bt2020 -color_trc %1 -colorspace bt2020nc "
                           "-x265-params log-level=none -tag:v hvc1")
                .arg(transfer),
            transfer + QStringLiteral(".mov"));
        QCOMPARE(textOf(track(probed(source), QStringLiteral("video")), "color_transfer"), transfer);
        const auto video = m_bench.process(source);
        QVERIFY2(video, whyNot(video).constData());
        const QJsonObject made = track(probed(video->file), QStringLiteral("video"));
        QCOMPARE(textOf(made, "color_transfer"), QStringLiteral("bt709"));
        QCOMPARE(textOf(made, "color_primaries"), QStringLiteral("bt709"));
        const QColor grey = QImage(video->posterFile).pixelColor(80, 60);
        qInfo("grey 128 came back as %s", qPrintable(grey.name()));
        QVERIFY2(std::abs(grey.red() - grey.green()) < 8 && std::abs(grey.blue() - grey.green()) < 8,
                 qPrintable(grey.name()));
        QVERIFY2(std::abs(grey.green() - 128) < 12, qPrintable(grey.name()));
    }

    void choosesAPosterWithLightInIt()
    {
        const QString source = m_bench.made(
            QStringLiteral("-f lavfi -i color=black:s=160x120:d=1:r=10 -f lavfi -i color=red:s=160x120:d=2:r=10"
                           " -filter_complex [0][1]concat")
                + kH264,
            QStringLiteral("fade.mp4"));
        const auto video = m_bench.process(source);
        QVERIFY2(video, whyNot(video).constData());
        QVERIFY(isNear(QImage(video->posterFile).pixelColor(80, 60), Qt::red));
    }

    void tellsWhatItIsBeforeTheWork()
    {
        const QString source =
            m_bench.made(pictures(QStringLiteral("320x240"), QStringLiteral("30000/1001")) + kTone + kH264 + kAac,
                         QStringLiteral("plain.mp4"));
        const auto identity = m_bench.processor().identify(source, {});
        QVERIFY2(identity && *identity, whyNot(identity).constData());
        QCOMPARE((*identity)->mimeType, QStringLiteral("video/mp4"));
        QCOMPARE((*identity)->bytes, bytesOf(source).size());
        const QString picture =
            m_bench.made(QStringLiteral("-f lavfi -i testsrc2=size=32x32 -frames:v 1"), QStringLiteral("picture.png"));
        const auto other = m_bench.processor().identify(picture, {});
        QVERIFY(other && !*other);
        const auto facts = m_bench.processor().probe(source, {}, Deadline::after(30s));
        QVERIFY2(facts, whyNot(facts).constData());
        QCOMPARE(facts->frameRate, (entities::FrameRate { 30000, 1001 }));
        QCOMPARE(QSize(facts->width, facts->height), QSize(320, 240));
    }

private:
    VideoBench m_bench;
};

QTEST_GUILESS_MAIN(VideoProcessorTest)
#include "tst_videoprocessor.moc"
