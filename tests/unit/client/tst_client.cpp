// SPDX-License-Identifier: GPL-3.0-or-later
// What the client asks and how it reads good answers.
#include <graminsta/client/client.h>
#include <graminsta/client/networktransport.h>
#include <graminsta/client/pager.h>
#include <graminsta/client/recordedtransport.h>
#include <rig/awaiting.h>
#include <rig/fakeserver.h>

#include <QTemporaryDir>
#include <QTest>

using namespace graminsta;
using namespace graminsta::client;
using rig::await;
using rig::FakeReply;
using rig::FakeServer;

namespace
{

QByteArray statusJson(int id)
{
    return "{\"id\":\"" + QByteArray::number(id) + "\",\"account\":{\"id\":\"1\",\"acct\":\"ada\"},\"content\":\"\"}";
}

QByteArray pageJson(std::initializer_list<int> ids)
{
    QByteArrayList statuses;
    for (const int id : ids)
        statuses.append(statusJson(id));
    return '[' + statuses.join(',') + ']';
}

} // namespace

class TestClient : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void sendsTheTokenOnlyToItsServer();
    void createsAStatusWithItsKey();
    void encodesWhateverIsInAnId();
    void followsLinksAtItsOwnServerOnly();
    void pagesUntilThereIsNoNext();
    void stopsWhereAServerLeadsInCircles();
    void tellsThatAFeedIsPrepared();
    void asksVersionOneOfAnOldInstance();
    void asksTheSearchWhereLookupIsMissing();
    void uploadsAFileAndWaitsUntilItIsReady();
    void asksRelationshipsInTheFormOfPixelfed();
    void takesServerAddressesAsPeopleTypeThem_data();
    void takesServerAddressesAsPeopleTypeThem();
    void answersFromRecordings();

private:
    [[nodiscard]] Client client(const QByteArray &token = "secret") const;

    std::unique_ptr<FakeServer> m_server;
};

void TestClient::init()
{
    m_server = std::make_unique<FakeServer>();
}

void TestClient::cleanup()
{
    QCOMPARE(m_server->unexpected(), QByteArrayList());
}

Client TestClient::client(const QByteArray &token) const
{
    return Client(m_server->url(), token, std::make_shared<NetworkTransport>());
}

void TestClient::sendsTheTokenOnlyToItsServer()
{
    FakeServer other;
    other.expect("GET /media/a.jpg", FakeReply::json("bytes"));
    m_server->expect("GET /api/v1/statuses/1", FakeReply::json(statusJson(1)));
    QVERIFY(await(client().statuses().show(QStringLiteral("1"))));
    QCOMPARE(m_server->requests().first().header("authorization"), QByteArray("Bearer secret"));
    const Result<QByteArray> picture =
        await(client().media().download(other.url().resolved(QUrl(QStringLiteral("/media/a.jpg")))));
    QVERIFY(picture);
    QCOMPARE(*picture, QByteArray("bytes"));
    QCOMPARE(other.requests().first().header("authorization"), QByteArray());
}

void TestClient::createsAStatusWithItsKey()
{
    m_server->expect("POST /api/v1/statuses", FakeReply::json(statusJson(5)));
    NewStatus status;
    status.text = QStringLiteral("Fog & rain + é\n#fog");
    status.mediaIds = { QStringLiteral("7"), QStringLiteral("8") };
    status.idempotencyKey = "key-1";
    const Result<model::Status> created = await(client().statuses().create(status));
    QVERIFY(created);
    QCOMPARE(created->id, QStringLiteral("5"));
    const rig::FakeRequest request = m_server->requests().first();
    QCOMPARE(request.header("idempotency-key"), QByteArray("key-1"));
    QCOMPARE(request.parameter(QStringLiteral("status")), status.text);
    QVERIFY(request.body.contains("media_ids%5B%5D=7&media_ids%5B%5D=8"));
}

void TestClient::encodesWhateverIsInAnId()
{
    m_server->expect("GET /api/v1/statuses/a%2Fb%3Fc", FakeReply::json(statusJson(1)));
    QVERIFY(await(client().statuses().show(QStringLiteral("a/b?c"))));
}

void TestClient::followsLinksAtItsOwnServerOnly()
{
    m_server->expect(
        "GET /api/v1/timelines/home",
        { FakeReply::json(pageJson({ 9 }))
              .with("Link", "<https://internal.example/api/v1/timelines/home?limit=1&max_id=9>; rel=\"next\""),
          FakeReply::json("[]") });
    const Result<Page<model::Status>> first = await(client().timelines().home(PageRequest::first(1)));
    QVERIFY(first);
    QVERIFY(await(client().timelines().home(PageRequest::at(first->next))));
    QCOMPARE(m_server->requests().at(1).target, QByteArray("/api/v1/timelines/home?limit=1&max_id=9"));
}

void TestClient::pagesUntilThereIsNoNext()
{
    m_server->expectBy("GET /api/v1/timelines/home", [](const rig::FakeRequest &request) {
        if (request.parameter(QStringLiteral("max_id")) == QLatin1String("8"))
            return FakeReply::json(pageJson({ 8, 7 })); // the last page, with one that came before
        return FakeReply::json(pageJson({ 9, 8 })).with("Link", "</api/v1/timelines/home?max_id=8>; rel=\"next\"");
    });
    const Client api = client();
    Pager<model::Status> pager([api](PageRequest page) { return api.timelines().home(std::move(page)); });
    QCOMPARE(await(pager.next())->size(), 2);
    QVERIFY(!pager.atEnd());
    const Result<QList<model::Status>> last = await(pager.next());
    QCOMPARE(last->size(), 1);
    QCOMPARE(last->first().id, QStringLiteral("7"));
    QVERIFY(pager.atEnd());
    QVERIFY(await(pager.next())->isEmpty());
    QCOMPARE(m_server->requests().size(), 2);
}

void TestClient::stopsWhereAServerLeadsInCircles()
{
    m_server->expect(
        "GET /api/v1/timelines/home",
        FakeReply::json(pageJson({ 9, 8 })).with("Link", "</api/v1/timelines/home?max_id=8>; rel=\"next\""));
    const Client api = client();
    Pager<model::Status> pager([api](PageRequest page) { return api.timelines().home(std::move(page)); });
    QCOMPARE(await(pager.next())->size(), 2);
    QCOMPARE(await(pager.next())->size(), 0);
    QVERIFY(pager.atEnd());
}

void TestClient::tellsThatAFeedIsPrepared()
{
    m_server->expect("GET /api/v1/timelines/home", FakeReply::json("[]", 206));
    const Result<Page<model::Status>> page = await(client().timelines().home());
    QVERIFY(page);
    QVERIFY(page->preparing);
}

void TestClient::asksVersionOneOfAnOldInstance()
{
    m_server->expect("GET /api/v2/instance", FakeReply::json(R"({"error":"Not found"})", 404));
    m_server->expect("GET /api/v1/instance", FakeReply::json(R"({"uri":"example.org","version":"3.5.3"
})"));
    const Result<model::Instance> instance = await(client().instance().show());
    QVERIFY(instance);
    QCOMPARE(instance->limits.maxMediaAttachments, 4);
    QCOMPARE(instance->graminstaVersion, QString());
}

void TestClient::asksTheSearchWhereLookupIsMissing()
{
    m_server->expect("GET /api/v1/accounts/lookup", FakeReply::html("<html>", 404));
    m_server->expect("GET /api/v1/accounts/search",
                     FakeReply::json(R"([{"id":"1","acct":"adam"},{"id":"2","acct":"Ada"}])"));
    const Result<model::Account> found = await(client().accounts().lookup(QStringLiteral("ada")));
    QVERIFY(found);
    QCOMPARE(found->id, QStringLiteral("2"));
}

void TestClient::uploadsAFileAndWaitsUntilItIsReady()
{
    m_server->expect("POST /api/v2/media", FakeReply::json(R"({"id":"3","type":"image","url":null})", 202));
    m_server->expect("GET /api/v1/media/3",
                     { FakeReply::json(R"({"id":"3","type":"image","url":null})", 206),
                       FakeReply::json(R"({"id":"3","type":"image","url":"https://x/a.jpg"})") });
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("fog.jpg")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("\xff\xd8\xff\xe0" + QByteArray(100'000, 'x'));
    file.close();
    MediaFile media;
    media.path = file.fileName();
    media.description = QStringLiteral("Fog");
    media.focus = FocusPoint { 0.5, -0.25 };
    qint64 last = 0;
    Result<model::MediaAttachment> uploaded =
        await(client().media().upload(media, [&last](qint64 sent, qint64) { last = sent; }));
    QVERIFY(uploaded);
    QVERIFY(uploaded->url.isEmpty());
    QVERIFY(last > 100'000);
    const QByteArray body = m_server->requests().first().body;
    QVERIFY(body.contains("name=\"file\"; filename=\"fog.jpg\"\r\nContent-Type: image/jpeg\r\n"));
    QVERIFY(body.contains("name=\"focus\"\r\n\r\n0.500,-0.250\r\n"));
    QCOMPARE(m_server->requests().first().header("content-length").toLongLong(), body.size());
    uploaded = await(client().media().waitUntilReady(*uploaded));
    QVERIFY(uploaded);
    QCOMPARE(uploaded->url, QStringLiteral("https://x/a.jpg"));
}

void TestClient::asksRelationshipsInTheFormOfPixelfed()
{
    m_server->expect("GET /api/v1/accounts/relationships", FakeReply::json(R"([{"id":"1"},{"id":"2"}])"));
    const auto found = await(client().accounts().relationships({ QStringLiteral("1"), QStringLiteral("2") }));
    QVERIFY(found);
    QCOMPARE(found->size(), 2);
    QCOMPARE(m_server->requests().first().target, QByteArray("/api/v1/accounts/relationships?id%5B%5D=1&id%5B%5D=2"));
}

void TestClient::takesServerAddressesAsPeopleTypeThem_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected"); // empty: refused
    const auto row = [](const char *text, const char *expected) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(expected);
    };
    row("example.org", "https://example.org");
    row(" https://example.org/@me ", "https://example.org");
    row("@me@example.org", "https://example.org");
    row("example.org:8443", "https://example.org:8443");
    row("127.0.0.1:8080", "http://127.0.0.1:8080");
    row("localhost:3000", "http://localhost:3000");
    row("http://127.0.0.1:1", "http://127.0.0.1:1");
    row("http://example.org", "");
    row("ftp://example.org", "");
    row("", "");
    row("two words", "");
    row("javascript://example.org", "");
}

void TestClient::takesServerAddressesAsPeopleTypeThem()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const Result<QUrl> address = parseServerAddress(text);
    QCOMPARE(address ? address->toString() : QString(), expected);
}

void TestClient::answersFromRecordings()
{
    QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("api/v1/timelines")));
    QFile file(folder.filePath(QStringLiteral("api/v1/timelines/home.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(pageJson({ 4 }));
    file.close();
    const auto recorded = std::make_shared<RecordedTransport>();
    QVERIFY(recorded->addFolder(folder.path()));
    QCOMPARE(recorded->addFolder(QStringLiteral("/nowhere")).error().fault, Fault::NotFound);
    recorded->onJson(api::Verb::Post, QStringLiteral("/api/v1/statuses/*"), statusJson(6));
    const Client offline(QUrl(QStringLiteral("https://offline.example")), "t", recorded);
    QCOMPARE(await(offline.timelines().home())->items.first().id, QStringLiteral("4"));
    QCOMPARE(await(offline.statuses().favourite(QStringLiteral("6")))->id, QStringLiteral("6"));
    QCOMPARE(await(offline.statuses().show(QStringLiteral("1"))).error().fault, Fault::NotFound);
    QVERIFY(!await(offline.statuses().show(QStringLiteral("../../../../etc/passwd"))));
}

QTEST_GUILESS_MAIN(TestClient)
#include "tst_client.moc"
