// SPDX-License-Identifier: GPL-3.0-or-later
// Streams, over WebSocket and as server-sent events: https://docs.joinmastodon.org/methods/streaming/
#include "suites.h"

#include "schema.h"

#include <rig/streamclient.h>

#include <QJsonDocument>

#include <vector>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;
using rig::StreamClient;
using rig::StreamedEvent;

class tst_Streaming : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void announcesItself();
    void tellsFollowersOfAPost_data();
    void tellsFollowersOfAPost();
    void takesTheTokenAsSubprotocolAndEchoesIt();
    void takesTheTokenFromTheQuery();
    void refusesAWrongTokenBeforeTheHandshake();
    void asksForAnUpgrade();
    void refusesABrokenHandshake_data();
    void refusesABrokenHandshake();
    void subscribesAndUnsubscribesByMessages();
    void namesWhatIsNoStream_data();
    void namesWhatIsNoStream();
    void refusesAnUnknownChannel();
    void asksWhoComesForTheScope_data();
    void asksWhoComesForTheScope();
    void streamsHashtagsInAnyCase();
    void streamsOnlyMediaWhereAsked();
    void tellsOfEditsWithWhatTheViewerHasDone();
    void tellsOfDeletions();
    void tellsOfNotifications_data();
    void tellsOfNotifications();
    void tellsNothingOfNotificationsWithoutTheirScope();
    void endsWhenTheTokenIsRevoked_data();
    void endsWhenTheTokenIsRevoked();
    void boundsTheStreamsOfAnAccount();

private:
    [[nodiscard]] StreamClient stream() const { return StreamClient(w.server().url()); }
    [[nodiscard]] static QString idOf(const std::optional<StreamedEvent> &event)
    {
        return event ? event->entity()[QLatin1String("id")].toString() : QStringLiteral("nothing came");
    }
    // A token of the person with fewer scopes.
    [[nodiscard]] QByteArray token(const Person &person, const QByteArray &scope) const
    {
        const App app = w.registerApp(scope);
        return w.client()
            .post("/oauth/token",
                  HttpBody::form({ { "grant_type", "password" },
                                   { "client_id", app.id },
                                   { "client_secret", app.secret },
                                   { "username", person.email.toUtf8() },
                                   { "password", person.password.toUtf8() },
                                   { "scope", scope } }))
            .text("access_token")
            .toUtf8();
    }

    Person m_ann;
    Person m_ben; // follows ann
};

void tst_Streaming::init()
{
    m_ann = w.person();
    m_ben = w.person();
    rig::HttpClient ben = w.client(m_ben);
    w.follow(ben, m_ann);
}

void tst_Streaming::announcesItself()
{
    const HttpReply health = w.client().get("/api/v1/streaming/health");
    GI_STATUS(health, 200);
    QCOMPARE(health.body, QByteArray("OK"));
    const QString base = w.server().url().toString();
    const QString expected = QStringLiteral("ws") + base.mid(4);
    const QJsonObject v1 = w.client().get("/api/v1/instance").object();
    QCOMPARE(v1[QLatin1String("urls")].toObject()[QLatin1String("streaming_api")].toString(), expected);
    const QJsonObject v2 = w.client().get("/api/v2/instance").object();
    const QJsonObject urls = v2[QLatin1String("configuration")].toObject()[QLatin1String("urls")].toObject();
    QCOMPARE(urls[QLatin1String("streaming")].toString(), expected);
}

void tst_Streaming::tellsFollowersOfAPost_data()
{
    QTest::addColumn<bool>("overSocket");
    QTest::newRow("WebSocket") << true;
    QTest::newRow("server-sent events") << false;
}

void tst_Streaming::tellsFollowersOfAPost()
{
    QFETCH(bool, overSocket);
    StreamClient home = stream();
    if (overSocket)
        QCOMPARE(home.openSocket("/api/v1/streaming?stream=user", m_ben.token), 101);
    else
        QCOMPARE(home.openEvents("/api/v1/streaming/user", m_ben.token), 200);
    rig::HttpClient ann = w.client(m_ann);
    const QString photo = w.upload(ann, "a cat");
    const QString id = w.postId(ann, QStringLiteral("look, \"a cat\"\nand a line"),
                                { { QStringLiteral("media_ids"), QJsonArray { photo } } });
    const std::optional<StreamedEvent> event = home.next();
    QCOMPARE(idOf(event), id);
    QCOMPARE(event->event, QStringLiteral("update"));
    if (overSocket)
        QCOMPARE(event->stream, QStringList { QStringLiteral("user") });
    else
        QCOMPARE(home.reply().header("content-type"), QByteArray("text/event-stream"));
    const QStringList wrong = violations(event->entity(), QStringLiteral("Status"));
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    QCOMPARE(event->entity()[QLatin1String("favourited")], QJsonValue(false));
    QCOMPARE(event->entity()[QLatin1String("media_attachments")].toArray().size(), 1);
}

void tst_Streaming::takesTheTokenAsSubprotocolAndEchoesIt()
{
    StreamClient home = stream();
    QCOMPARE(home.openSocket("/api/v1/streaming?stream=user", {}, { { "Sec-WebSocket-Protocol", m_ben.token } }), 101);
    QCOMPARE(home.reply().header("sec-websocket-protocol"), m_ben.token);
    QCOMPARE(home.reply().header("sec-websocket-accept"), QByteArray("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")); // RFC 6455
    rig::HttpClient ann = w.client(m_ann);
    const QString id = w.postId(ann, QStringLiteral("hello"));
    QCOMPARE(idOf(home.next()), id);
}

void tst_Streaming::takesTheTokenFromTheQuery()
{
    StreamClient home = stream();
    QCOMPARE(home.openSocket("/api/v1/streaming/?stream=user&access_token=" + m_ben.token), 101);
    rig::HttpClient ann = w.client(m_ann);
    const QString id = w.postId(ann, QStringLiteral("hello"));
    QCOMPARE(idOf(home.next()), id);
}

void tst_Streaming::refusesAWrongTokenBeforeTheHandshake()
{
    StreamClient home = stream();
    QCOMPARE(home.openSocket("/api/v1/streaming?stream=public", "wrong"), 401);
    QCOMPARE(home.openSocket("/api/v1/streaming", {}, { { "Sec-WebSocket-Protocol", "wrong" } }), 401);
    QCOMPARE(home.openEvents("/api/v1/streaming/public", "wrong"), 401);
}

void tst_Streaming::asksForAnUpgrade()
{
    const HttpReply reply = w.client(m_ben).get("/api/v1/streaming?stream=user");
    GI_STATUS(reply, 426);
    QCOMPARE(reply.header("upgrade"), QByteArray("websocket"));
    QCOMPARE(reply.header("sec-websocket-version"), QByteArray("13"));
}

void tst_Streaming::refusesABrokenHandshake_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("connection");
    QTest::newRow("no key") << QByteArray() << QByteArray("Upgrade");
    QTest::newRow("a short key") << QByteArray("c2hvcnQ=") << QByteArray("Upgrade");
    QTest::newRow("no base64") << QByteArray("****************") << QByteArray("Upgrade");
    QTest::newRow("no connection") << QByteArray("dGhlIHNhbXBsZSBub25jZQ==") << QByteArray("keep-alive");
}

void tst_Streaming::refusesABrokenHandshake()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, connection);
    GI_STATUS(w.client(m_ben).get("/api/v1/streaming",
                                  { { "Upgrade", "websocket" },
                                    { "Connection", connection },
                                    { "Sec-WebSocket-Version", "13" },
                                    { "Sec-WebSocket-Key", key } }),
              400);
}

void tst_Streaming::subscribesAndUnsubscribesByMessages()
{
    const QString tag = w.freshName();
    StreamClient all = stream();
    QCOMPARE(all.openSocket("/api/v1/streaming", m_ben.token), 101);
    all.say(R"({"type":"subscribe","stream":"user"})");
    all.say(R"({"type":"subscribe","stream":"hashtag","tag":")" + tag.toUtf8() + R"("})");
    all.say(R"({"type":"subscribe","stream":"hashtag","tag":")" + tag.toUtf8() + R"("})"); // once is enough
    all.say("not even JSON");
    all.say(R"({"type":"subscribe","stream":"no such"})"); // so that the answer says: all before it is done
    QVERIFY(all.next()->payload.contains("Unknown stream type"));

    rig::HttpClient ann = w.client(m_ann);
    const QString first = w.postId(ann, QStringLiteral("one #") + tag);
    const auto atHome = all.next();
    QCOMPARE(idOf(atHome), first);
    QCOMPARE(atHome->stream, QStringList { QStringLiteral("user") });
    const auto byTag = all.next();
    QCOMPARE(idOf(byTag), first);
    QCOMPARE(byTag->stream, (QStringList { QStringLiteral("hashtag"), tag }));

    all.say(R"({"type":"unsubscribe","stream":"user"})");
    all.say(R"({"type":"subscribe","stream":"no such"})");
    QVERIFY(all.next()->payload.contains("Unknown stream type"));
    const QString second = w.postId(ann, QStringLiteral("two #") + tag);
    const auto only = all.next();
    QCOMPARE(idOf(only), second);
    QCOMPARE(only->stream.value(0), QStringLiteral("hashtag"));
}

void tst_Streaming::namesWhatIsNoStream_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QString>("error");
    QTest::addColumn<int>("status");
    QTest::newRow("unknown") << QByteArray(R"({"type":"subscribe","stream":"nothing"})")
                             << QStringLiteral("Unknown stream type") << 400;
    QTest::newRow("no tag") << QByteArray(R"({"type":"subscribe","stream":"hashtag"})")
                            << QStringLiteral("Missing tag name parameter") << 400;
    QTest::newRow("nobody's home") << QByteArray(R"({"type":"subscribe","stream":"user"})")
                                   << QStringLiteral("Missing access token") << 401;
}

void tst_Streaming::namesWhatIsNoStream()
{
    QFETCH(QByteArray, message);
    QFETCH(QString, error);
    QFETCH(int, status);
    StreamClient nobody = stream();
    QCOMPARE(nobody.openSocket("/api/v1/streaming"), 101);
    nobody.say(message);
    const auto answer = nobody.next();
    QVERIFY(answer);
    QCOMPARE(answer->entity(),
             QJsonObject({ { QStringLiteral("error"), error }, { QStringLiteral("status"), status } }));
}

void tst_Streaming::refusesAnUnknownChannel()
{
    const HttpReply reply = w.client().get("/api/v1/streaming/nothing");
    GI_STATUS(reply, 400);
    QCOMPARE(reply.text("error"), QStringLiteral("Unknown channel requested"));
    const HttpReply untagged = w.client().get("/api/v1/streaming/hashtag");
    GI_STATUS(untagged, 400);
}

void tst_Streaming::asksWhoComesForTheScope_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("scope");
    QTest::newRow("user") << QByteArray("/api/v1/streaming/user") << QByteArray("read:notifications");
    QTest::newRow("notifications") << QByteArray("/api/v1/streaming/user/notification") << QByteArray("read:statuses");
    QTest::newRow("list") << QByteArray("/api/v1/streaming/list") << QByteArray("read:statuses");
    QTest::newRow("direct") << QByteArray("/api/v1/streaming/direct") << QByteArray("read:lists");
}

void tst_Streaming::asksWhoComesForTheScope()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, scope);
    GI_STATUS(w.client().get(path), 401);
    GI_STATUS(w.client().as(w.app().token).get(path), 422);
    GI_STATUS(w.client().as(token(m_ben, scope)).get(path), 403);
}

void tst_Streaming::streamsHashtagsInAnyCase()
{
    const QString tag = w.freshName();
    StreamClient nobody = stream();
    QCOMPARE(nobody.openEvents("/api/v1/streaming/hashtag?tag=" + tag.toUpper().toUtf8()), 200);
    rig::HttpClient ann = w.client(m_ann);
    QVERIFY(!w.postId(ann, QStringLiteral("without")).isEmpty());
    const QString parent = w.postId(ann, QStringLiteral("with #") + tag);
    const QString comment =
        w.postId(ann, QStringLiteral("a comment #") + tag, { { QStringLiteral("in_reply_to_id"), parent } });
    QCOMPARE(idOf(nobody.next()), parent);
    QCOMPARE(idOf(nobody.next()), comment);
}

void tst_Streaming::streamsOnlyMediaWhereAsked()
{
    StreamClient media = stream();
    QCOMPARE(media.openSocket("/api/v1/streaming?stream=public:media"), 101);
    StreamClient events = stream();
    QCOMPARE(events.openEvents("/api/v1/streaming/public/local?only_media=true"), 200);
    rig::HttpClient ann = w.client(m_ann);
    QVERIFY(!w.postId(ann, QStringLiteral("no photo")).isEmpty());
    const QString id = w.postId(ann, QString(), { { QStringLiteral("media_ids"), QJsonArray { w.upload(ann) } } });
    const auto event = media.next();
    QCOMPARE(idOf(event), id);
    QCOMPARE(event->stream, QStringList { QStringLiteral("public:media") });
    QCOMPARE(idOf(events.next()), id);
}

void tst_Streaming::tellsOfEditsWithWhatTheViewerHasDone()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient ben = w.client(m_ben);
    const QString id = w.postId(ann, QStringLiteral("before"));
    GI_STATUS(ben.post("/api/v1/statuses/" + id.toUtf8() + "/favourite"), 200);
    StreamClient home = stream();
    QCOMPARE(home.openEvents("/api/v1/streaming/user", m_ben.token), 200);
    StreamClient own = stream();
    QCOMPARE(own.openEvents("/api/v1/streaming/user", m_ann.token), 200);
    GI_STATUS(ann.put("/api/v1/statuses/" + id.toUtf8(), HttpBody::json({ { "status", QStringLiteral("after") } })),
              200);
    const auto edit = home.next();
    QCOMPARE(idOf(edit), id);
    QCOMPARE(edit->event, QStringLiteral("status.update"));
    QVERIFY(edit->entity()[QLatin1String("content")].toString().contains(QLatin1String("after")));
    QCOMPARE(edit->entity()[QLatin1String("favourited")], QJsonValue(true));
    const auto authors = own.next();
    QCOMPARE(authors->entity()[QLatin1String("favourited")], QJsonValue(false));
    QCOMPARE(authors->entity()[QLatin1String("pinned")], QJsonValue(false));
}

void tst_Streaming::tellsOfDeletions()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString id = w.postId(ann, QStringLiteral("not for long"));
    StreamClient home = stream();
    QCOMPARE(home.openEvents("/api/v1/streaming/user", m_ben.token), 200);
    StreamClient everybody = stream();
    QCOMPARE(everybody.openSocket("/api/v1/streaming?stream=public"), 101);
    GI_STATUS(ann.del("/api/v1/statuses/" + id.toUtf8()), 200);
    for (StreamClient *client : { &home, &everybody }) {
        const auto event = client->next();
        QVERIFY(event);
        QCOMPARE(event->event, QStringLiteral("delete"));
        QCOMPARE(event->payload, id.toUtf8());
    }
}

void tst_Streaming::tellsOfNotifications_data()
{
    QTest::addColumn<QByteArray>("streamName");
    QTest::newRow("user") << QByteArray("user");
    QTest::newRow("user:notification") << QByteArray("user:notification");
}

void tst_Streaming::tellsOfNotifications()
{
    QFETCH(QByteArray, streamName);
    rig::HttpClient ann = w.client(m_ann);
    const QString id = w.postId(ann, QStringLiteral("like me"));
    StreamClient news = stream();
    QCOMPARE(news.openSocket("/api/v1/streaming?stream=" + streamName, m_ann.token), 101);
    GI_STATUS(w.client(m_ben).post("/api/v1/statuses/" + id.toUtf8() + "/favourite"), 200);
    const auto event = news.next();
    QVERIFY(event);
    QCOMPARE(event->event, QStringLiteral("notification"));
    QCOMPARE(event->stream, QStringList { QString::fromUtf8(streamName) });
    const QStringList wrong = violations(event->entity(), QStringLiteral("Notification"));
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    QCOMPARE(event->entity()[QLatin1String("type")].toString(), QStringLiteral("favourite"));
    QCOMPARE(event->entity()[QLatin1String("status")].toObject()[QLatin1String("id")].toString(), id);
}

void tst_Streaming::tellsNothingOfNotificationsWithoutTheirScope()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString id = w.postId(ann, QStringLiteral("like me"));
    StreamClient home = stream();
    QCOMPARE(home.openSocket("/api/v1/streaming?stream=user", token(m_ann, "read:statuses")), 101);
    GI_STATUS(w.client(m_ben).post("/api/v1/statuses/" + id.toUtf8() + "/favourite"), 200);
    const QString next = w.postId(ann, QStringLiteral("next"));
    const auto event = home.next();
    QCOMPARE(event->event, QStringLiteral("update"));
    QCOMPARE(idOf(event), next);
}

void tst_Streaming::endsWhenTheTokenIsRevoked_data()
{
    tellsFollowersOfAPost_data();
}

void tst_Streaming::endsWhenTheTokenIsRevoked()
{
    QFETCH(bool, overSocket);
    const QByteArray spare = token(m_ben, "read");
    const App app = w.registerApp("read");
    const QByteArray mine = w.client()
                                .post("/oauth/token",
                                      HttpBody::form({ { "grant_type", "password" },
                                                       { "client_id", app.id },
                                                       { "client_secret", app.secret },
                                                       { "username", m_ben.email.toUtf8() },
                                                       { "password", m_ben.password.toUtf8() },
                                                       { "scope", "read" } }))
                                .text("access_token")
                                .toUtf8();
    StreamClient ending = stream();
    StreamClient staying = stream();
    if (overSocket)
        QCOMPARE(ending.openSocket("/api/v1/streaming?stream=user", mine), 101);
    else
        QCOMPARE(ending.openEvents("/api/v1/streaming/user", mine), 200);
    QCOMPARE(staying.openEvents("/api/v1/streaming/user", spare), 200);
    GI_STATUS(w.client().post(
                  "/oauth/revoke",
                  HttpBody::form({ { "client_id", app.id }, { "client_secret", app.secret }, { "token", mine } })),
              200);
    if (overSocket)
        QCOMPARE(ending.closeCode(), 1008);
    QVERIFY(ending.ends());
    rig::HttpClient ann = w.client(m_ann);
    const QString id = w.postId(ann, QStringLiteral("still there?"));
    QCOMPARE(idOf(staying.next()), id);
}

void tst_Streaming::boundsTheStreamsOfAnAccount()
{
    constexpr int kMost = 20;
    std::vector<StreamClient> open;
    for (int i = 0; i < kMost; ++i) {
        open.push_back(stream());
        QCOMPARE(open.back().openEvents("/api/v1/streaming/user", m_ben.token), 200);
    }
    StreamClient more = stream();
    QCOMPARE(more.openEvents("/api/v1/streaming/user", m_ben.token), 429);
    QCOMPARE(more.openSocket("/api/v1/streaming", m_ben.token), 429);
    QCOMPARE(more.openEvents("/api/v1/streaming/user", m_ann.token), 200);
    // Who goes leaves a place.
    open.pop_back();
    QTRY_COMPARE(more.openEvents("/api/v1/streaming/user", m_ben.token), 200);
}

SuitePointer makeStreamingSuite(World &world)
{
    return std::make_unique<tst_Streaming>(world);
}

} // namespace graminsta::api_test

#include "tst_streaming.moc"
