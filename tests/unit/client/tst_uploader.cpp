// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/client/networktransport.h>
#include <graminsta/client/uploader.h>
#include <rig/fakeserver.h>

#include <QEventLoop>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace graminsta;
using namespace graminsta::client;
using namespace std::chrono_literals;
using rig::Behaviour;
using rig::FakeReply;
using rig::FakeServer;

class TestUploader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void uploadsInOrderTwoAtATime();
    void reportsProgress();
    void namesFileLimitAndSize();
    void refusesMoreFilesThanAPostTakes();
    void startsAgainAfterALostConnection();
    void cancelsMidWay();
    void goesOnWithTheNextAfterACancelledOne();
    void failsWithTheServersWordsAndCanBeRetried();
    void waitsUntilTheServerHasProcessedIt();
    void failsWithTheReasonWhyItCannotBeProcessed();
    void updatesADescriptionThatChangedMeanwhile();
    void endsQuietlyWhenDeletedMidWay();

private:
    [[nodiscard]] MediaFile photo(const QString &name, qsizetype size = 50'000);
    [[nodiscard]] Client client() const;
    [[nodiscard]] static bool waitIdle(Uploader &uploader);
    void acceptUploads();

    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    int m_nextId = 0;
};

void TestUploader::init()
{
    m_server = std::make_unique<FakeServer>();
    m_folder = std::make_unique<QTemporaryDir>();
    m_nextId = 0;
}

MediaFile TestUploader::photo(const QString &name, qsizetype size)
{
    QFile file(m_folder->filePath(name));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write a test file");
    file.write("\xff\xd8\xff\xe0" + QByteArray(size - 4, 'x'));
    MediaFile media;
    media.path = file.fileName();
    return media;
}

Client TestUploader::client() const
{
    ClientOptions options;
    options.idleTime = 2s;
    options.retry.firstPause = 10ms;
    options.retry.longestPause = 20ms;
    return Client(m_server->url(), "secret", std::make_shared<NetworkTransport>(), options);
}

bool TestUploader::waitIdle(Uploader &uploader)
{
    // Not qWaitFor(), which sleeps between looks and makes uploads slow.
    QEventLoop loop;
    connect(&uploader, &Uploader::idle, &loop, &QEventLoop::quit);
    QTimer::singleShot(15s, &loop, &QEventLoop::quit);
    if (!uploader.isIdle())
        loop.exec();
    return uploader.isIdle();
}

void TestUploader::acceptUploads()
{
    m_server->expectBy("POST /api/v2/media", [this](const rig::FakeRequest &) {
        FakeReply reply = FakeReply::json("{\"id\":\"" + QByteArray::number(++m_nextId)
                                          + "\",\"type\":\"image\",\"url\":\"https://x/a.jpg\"}");
        reply.delay = 50ms;
        return reply;
    });
}

void TestUploader::uploadsInOrderTwoAtATime()
{
    acceptUploads();
    model::InstanceLimits limits;
    limits.maxMediaAttachments = 20;
    Uploader uploader(client(), limits);
    QSignalSpy idle(&uploader, &Uploader::idle);
    for (int i = 0; i < 6; ++i)
        uploader.add(photo(QStringLiteral("%1.jpg").arg(i)));
    QVERIFY(waitIdle(uploader));
    QCOMPARE(idle.count(), 1);
    QCOMPARE(m_server->mostAtOnce(), 2);
    QCOMPARE(uploader.mediaIds().size(), 6);
    for (int i = 0; i < 6; ++i)
        QVERIFY(m_server->requests().at(i).body.contains("filename=\"" + QByteArray::number(i) + ".jpg\"")
                || m_server->requests().at(i ^ 1).body.contains("filename=\"" + QByteArray::number(i) + ".jpg\""));
}

void TestUploader::reportsProgress()
{
    acceptUploads();
    Uploader uploader(client(), {});
    QList<qint64> seen;
    connect(&uploader, &Uploader::changed, this, [&](int index) { seen.append(uploader.item(index).sent); });
    uploader.add(photo(QStringLiteral("a.jpg"), 3'000'000));
    QVERIFY(waitIdle(uploader));
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
    QVERIFY(uploader.item(0).total > 3'000'000);
    QCOMPARE(uploader.item(0).sent, uploader.item(0).total);
    QCOMPARE(uploader.item(0).state, UploadState::Ready);
}

void TestUploader::namesFileLimitAndSize()
{
    model::InstanceLimits limits;
    limits.imageSizeLimit = 1024 * 1024;
    limits.supportedMimeTypes = { QStringLiteral("image/jpeg") };
    limits.descriptionLimit = 10;
    Uploader uploader(client(), limits);
    const int large = uploader.add(photo(QStringLiteral("large.jpg"), 3 * 1024 * 1024));
    QCOMPARE(uploader.item(large).state, UploadState::Failed);
    QCOMPARE(uploader.item(large).error.fault, Fault::TooLarge);
    const QString text = uploader.item(large).error.safe;
    QVERIFY2(text.contains(QStringLiteral("large.jpg")) && text.contains(QStringLiteral("3.0 MB"))
                 && text.contains(QStringLiteral("1.0 MB")),
             qPrintable(text));

    MediaFile words = photo(QStringLiteral("words.jpg"));
    QFile file(words.path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("just words");
    file.close();
    QCOMPARE(uploader.item(uploader.add(words)).error.fault, Fault::UnsupportedType);

    MediaFile talkative = photo(QStringLiteral("t.jpg"));
    talkative.description = QStringLiteral("far too long for this");
    QVERIFY(uploader.item(uploader.add(talkative)).error.safe.contains(QStringLiteral("21 characters")));

    MediaFile missing;
    missing.path = m_folder->filePath(QStringLiteral("none.jpg"));
    QCOMPARE(uploader.item(uploader.add(missing)).error.fault, Fault::NotFound);
    QVERIFY(m_server->requests().isEmpty());
}

void TestUploader::refusesMoreFilesThanAPostTakes()
{
    acceptUploads();
    Uploader uploader(client(), {});
    for (int i = 0; i < 5; ++i)
        uploader.add(photo(QStringLiteral("%1.jpg").arg(i)));
    QCOMPARE(uploader.item(4).state, UploadState::Failed);
    QVERIFY(waitIdle(uploader));
    QCOMPARE(uploader.mediaIds().size(), 4);
}

void TestUploader::startsAgainAfterALostConnection()
{
    m_server->expect("POST /api/v2/media",
                     { FakeReply::bad(Behaviour::CutInBody), FakeReply::bad(Behaviour::CutBeforeAnswer),
                       FakeReply::json(R"({"id":"7","url":"u"})") });
    Uploader uploader(client(), {});
    uploader.add(photo(QStringLiteral("a.jpg"), 2'000'000));
    QVERIFY(waitIdle(uploader));
    QCOMPARE(uploader.mediaIds(), QStringList { QStringLiteral("7") });
    QVERIFY(m_server->requests().last().body.size() > 2'000'000);
}

void TestUploader::cancelsMidWay()
{
    m_server->expect("POST /api/v2/media", FakeReply::bad(Behaviour::StallInBody));
    Uploader uploader(client(), {});
    uploader.add(photo(QStringLiteral("a.jpg"), 12'000'000));
    QVERIFY(QTest::qWaitFor([&uploader] { return uploader.item(0).sent > 0; }));
    uploader.cancel(0);
    QCOMPARE(uploader.item(0).state, UploadState::Cancelled);
    const qint64 sent = uploader.item(0).sent;
    QTest::qWait(200);
    QCOMPARE(uploader.item(0).sent, sent);
    QCOMPARE(uploader.item(0).state, UploadState::Cancelled);
    QVERIFY(uploader.isIdle());
    QCOMPARE(m_server->requests().size(), 1);
}

void TestUploader::goesOnWithTheNextAfterACancelledOne()
{
    m_server->expect("POST /api/v2/media",
                     { FakeReply::bad(Behaviour::Stall), FakeReply::bad(Behaviour::Stall),
                       FakeReply::json(R"({"id":"7","url":"u"})") });
    Uploader uploader(client(), {});
    for (int i = 0; i < 3; ++i)
        uploader.add(photo(QStringLiteral("%1.jpg").arg(i)));
    QVERIFY(QTest::qWaitFor([this] { return m_server->requests().size() == 2; }));
    QCOMPARE(uploader.item(2).state, UploadState::Waiting);
    uploader.cancel(0);
    QVERIFY(QTest::qWaitFor([&uploader] { return uploader.item(2).state == UploadState::Ready; }));
    QCOMPARE(uploader.mediaIds(), QStringList { QStringLiteral("7") });
    uploader.cancelAll();
    QVERIFY(uploader.isIdle());
    QCOMPARE(uploader.item(1).state, UploadState::Cancelled);
    // One that had arrived is withdrawn too.
    QCOMPARE(uploader.item(2).state, UploadState::Cancelled);
    QCOMPARE(uploader.mediaIds(), QStringList());
}

void TestUploader::failsWithTheServersWordsAndCanBeRetried()
{
    m_server->expect("POST /api/v2/media",
                     { FakeReply::json(R"({"error":"Account size limit reached."})", 403),
                       FakeReply::json(R"({"id":"7","url":"u"})") });
    Uploader uploader(client(), {});
    uploader.add(photo(QStringLiteral("a.jpg")));
    QVERIFY(waitIdle(uploader));
    QCOMPARE(uploader.item(0).state, UploadState::Failed);
    QCOMPARE(uploader.item(0).error.safe, QStringLiteral("Account size limit reached."));
    uploader.retry(0);
    QVERIFY(waitIdle(uploader));
    QCOMPARE(uploader.item(0).state, UploadState::Ready);
}

void TestUploader::waitsUntilTheServerHasProcessedIt()
{
    const QByteArray unready = R"({"id":"7","type":"image","url":null,"preview_url":null})";
    m_server->expect("POST /api/v2/media", FakeReply::json(unready, 202));
    m_server->expect("GET /api/v1/media/7",
                     { FakeReply::json(unready, 206), FakeReply::json(R"({"id":"7","type":"image","url":"u"})") });
    Uploader uploader(client(), {});
    QList<UploadState> seen;
    connect(&uploader, &Uploader::changed, this, [&](int index) {
        if (seen.isEmpty() || seen.last() != uploader.item(index).state)
            seen.append(uploader.item(index).state);
    });
    uploader.add(photo(QStringLiteral("a.jpg")));
    QVERIFY(QTest::qWaitFor([this] { return m_server->count("GET /api/v1/media/7") == 1; }));
    QVERIFY(uploader.mediaIds().isEmpty());
    QVERIFY(!uploader.isIdle());
    QVERIFY(waitIdle(uploader));
    QCOMPARE(seen, (QList<UploadState> { UploadState::Sending, UploadState::Processing, UploadState::Ready }));
    QCOMPARE(m_server->count("GET /api/v1/media/7"), 2);
    QCOMPARE(uploader.mediaIds(), QStringList { QStringLiteral("7") });
}

void TestUploader::failsWithTheReasonWhyItCannotBeProcessed()
{
    m_server->expect("POST /api/v2/media", FakeReply::json(R"({"id":"7","type":"image","url":null})", 202));
    m_server->expect("GET /api/v1/media/7", FakeReply::json(R"({"error":"The file is broken: it ends early."})", 422));
    Uploader uploader(client(), {});
    uploader.add(photo(QStringLiteral("a.jpg")));
    QVERIFY(waitIdle(uploader));
    QCOMPARE(uploader.item(0).state, UploadState::Failed);
    QCOMPARE(uploader.item(0).error.safe, QStringLiteral("The file is broken: it ends early."));
    QCOMPARE(m_server->count("GET /api/v1/media/7"), 1);
}

void TestUploader::updatesADescriptionThatChangedMeanwhile()
{
    acceptUploads();
    m_server->expect("PUT /api/v1/media/1", FakeReply::json(R"({"id":"1","url":"u"})"));
    Uploader uploader(client(), {});
    uploader.add(photo(QStringLiteral("a.jpg")));
    QVERIFY(QTest::qWaitFor([this] { return m_server->requests().size() == 1; }));
    uploader.describe(0, QStringLiteral("Fog"), FocusPoint { 0, 1 });
    QVERIFY(waitIdle(uploader));
    QCOMPARE(m_server->count("PUT /api/v1/media/1"), 1);
    QCOMPARE(m_server->requests().last().parameter(QStringLiteral("description")), QStringLiteral("Fog"));
    uploader.describe(0, QStringLiteral("Thick fog"), FocusPoint { 0, 1 });
    QVERIFY(QTest::qWaitFor([this] { return m_server->count("PUT /api/v1/media/1") == 2; }));
    QVERIFY(waitIdle(uploader));
}

void TestUploader::endsQuietlyWhenDeletedMidWay()
{
    m_server->expect("POST /api/v2/media", FakeReply::bad(Behaviour::StallInBody));
    auto uploader = std::make_unique<Uploader>(client(), model::InstanceLimits {});
    uploader->add(photo(QStringLiteral("a.jpg"), 12'000'000));
    uploader->add(photo(QStringLiteral("b.jpg"), 12'000'000));
    QVERIFY(QTest::qWaitFor([&uploader] { return uploader->item(0).sent > 0; }));
    uploader.reset();
    QTest::qWait(200);
}

QTEST_GUILESS_MAIN(TestUploader)
#include "tst_uploader.moc"
