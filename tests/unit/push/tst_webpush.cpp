// SPDX-License-Identifier: GPL-3.0-or-later
// The encryption of push messages by the example of RFC 8291, and which addresses and answers mean what.
#include "address.h"
#include "delivery.h"
#include "encryption.h"

#include <QHostAddress>
#include <QTcpServer>
#include <QTest>

#include <arpa/inet.h>
#include <sys/socket.h>

using namespace graminsta;
using namespace graminsta::push;
using ports::PushOutcome;

namespace
{

// RFC 8291, appendix A.
const QByteArray kSenderPrivate = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
const QByteArray kSenderPublic =
    "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
const QByteArray kReaderPublic =
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const QByteArray kAuth = "BTBZMqHH6r4Tts7J_aSIgg";
const QByteArray kSalt = "DGv6ra1nlYgDCS1FRnbzlw";
const QByteArray kPlain = "When I grow up, I want to be a watermelon";
const QByteArray kBody = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
                         "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qu"
                         "lcy4a-fN";

Recipient reader()
{
    return { fromBase64Url(kReaderPublic), fromBase64Url(kAuth) };
}

} // namespace

class tst_WebPush : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void encryptsTheExampleOfTheRfc();
    void refusesWhatDoesNotFitOneRecord();
    void keepsAKeyByItsNumber();
    void knowsAPointFromNone_data();
    void knowsAPointFromNone();
    void knowsPublicAddresses_data();
    void knowsPublicAddresses();
    void neverConnectsToAPrivateAddress_data();
    void neverConnectsToAPrivateAddress();
    void readsTheStatusOfAService_data();
    void readsTheStatusOfAService();
};

void tst_WebPush::encryptsTheExampleOfTheRfc()
{
    const Result<KeyPair> sender = KeyPair::fromRaw(fromBase64Url(kSenderPrivate), fromBase64Url(kSenderPublic));
    QVERIFY(sender);
    const Result<Encrypted> message = encrypt(kPlain, reader(), *sender, fromBase64Url(kSalt));
    QVERIFY(message);
    QCOMPARE(base64Url(message->body), kBody);
    const QList<QPair<QByteArray, QByteArray>> headers { { "Content-Encoding", "aes128gcm" } };
    QCOMPARE(message->headers, headers);
}

void tst_WebPush::refusesWhatDoesNotFitOneRecord()
{
    const Result<KeyPair> sender = KeyPair::generate();
    QVERIFY(sender);
    const QByteArray salt(16, 's');
    const Result<Encrypted> most = encrypt(QByteArray(3993, 'x'), reader(), *sender, salt);
    QVERIFY(most);
    QCOMPARE(most->body.size(), 4096);
    const Result<Encrypted> tooLong = encrypt(QByteArray(3994, 'x'), reader(), *sender, salt);
    QVERIFY(!tooLong);
    QCOMPARE(tooLong.error().fault, Fault::TooLarge);
}

void tst_WebPush::keepsAKeyByItsNumber()
{
    const Result<KeyPair> made = KeyPair::generate();
    QVERIFY(made);
    const Result<QByteArray> number = made->privateKey();
    QVERIFY(number);
    QCOMPARE(number->size(), 32);
    const Result<KeyPair> again = KeyPair::fromRaw(*number, made->publicKey());
    QVERIFY(again);
    const QByteArray other = fromBase64Url(kReaderPublic);
    const Result<QByteArray> first = made->sharedSecret(other);
    const Result<QByteArray> second = again->sharedSecret(other);
    QVERIFY(first && second);
    QCOMPARE(*first, *second);
    const Result<QByteArray> signature = again->sign("a text");
    QVERIFY(signature);
    QCOMPARE(signature->size(), 64);
}

void tst_WebPush::knowsAPointFromNone_data()
{
    QTest::addColumn<QByteArray>("point");
    QTest::addColumn<bool>("isPoint");
    QByteArray beside = fromBase64Url(kReaderPublic);
    QTest::newRow("a point") << beside << true;
    beside[64] = static_cast<char>(beside[64] ^ 1);
    QTest::newRow("beside the curve") << beside << false;
    QTest::newRow("infinity") << QByteArray(1, '\0') << false;
    QTest::newRow("zeros") << QByteArray("\x04") + QByteArray(64, '\0') << false;
    QTest::newRow("nothing") << QByteArray() << false;
}

void tst_WebPush::knowsAPointFromNone()
{
    QFETCH(QByteArray, point);
    QFETCH(bool, isPoint);
    QCOMPARE(isPublicKey(point), isPoint);
}

void tst_WebPush::knowsPublicAddresses_data()
{
    QTest::addColumn<bool>("isPublic");
    for (const char *address : { "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.0.1", "2606:4700::1111",
                                 "64:ff9b::8.8.8.8", "::ffff:8.8.8.8" })
        QTest::newRow(address) << true;
    for (const char *address :
         { "0.0.0.0",          "10.1.2.3",        "100.64.0.1",        "127.0.0.1",   "127.255.0.1",
           "169.254.169.254",  "172.16.0.1",      "172.31.255.255",    "192.168.1.1", "192.0.2.1",
           "198.18.0.1",       "224.0.0.1",       "255.255.255.255",   "::",          "::1",
           "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "fc00::1",     "fd12::1",
           "fe80::1",          "ff02::1",         "2001:db8::1",       "2001::1",     "2002:7f00:1::" })
        QTest::newRow(address) << false;
}

void tst_WebPush::knowsPublicAddresses()
{
    QFETCH(bool, isPublic);
    sockaddr_in ipv4 {};
    sockaddr_in6 ipv6 {};
    ipv4.sin_family = AF_INET;
    ipv6.sin6_family = AF_INET6;
    const char *text = QTest::currentDataTag();
    if (::inet_pton(AF_INET, text, &ipv4.sin_addr) == 1) {
        QCOMPARE(isPublicAddress(reinterpret_cast<const sockaddr *>(&ipv4)), isPublic);
    } else {
        QCOMPARE(::inet_pton(AF_INET6, text, &ipv6.sin6_addr), 1);
        QCOMPARE(isPublicAddress(reinterpret_cast<const sockaddr *>(&ipv6)), isPublic);
    }
}

void tst_WebPush::neverConnectsToAPrivateAddress_data()
{
    QTest::addColumn<QString>("endpoint");
    QTest::newRow("loopback") << QStringLiteral("https://127.0.0.1:%1/push");
    QTest::newRow("by its name") << QStringLiteral("https://localhost:%1/push");
    QTest::newRow("in another form") << QStringLiteral("https://2130706433:%1/push");
    QTest::newRow("without TLS") << QStringLiteral("http://127.0.0.1:%1/push");
    QTest::newRow("IPv4 in IPv6") << QStringLiteral("https://[::ffff:127.0.0.1]:%1/push");
}

void tst_WebPush::neverConnectsToAPrivateAddress()
{
    QFETCH(QString, endpoint);
    QTcpServer inside;
    QVERIFY(inside.listen(QHostAddress::LocalHost));
    Delivery delivery;
    delivery.endpoint = endpoint.arg(inside.serverPort());
    delivery.lifetime = std::chrono::seconds(60);
    const ports::PushAnswer answer = deliver(delivery, Deadline::after(std::chrono::seconds(5)));
    QVERIFY(answer.outcome != PushOutcome::Delivered);
    QVERIFY(!inside.waitForNewConnection(100));
}

void tst_WebPush::readsTheStatusOfAService_data()
{
    QTest::addColumn<int>("outcome");
    const auto row = [](int status, PushOutcome outcome) {
        QTest::newRow(QByteArray::number(status)) << static_cast<int>(outcome);
    };
    row(201, PushOutcome::Delivered);
    row(204, PushOutcome::Delivered);
    row(301, PushOutcome::Refused);
    row(400, PushOutcome::Refused);
    row(403, PushOutcome::Refused);
    row(404, PushOutcome::Gone);
    row(410, PushOutcome::Gone);
    row(413, PushOutcome::Refused);
    row(429, PushOutcome::Later);
    row(500, PushOutcome::Later);
    row(503, PushOutcome::Later);
}

void tst_WebPush::readsTheStatusOfAService()
{
    QFETCH(int, outcome);
    QCOMPARE(static_cast<int>(outcomeOf(QByteArray(QTest::currentDataTag()).toLong())), outcome);
}

QTEST_GUILESS_MAIN(tst_WebPush)

#include "tst_webpush.moc"
