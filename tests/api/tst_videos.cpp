// SPDX-License-Identifier: GPL-3.0-or-later
// Videos from the upload to the post: https://docs.joinmastodon.org/methods/media/#v2
#include "suites.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <cmath>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Videos : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void initTestCase();
    void announcesWhatItTakes();
    void answersBeforeTheWorkIsDone();
    void becomesAVideoThatCanBePlayed_data();
    void becomesAVideoThatCanBePlayed();
    void standsInACarouselWithPhotos();
    void servesPartsToThoseWhoSeek();
    void saysWhyAVideoCannotBeUsed();
    void refusesOtherKindsAtOnce();
    void showsUploadsToTheirOwnerOnly();
    void keepsTheOriginalForItsOwnerByteForByte();

private:
    // A video made by the program ffmpeg, with these words before the file's name.
    [[nodiscard]] QByteArray video(const QString &arguments, const QString &name);
    [[nodiscard]] QByteArray phoneVideo() { return video(kPhone, QStringLiteral("phone.mp4")); }
    [[nodiscard]] HttpReply send(const QByteArray &file, const QByteArray &path = "/api/v2/media")
    {
        return w.client(m_ann).post(
            path, HttpBody::multipart({ { "file", file, "video", "video/mp4" }, { "description", "A bird flies" } }));
    }
    // The attachment when it is processed, well or not.
    [[nodiscard]] HttpReply settled(const HttpReply &taken);
    [[nodiscard]] QString ready(const QByteArray &file) { return settled(send(file)).text("id"); }

    static const QString kPhone;
    static const QString kBrowser;

    Person m_ann;
    Person m_bob;
    QTemporaryDir m_folder;
};

const QString tst_Videos::kPhone =
    QStringLiteral("-f lavfi -i testsrc2=size=160x120:rate=30000/1001:duration=2 -f lavfi -i sine=duration=2"
                   " -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -metadata location=+48.1372+011.5756/");
const QString tst_Videos::kBrowser =
    QStringLiteral("-f lavfi -i testsrc2=size=120x160:rate=25:duration=2 -f lavfi -i sine=duration=2"
                   " -c:v libvpx -deadline realtime -c:a libopus");

void tst_Videos::initTestCase()
{
    m_ann = w.person();
    m_bob = w.person();
}

QByteArray tst_Videos::video(const QString &arguments, const QString &name)
{
    QFile file(m_folder.filePath(name));
    if (!file.exists()) {
        QProcess ffmpeg;
        ffmpeg.setStandardInputFile(QProcess::nullDevice());
        ffmpeg.start(QStringLiteral("ffmpeg"),
                     QStringList { QStringLiteral("-v"), QStringLiteral("error") } + QProcess::splitCommand(arguments)
                         + QStringList { file.fileName() });
        if (!ffmpeg.waitForFinished(200'000) || ffmpeg.exitCode() != 0)
            qWarning("ffmpeg: %s%s", qPrintable(ffmpeg.errorString()), ffmpeg.readAllStandardError().constData());
    }
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

HttpReply tst_Videos::settled(const HttpReply &taken)
{
    rig::HttpClient http = w.client(m_ann);
    HttpReply media = taken;
    for (int i = 0; i < 600 && (media.status == 202 || media.status == 206); ++i) {
        QTest::qWait(100);
        media = http.get("/api/v1/media/" + taken.text("id").toUtf8());
    }
    return media;
}

void tst_Videos::announcesWhatItTakes()
{
    const QJsonObject configuration =
        w.client().get("/api/v2/instance").object()[QLatin1String("configuration")].toObject();
    const QJsonObject media = configuration[QLatin1String("media_attachments")].toObject();
    QCOMPARE(media[QLatin1String("video_size_limit")].toInt(), 100 << 20);
    QCOMPARE(media[QLatin1String("video_frame_rate_limit")].toInt(), 120);
    QCOMPARE(media[QLatin1String("video_matrix_limit")].toInt(), 3840 * 2160);
    const QJsonArray types = media[QLatin1String("supported_mime_types")].toArray();
    for (const char *type : { "video/mp4", "video/quicktime", "video/webm" })
        QVERIFY2(types.contains(QLatin1String(type)), type);
}

void tst_Videos::answersBeforeTheWorkIsDone()
{
    const HttpReply taken = send(phoneVideo());
    GI_STATUS(taken, 202);
    QCOMPARE(taken.text("type"), QStringLiteral("video"));
    QVERIFY(taken.object()[QLatin1String("url")].isNull());
    QCOMPARE(taken.text("description"), QStringLiteral("A bird flies"));
    GI_STATUS(settled(taken), 200);
}

void tst_Videos::becomesAVideoThatCanBePlayed_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QString>("rate");
    QTest::newRow("MP4 of a phone") << phoneVideo() << QSize(160, 120) << QStringLiteral("30000/1001");
    QTest::newRow("WebM of a browser") << video(kBrowser, QStringLiteral("browser.webm")) << QSize(120, 160)
                                       << QStringLiteral("25/1");
}

void tst_Videos::becomesAVideoThatCanBePlayed()
{
    QFETCH(QByteArray, file);
    QFETCH(QSize, size);
    QFETCH(QString, rate);
    QVERIFY(!file.isEmpty());
    const HttpReply media = settled(send(file));
    GI_STATUS(media, 200);
    const QJsonObject meta = media.object()[QLatin1String("meta")].toObject();
    const QJsonObject original = meta[QLatin1String("original")].toObject();
    QCOMPARE(original[QLatin1String("width")].toInt(), size.width());
    QCOMPARE(original[QLatin1String("height")].toInt(), size.height());
    QCOMPARE(original[QLatin1String("frame_rate")].toString(), rate);
    QVERIFY(std::abs(original[QLatin1String("duration")].toDouble() - 2) < 0.2);
    QVERIFY(original[QLatin1String("bitrate")].toInt() > 1000);
    QVERIFY(meta[QLatin1String("length")].toString().startsWith(QLatin1String("0:00:0")));
    QCOMPARE(meta[QLatin1String("small")][QLatin1String("width")].toInt(), size.width());
    QVERIFY(media.text("blurhash").size() >= 6);

    rig::HttpClient ann = w.client(m_ann);
    const QJsonObject post =
        w.post(ann, QStringLiteral("a video"), { { QStringLiteral("media_ids"), QJsonArray { media.text("id") } } });
    const QJsonValue posted = post[QLatin1String("media_attachments")][0];
    QCOMPARE(posted[QLatin1String("type")].toString(), QStringLiteral("video"));
    const HttpReply played = w.client().get(posted[QLatin1String("url")].toString().toUtf8());
    GI_STATUS(played, 200);
    QCOMPARE(played.header("content-type"), QByteArray("video/mp4"));
    QVERIFY2(played.header("cache-control").contains("immutable"), played.header("cache-control"));
    QCOMPARE(played.body.mid(4, 4), QByteArray("ftyp"));
    QVERIFY(!played.body.contains("+48.1372"));
    const HttpReply poster = w.client().get(posted[QLatin1String("preview_url")].toString().toUtf8());
    GI_STATUS(poster, 200);
    QCOMPARE(poster.header("content-type"), QByteArray("image/jpeg"));
}

void tst_Videos::standsInACarouselWithPhotos()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString first = w.upload(ann);
    const QString second = ready(phoneVideo());
    const QString third = w.upload(ann);
    const QJsonObject post =
        w.post(ann, QStringLiteral("mixed"), { { QStringLiteral("media_ids"), QJsonArray { first, second, third } } });
    QStringList types;
    for (const auto &media : post[QLatin1String("media_attachments")].toArray())
        types.append(media[QLatin1String("type")].toString());
    QCOMPARE(types.join(QLatin1Char(' ')), QStringLiteral("image video image"));
    const HttpReply home = ann.get("/api/v1/timelines/home?limit=1");
    QCOMPARE(home.array().first()[QLatin1String("media_attachments")][1][QLatin1String("type")].toString(),
             QStringLiteral("video"));
}

void tst_Videos::servesPartsToThoseWhoSeek()
{
    const HttpReply media = settled(send(phoneVideo()));
    GI_STATUS(media, 200);
    rig::HttpClient http = w.client();
    const QByteArray url = media.text("url").toUtf8();
    const HttpReply whole = http.get(url);
    QCOMPARE(whole.header("accept-ranges"), QByteArray("bytes"));
    // As players ask: a bit of the beginning, then from the middle on.
    const HttpReply begin = http.get(url, { { "Range", "bytes=0-1" } });
    GI_STATUS(begin, 206);
    QCOMPARE(begin.body, whole.body.left(2));
    QCOMPARE(begin.header("content-type"), QByteArray("video/mp4"));
    QCOMPARE(begin.header("content-range"), "bytes 0-1/" + QByteArray::number(whole.body.size()));
    const HttpReply rest = http.get(url, { { "Range", "bytes=5000-" } });
    GI_STATUS(rest, 206);
    QCOMPARE(rest.body, whole.body.mid(5000));
}

void tst_Videos::saysWhyAVideoCannotBeUsed()
{
    const QByteArray whole = video(kPhone + QStringLiteral(" -movflags +faststart"), QStringLiteral("front.mp4"));
    const HttpReply taken = send(whole.left(whole.size() / 2));
    GI_STATUS(taken, 202);
    const HttpReply refused = settled(taken);
    GI_STATUS(refused, 422);
    QVERIFY2(refused.text("error").contains(QStringLiteral("not whole")), refused.summary());
    // Nor can it be posted.
    const HttpReply posted = w.client(m_ann).post(
        "/api/v1/statuses",
        HttpBody::json({ { "status", QStringLiteral("broken") }, { "media_ids", QJsonArray { taken.text("id") } } }));
    GI_STATUS(posted, 422);
}

void tst_Videos::refusesOtherKindsAtOnce()
{
    const HttpReply matroska =
        send(video(QStringLiteral("-f lavfi -i testsrc2=size=32x32:duration=1"), QStringLiteral("other.mkv")));
    QVERIFY2(matroska.status == 415 || matroska.status == 422, matroska.summary());
    QVERIFY2(matroska.text("error").contains(QStringLiteral("MP4, MOV or WebM")), matroska.summary());
    // A playlist names other files, and is none.
    const HttpReply playlist = send("#EXTM3U\n#EXTINF:2.0,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n");
    QVERIFY2(playlist.status == 415 || playlist.status == 422, playlist.summary());
}

void tst_Videos::showsUploadsToTheirOwnerOnly()
{
    const HttpReply taken = send(phoneVideo());
    const QByteArray path = "/api/v1/media/" + taken.text("id").toUtf8();
    GI_STATUS(w.client(m_bob).get(path), 404);
    GI_STATUS(w.client().get(path), 401);
    GI_STATUS(settled(taken), 200);
    GI_STATUS(w.client(m_bob).get(path), 404);
}

void tst_Videos::keepsTheOriginalForItsOwnerByteForByte()
{
    const QByteArray original = phoneVideo();
    const HttpReply media = settled(send(original));
    GI_STATUS(media, 200);
    const QByteArray path = "/api/graminsta/v1/media/" + media.text("id").toUtf8() + "/original";
    const HttpReply mine = w.client(m_ann).get(path);
    GI_STATUS(mine, 200);
    QCOMPARE(mine.body, original);
    QCOMPARE(mine.header("content-type"), QByteArray("video/mp4"));
    GI_STATUS(w.client(m_bob).get(path), 404);
    GI_STATUS(w.client().get(path), 401);
}

SuitePointer makeVideosSuite(World &world)
{
    return std::make_unique<tst_Videos>(world);
}

} // namespace graminsta::api_test

#include "tst_videos.moc"
