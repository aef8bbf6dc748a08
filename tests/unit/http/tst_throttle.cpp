// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/throttle.h"

#include <QTest>

using namespace graminsta;
using namespace graminsta::http;

namespace
{

constexpr Timestamp kNow = fromUnixMs(1'700'000'100'000); // a multiple of 300 seconds

RateLimit limit(int requests)
{
    return { requests, std::chrono::seconds { 300 } };
}

RequestHead headWith(const QByteArray &token)
{
    RequestHead head;
    head.headers.append({ "authorization", "Bearer " + token });
    return head;
}

} // namespace

class tst_Throttle : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsDownAndRefuses();
    void beginsAnewWithTheNextWindow();
    void opensNoWindowTwiceWhenTheClockGoesBack();
    void saysNothingWithoutALimit();
    void tellsOnlySoManyKeysApart();
    void takesANetworkOfIpv6ForOneClient();
    void countsATokenWhereverItComesFrom();
    void countsSignInsByAddressWhateverTheToken();
    void showsTheTighterOfTwoLimits();
};

void tst_Throttle::countsDownAndRefuses()
{
    RateCounter counter(limit(2));
    const RateState first = counter.take(1, kNow).value();
    QCOMPARE(first.limit, QByteArray("2"));
    QCOMPARE(first.remaining, 1);
    QCOMPARE(first.secondsLeft, 300);
    QCOMPARE(first.reset, QByteArray("2023-11-14T22:20:00.000000Z"));
    QVERIFY(!counter.take(1, kNow)->exceeded);
    const RateState third = counter.take(1, kNow).value();
    QVERIFY(third.exceeded);
    QCOMPARE(third.remaining, 0);
    QVERIFY(!counter.take(2, kNow)->exceeded);
}

void tst_Throttle::beginsAnewWithTheNextWindow()
{
    RateCounter counter(limit(1));
    QVERIFY(!counter.take(1, kNow)->exceeded);
    QVERIFY(counter.take(1, kNow + std::chrono::seconds { 299 })->exceeded);
    QVERIFY(!counter.take(1, kNow + std::chrono::seconds { 300 })->exceeded);
}

void tst_Throttle::opensNoWindowTwiceWhenTheClockGoesBack()
{
    RateCounter counter(limit(1));
    QVERIFY(!counter.take(1, kNow)->exceeded);
    QVERIFY(counter.take(1, kNow - std::chrono::seconds { 1 })->exceeded);
}

void tst_Throttle::saysNothingWithoutALimit()
{
    RateCounter counter(limit(0));
    QVERIFY(!counter.take(1, kNow));
}

void tst_Throttle::tellsOnlySoManyKeysApart()
{
    constexpr quint64 kKnown = 1 << 30;
    constexpr quint64 kOneTooMany = kKnown + 1;
    RateCounter counter(limit(1));
    QVERIFY(!counter.take(kKnown, kNow)->exceeded);
    for (qsizetype i = 0; i < RateCounter::kMaxKeys; ++i)
        QVERIFY(!counter.take(quint64(i), kNow)->exceeded);
    QVERIFY(!counter.take(kOneTooMany, kNow)->exceeded);
    QVERIFY(!counter.take(kOneTooMany, kNow)->exceeded);
    QVERIFY(counter.take(kKnown, kNow)->exceeded);
}

void tst_Throttle::takesANetworkOfIpv6ForOneClient()
{
    const auto key = [](const char *address) { return Throttle::keyOf(QHostAddress(QLatin1String(address))); };
    QCOMPARE(key("2001:db8:1:2:3:4:5:6"), key("2001:db8:1:2::1"));
    QVERIFY(key("2001:db8:1:2::1") != key("2001:db8:1:3::1"));
    QVERIFY(key("192.0.2.1") != key("192.0.2.2"));
    QCOMPARE(key("::ffff:192.0.2.1"), key("192.0.2.1"));
}

void tst_Throttle::countsATokenWhereverItComesFrom()
{
    RateLimits limits;
    limits.token = limit(1);
    limits.address = limit(1);
    Throttle throttle(limits);
    const QHostAddress here(QStringLiteral("192.0.2.1"));
    const QHostAddress there(QStringLiteral("192.0.2.2"));
    const auto ask = [&throttle](const RequestHead &head, const QHostAddress &address) {
        return throttle.beforeBody(api::Budget::Requests, head, address, kNow)->exceeded;
    };
    QVERIFY(!ask(headWith("one"), here));
    QVERIFY(ask(headWith("one"), there));
    QVERIFY(!ask(headWith("two"), here));
    // Without a token it is the address that counts, and wrong tokens count there too.
    QVERIFY(!ask(RequestHead {}, here));
    QVERIFY(ask(RequestHead {}, here));
    QVERIFY(!throttle.byWrongToken(there, kNow)->exceeded);
    QVERIFY(ask(RequestHead {}, there));
}

void tst_Throttle::countsSignInsByAddressWhateverTheToken()
{
    RateLimits limits;
    limits.signIns = limit(1);
    Throttle throttle(limits);
    const QHostAddress here(QStringLiteral("192.0.2.1"));
    QVERIFY(!throttle.beforeBody(api::Budget::SignIns, headWith("one"), here, kNow)->exceeded);
    QVERIFY(throttle.beforeBody(api::Budget::SignIns, headWith("two"), here, kNow)->exceeded);
    QVERIFY(!throttle.beforeBody(api::Budget::Free, headWith("two"), here, kNow));
}

void tst_Throttle::showsTheTighterOfTwoLimits()
{
    RateLimits limits;
    limits.token = limit(300);
    limits.uploads = limit(2);
    Throttle throttle(limits);
    const QHostAddress here(QStringLiteral("192.0.2.1"));
    const auto upload = [&] { return throttle.beforeBody(api::Budget::Uploads, headWith("one"), here, kNow).value(); };
    QCOMPARE(upload().limit, QByteArray("2"));
    QVERIFY(!upload().exceeded);
    QVERIFY(upload().exceeded);
    const RateState request = throttle.beforeBody(api::Budget::Requests, headWith("one"), here, kNow).value();
    QCOMPARE(request.limit, QByteArray("300"));
    QCOMPARE(request.remaining, 296);
}

QTEST_GUILESS_MAIN(tst_Throttle)
#include "tst_throttle.moc"
