// SPDX-License-Identifier: GPL-3.0-or-later
// What the server does with every byte that a client may send, well-formed or not.
#include "httprig.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace graminsta;
using namespace graminsta::tests;
using namespace std::chrono_literals;

namespace
{

QJsonObject json(const std::optional<WireResponse> &response)
{
    return response ? QJsonDocument::fromJson(response->body).object() : QJsonObject();
}

QByteArray multipart(const QByteArray &file, const QByteArray &fields = {})
{
    return "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\nContent-Type: "
           "image/jpeg\r\n\r\n"
        + file + "\r\n" + fields + "--x--\r\n";
}

QByteArray upload(const QByteArray &file, const QByteArray &headers = kSignedIn.toByteArray())
{
    return bodyRequest("POST", "/api/v2/media", "multipart/form-data; boundary=x", multipart(file), headers);
}

} // namespace

class tst_HttpWire : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void answersARequest();
    void refusesWhatIsNoHttp_data();
    void refusesWhatIsNoHttp();
    void keepsTheConnectionAfter_data();
    void keepsTheConnectionAfter();
    void takesTheHeadByteByByte();
    void answersHeadWithoutBody();
    void honoursConnectionCloseAndHttp10();
    void answersExpectContinue();
    void keepsTheOrderOfPipelinedRequests();
    void tellsAllowedVerbs();
    void answersPreflights();
    void ignoresUpgradesWhereThereIsNoStream();
    void decodesPathSegments();
    void readsEveryKindOfBody_data();
    void readsEveryKindOfBody();
    void explainsMalformedJson();
    void spoolsUploadsToDisk();
    void takesUploadsInAnySplit();
    void refusesAnUploadWithoutTokenBeforeItsBody();
    void refusesAnOversizeUploadReadably();
    void checksTokensAndScopes();
    void turnsExceptionsIntoErrors();
    void believesOnlyTrustedProxies();

private:
    std::unique_ptr<HttpRig> m_rig;
};

void tst_HttpWire::initTestCase()
{
    http::ServerOptions options;
    options.loops = 2;
    options.limits.maxUploadBytes = 2 << 20;
    http::HandlerTable special;
    special.insert("statuses.show", [](const http::RequestContext &) -> Result<http::Response> {
        throw std::runtime_error("secret detail");
    });
    special.insert("statuses.context", [](const http::RequestContext &) -> Result<http::Response> {
        return makeError(Fault::Internal, QStringLiteral("x"), QStringLiteral("secret detail"));
    });
    m_rig = std::make_unique<HttpRig>(options, special);
}

void tst_HttpWire::answersARequest()
{
    Wire wire = m_rig->connect();
    wire.send(getRequest("/api/v1/instance?a=1"));
    const auto response = wire.receive();
    QVERIFY(response);
    QCOMPARE(response->status, 200);
    QCOMPARE(response->header("content-type"), "application/json; charset=utf-8");
    QVERIFY(!response->header("x-request-id").isEmpty());
    QVERIFY(response->header("date").endsWith(" GMT"));
    QCOMPARE(json(response)[QStringLiteral("endpoint")].toString(), QStringLiteral("instance.v1"));
}

void tst_HttpWire::refusesWhatIsNoHttp_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const QByteArray get = "GET /api/v1/instance HTTP/1.1\r\n";
    const QByteArray post = "POST /api/v1/apps HTTP/1.1\r\nHost: a\r\n";
    const QByteArray next = getRequest("/healthz");
    QTest::newRow("garbage") << QByteArray("\x01\x02\x03garbage\r\n\r\n") << 400;
    QTest::newRow("two words") << QByteArray("GET /echo\r\n\r\n") << 400;
    QTest::newRow("HTTP/9.9") << QByteArray("GET /api/ HTTP/9.9\r\nHost: a\r\n\r\n") << 505;
    QTest::newRow("HTTPXYZW") << QByteArray("GET /api/ HTTPXYZW\r\nHost: a\r\n\r\n") << 505;
    QTest::newRow("bare LF") << QByteArray("GET /healthz HTTP/1.1\nHost: a\n\n") << 400;
    QTest::newRow("bare LF in a header") << QByteArray(get + "Host: a\nX: b\r\n\r\n") << 400;
    QTest::newRow("no colon") << QByteArray(get + "Host: a\r\nnocolon\r\n\r\n") << 400;
    QTest::newRow("folded") << QByteArray(get + "Host: a\r\nX: 1\r\n folded\r\n\r\n") << 400;
    QTest::newRow("blank before colon") << QByteArray(get + "Host: a\r\nX : 1\r\n\r\n") << 400;
    QTest::newRow("empty name") << QByteArray(get + "Host: a\r\n: x\r\n\r\n") << 400;
    QTest::newRow("NUL in a value") << QByteArray(get + "Host: a\r\nX: a" + '\0' + "b\r\n\r\n") << 400;
    QTest::newRow("no host") << QByteArray(get + "\r\n") << 400;
    QTest::newRow("two hosts") << QByteArray(get + "Host: a\r\nHost: b\r\n\r\n") << 400;
    QTest::newRow("evil host") << QByteArray(get + "Host: user:pw@evil:99/x\r\n\r\n") << 400;
    QTest::newRow("CL and TE") << QByteArray(post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
                               << 400;
    QTest::newRow("two CL") << QByteArray(post + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc") << 400;
    QTest::newRow("CL list") << QByteArray(post + "Content-Length: 3, 3\r\n\r\nabc") << 400;
    QTest::newRow("CL negative") << QByteArray(post + "Content-Length: -5\r\n\r\n" + next) << 400;
    QTest::newRow("CL plus") << QByteArray(post + "Content-Length: +5\r\n\r\nabcde") << 400;
    QTest::newRow("CL too long") << QByteArray(post + "Content-Length: 18446744073709551616\r\n\r\n") << 400;
    QTest::newRow("CL and rest") << QByteArray(post + "Content-Length: 5x\r\n\r\nhello") << 400;
    QTest::newRow("chunked") << QByteArray(post + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n") << 411;
    QTest::newRow("xchunked") << QByteArray(post + "Transfer-Encoding: xchunked\r\n\r\n") << 411;
    QTest::newRow("long line") << QByteArray("GET /" + QByteArray(9000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n") << 414;
    QTest::newRow("long line without end") << QByteArray("GET /" + QByteArray(9000, 'a')) << 414;
    QTest::newRow("large header") << QByteArray(get + "Host: a\r\nX: " + QByteArray(40000, 'y') + "\r\n\r\n") << 431;
    QTest::newRow("many headers") << QByteArray(get + "Host: a\r\n" + QByteArray("X: y\r\n").repeated(150) + "\r\n")
                                  << 431;
    QTest::newRow("double slash") << QByteArray("GET //healthz HTTP/1.1\r\nHost: a\r\n\r\n") << 400;
    QTest::newRow("absolute form") << QByteArray("GET http://a/healthz HTTP/1.1\r\nHost: a\r\n\r\n") << 400;
    QTest::newRow("asterisk") << QByteArray("GET * HTTP/1.1\r\nHost: a\r\n\r\n") << 400;
    QTest::newRow("other expectation") << QByteArray(get + "Host: a\r\nExpect: tea\r\n\r\n") << 417;
    QTest::newRow("form too large") << QByteArray(post + "Content-Length: 99999999\r\n\r\n") << 413;
}

void tst_HttpWire::refusesWhatIsNoHttp()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    Wire wire = m_rig->connect();
    wire.send(bytes);
    const auto response = wire.receive();
    QVERIFY(response);
    QCOMPARE(response->status, status);
    QVERIFY(json(response).contains(QStringLiteral("error")));
    QCOMPARE(response->header("connection"), "close");
    QCOMPARE(wire.receiveAll(2s), QByteArray()); // nothing that followed was taken for a request
    QVERIFY(wire.isEnded(1s));
}

void tst_HttpWire::keepsTheConnectionAfter_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::newRow("not found") << getRequest("/api/v1/nothing") << 404;
    QTest::newRow("not found, a page") << getRequest("/nothing") << 404;
    QTest::newRow("not allowed") << bodyRequest("POST", "/api/v1/instance", "text/plain", "abc") << 405;
    QTest::newRow("unknown verb") << QByteArray("BREW /api/v1/instance HTTP/1.1\r\nHost: a\r\n\r\n") << 405;
    QTest::newRow("not found, with a body") << bodyRequest("POST", "/api/v1/nothing", "text/plain", "abc") << 404;
    QTest::newRow("NUL in the path") << getRequest("/api/v1/statuses/a%00b") << 400;
    QTest::newRow("NUL in no path") << getRequest("/a%00b") << 400;
    QTest::newRow("bad escape") << getRequest("/api/v1/statuses/a%zzb") << 400;
    QTest::newRow("bad UTF-8") << getRequest("/api/v1/statuses/%ff%fe") << 400;
    QTest::newRow("bad UTF-8 in the query") << getRequest("/api/v1/instance?q=%ff") << 400;
    QTest::newRow("trailing slash") << getRequest("/api/v1/instance/") << 200;
    QTest::newRow("empty lines before") << QByteArray("\r\n\r\n" + getRequest("/api/v1/instance")) << 200;
    QTest::newRow("body of a GET") << bodyRequest("GET", "/api/v1/instance", "application/json", "{}") << 200;
    QTest::newRow("upload") << upload(QByteArray(300'000, 'p')) << 200;
    QTest::newRow("failing handler") << getRequest("/api/v1/statuses/1") << 500;
}

void tst_HttpWire::keepsTheConnectionAfter()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    Wire wire = m_rig->connect();
    wire.send(bytes);
    const auto response = wire.receive();
    QVERIFY(response);
    QCOMPARE(response->status, status);
    wire.send(getRequest("/healthz"));
    const auto next = wire.receive();
    QVERIFY(next);
    QCOMPARE(next->status, 200);
}

void tst_HttpWire::takesTheHeadByteByByte()
{
    Wire wire = m_rig->connect();
    for (const char c :
         bodyRequest("POST", "/api/v1/apps", "application/x-www-form-urlencoded", "client_name=caf%C3%A9")) {
        wire.send(QByteArrayView(&c, 1));
        QTest::qSleep(1);
    }
    const auto response = wire.receive();
    QCOMPARE(json(response)[QStringLiteral("parameters")][QStringLiteral("client_name")][0].toString(),
             QStringLiteral("caf\u00e9"));
}

void tst_HttpWire::answersHeadWithoutBody()
{
    Wire wire = m_rig->connect();
    wire.send("HEAD /healthz HTTP/1.1\r\nHost: a\r\n\r\n" + getRequest("/healthz"));
    const auto head = wire.receive(5s, true);
    const auto get = wire.receive();
    QVERIFY(head && get);
    QCOMPARE(head->status, 200);
    QCOMPARE(head->header("content-length"), get->header("content-length"));
    QCOMPARE(QByteArray::number(get->body.size()), head->header("content-length"));
}

void tst_HttpWire::honoursConnectionCloseAndHttp10()
{
    for (const QByteArray &request :
         { getRequest("/healthz", "Connection: close\r\n"), QByteArray("GET /healthz HTTP/1.0\r\n\r\n") }) {
        Wire wire = m_rig->connect();
        wire.send(request);
        const auto response = wire.receive();
        QVERIFY(response);
        QCOMPARE(response->status, 200);
        QCOMPARE(response->header("connection"), "close");
        QVERIFY(wire.isEnded(1s));
    }
}

void tst_HttpWire::answersExpectContinue()
{
    Wire wire = m_rig->connect();
    wire.send("POST /api/v1/apps HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n"
              "Expect: 100-continue\r\n\r\n");
    const auto interim = wire.receive();
    QVERIFY(interim);
    QCOMPARE(interim->status, 100);
    wire.send("{\"a\":\"b\"}");
    const auto response = wire.receive();
    QVERIFY(response);
    QCOMPARE(response->status, 200);
}

void tst_HttpWire::keepsTheOrderOfPipelinedRequests()
{
    Wire wire = m_rig->connect();
    QByteArray requests;
    const QList<QByteArray> sleeps { "100", "30", "1", "0", "20" };
    for (const QByteArray &sleep : sleeps)
        requests += getRequest("/api/v1/instance?sleep=" + sleep)
            + bodyRequest("POST", "/api/v1/apps", "application/x-www-form-urlencoded", "sleep=" + sleep);
    wire.send(requests);
    for (const QByteArray &sleep : sleeps) {
        for (int i = 0; i < 2; ++i)
            QCOMPARE(json(wire.receive())[QStringLiteral("parameters")][QStringLiteral("sleep")][0].toString(),
                     QString::fromLatin1(sleep));
    }
}

void tst_HttpWire::tellsAllowedVerbs()
{
    Wire wire = m_rig->connect();
    wire.send(bodyRequest("PATCH", "/api/v1/statuses/1", "text/plain", ""));
    const auto response = wire.receive();
    QVERIFY(response);
    QCOMPARE(response->status, 405);
    QCOMPARE(response->header("allow"), "GET, HEAD, DELETE, PUT, OPTIONS");
    QVERIFY(json(response).contains(QStringLiteral("error")));
}

void tst_HttpWire::answersPreflights()
{
    Wire wire = m_rig->connect();
    wire.send("OPTIONS /api/v1/statuses HTTP/1.1\r\nHost: a\r\nOrigin: https://elk.example\r\n"
              "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization\r\n\r\n");
    const auto response = wire.receive();
    QVERIFY(response);
    QCOMPARE(response->status, 204);
    QCOMPARE(response->header("access-control-allow-origin"), "*");
    QCOMPARE(response->header("access-control-allow-headers"), "authorization");
    QVERIFY(response->header("access-control-allow-methods").contains("POST"));
}

void tst_HttpWire::ignoresUpgradesWhereThereIsNoStream()
{
    const QByteArray upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    const QByteArray request = getRequest("/api/v1/instance", upgrade);
    Wire wire = m_rig->connect();
    wire.send(QByteArrayView(request).first(60));
    QTest::qSleep(20);
    wire.send(QByteArrayView(request).sliced(60));
    const auto response = wire.receive();
    QVERIFY(response);
    QCOMPARE(response->status, 200);
}

void tst_HttpWire::decodesPathSegments()
{
    Wire wire = m_rig->connect();
    wire.send(getRequest("/api/v1/timelines/tag/a%2Fb%20%C3%A9+c"));
    QCOMPARE(json(wire.receive())[QStringLiteral("path")][0].toString(), QStringLiteral("a/b \u00e9+c"));
}

void tst_HttpWire::readsEveryKindOfBody_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("form") << QByteArray("application/x-www-form-urlencoded")
                          << QByteArray("status=a+b%0D%0Ac&media_ids[]=1&media_ids%5B%5D=2");
    QTest::newRow("JSON") << QByteArray("application/json; charset=utf-8")
                          << QByteArray(R"({"status":"a b\nc","media_ids":["1",2],"poll":null})");
    QTest::newRow("multipart") << QByteArray("multipart/form-data; boundary=\"x\"")
                               << QByteArray(
                                      "--x\r\nContent-Disposition: form-data; name=\"status\"\r\n\r\na b\r\nc\r\n"
                                      "--x\r\nContent-Disposition: form-data; name=\"media_ids[]\"\r\n\r\n1\r\n"
                                      "--x\r\nContent-Disposition: form-data; name=media_ids[]\r\n\r\n2\r\n--x--");
}

void tst_HttpWire::readsEveryKindOfBody()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    Wire wire = m_rig->connect();
    wire.send(bodyRequest("POST", "/api/v1/statuses", type, body, kSignedIn.toByteArray()));
    const QJsonObject parameters = json(wire.receive())[QStringLiteral("parameters")].toObject();
    QCOMPARE(parameters[QStringLiteral("status")][0].toString(), QStringLiteral("a b\nc"));
    QCOMPARE(parameters[QStringLiteral("media_ids")].toArray().toVariantList(),
             QVariantList({ QStringLiteral("1"), QStringLiteral("2") }));
}

void tst_HttpWire::explainsMalformedJson()
{
    Wire wire = m_rig->connect();
    wire.send(bodyRequest("POST", "/oauth/token", "application/json", "{\"a\":"));
    const auto response = wire.receive();
    QVERIFY(response);
    QCOMPARE(response->status, 400);
    QVERIFY(json(response)[QStringLiteral("error")].toString().contains(QStringLiteral("JSON")));
    wire.send(bodyRequest("POST", "/oauth/token", "application/json", ""));
    const auto empty = wire.receive();
    QVERIFY(empty);
    QCOMPARE(empty->status, 200);
}

void tst_HttpWire::spoolsUploadsToDisk()
{
    Wire wire = m_rig->connect();
    wire.send(upload(QByteArray(1'500'000, 'p')));
    const QJsonObject answer = json(wire.receive());
    QCOMPARE(answer[QStringLiteral("file_size")].toInteger(), 1'500'000);
    QCOMPARE(answer[QStringLiteral("file_on_disk")].toInteger(), 1'500'000);
    QCOMPARE(answer[QStringLiteral("file_name")].toString(), QStringLiteral("a.jpg"));
    QTRY_COMPARE(m_rig->stagedFiles(), 0);
}

void tst_HttpWire::takesUploadsInAnySplit()
{
    const QByteArray request = upload("0123\r\n-x\r\n") + getRequest("/healthz");
    for (qsizetype at = 1; at < request.size(); at += 3) {
        Wire wire = m_rig->connect();
        wire.send(QByteArrayView(request).first(at));
        QTest::qSleep(1);
        wire.send(QByteArrayView(request).sliced(at));
        QCOMPARE(json(wire.receive())[QStringLiteral("file_size")].toInteger(), 10);
        QVERIFY(wire.receive());
    }
}

void tst_HttpWire::refusesAnUploadWithoutTokenBeforeItsBody()
{
    Wire wire = m_rig->connect();
    const QByteArray request = upload(QByteArray(1'000'000, 'p'), {});
    wire.send(QByteArrayView(request).first(200));
    const auto response = wire.receive();
    QVERIFY(response);
    QCOMPARE(response->status, 401);
    QCOMPARE(m_rig->stagedFiles(), 0);
}

// The client sends all 6 MB before it reads: the answer must survive that.
void tst_HttpWire::refusesAnOversizeUploadReadably()
{
    Wire wire = m_rig->connect();
    QVERIFY(wire.send(upload(QByteArray(6 << 20, 'p'))));
    const auto response = wire.receive();
    QVERIFY(response);
    QCOMPARE(response->status, 413);
    const QString error = json(response)[QStringLiteral("error")].toString();
    QVERIFY2(error.contains(QStringLiteral("2097152")), qPrintable(error));
    QVERIFY(wire.isEnded(1s));
    QVERIFY(m_rig->server().counts().tooLarge > 0);
}

void tst_HttpWire::checksTokensAndScopes()
{
    const auto statusOf = [this](const QByteArray &request) {
        Wire wire = m_rig->connect();
        wire.send(request);
        const auto response = wire.receive();
        return response ? response->status : 0;
    };
    QCOMPARE(statusOf(getRequest("/api/v1/timelines/home")), 401);
    QCOMPARE(statusOf(getRequest("/api/v1/timelines/home", "Authorization: Bearer wrong\r\n")), 401);
    QCOMPARE(statusOf(getRequest("/api/v1/timelines/public", "Authorization: Bearer wrong\r\n")), 401);
    QCOMPARE(statusOf(getRequest("/api/v1/timelines/home", kSignedIn.toByteArray())), 200);
    QCOMPARE(statusOf(getRequest("/api/v1/timelines/home?access_token=account-7")), 200);
    QCOMPARE(statusOf(getRequest("/api/v1/timelines/home", "Authorization: bearer readonly-7\r\n")), 200);
    QCOMPARE(statusOf(getRequest("/api/v1/timelines/home", "Authorization: Bearer application\r\n")), 422);
    QCOMPARE(statusOf(bodyRequest("POST", "/api/v1/statuses", "application/json", "{}",
                                  "Authorization: Bearer readonly-7\r\n")),
             403);
}

void tst_HttpWire::turnsExceptionsIntoErrors()
{
    for (const QByteArray &path : { QByteArray("/api/v1/statuses/1"), QByteArray("/api/v1/statuses/1/context") }) {
        Wire wire = m_rig->connect();
        wire.send(getRequest(path));
        const auto response = wire.receive();
        QVERIFY(response);
        QCOMPARE(response->status, 500);
        QVERIFY(!response->body.contains("secret"));
        QVERIFY(response->body.contains(response->header("x-request-id")));
    }
}

void tst_HttpWire::believesOnlyTrustedProxies()
{
    http::ServerOptions options;
    options.trustedProxies = { QHostAddress::parseSubnet(QStringLiteral("127.0.0.0/8")) };
    const HttpRig behindProxy(options);
    const QByteArray request =
        getRequest("/api/v1/instance", "X-Forwarded-For: 6.6.6.6, 198.51.100.9\r\nX-Request-Id: abc-1\r\n");
    Wire trusted = behindProxy.connect();
    trusted.send(request);
    const auto answer = trusted.receive();
    QCOMPARE(json(answer)[QStringLiteral("client")].toString(), QStringLiteral("198.51.100.9"));
    QCOMPARE(answer->header("x-request-id"), "abc-1");
    Wire direct = m_rig->connect();
    direct.send(request);
    const auto other = direct.receive();
    QCOMPARE(json(other)[QStringLiteral("client")].toString(), QStringLiteral("127.0.0.1"));
    QVERIFY(other->header("x-request-id") != "abc-1");
}

QTEST_GUILESS_MAIN(tst_HttpWire)
#include "tst_httpwire.moc"
