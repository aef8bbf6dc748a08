// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of PushStore on both databases.
#include "testdatabase.h"

using namespace graminsta;
using namespace graminsta::test;
using entities::PushPolicy;
using entities::PushSubscription;
using entities::PushSubscriptionId;

namespace
{

constexpr Timestamp kNow = fromUnixMs(1'000'000);

} // namespace

class tst_SqlPush : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsOneSubscriptionAToken_data() { addDatabaseRows(); }
    void keepsOneSubscriptionAToken();
    void removesOnlyWhatWasNotReplaced_data() { addDatabaseRows(); }
    void removesOnlyWhatWasNotReplaced();
    void forgetsWithTheToken_data() { addDatabaseRows(); }
    void forgetsWithTheToken();
    void givesAllTheSameSecret_data() { addDatabaseRows(); }
    void givesAllTheSameSecret();

private:
    static TokenId addToken(TestDatabase &database, AccountId account)
    {
        entities::Application application;
        application.id = database.newId<ApplicationId>();
        application.clientId = application.id.toString();
        const auto token = database.newId<TokenId>();
        database.write([&](ports::WriteSet &writers) -> Result<> {
            GI_TRY(writers.oauth.insertApplication(application));
            return writers.oauth.insertToken(
                { token, token.toString().toUtf8(), application.id, account, QStringLiteral("push"), kNow });
        });
        return token;
    }
    static PushSubscription subscription(TestDatabase &database, TokenId token, AccountId account,
                                         const QString &endpoint)
    {
        return { database.newId<PushSubscriptionId>(),
                 token,
                 account,
                 endpoint,
                 QByteArray(65, '\x04'),
                 QByteArray(16, '\0'),
                 false,
                 { QStringLiteral("mention"), QStringLiteral("follow") },
                 PushPolicy::Follower,
                 kNow };
    }
};

void tst_SqlPush::keepsOneSubscriptionAToken()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId account = database.addAccount(QStringLiteral("account")).id;
    const TokenId token = addToken(database, account);
    const TokenId other = addToken(database, account);
    QCOMPARE(database->push().byToken(token, kSoon).error().fault, Fault::NotFound);
    must(database->push().put(subscription(database, token, account, QStringLiteral("https://one")), kSoon));
    const PushSubscription second = subscription(database, token, account, QStringLiteral("https://two"));
    must(database->push().put(second, kSoon));
    const PushSubscription found = must(database->push().byToken(token, kSoon));
    QVERIFY(found.id == second.id && found.tokenId == token && found.accountId == account);
    QCOMPARE(found.endpoint, QStringLiteral("https://two"));
    QCOMPARE(found.publicKey, second.publicKey);
    QCOMPARE(found.authSecret, second.authSecret);
    QCOMPARE(found.standard, false);
    QCOMPARE(found.alerts, second.alerts);
    QVERIFY(found.policy == PushPolicy::Follower);
    QVERIFY(found.createdAt == kNow);

    const PushSubscription third = subscription(database, other, account, QStringLiteral("https://three"));
    must(database->push().put(third, kSoon));
    const QList<PushSubscription> all = must(database->push().ofAccount(account, 10, kSoon));
    QCOMPARE(all.size(), 2);
    QVERIFY(all.first().id == third.id);
    QCOMPARE(must(database->push().ofAccount(account, 1, kSoon)).size(), 1);
    for (int twice = 0; twice < 2; ++twice)
        must(database->push().removeOfToken(token, kSoon));
    QCOMPARE(must(database->push().ofAccount(account, 10, kSoon)).size(), 1);
}

void tst_SqlPush::removesOnlyWhatWasNotReplaced()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId account = database.addAccount(QStringLiteral("account")).id;
    const TokenId token = addToken(database, account);
    const PushSubscription first = subscription(database, token, account, QStringLiteral("https://one"));
    const PushSubscription second = subscription(database, token, account, QStringLiteral("https://two"));
    must(database->push().put(first, kSoon));
    must(database->push().put(second, kSoon));
    must(database->push().remove(first.id, kSoon));
    QVERIFY(must(database->push().byToken(token, kSoon)).id == second.id);
    must(database->push().remove(second.id, kSoon));
    QCOMPARE(database->push().byToken(token, kSoon).error().fault, Fault::NotFound);
}

void tst_SqlPush::forgetsWithTheToken()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId account = database.addAccount(QStringLiteral("account")).id;
    const TokenId token = addToken(database, account);
    must(database->push().put(subscription(database, token, account, QStringLiteral("https://one")), kSoon));
    database.write([&](ports::WriteSet &writers) { return writers.oauth.removeToken(token); });
    QVERIFY(must(database->push().ofAccount(account, 10, kSoon)).isEmpty());
}

void tst_SqlPush::givesAllTheSameSecret()
{
    TestDatabase database;
    if (!database.open())
        return;
    const QString name = QStringLiteral("a key");
    QCOMPARE(must(database->push().sharedSecret(name, "first", kNow, kSoon)), QByteArray("first"));
    const std::unique_ptr<sql::SqlDatabase> other = database.openAgain();
    QCOMPARE(must(other->push().sharedSecret(name, "second", kNow, kSoon)), QByteArray("first"));
    QCOMPARE(must(other->push().sharedSecret(QStringLiteral("another"), "third", kNow, kSoon)), QByteArray("third"));
}

QTEST_GUILESS_MAIN(tst_SqlPush)

#include "tst_sqlpush.moc"
