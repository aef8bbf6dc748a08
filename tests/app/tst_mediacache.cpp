// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/core/animationplayer.h>
#include <desktop/core/mediacache.h>
#include <desktop/post/photostage.h>

#include <QBuffer>
#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <rig/fakeserver.h>

using namespace graminsta;

namespace
{

QByteArray picture(QSize size)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::darkCyan);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, "PNG");
    return bytes;
}

// Two pictures of 2 x 2 pixels, black and white, for 40 ms each, for ever.
QByteArray animation()
{
    const auto frame = [](const char *pixels) {
        return QByteArray::fromHex("21f9040004000000"
                                   "2c000000000200020000")
            + QByteArray::fromHex(pixels);
    };
    return QByteArray::fromHex("47494638396102000200800000000000ffffff"
                               "21ff0b4e45545343415045322e300301000000")
        + frame("0202845100") + frame("02028c5300") + ';';
}

// Answers by path: "/WIDTHxHEIGHT" is a picture, "/dance" an animation, "/bad" is none, "/never" does not answer.
class Source final : public MediaSource
{
public:
    struct Log {
        int started = 0;
        int alive = 0;
    };
    explicit Source(Log &log)
        : m_log(log)
    {
    }
    std::unique_ptr<MediaFetch> fetch(const QUrl &url) override
    {
        auto fetch = std::make_unique<MediaFetch>();
        ++m_log.started;
        ++m_log.alive;
        QObject::connect(fetch.get(), &QObject::destroyed, [this] { --m_log.alive; });
        const QString path = url.path().mid(1);
        if (path.startsWith(u"never")) {
            return fetch;
        }
        const QStringList sides = path.split(QLatin1Char('x'));
        const QByteArray bytes = path == u"bad" ? QByteArray("no picture")
            : path == u"dance"                  ? animation()
                                                : picture({ sides.value(0).toInt(), sides.value(1).toInt() });
        QTimer::singleShot(0, fetch.get(), [pointer = fetch.get(), bytes] { Q_EMIT pointer->finished(bytes); });
        return fetch;
    }

private:
    Log &m_log;
};

MediaKey key(const QString &path, QSize size)
{
    return mediaKey(QStringLiteral("https://example.org/") + path, size, 1);
}

} // namespace

class tst_MediaCache : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void decodesToTheSizeThatIsShown();
    void neverScalesUp();
    void cancelsWhatNobodyWantsAnyMore();
    void cancelsWhenTheOwnerDies();
    void keepsWithinItsMemory();
    void remembersFailuresUntilTold();
    void asksForThePixelsOfTheScreen();
    void keepsSignedPicturesWithoutTheirSignature();
    void loadsASignedPictureOnce();
    void takesThePreviewWhereItIsLargeEnough();
    void keepsTheFileOfAnAnimation();
    void playsAnimationsOverAndOver();
    void playsAnimationsOnTheStage();
};

void tst_MediaCache::takesThePreviewWhereItIsLargeEnough()
{
    Photo photo;
    photo.url = QStringLiteral("full");
    photo.previewUrl = QStringLiteral("preview");
    photo.size = { 4000, 3000 };
    photo.previewSize = { 1080, 810 };
    QCOMPARE(pictureUrl(photo, { 620, 465 }), QStringLiteral("preview"));
    QCOMPARE(pictureUrl(photo, { 1240, 930 }), QStringLiteral("preview")); // the feed at two pixels a point
    QCOMPARE(pictureUrl(photo, { 1860, 1395 }), QStringLiteral("full"));
    QCOMPARE(pictureUrl(photo, { 620, 1200 }), QStringLiteral("full")); // by the side that has less
    Photo unknown = photo;
    unknown.previewSize = {};
    QCOMPARE(pictureUrl(unknown, { 620, 465 }), QStringLiteral("full"));
    Photo without = photo;
    without.previewUrl.clear();
    QCOMPARE(pictureUrl(without, { 620, 465 }), QStringLiteral("full"));
}

void tst_MediaCache::keepsTheFileOfAnAnimation()
{
    Source::Log log;
    MediaCache cache(std::make_unique<Source>(log));
    QObject owner;
    const MediaKey dance = key(QStringLiteral("dance"), { 100, 100 });
    const MediaKey still = key(QStringLiteral("20x20"), { 100, 100 });
    cache.want(&owner, { dance, still });
    QTRY_VERIFY(!cache.find(dance).isNull() && !cache.find(still).isNull());
    QCOMPARE(cache.animation(dance.url), animation());
    QVERIFY(cache.animation(still.url).isEmpty());
}

void tst_MediaCache::playsAnimationsOverAndOver()
{
    AnimationPlayer player(animation());
    QSignalSpy changes(&player, &AnimationPlayer::pictureChanged);
    QVERIFY(player.picture().isNull());
    player.setPlaying(true);
    QList<int> greys;
    connect(&player, &AnimationPlayer::pictureChanged, this,
            [&] { greys.append(qGray(player.picture().pixel(0, 0))); });
    QTRY_VERIFY(greys.size() >= 5);
    QCOMPARE(greys.first(5), QList<int>({ 0, 255, 0, 255, 0 }));

    player.setPlaying(false);
    const qsizetype seen = changes.size();
    QTest::qWait(150); // nothing must come, for as long as three would take
    QCOMPARE(changes.size(), seen);
    player.setPlaying(true);
    QTRY_VERIFY(changes.size() > seen);

    AnimationPlayer broken("no picture");
    broken.setPlaying(true);
    QTest::qWait(50);
    QVERIFY(broken.picture().isNull());
}

void tst_MediaCache::playsAnimationsOnTheStage()
{
    Source::Log log;
    MediaCache cache(std::make_unique<Source>(log));
    PhotoStage stage(cache);
    stage.resize(400, 300);
    Photo dance;
    dance.url = QStringLiteral("https://example.org/dance");
    dance.size = { 2, 2 };
    Photo still;
    still.url = QStringLiteral("https://example.org/40x20");
    still.size = { 40, 20 };
    stage.setPhotos({ dance, still });
    stage.show();
    QTRY_VERIFY(stage.player() && !stage.player()->picture().isNull());
    QVERIFY(stage.player()->isPlaying());
    QTest::keyClick(&stage, Qt::Key_Space);
    QVERIFY(!stage.player()->isPlaying());
    QTest::keyClick(&stage, Qt::Key_Space);
    QVERIFY(stage.player()->isPlaying());
    stage.hide();
    QVERIFY(!stage.player()->isPlaying());
    stage.show();
    QVERIFY(stage.player()->isPlaying());
    stage.turn(1);
    QVERIFY(!stage.player());
}

void tst_MediaCache::decodesToTheSizeThatIsShown()
{
    Source::Log log;
    MediaCache cache(std::make_unique<Source>(log));
    QSignalSpy arrived(&cache, &MediaCache::arrived);
    const MediaKey wanted = key(QStringLiteral("2000x1000"), { 256, 256 });
    cache.want(this, { wanted });
    QVERIFY(cache.find(wanted).isNull());
    QTRY_COMPARE(arrived.count(), 1);
    // It covers the box, and no more.
    QCOMPARE(cache.find(wanted).size(), QSize(512, 256));
    cache.want(this, { wanted });
    QTest::qWait(20);
    QCOMPARE(log.started, 1);
}

void tst_MediaCache::neverScalesUp()
{
    Source::Log log;
    MediaCache cache(std::make_unique<Source>(log));
    const MediaKey wanted = key(QStringLiteral("100x80"), { 512, 512 });
    cache.want(this, { wanted });
    QTRY_COMPARE(cache.find(wanted).size(), QSize(100, 80));
}

void tst_MediaCache::cancelsWhatNobodyWantsAnyMore()
{
    Source::Log log;
    MediaCache cache(std::make_unique<Source>(log));
    QList<MediaKey> many;
    for (int i = 0; i < 40; ++i) {
        many += key(QStringLiteral("never%1").arg(i), { 100, 100 });
    }
    cache.want(this, many);
    QCOMPARE(log.alive, MediaCache::kConcurrentFetches);
    cache.want(this, many.mid(2, 1));
    QTRY_COMPARE(log.alive, 1);
    cache.want(this, {});
    QTRY_COMPARE(log.alive, 0);
}

void tst_MediaCache::cancelsWhenTheOwnerDies()
{
    Source::Log log;
    MediaCache cache(std::make_unique<Source>(log));
    {
        QObject owner;
        cache.want(&owner, { key(QStringLiteral("never"), { 100, 100 }) });
        QCOMPARE(log.alive, 1);
    }
    QTRY_COMPARE(log.alive, 0);
}

void tst_MediaCache::keepsWithinItsMemory()
{
    Source::Log log;
    const qsizetype limit = 2'000'000;
    MediaCache cache(std::make_unique<Source>(log), limit);
    for (int i = 0; i < 30; ++i) {
        const MediaKey wanted = key(QStringLiteral("%1x256").arg(256 + i), { 256, 256 });
        cache.want(this, { wanted });
        QTRY_VERIFY(!cache.find(wanted).isNull());
        QVERIFY(cache.memoryUsed() <= limit);
    }
}

void tst_MediaCache::remembersFailuresUntilTold()
{
    Source::Log log;
    MediaCache cache(std::make_unique<Source>(log));
    const MediaKey wanted = key(QStringLiteral("bad"), { 100, 100 });
    cache.want(this, { wanted });
    QTRY_VERIFY(cache.hasFailed(wanted));
    cache.want(this, { wanted });
    QTest::qWait(20);
    QCOMPARE(log.started, 1);
    cache.forgetFailures();
    QTRY_COMPARE(log.started, 2);
}

void tst_MediaCache::asksForThePixelsOfTheScreen()
{
    QCOMPARE(mediaKey(QString(), { 600, 400 }, 1).box, QSize(640, 512));
    QCOMPARE(mediaKey(QString(), { 600, 400 }, 2).box, QSize(1280, 896));
}

void tst_MediaCache::keepsSignedPicturesWithoutTheirSignature()
{
    const QString name = QString(64, QLatin1Char('a'));
    const QString signature = QString(64, QLatin1Char('0'));
    const QString plain = QStringLiteral("https://example.org/media/") + name + QStringLiteral(".jpg");
    QCOMPARE(keptUnder(QUrl(plain + QStringLiteral("?e=12&s=") + signature)), QUrl(plain));
    for (const QString &other : { plain, plain + QStringLiteral("?e=12"), plain + QStringLiteral("?s=") + signature,
                                  plain + QStringLiteral("?e=12&w=320&s=") + signature,
                                  QStringLiteral("https://example.org/media/picture.jpg?e=12&s=") + signature,
                                  QStringLiteral("https://example.org/proxy?e=12&s=") + signature })
        QCOMPARE(keptUnder(QUrl(other)), QUrl(other));
}

void tst_MediaCache::loadsASignedPictureOnce()
{
    QTemporaryDir folder;
    rig::FakeServer server;
    const QByteArray path = "/media/" + QByteArray(64, 'a') + ".jpg";
    rig::FakeReply reply;
    reply.body = picture({ 20, 10 });
    reply.contentType = "image/png";
    reply.headers = { { "Cache-Control", "private, max-age=200000, immutable" } };
    server.expect("GET " + path, reply);
    NetworkMediaSource source(folder.path());
    for (const char digit : { '0', '1' }) {
        const QUrl url =
            server.url().resolved(QUrl(QString::fromLatin1(path + "?e=" + digit + "&s=" + QByteArray(64, digit))));
        const std::unique_ptr<MediaFetch> fetch = source.fetch(url);
        QByteArray bytes;
        QObject::connect(fetch.get(), &MediaFetch::finished, this,
                         [&bytes](const Result<QByteArray> &answer) { bytes = answer.value_or(QByteArray("none")); });
        QTRY_COMPARE(bytes, reply.body);
    }
    QCOMPARE(server.count("GET " + path), 1);
}

QTEST_MAIN(tst_MediaCache)
#include "tst_mediacache.moc"
