// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of OAuthReader and OAuthWriter on both databases.
#include "testdatabase.h"

#include <graminsta/core/secrets.h>

#include <atomic>

using namespace graminsta;
using namespace graminsta::test;
using entities::AccessGrant;
using entities::AccessToken;
using entities::Application;

class tst_SqlOAuth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsEveryField_data() { addDatabaseRows(); }
    void keepsEveryField();
    void givesACodeOnce_data() { addDatabaseRows(); }
    void givesACodeOnce();
};

namespace
{

Application fullApplication()
{
    return { ApplicationId { 3 },
             QStringLiteral("App \"one\""),
             QStringLiteral("https://app.example"),
             { QStringLiteral("urn:ietf:wg:oauth:2.0:oob"), QStringLiteral("app://callback?a=b,c") },
             QStringLiteral("read write"),
             QStringLiteral("client-id"),
             tokenHash("secret"),
             fromUnixMs(11) };
}

} // namespace

void tst_SqlOAuth::keepsEveryField()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId account = database.addAccount(QStringLiteral("account")).id;
    const Application application = fullApplication();
    AccessToken token {
        TokenId { 4 }, tokenHash("a"), application.id, account, QStringLiteral("read"), fromUnixMs(12)
    };
    const AccessToken ownToken { TokenId { 5 }, tokenHash("b"), application.id, {}, QString(), fromUnixMs(13) };
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.oauth.insertApplication(application));
        GI_TRY(writers.oauth.insertToken(token));
        return writers.oauth.insertToken(ownToken);
    });

    const ports::OAuthReader &oauth = database->oauth();
    const Application read = must(oauth.applicationByClientId(application.clientId, kSoon));
    QCOMPARE(read.id.number(), application.id.number());
    QCOMPARE(read.name, application.name);
    QCOMPARE(read.website, application.website);
    QCOMPARE(read.redirectUris, application.redirectUris);
    QCOMPARE(read.scopes, application.scopes);
    QCOMPARE(read.clientId, application.clientId);
    QCOMPARE(read.clientSecretHash, application.clientSecretHash);
    QCOMPARE(toUnixMs(read.createdAt), 11);
    QCOMPARE(must(oauth.application(application.id, kSoon)).name, application.name);
    QCOMPARE(must(oauth.applications({ ApplicationId { 1 }, application.id }, kSoon)).size(), 1);
    QCOMPARE(oauth.applicationByClientId(QStringLiteral("CLIENT-ID"), kSoon).error().fault, Fault::NotFound);

    const AccessToken readToken = must(oauth.tokenByHash(token.tokenHash, kSoon));
    QVERIFY(readToken.id == token.id && readToken.accountId == account && readToken.applicationId == application.id);
    QCOMPARE(readToken.tokenHash, token.tokenHash);
    QCOMPARE(readToken.scopes, token.scopes);
    QCOMPARE(toUnixMs(readToken.createdAt), 12);
    QVERIFY(must(oauth.tokenByHash(ownToken.tokenHash, kSoon)).accountId.isNull());
    // Only of this application and this account, and only the old ones.
    AccessToken newer = token;
    newer.id = TokenId { 6 };
    newer.tokenHash = tokenHash("c");
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.oauth.removeOldTokens(application.id, account, 1));
        GI_TRY(writers.oauth.tokenByHash(token.tokenHash, kSoon));
        GI_TRY(writers.oauth.insertToken(newer));
        return writers.oauth.removeOldTokens(application.id, account, 1);
    });
    QCOMPARE(oauth.tokenByHash(token.tokenHash, kSoon).error().fault, Fault::NotFound);
    QVERIFY(oauth.tokenByHash(newer.tokenHash, kSoon).has_value());
    QVERIFY(oauth.tokenByHash(ownToken.tokenHash, kSoon).has_value());
    token = newer;
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.oauth.removeToken(token.id));
        return writers.oauth.removeToken(token.id);
    });
    QCOMPARE(oauth.tokenByHash(token.tokenHash, kSoon).error().fault, Fault::NotFound);
}

void tst_SqlOAuth::givesACodeOnce()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId account = database.addAccount(QStringLiteral("account")).id;
    const Application application = fullApplication();
    const AccessGrant grant {
        tokenHash("code"),           application.id, account, QStringLiteral("app://x"), QStringLiteral("read"),
        QStringLiteral("challenge"), fromUnixMs(50)
    };
    AccessGrant late = grant;
    late.codeHash = tokenHash("late");
    late.expiresAt = fromUnixMs(40);
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.oauth.insertApplication(application));
        GI_TRY(writers.oauth.insertGrant(grant));
        GI_TRY(writers.oauth.insertGrant(late));
        return writers.oauth.removeGrantsExpiredBefore(fromUnixMs(50));
    });
    std::atomic<int> taken = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 10; ++thread) {
        threads.emplace_back([&] {
            const Result<> result = database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
                const AccessGrant mine = GI_TRY(writers.oauth.takeGrant(grant.codeHash));
                const bool isWhole = mine.codeHash == grant.codeHash && mine.applicationId == application.id
                    && mine.accountId == account && mine.redirectUri == grant.redirectUri && mine.scopes == grant.scopes
                    && mine.codeChallenge == grant.codeChallenge && mine.expiresAt == grant.expiresAt;
                return isWhole ? Result<>() : makeError(Fault::Internal, QStringLiteral("a field was lost"));
            });
            taken += result ? 1 : 0;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(taken.load(), 1);
    const Result<> expired = database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.oauth.takeGrant(late.codeHash));
        return {};
    });
    QCOMPARE(expired.error().fault, Fault::NotFound);
}

QTEST_GUILESS_MAIN(tst_SqlOAuth)
#include "tst_sqloauth.moc"
