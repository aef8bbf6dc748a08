// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/security/sodiumpasswordhasher.h>

#include <QTest>

using namespace graminsta;
using security::PasswordCost;
using security::SodiumPasswordHasher;

namespace
{

std::unique_ptr<SodiumPasswordHasher> makeHasher(const PasswordCost &cost = {})
{
    return SodiumPasswordHasher::create(cost).value();
}

} // namespace

class PasswordHasherTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsThePasswordAgain()
    {
        const auto hasher = makeHasher();
        const QString password = QStringLiteral("correct horse battery staple");
        const auto hash = hasher->hash(password);
        QVERIFY(hash);
        QVERIFY(hasher->verify(*hash, password));
        QVERIFY(!hasher->verify(*hash, password + QLatin1Char(' ')));
        QVERIFY(!hasher->verify(*hash, QString()));
    }

    void usesArgon2idAtTheRecommendedCost()
    {
        const auto hash = makeHasher()->hash(QStringLiteral("secret"));
        QVERIFY(hash);
        QVERIFY2(hash->startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), hash->constData());
    }

    void saltsEveryHash()
    {
        const auto hasher = makeHasher();
        const auto first = hasher->hash(QStringLiteral("secret"));
        const auto second = hasher->hash(QStringLiteral("secret"));
        QVERIFY(first && second);
        QVERIFY(*first != *second);
    }

    void takesHashesOfOtherImplementations()
    {
        // The reference implementation's own test vector: argon2id, "password" with the salt "somesalt".
        const QByteArray hash = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$"
                                "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        QVERIFY(makeHasher()->verify(hash, QStringLiteral("password")));
        QVERIFY(!makeHasher()->verify(hash, QStringLiteral("Password")));
    }

    void takesComposedAndDecomposedLettersAsEqual()
    {
        const auto hasher = makeHasher();
        const auto hash = hasher->hash(QStringLiteral("caf\u00e9"));
        QVERIFY(hash);
        QVERIFY(hasher->verify(*hash, QStringLiteral("cafe\u0301")));
    }

    void takesAnyText()
    {
        const auto hasher = makeHasher();
        for (const QString &password :
             { QString(), QString(10'000, QLatin1Char('x')), QString(QLatin1Char('\0')) + QLatin1Char('a') }) {
            const auto hash = hasher->hash(password);
            QVERIFY(hash);
            QVERIFY(hasher->verify(*hash, password));
        }
        const auto hash = hasher->hash(QString(QLatin1Char('\0')) + QLatin1Char('a'));
        QVERIFY(!hasher->verify(*hash, QString(QLatin1Char('\0')) + QLatin1Char('b')));
    }

    void refusesWhatIsNoHash_data()
    {
        QTest::addColumn<QByteArray>("hash");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("password");
        QTest::newRow("long") << QByteArray(5000, '$');
        QTest::newRow("cut off") << QByteArray("$argon2id$v=19$m=19456,t=2,p=1$");
        QTest::newRow("other kind") << QByteArray("$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy");
    }

    void refusesWhatIsNoHash()
    {
        QFETCH(QByteArray, hash);
        const auto hasher = makeHasher();
        QVERIFY(!hasher->verify(hash, QStringLiteral("password")));
        QVERIFY(!hasher->verify(hash, QString()));
        QVERIFY(hasher->needsRehash(hash));
    }

    void asksForANewHashWhenTheCostHasChanged()
    {
        const auto cheap = makeHasher({ 1, 8 * 1024 * 1024 });
        const auto hash = cheap->hash(QStringLiteral("secret"));
        QVERIFY(hash);
        QVERIFY(!cheap->needsRehash(*hash));
        QVERIFY(makeHasher()->needsRehash(*hash));
        QVERIFY(makeHasher()->verify(*hash, QStringLiteral("secret")));
    }

    void failsWithoutMemory()
    {
        const auto hash = makeHasher({ 2, size_t { 1 } << 60 })->hash(QStringLiteral("secret"));
        QVERIFY(!hash);
        QVERIFY(hash.error().fault == Fault::Internal);
    }
};

QTEST_GUILESS_MAIN(PasswordHasherTest)
#include "tst_passwordhasher.moc"
