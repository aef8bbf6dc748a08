// SPDX-License-Identifier: GPL-3.0-or-later
// What holds for every endpoint: errors, slashes, HEAD, CORS, odd bodies.
#include "answerpath.h"
#include "schema.h"
#include "suites.h"

#include <graminsta/api/endpoint.h>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Protocol : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void initTestCase();
    void answersUnknownPathsInJson_data();
    void answersUnknownPathsInJson();
    void namesTheVerbsThatAPathTakes_data();
    void namesTheVerbsThatAPathTakes();
    void refusesMalformedBodies_data();
    void refusesMalformedBodies();
    void takesASlashAtTheEnd_data();
    void takesASlashAtTheEnd();
    void answersHeadAsGetWithoutTheBody_data();
    void answersHeadAsGetWithoutTheBody();
    void letsWebClientsOfOtherOriginsIn_data();
    void letsWebClientsOfOtherOriginsIn();
    void exposesWhatWebClientsRead();
    void refusesBodiesThatAreTooLarge();
    void givesEachRequestAnId();
    void needsNoUserAgent();
    void servesEveryEndpointOfTheTable();
    void describesTheAnswerOfEveryEndpoint();

private:
    Person m_person;
};

void tst_Protocol::initTestCase()
{
    m_person = w.person();
}

void tst_Protocol::answersUnknownPathsInJson_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : { "/api/v1/unknown", "/api/", "/api/v9/instance", "/api/v1/timelines",
                              "/api/v1/accounts/1/unknown", "/api/v1//instance", "/api/v1/timelines/tag/" })
        QTest::newRow(path) << QByteArray(path);
}

void tst_Protocol::answersUnknownPathsInJson()
{
    QFETCH(QByteArray, path);
    const HttpReply missing = w.client().get(path);
    GI_STATUS(missing, 404);
    QVERIFY(missing.header("content-type").startsWith("application/json"));
    QVERIFY(!missing.text("error").isEmpty());
}

void tst_Protocol::namesTheVerbsThatAPathTakes_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArrayList>("allowed");
    QTest::newRow("read only") << QByteArray("POST") << QByteArray("/api/v1/timelines/home")
                               << QByteArrayList { "GET", "HEAD" };
    QTest::newRow("write only") << QByteArray("GET") << QByteArray("/api/v1/apps") << QByteArrayList { "POST" };
    QTest::newRow("several") << QByteArray("PATCH") << QByteArray("/api/v1/statuses/1")
                             << QByteArrayList { "GET", "DELETE" };
    QTest::newRow("update") << QByteArray("DELETE") << QByteArray("/api/v1/accounts/update_credentials")
                            << QByteArrayList { "PATCH", "POST" };
}

void tst_Protocol::namesTheVerbsThatAPathTakes()
{
    QFETCH(QByteArray, verb);
    QFETCH(QByteArray, path);
    QFETCH(QByteArrayList, allowed);
    const HttpReply refused = w.client(m_person).send(verb, path, HttpBody {});
    GI_STATUS(refused, 405);
    QByteArrayList named;
    for (const QByteArray &one : refused.header("allow").split(','))
        named.append(one.trimmed());
    for (const QByteArray &one : allowed)
        QVERIFY2(named.contains(one), refused.header("allow"));
    QVERIFY2(!named.contains(verb), refused.header("allow"));
}

void tst_Protocol::refusesMalformedBodies_data()
{
    QTest::addColumn<HttpBody>("body");
    const auto json = [](const char *name, const QByteArray &bytes) {
        QTest::newRow(name) << HttpBody { "application/json", bytes };
    };
    json("broken json", "{\"status\": ");
    json("no json", "status=x");
    json("json text", "\"status\"");
    json("json array", "[1,2]");
    json("json of broken text", "{\"status\":\"\xff\xfe\"}");
    json("json too deep", QByteArray(5000, '[') + QByteArray(5000, ']'));
}

void tst_Protocol::refusesMalformedBodies()
{
    QFETCH(HttpBody, body);
    const HttpReply refused = w.client(m_person).post("/api/v1/statuses", body);
    QVERIFY2(refused.status == 400 || refused.status == 422, refused.summary());
}

void tst_Protocol::takesASlashAtTheEnd_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : { "/api/v1/instance", "/api/v2/instance", "/api/v1/timelines/home",
                              "/api/v1/accounts/verify_credentials", "/nodeinfo/2.0", "/api/v1/notifications" })
        QTest::newRow(path) << QByteArray(path);
}

void tst_Protocol::takesASlashAtTheEnd()
{
    QFETCH(QByteArray, path);
    rig::HttpClient http = w.client(m_person);
    GI_STATUS(http.get(path), 200);
    GI_STATUS(http.get(path + '/'), 200);
    GI_STATUS(http.get(path + "/?limit=1"), 200);
}

void tst_Protocol::answersHeadAsGetWithoutTheBody_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : { "/api/v1/instance", "/api/v1/timelines/home", "/api/v1/unknown", "/healthz" })
        QTest::newRow(path) << QByteArray(path);
}

void tst_Protocol::answersHeadAsGetWithoutTheBody()
{
    QFETCH(QByteArray, path);
    rig::HttpClient http = w.client(m_person);
    const HttpReply get = http.get(path);
    const HttpReply head = http.send("HEAD", path);
    QCOMPARE(head.status, get.status);
    QCOMPARE(head.header("content-type"), get.header("content-type"));
    QCOMPARE(head.header("content-length"), get.header("content-length"));
    // Had a body come, the next answer on this connection would not be one.
    QCOMPARE(http.get(path).status, get.status);
}

void tst_Protocol::letsWebClientsOfOtherOriginsIn_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("verb");
    QTest::newRow("api") << QByteArray("/api/v1/statuses") << QByteArray("POST");
    QTest::newRow("update") << QByteArray("/api/v1/accounts/update_credentials") << QByteArray("PATCH");
    QTest::newRow("delete") << QByteArray("/api/v1/statuses/1") << QByteArray("DELETE");
    QTest::newRow("token") << QByteArray("/oauth/token") << QByteArray("POST");
    QTest::newRow("revoke") << QByteArray("/oauth/revoke") << QByteArray("POST");
}

void tst_Protocol::letsWebClientsOfOtherOriginsIn()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, verb);
    const HttpReply preflight =
        w.client().send("OPTIONS", path, HttpBody::none(),
                        { { "Origin", "https://elk.example" },
                          { "Access-Control-Request-Method", verb },
                          { "Access-Control-Request-Headers", "authorization,content-type,idempotency-key" } });
    QVERIFY2(preflight.status == 200 || preflight.status == 204, preflight.summary());
    QCOMPARE(preflight.header("access-control-allow-origin"), QByteArray("*"));
    QVERIFY2(preflight.header("access-control-allow-methods").contains(verb),
             preflight.header("access-control-allow-methods"));
    const QByteArray headers = preflight.header("access-control-allow-headers").toLower();
    for (const char *header : { "authorization", "content-type", "idempotency-key" })
        QVERIFY2(headers.contains(header), headers);
    // Cookies must never come along.
    QVERIFY(preflight.header("access-control-allow-credentials").isEmpty());
}

void tst_Protocol::exposesWhatWebClientsRead()
{
    const HttpReply reply = w.client(m_person).get("/api/v1/timelines/home", { { "Origin", "https://elk.example" } });
    GI_STATUS(reply, 200);
    QCOMPARE(reply.header("access-control-allow-origin"), QByteArray("*"));
    QVERIFY2(reply.header("access-control-expose-headers").toLower().contains("link"),
             reply.header("access-control-expose-headers"));
    const HttpReply refused = w.client().get("/api/v1/timelines/home", { { "Origin", "https://elk.example" } });
    GI_STATUS(refused, 401);
    QCOMPARE(refused.header("access-control-allow-origin"), QByteArray("*"));
}

void tst_Protocol::refusesBodiesThatAreTooLarge()
{
    const HttpReply form = w.client(m_person).post(
        "/api/v1/statuses", { "application/x-www-form-urlencoded", "status=" + QByteArray(3 << 20, 'x') });
    // The server may close before all was sent; then there may be no answer to read.
    QVERIFY2(form.status == 413 || form.status == 0, form.summary());
    GI_STATUS(w.client().get("/api/v1/instance"), 200);
    const HttpReply photo = w.client(m_person).post(
        "/api/v1/media", HttpBody::multipart({ { "file", QByteArray(30 << 20, 'x'), "a.jpg", "image/jpeg" } }));
    QVERIFY2(photo.status == 413 || photo.status == 0, photo.summary());
}

void tst_Protocol::givesEachRequestAnId()
{
    rig::HttpClient http = w.client();
    const QByteArray first = http.get("/api/v1/instance").header("x-request-id");
    QVERIFY(!first.isEmpty());
    QVERIFY(http.get("/api/v1/unknown").header("x-request-id") != first);
}

void tst_Protocol::needsNoUserAgent()
{
    // The client of this suite sends none: tus-js-client does not either.
    GI_STATUS(w.client().get("/api/v1/instance"), 200);
}

void tst_Protocol::servesEveryEndpointOfTheTable()
{
    rig::HttpClient http = w.client();
    for (const graminsta::api::Endpoint &endpoint : graminsta::api::endpoints()) {
        QByteArray path = endpoint.path;
        // Streams do not end; their own suite asks for them.
        if (path.startsWith("/api/v1/streaming/"))
            continue;
        path.replace(":id", "1").replace(":name", "x.jpg").replace(":hashtag", "x");
        const QByteArray verb = graminsta::api::verbName(endpoint.verb).data();
        const HttpReply reply = http.send(verb, path, verb == "GET" ? HttpBody::none() : HttpBody {});
        const QByteArray what = verb + ' ' + path + ": " + reply.summary();
        QVERIFY2(reply.status > 0 && reply.status < 500 && reply.status != 405, what);
    }
}

void tst_Protocol::describesTheAnswerOfEveryEndpoint()
{
    // All answers of all suites are held to what is described; what is not, is looked at by nobody.
    QByteArrayList missing;
    for (const graminsta::api::Endpoint &endpoint : graminsta::api::endpoints()) {
        const QByteArray path = endpoint.path;
        // Uploads in pieces answer in headers alone.
        const bool isFile = path.startsWith("/files") || path.endsWith("/original") || path.endsWith("/file")
            || path.startsWith("/api/v1/streaming");
        const bool isAlwaysEmpty = QByteArray(endpoint.name).startsWith("empty.");
        const QByteArray verb = graminsta::api::verbName(endpoint.verb).data();
        if (answersJson(path) && !isFile && !isAlwaysEmpty && answerType(verb, path).isEmpty())
            missing.append(verb + ' ' + path);
    }
    QVERIFY2(missing.isEmpty(), "tests/api/schema.cpp does not say what these answer: " + missing.join(", "));
}

SuitePointer makeProtocolSuite(World &world)
{
    return std::make_unique<tst_Protocol>(world);
}

} // namespace graminsta::api_test

#include "tst_protocol.moc"
