// SPDX-License-Identifier: GPL-3.0-or-later
// One-time codes by time, held to the vectors of RFC 6238 (the last six of their eight digits) and RFC 4648.
#include <graminsta/domain/oauth/totp.h>

#include <QTest>

using namespace graminsta;
using namespace graminsta::domain;

namespace
{

const QByteArray kSecret = "12345678901234567890";

} // namespace

class tst_Totp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesTheCodesOfTheRfc_data();
    void makesTheCodesOfTheRfc();
    void writesBase32_data();
    void writesBase32();
    void takesTheStepsBesideThePresentOne();
    void takesACodeWithBlanks();
    void makesAnotherSecretEachTime();
    void escapesTheNamesInTheUri();
};

void tst_Totp::makesTheCodesOfTheRfc_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("code");
    const auto row = [](qint64 seconds, const char *code) {
        QTest::addRow("%lld", static_cast<long long>(seconds)) << seconds << QString::fromLatin1(code);
    };
    row(59, "287082");
    row(1111111109, "081804");
    row(1111111111, "050471");
    row(1234567890, "005924");
    row(2000000000, "279037");
    row(20000000000, "353130");
}

void tst_Totp::makesTheCodesOfTheRfc()
{
    QFETCH(qint64, seconds);
    QFETCH(QString, code);
    QCOMPARE(totpCode(kSecret, totpStep(fromUnixMs(seconds * 1000))), code);
}

void tst_Totp::writesBase32_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QByteArray() << QString();
    QTest::newRow("f") << QByteArray("f") << QStringLiteral("MY");
    QTest::newRow("fo") << QByteArray("fo") << QStringLiteral("MZXQ");
    QTest::newRow("foo") << QByteArray("foo") << QStringLiteral("MZXW6");
    QTest::newRow("foob") << QByteArray("foob") << QStringLiteral("MZXW6YQ");
    QTest::newRow("fooba") << QByteArray("fooba") << QStringLiteral("MZXW6YTB");
    QTest::newRow("foobar") << QByteArray("foobar") << QStringLiteral("MZXW6YTBOI");
    QTest::newRow("a secret") << kSecret << QStringLiteral("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    QTest::newRow("high bits") << QByteArray("\xff\xff\xff\xff\xff") << QStringLiteral("77777777");
}

void tst_Totp::writesBase32()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    QCOMPARE(base32(bytes), text);
}

void tst_Totp::takesTheStepsBesideThePresentOne()
{
    const Timestamp now = fromUnixMs(1'234'567'890'000);
    const qint64 step = totpStep(now);
    for (int away = -3; away <= 3; ++away) {
        const std::optional<qint64> found = matchingTotpStep(kSecret, totpCode(kSecret, step + away), now);
        QCOMPARE(found.has_value(), away >= -1 && away <= 1);
        if (found)
            QCOMPARE(*found, step + away);
    }
    QVERIFY(!matchingTotpStep(kSecret, QString(), now));
}

void tst_Totp::takesACodeWithBlanks()
{
    const Timestamp now = fromUnixMs(59'000);
    QVERIFY(matchingTotpStep(kSecret, QStringLiteral(" 287 082 "), now));
}

void tst_Totp::makesAnotherSecretEachTime()
{
    const QByteArray one = newTotpSecret();
    QCOMPARE(one.size(), 20);
    QVERIFY(one != newTotpSecret());
}

void tst_Totp::escapesTheNamesInTheUri()
{
    const QString uri = totpUri(kSecret, QStringLiteral("Our photos & more"), QStringLiteral("ann"));
    QVERIFY2(uri.startsWith(QStringLiteral("otpauth://totp/Our%20photos%20%26%20more:ann?secret=GEZD")),
             qPrintable(uri));
    QVERIFY(uri.contains(QStringLiteral("&issuer=Our%20photos%20%26%20more&")));
}

QTEST_GUILESS_MAIN(tst_Totp)
#include "tst_totp.moc"
