// SPDX-License-Identifier: GPL-3.0-or-later
// Web Push, to a little push service of the test's own that reads what comes:
// https://docs.joinmastodon.org/methods/push/
#include "suites.h"

#include <rig/pushreceiver.h>

#include <QJsonDocument>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

namespace
{

const QByteArray kPath = "/api/v1/push/subscription";

} // namespace

class tst_Push : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void tellsItsKeyEverywhere();
    void keepsOneSubscriptionAToken();
    void refusesWhatCannotBePushedTo_data();
    void refusesWhatCannotBePushedTo();
    void pushesWhatTheClientCanRead_data();
    void pushesWhatTheClientCanRead();
    void signsWithItsKey();
    void pushesOnlyTheAlertsThatAreOn();
    void holdsToThePolicy();
    void pushesNothingOfTheBlockedAndTheMuted();
    void triesAgainWhenAskedTo();
    void forgetsASubscriptionThatIsGone_data();
    void forgetsASubscriptionThatIsGone();
    void endsWithTheToken();

private:
    [[nodiscard]] HttpReply subscribe(const Person &person, const QByteArray &name, const rig::FormFields &more = {})
    {
        rig::FormFields fields { { "subscription[endpoint]", m_service->endpoint(name) },
                                 { "subscription[keys][p256dh]", m_service->publicKey() },
                                 { "subscription[keys][auth]", m_service->authSecret() },
                                 { "subscription[standard]", "true" },
                                 { "data[alerts][favourite]", "true" },
                                 { "data[alerts][mention]", "true" } };
        return w.client(person).post(kPath, HttpBody::form(fields + more));
    }
    void like(const Person &who) const
    {
        const HttpReply liked = w.client(who).post("/api/v1/statuses/" + m_post.toUtf8() + "/favourite");
        GI_STATUS(liked, 200);
    }
    rig::HttpReply act(const Person &who, const Person &whom, const char *what) const
    {
        return w.client(who).post("/api/v1/accounts/" + whom.id.toUtf8() + what);
    }
    // The id of the account that the next push speaks of.
    [[nodiscard]] QString nextTitle()
    {
        const auto pushed = m_service->next();
        return pushed ? m_service->read(*pushed)[QLatin1String("title")].toString() : QStringLiteral("nothing came");
    }

    std::unique_ptr<rig::PushReceiver> m_service;
    Person m_ann;
    Person m_ben;
    Person m_cat;
    QString m_post; // of ann's
};

void tst_Push::init()
{
    m_service = std::make_unique<rig::PushReceiver>();
    m_ann = w.person();
    m_ben = w.person();
    m_cat = w.person();
    rig::HttpClient ann = w.client(m_ann);
    m_post = w.postId(ann, QStringLiteral("like me"));
}

void tst_Push::tellsItsKeyEverywhere()
{
    const QJsonObject instance = w.client().get("/api/v2/instance").object();
    const QString key =
        instance[QLatin1String("configuration")][QLatin1String("vapid")][QLatin1String("public_key")].toString();
    QCOMPARE(QByteArray::fromBase64(key.toLatin1(), QByteArray::Base64UrlEncoding).size(), 65);
    const HttpReply app = w.client().post(
        "/api/v1/apps",
        HttpBody::form({ { "client_name", "a" }, { "redirect_uris", kOutOfBand }, { "scopes", "read push" } }));
    QCOMPARE(app.text("vapid_key"), key);
    QCOMPARE(subscribe(m_ann, "one").text("server_key"), key);
}

void tst_Push::keepsOneSubscriptionAToken()
{
    GI_STATUS(w.client(m_ann).get(kPath), 404);
    GI_STATUS(subscribe(m_ann, "one"), 200);
    const HttpReply second = subscribe(m_ann, "two", { { "data[policy]", "followed" } });
    GI_STATUS(second, 200);
    QCOMPARE(second.text("endpoint").toUtf8(), m_service->endpoint("two"));
    QCOMPARE(second.text("policy"), QStringLiteral("followed"));
    const QJsonObject alerts = second.object()[QLatin1String("alerts")].toObject();
    QCOMPARE(alerts[QLatin1String("mention")], QJsonValue(true));
    QCOMPARE(alerts[QLatin1String("reblog")], QJsonValue(false));
    QCOMPARE(w.client(m_ann).get(kPath).object(), second.object());

    const HttpReply changed =
        w.client(m_ann).put(kPath, HttpBody::form({ { "data[alerts][follow]", "true" }, { "data[policy]", "none" } }));
    GI_STATUS(changed, 200);
    QCOMPARE(changed.text("policy"), QStringLiteral("none"));
    QCOMPARE(changed.object()[QLatin1String("alerts")][QLatin1String("follow")], QJsonValue(true));
    QCOMPARE(changed.object()[QLatin1String("alerts")][QLatin1String("mention")], QJsonValue(false));
    QCOMPARE(changed.text("endpoint"), second.text("endpoint"));

    GI_STATUS(w.client(m_ann).del(kPath), 200);
    GI_STATUS(w.client(m_ann).del(kPath), 200);
    GI_STATUS(w.client(m_ann).get(kPath), 404);
    GI_STATUS(w.client(m_ann).put(kPath, HttpBody::form({ { "data[alerts][follow]", "true" } })), 404);
}

void tst_Push::refusesWhatCannotBePushedTo_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("no address") << QByteArray("subscription[endpoint]") << QByteArray("");
    QTest::newRow("another scheme") << QByteArray("subscription[endpoint]") << QByteArray("file:///etc/passwd");
    QTest::newRow("with a user") << QByteArray("subscription[endpoint]") << QByteArray("https://a:b@push.example/");
    QTest::newRow("no key") << QByteArray("subscription[keys][p256dh]") << QByteArray("");
    QTest::newRow("no point") << QByteArray("subscription[keys][p256dh]") << QByteArray(87, 'A');
    QTest::newRow("a short secret") << QByteArray("subscription[keys][auth]") << QByteArray("c2hvcnQ");
    QTest::newRow("a policy of no kind") << QByteArray("data[policy]") << QByteArray("friends");
}

void tst_Push::refusesWhatCannotBePushedTo()
{
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, value);
    GI_STATUS(subscribe(m_ann, "one", { { field, value } }), 422);
    GI_STATUS(w.client(m_ann).get(kPath), 404);
}

void tst_Push::pushesWhatTheClientCanRead_data()
{
    QTest::addColumn<QByteArray>("standard");
    QTest::addColumn<QByteArray>("encoding");
    QTest::newRow("RFC 8291") << QByteArray("true") << QByteArray("aes128gcm");
    QTest::newRow("the draft") << QByteArray("false") << QByteArray("aesgcm");
}

void tst_Push::pushesWhatTheClientCanRead()
{
    QFETCH(QByteArray, standard);
    QFETCH(QByteArray, encoding);
    GI_STATUS(subscribe(m_ann, "one", { { "subscription[standard]", standard } }), 200);
    like(m_ben);
    const auto pushed = m_service->next();
    QVERIFY(pushed);
    QCOMPARE(pushed->path, QByteArray("/push/one"));
    QCOMPARE(pushed->headers.value("content-encoding"), encoding);
    QVERIFY(pushed->headers.value("ttl").toInt() > 0);
    const QJsonObject message = m_service->read(*pushed);
    QCOMPARE(message[QLatin1String("notification_type")].toString(), QStringLiteral("favourite"));
    QCOMPARE(message[QLatin1String("title")].toString(), m_ben.username + QStringLiteral(" liked your post"));
    QCOMPARE(message[QLatin1String("body")].toString(), QStringLiteral("like me"));
    const QString id = w.client(m_ann).get("/api/v1/notifications").ids().value(0);
    QCOMPARE(QString::number(message[QLatin1String("notification_id")].toInteger()), id);
    QVERIFY(!pushed->body.contains("like me"));
}

void tst_Push::signsWithItsKey()
{
    const HttpReply subscribed = subscribe(m_ann, "one");
    GI_STATUS(subscribed, 200);
    like(m_ben);
    const auto pushed = m_service->next();
    QVERIFY(pushed);
    const QByteArray authorization = pushed->headers.value("authorization");
    QVERIFY2(authorization.startsWith("vapid t="), authorization);
    QVERIFY2(authorization.endsWith(", k=" + subscribed.text("server_key").toUtf8()), authorization);
    const QByteArray token = authorization.mid(8, authorization.indexOf(',') - 8);
    const QList<QByteArray> parts = token.split('.');
    QCOMPARE(parts.size(), 3);
    const auto decoded = [](const QByteArray &part) {
        return QByteArray::fromBase64(part, QByteArray::Base64UrlEncoding);
    };
    const QJsonObject claims = QJsonDocument::fromJson(decoded(parts[1])).object();
    const QByteArray endpoint = m_service->endpoint("one");
    QCOMPARE(claims[QLatin1String("aud")].toString().toUtf8(), endpoint.left(endpoint.indexOf("/push")));
    QCOMPARE(decoded(parts[2]).size(), 64);
}

void tst_Push::pushesOnlyTheAlertsThatAreOn()
{
    GI_STATUS(subscribe(m_ann, "one"), 200);
    GI_STATUS(act(m_ben, m_ann, "/follow"), 200); // no alert of that
    like(m_cat);
    QCOMPARE(nextTitle(), m_cat.username + QStringLiteral(" liked your post"));
}

void tst_Push::holdsToThePolicy()
{
    GI_STATUS(act(m_ann, m_cat, "/follow"), 200);
    GI_STATUS(subscribe(m_ann, "one", { { "data[policy]", "followed" } }), 200);
    like(m_ben);
    like(m_cat);
    QCOMPARE(nextTitle(), m_cat.username + QStringLiteral(" liked your post"));
}

void tst_Push::pushesNothingOfTheBlockedAndTheMuted()
{
    GI_STATUS(subscribe(m_ann, "one"), 200);
    const Person muted = w.person();
    GI_STATUS(act(m_ann, muted, "/mute"), 200);
    rig::HttpClient ben = w.client(m_ben);
    GI_STATUS(act(m_ann, m_ben, "/block"), 200);
    QVERIFY(!w.postId(ben, QStringLiteral("@%1 hey").arg(m_ann.username)).isEmpty());
    like(muted);
    like(m_cat);
    QCOMPARE(nextTitle(), m_cat.username + QStringLiteral(" liked your post"));
}

void tst_Push::triesAgainWhenAskedTo()
{
    GI_STATUS(subscribe(m_ann, "one"), 200);
    m_service->answerWith("429 Too Many Requests\r\nRetry-After: 1\r\n");
    m_service->answerWith("503 Service Unavailable\r\nRetry-After: 1\r\n");
    like(m_ben);
    for (int attempt = 0; attempt < 3; ++attempt)
        QCOMPARE(nextTitle(), m_ben.username + QStringLiteral(" liked your post"));
    like(m_cat);
    QCOMPARE(nextTitle(), m_cat.username + QStringLiteral(" liked your post")); // and not again
}

void tst_Push::forgetsASubscriptionThatIsGone_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("404") << QByteArray("404 Not Found\r\n");
    QTest::newRow("410") << QByteArray("410 Gone\r\n");
}

void tst_Push::forgetsASubscriptionThatIsGone()
{
    QFETCH(QByteArray, status);
    GI_STATUS(subscribe(m_ann, "one"), 200);
    m_service->answerWith(status);
    like(m_ben);
    QVERIFY(m_service->next());
    QTRY_COMPARE(w.client(m_ann).get(kPath).status, 404);
}

void tst_Push::endsWithTheToken()
{
    GI_STATUS(subscribe(m_ann, "one"), 200);
    GI_STATUS(w.client().post(
                  "/oauth/revoke",
                  HttpBody::form(
                      { { "client_id", w.app().id }, { "client_secret", w.app().secret }, { "token", m_ann.token } })),
              200);
    GI_STATUS(subscribe(m_cat, "cat"), 200);
    like(m_ben);
    rig::HttpClient ben = w.client(m_ben);
    QVERIFY(!w.postId(ben, QStringLiteral("@%1 hey").arg(m_cat.username)).isEmpty());
    const auto pushed = m_service->next();
    QVERIFY(pushed);
    QCOMPARE(pushed->path, QByteArray("/push/cat"));
}

SuitePointer makePushSuite(World &world)
{
    return std::make_unique<tst_Push>(world);
}

} // namespace graminsta::api_test

#include "tst_push.moc"
