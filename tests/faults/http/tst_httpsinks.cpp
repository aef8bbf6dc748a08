// SPDX-License-Identifier: GPL-3.0-or-later
// Bodies that go to a sink while they come: the handler is called before them, and what has come before a cut is kept.
#include "httprig.h"

#include <graminsta/http/bodysink.h>

#include <QTest>

#include <mutex>

using namespace graminsta;
using namespace graminsta::tests;
using namespace std::chrono_literals;

namespace
{

// What the sinks of a server have taken. Thread-safe.
class Records
{
public:
    void take(QByteArrayView piece)
    {
        const std::lock_guard lock(m_mutex);
        m_bytes += piece.toByteArray();
    }
    void begin() { ++m_begun; }
    void end() { ++m_ended; }
    [[nodiscard]] QByteArray bytes() const
    {
        const std::lock_guard lock(m_mutex);
        return m_bytes;
    }
    [[nodiscard]] int begun() const { return m_begun; }
    [[nodiscard]] int open() const { return m_begun - m_ended; }

private:
    mutable std::mutex m_mutex;
    QByteArray m_bytes; // protected by m_mutex
    std::atomic<int> m_begun = 0;
    std::atomic<int> m_ended = 0;
};

class RecordingSink final : public http::BodySink
{
public:
    explicit RecordingSink(Records &records)
        : m_records(records)
    {
        m_records.begin();
    }
    ~RecordingSink() override { m_records.end(); }

    Result<> take(QByteArrayView piece) override
    {
        if (piece.contains("poison"))
            return makeError(Fault::Unavailable, QStringLiteral("The disk is full"));
        m_records.take(piece);
        m_size += piece.size();
        return {};
    }
    Result<http::Response> finish(const Deadline &) override
    {
        return http::Response::json(QByteArray::number(m_size));
    }

private:
    Records &m_records;
    qint64 m_size = 0;
};

// Refuses what has the header "X-Refuse"; all else goes to a sink.
http::HandlerTable handlers(Records &records)
{
    return { { "uploads.append", [&records](const http::RequestContext &context) -> Result<http::Response> {
                  if (!context.header("x-refuse").isEmpty())
                      return makeError(Fault::Conflict, QStringLiteral("not here"));
                  http::Response response;
                  response.sink = std::make_shared<RecordingSink>(records);
                  return response;
              } } };
}

QByteArray head(qint64 size, const QByteArray &headers = kSignedIn.toByteArray())
{
    return "PATCH /files/1 HTTP/1.1\r\nHost: x\r\n" + headers + "Content-Length: " + QByteArray::number(size)
        + "\r\n\r\n";
}

} // namespace

class tst_HttpSinks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesTheBodyToTheSinkWhileItComes();
    void takesABodyInAnySplit();
    void answersWithoutABody();
    void keepsTheConnectionForTheNextRequest();
    void refusesBeforeTheBodyHasCome();
    void refusesASmallBodyAndGoesOn();
    void asksForTheBodyOnlyWhenItIsWanted();
    void asksNobodyWithoutAToken();
    void endsTheSinkWhenTheClientHangsUp();
    void endsTheSinkOfASlowClient();
    void refusesTheRestAfterAFailure();
    void takesSoManyAtOnceOnly();
    void survivesHangUpsAtAnyMoment();
    void keepsMemoryFlat();
};

void tst_HttpSinks::givesTheBodyToTheSinkWhileItComes()
{
    Records records;
    HttpRig rig({}, handlers(records));
    Wire wire = rig.connect();
    QVERIFY(wire.send(head(10) + "abc"));
    QTRY_COMPARE(records.bytes(), QByteArray("abc"));
    QVERIFY(wire.send("defg"));
    QTRY_COMPARE(records.bytes(), QByteArray("abcdefg"));
    QVERIFY(wire.send("hij"));
    const auto response = wire.receive();
    QVERIFY(response);
    QCOMPARE(response->status, 200);
    QCOMPARE(response->body, QByteArray("10"));
    QCOMPARE(response->header("tus-resumable"), QByteArray("1.0.0"));
    QTRY_COMPARE(records.open(), 0);
}

void tst_HttpSinks::takesABodyInAnySplit()
{
    Records records;
    HttpRig rig({}, handlers(records));
    const QByteArray request = head(40) + QByteArray(40, 'x');
    for (qsizetype split = 1; split < request.size(); split += 7) {
        Wire wire = rig.connect();
        QVERIFY(wire.send(request.first(split)));
        QTest::qSleep(2);
        QVERIFY(wire.send(request.sliced(split)));
        const auto response = wire.receive();
        QVERIFY(response);
        QCOMPARE(response->body, QByteArray("40"));
    }
}

void tst_HttpSinks::answersWithoutABody()
{
    Records records;
    HttpRig rig({}, handlers(records));
    Wire wire = rig.connect();
    QVERIFY(wire.send(head(0)));
    const auto response = wire.receive();
    QVERIFY(response);
    QCOMPARE(response->body, QByteArray("0"));
}

void tst_HttpSinks::keepsTheConnectionForTheNextRequest()
{
    Records records;
    HttpRig rig({}, handlers(records));
    Wire wire = rig.connect();
    QVERIFY(wire.send(head(3) + "abc" + head(4) + "defg" + getRequest("/healthz")));
    for (const char *body : { "3", "4" }) {
        const auto response = wire.receive();
        QVERIFY(response);
        QCOMPARE(response->body, QByteArray(body));
    }
    const auto last = wire.receive();
    QVERIFY(last);
    QCOMPARE(last->status, 200);
    QCOMPARE(records.bytes(), QByteArray("abcdefg"));
}

void tst_HttpSinks::refusesBeforeTheBodyHasCome()
{
    Records records;
    HttpRig rig({}, handlers(records));
    Wire wire = rig.connect();
    QVERIFY(wire.send(head(5 << 20, kSignedIn.toByteArray() + "X-Refuse: 1\r\n") + QByteArray(1000, 'x')));
    const auto response = wire.receive();
    QVERIFY(response);
    QCOMPARE(response->status, 409);
    QCOMPARE(response->header("connection"), QByteArray("close"));
    QCOMPARE(records.begun(), 0);
}

void tst_HttpSinks::refusesASmallBodyAndGoesOn()
{
    Records records;
    HttpRig rig({}, handlers(records));
    Wire wire = rig.connect();
    QVERIFY(wire.send(head(3, kSignedIn.toByteArray() + "X-Refuse: 1\r\n") + "abc" + head(2) + "de"));
    QCOMPARE(wire.receive()->status, 409);
    QCOMPARE(wire.receive()->body, QByteArray("2"));
    QCOMPARE(records.bytes(), QByteArray("de"));
}

void tst_HttpSinks::asksForTheBodyOnlyWhenItIsWanted()
{
    Records records;
    HttpRig rig({}, handlers(records));
    Wire wire = rig.connect();
    const QByteArray expects = kSignedIn.toByteArray() + "Expect: 100-continue\r\n";
    QVERIFY(wire.send(head(5, expects)));
    const auto goOn = wire.receive(5s, true);
    QVERIFY(goOn);
    QCOMPARE(goOn->status, 100);
    QVERIFY(wire.send("hello"));
    QCOMPARE(wire.receive()->body, QByteArray("5"));
    Wire other = rig.connect();
    QVERIFY(other.send(head(5 << 20, expects + "X-Refuse: 1\r\n")));
    QCOMPARE(other.receive()->status, 409);
}

void tst_HttpSinks::asksNobodyWithoutAToken()
{
    Records records;
    HttpRig rig({}, handlers(records));
    for (const QByteArray &headers : { QByteArray(), QByteArray("Authorization: Bearer wrong\r\n") }) {
        Wire wire = rig.connect();
        QVERIFY(wire.send(head(5 << 20, headers)));
        const auto response = wire.receive();
        QVERIFY(response);
        QCOMPARE(response->status, 401);
    }
    QCOMPARE(records.begun(), 0);
}

void tst_HttpSinks::endsTheSinkWhenTheClientHangsUp()
{
    Records records;
    HttpRig rig({}, handlers(records));
    Wire wire = rig.connect();
    QVERIFY(wire.send(head(100'000) + QByteArray(5000, 'x')));
    QTRY_COMPARE(records.bytes().size(), 5000);
    QCOMPARE(records.open(), 1);
    wire.hangUp();
    QTRY_COMPARE(records.open(), 0);
    QVERIFY(rig.servesOthers());
}

void tst_HttpSinks::endsTheSinkOfASlowClient()
{
    Records records;
    http::ServerOptions options;
    options.limits.bodyIdleTime = 200ms;
    HttpRig rig(options, handlers(records));
    Wire wire = rig.connect();
    QVERIFY(wire.send(head(100'000) + QByteArray(5000, 'x')));
    const auto response = wire.receive();
    QVERIFY(response);
    QCOMPARE(response->status, 408);
    QTRY_COMPARE(records.open(), 0);
    QCOMPARE(records.bytes().size(), 5000);
}

void tst_HttpSinks::refusesTheRestAfterAFailure()
{
    Records records;
    HttpRig rig({}, handlers(records));
    Wire wire = rig.connect();
    QVERIFY(wire.send(head(100'000) + "abc"));
    QTRY_COMPARE(records.bytes(), QByteArray("abc"));
    QVERIFY(wire.send("poison"));
    const auto response = wire.receive();
    QVERIFY(response);
    QCOMPARE(response->status, 503);
    QTRY_COMPARE(records.open(), 0);
}

void tst_HttpSinks::takesSoManyAtOnceOnly()
{
    Records records;
    http::ServerOptions options;
    options.limits.maxSpooling = 2;
    HttpRig rig(options, handlers(records));
    std::vector<Wire> wires;
    for (int i = 0; i < 2; ++i) {
        wires.push_back(rig.connect());
        QVERIFY(wires.back().send(head(10)));
    }
    QTRY_COMPARE(records.open(), 2);
    Wire third = rig.connect();
    QVERIFY(third.send(head(10) + QByteArray(10, 'x')));
    QCOMPARE(third.receive()->status, 503);
    wires.front().hangUp();
    QTRY_COMPARE(records.open(), 1);
    Wire fourth = rig.connect();
    QVERIFY(fourth.send(head(10) + QByteArray(10, 'x')));
    QCOMPARE(fourth.receive()->status, 200);
}

void tst_HttpSinks::survivesHangUpsAtAnyMoment()
{
    Records records;
    HttpRig rig({}, handlers(records));
    const QByteArray request = head(3000) + QByteArray(3000, 'x');
    for (int i = 0; i < 200 * faultScale(); ++i) {
        Wire wire = rig.connect();
        wire.send(request.first((i * 37) % request.size()));
        wire.hangUp();
    }
    QTRY_COMPARE_WITH_TIMEOUT(records.open(), 0, 20'000);
    QVERIFY(rig.servesOthers());
}

void tst_HttpSinks::keepsMemoryFlat()
{
    class Counting final : public http::BodySink
    {
    public:
        Result<> take(QByteArrayView piece) override
        {
            m_size += piece.size();
            return {};
        }
        Result<http::Response> finish(const Deadline &) override
        {
            return http::Response::json(QByteArray::number(m_size));
        }

    private:
        qint64 m_size = 0;
    };
    http::ServerOptions options;
    options.limits.maxUploadBytes = 512 << 20;
    HttpRig rig(options, { { "uploads.append", [](const http::RequestContext &) -> Result<http::Response> {
                                http::Response response;
                                response.sink = std::make_shared<Counting>();
                                return response;
                            } } });
    const qint64 before = residentBytes();
    Wire wire = rig.connect();
    const QByteArray piece(1 << 20, 'x');
    QVERIFY(wire.send(head(300 << 20)));
    for (int i = 0; i < 300; ++i)
        QVERIFY(wire.send(piece));
    const auto response = wire.receive(30s);
    QVERIFY(response);
    QCOMPARE(response->body, QByteArray::number(300 << 20));
    QVERIFY2(residentBytes() - before < kAllowedGrowth, QByteArray::number(residentBytes() - before));
}

QTEST_GUILESS_MAIN(tst_HttpSinks)
#include "tst_httpsinks.moc"
