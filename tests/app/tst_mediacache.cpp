// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/core/mediacache.h>

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

// Answers by path: "/WIDTHxHEIGHT" is a picture, "/bad" is none, "/never" does not answer.
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
        const QByteArray bytes =
            path == u"bad" ? QByteArray("no picture") : picture({ sides.value(0).toInt(), sides.value(1).toInt() });
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
};

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
