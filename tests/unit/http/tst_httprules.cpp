// SPDX-License-Identifier: GPL-3.0-or-later
// The small rules: client addresses, faults, access, connection budget.
#include "pipeline/clientaddress.h"
#include "pipeline/credentials.h"
#include "pipeline/faultresponse.h"
#include "pipeline/workerpool.h"
#include "transport/connectionbudget.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <latch>

using namespace graminsta;
using namespace graminsta::http;

class tst_HttpRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheClientBehindTrustedProxies_data();
    void findsTheClientBehindTrustedProxies();
    void mapsEveryFault_data();
    void mapsEveryFault();
    void hidesWhatIsInternal();
    void speaksOAuthWhereThereIsACode();
    void speaksHtmlToPeople();
    void countsConnectionsByAddress();
    void runsJobsWithinItsBound();
};

void tst_HttpRules::findsTheClientBehindTrustedProxies_data()
{
    QTest::addColumn<QString>("peer");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("client");
    const QString proxy = QStringLiteral("10.0.0.1");
    QTest::newRow("direct") << QStringLiteral("203.0.113.5") << QByteArray("1.1.1.1") << QStringLiteral("203.0.113.5");
    QTest::newRow("no header") << proxy << QByteArray() << proxy;
    QTest::newRow("one") << proxy << QByteArray("198.51.100.7") << QStringLiteral("198.51.100.7");
    QTest::newRow("forged first") << proxy << QByteArray("6.6.6.6, 198.51.100.7") << QStringLiteral("198.51.100.7");
    QTest::newRow("two proxies") << proxy << QByteArray("6.6.6.6, 198.51.100.7, 10.0.0.2")
                                 << QStringLiteral("198.51.100.7");
    QTest::newRow("with port") << proxy << QByteArray("198.51.100.7:4711") << QStringLiteral("198.51.100.7");
    QTest::newRow("IPv6") << proxy << QByteArray("2001:db8::1") << QStringLiteral("2001:db8::1");
    QTest::newRow("IPv6 with port") << proxy << QByteArray("[2001:db8::1]:443") << QStringLiteral("2001:db8::1");
    QTest::newRow("mapped IPv4") << proxy << QByteArray("::ffff:198.51.100.7") << QStringLiteral("198.51.100.7");
    QTest::newRow("nonsense") << proxy << QByteArray("unknown") << proxy;
    QTest::newRow("nonsense before") << proxy << QByteArray("1.1.1.1, unknown, 10.0.0.9") << QStringLiteral("10.0.0.9");
    QTest::newRow("only proxies") << proxy << QByteArray("10.0.0.3, 10.0.0.2") << QStringLiteral("10.0.0.3");
}

void tst_HttpRules::findsTheClientBehindTrustedProxies()
{
    QFETCH(QString, peer);
    QFETCH(QByteArray, header);
    QFETCH(QString, client);
    const Subnets trusted { QHostAddress::parseSubnet(QStringLiteral("10.0.0.0/24")) };
    QCOMPARE(clientAddress(QHostAddress(peer), header, trusted), QHostAddress(client));
}

void tst_HttpRules::mapsEveryFault_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<int>("status");
    QTest::newRow("invalid") << Fault::Invalid << 400;
    QTest::newRow("unauthorized") << Fault::Unauthorized << 401;
    QTest::newRow("forbidden") << Fault::Forbidden << 403;
    QTest::newRow("not found") << Fault::NotFound << 404;
    QTest::newRow("conflict") << Fault::Conflict << 409;
    QTest::newRow("gone") << Fault::Gone << 410;
    QTest::newRow("too large") << Fault::TooLarge << 413;
    QTest::newRow("unprocessable") << Fault::Unprocessable << 422;
    QTest::newRow("unsupported type") << Fault::UnsupportedType << 422;
    QTest::newRow("rate limited") << Fault::RateLimited << 429;
    QTest::newRow("internal") << Fault::Internal << 500;
    QTest::newRow("unavailable") << Fault::Unavailable << 503;
    QTest::newRow("timeout") << Fault::Timeout << 503;
    QTest::newRow("cancelled") << Fault::Cancelled << 503;
}

void tst_HttpRules::mapsEveryFault()
{
    QFETCH(Fault, fault);
    QFETCH(int, status);
    const Response response =
        faultResponse(makeError(fault, QStringLiteral("safe"), QStringLiteral("detail")), ErrorStyle::Json, {});
    QCOMPARE(response.status, status);
    QVERIFY(QJsonDocument::fromJson(response.body).object().contains(QStringLiteral("error")));
    QVERIFY(!response.body.contains("detail"));
}

void tst_HttpRules::hidesWhatIsInternal()
{
    const Error error = makeError(Fault::Internal, QStringLiteral("a"), QStringLiteral("SELECT secret"));
    const Response response = faultResponse(error, ErrorStyle::Json, QStringLiteral("id-1"));
    QVERIFY(!response.body.contains("SELECT"));
    QVERIFY(response.body.contains("id-1"));
}

void tst_HttpRules::speaksOAuthWhereThereIsACode()
{
    const Error error = makeCodedError(Fault::Invalid, QStringLiteral("invalid_grant"), QStringLiteral("Expired"));
    QCOMPARE(faultResponse(error, ErrorStyle::Json, {}).body,
             R"({"error":"invalid_grant","error_description":"Expired"})");
}

void tst_HttpRules::speaksHtmlToPeople()
{
    QCOMPARE(errorStyle("/oauth/authorize"), ErrorStyle::Page);
    QCOMPARE(errorStyle("/apish"), ErrorStyle::Page);
    QCOMPARE(errorStyle("/api/v1/x"), ErrorStyle::Json);
    QCOMPARE(errorStyle("/oauth/token"), ErrorStyle::Json);
    const Error error = makeError(Fault::NotFound, QStringLiteral("<b>"));
    QVERIFY(faultResponse(error, ErrorStyle::Page, {}).body.contains("&lt;b&gt;"));
}

void tst_HttpRules::countsConnectionsByAddress()
{
    const QHostAddress one(QStringLiteral("192.0.2.1"));
    const QHostAddress proxy(QStringLiteral("10.0.0.1"));
    ConnectionBudget budget(4, 1, { QHostAddress::parseSubnet(QStringLiteral("10.0.0.0/8")) });
    QVERIFY(budget.take(one));
    QVERIFY(!budget.take(one));
    QVERIFY(budget.take(proxy));
    QVERIFY(budget.take(proxy));
    QVERIFY(budget.take(proxy));
    QVERIFY(!budget.take(proxy)); // the total
    budget.giveBack(one);
    QVERIFY(budget.take(one));
}

void tst_HttpRules::runsJobsWithinItsBound()
{
    std::atomic<int> ended { 0 };
    std::atomic<int> ran { 0 };
    WorkerPool pool(1, 2, [&ended] { ++ended; });
    std::latch release(1);
    std::latch begun(1);
    QVERIFY(pool.tryRun([&] {
        begun.count_down();
        release.wait();
        ++ran;
    }));
    begun.wait();
    QVERIFY(pool.tryRun([&ran] { ++ran; }));
    QVERIFY(pool.tryRun([&ran] { ++ran; }));
    QVERIFY(!pool.tryRun([&ran] { ++ran; }));
    release.count_down();
    QTRY_COMPARE(ran.load(), 3);
    pool.stop();
    QCOMPARE(ended.load(), 1);
    QVERIFY(!pool.tryRun([] {}));
}

QTEST_GUILESS_MAIN(tst_HttpRules)
#include "tst_httprules.moc"
