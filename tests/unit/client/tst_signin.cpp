// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/client/browsersignin.h>
#include <graminsta/client/client.h>
#include <graminsta/client/loopbackredirect.h>
#include <graminsta/client/networktransport.h>
#include <rig/awaiting.h>
#include <rig/fakeserver.h>

#include <QTcpSocket>
#include <QTest>
#include <QUrlQuery>

using namespace graminsta;
using namespace graminsta::client;
using namespace std::chrono_literals;
using rig::await;
using rig::FakeReply;
using rig::FakeServer;

namespace
{

// What the user's browser does with a redirection to this computer. Returns the answer.
QByteArray browse(const QUrl &url, const QByteArray &method = "GET")
{
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), static_cast<quint16>(url.port()));
    socket.write(method + ' ' + url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority)
                 + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    const bool closed = QTest::qWaitFor([&socket] { return socket.state() == QAbstractSocket::UnconnectedState; });
    return closed ? socket.readAll() : QByteArray();
}

QUrl back(const LoopbackRedirect &redirect, const char *query)
{
    return QUrl(redirect.redirectUri() + QLatin1Char('?') + QLatin1String(query));
}

Deadline soon()
{
    return Deadline::after(10s);
}

} // namespace

class TestSignIn : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void makesTheChallengeOfTheRfc();
    void makesVerifiersOfTheRightLength();
    void asksForAuthorizationWithEverything();
    void takesTheCodeThatComesWithTheState();
    void turnsAwayTheWrongState();
    void tellsWhenTheUserSaysNo();
    void endsWhenNobodyComes();
    void endsWhenItIsDeleted();
    void survivesWhatIsNoBrowser();
    void signsInByTheBrowser();
    void signsInAtTheBundledServer();
    void countsAMissingRevokeAsDone();
};

void TestSignIn::makesTheChallengeOfTheRfc()
{
    // RFC 7636, appendix B.
    QCOMPARE(pkceChallenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
             QByteArray("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
}

void TestSignIn::makesVerifiersOfTheRightLength()
{
    const PkcePair pair = makePkcePair();
    QCOMPARE(pair.verifier.size(), 43);
    QCOMPARE(pair.challenge, pkceChallenge(pair.verifier));
    QVERIFY(makePkcePair().verifier != pair.verifier);
}

void TestSignIn::asksForAuthorizationWithEverything()
{
    const Client client(QUrl(QStringLiteral("https://example.org")), {}, std::make_shared<NetworkTransport>());
    model::Application application;
    application.clientId = QStringLiteral("id&1");
    const AuthorizationRequest request { QStringLiteral("http://127.0.0.1:1/"), QStringLiteral("read write"), "st+ate",
                                         "challenge" };
    const QUrl url = client.oauth().authorizationUrl(application, request);
    QVERIFY(url.toEncoded().startsWith("https://example.org/oauth/authorize?"));
    const QUrlQuery query(url);
    const auto item = [&query](const char *name) {
        return query.queryItemValue(QLatin1String(name), QUrl::FullyDecoded);
    };
    QCOMPARE(item("client_id"), QStringLiteral("id&1"));
    QCOMPARE(item("redirect_uri"), QStringLiteral("http://127.0.0.1:1/"));
    QCOMPARE(item("scope"), QStringLiteral("read write"));
    QCOMPARE(item("state"), QStringLiteral("st+ate"));
    QCOMPARE(item("code_challenge_method"), QStringLiteral("S256"));
}

void TestSignIn::takesTheCodeThatComesWithTheState()
{
    const std::unique_ptr<LoopbackRedirect> redirect = LoopbackRedirect::listen().value();
    auto code = redirect->waitForCode("right", soon());
    const QByteArray answer = browse(back(*redirect, "code=a%2Fb&state=right"));
    QVERIFY(answer.contains("You can close this window"));
    QVERIFY(answer.startsWith("HTTP/1.1 200"));
    QCOMPARE(*await(std::move(code)), QStringLiteral("a/b"));
}

void TestSignIn::turnsAwayTheWrongState()
{
    const std::unique_ptr<LoopbackRedirect> redirect = LoopbackRedirect::listen().value();
    auto code = redirect->waitForCode("right", soon());
    for (const char *query : { "code=evil&state=wrong", "code=evil", "code=evil&state=", "error=access_denied" })
        QVERIFY(browse(back(*redirect, query)).startsWith("HTTP/1.1 400"));
    QVERIFY(!code.isReady());
    QVERIFY(browse(back(*redirect, "code=good&state=right")).startsWith("HTTP/1.1 200"));
    QCOMPARE(*await(std::move(code)), QStringLiteral("good"));
    QVERIFY(browse(back(*redirect, "code=late&state=right")).startsWith("HTTP/1.1 400"));
}

void TestSignIn::tellsWhenTheUserSaysNo()
{
    const std::unique_ptr<LoopbackRedirect> redirect = LoopbackRedirect::listen().value();
    auto code = redirect->waitForCode("s", soon());
    QVERIFY(browse(back(*redirect, "error=access_denied&state=s")).contains("You are not signed in"));
    const Result<QString> result = await(std::move(code));
    QCOMPARE(result.error().fault, Fault::Forbidden);
    QCOMPARE(result.error().safe, QStringLiteral("You did not agree in the browser."));
}

void TestSignIn::endsWhenNobodyComes()
{
    const std::unique_ptr<LoopbackRedirect> redirect = LoopbackRedirect::listen().value();
    QCOMPARE(await(redirect->waitForCode("s", Deadline::after(50ms))).error().fault, Fault::Timeout);
    CancelSource source;
    auto code = redirect->waitForCode("s", soon(), source.token());
    source.cancel();
    QCOMPARE(await(std::move(code)).error().fault, Fault::Cancelled);
}

void TestSignIn::endsWhenItIsDeleted()
{
    std::unique_ptr<LoopbackRedirect> redirect = LoopbackRedirect::listen().value();
    auto code = redirect->waitForCode("s", soon());
    redirect.reset();
    QCOMPARE(await(std::move(code)).error().fault, Fault::Cancelled);
}

void TestSignIn::survivesWhatIsNoBrowser()
{
    const std::unique_ptr<LoopbackRedirect> redirect = LoopbackRedirect::listen().value();
    auto code = redirect->waitForCode("s", soon());
    QVERIFY(browse(back(*redirect, "code=c&state=s"), "POST").startsWith("HTTP/1.1 400"));
    QVERIFY(browse(QUrl(redirect->redirectUri() + QStringLiteral("favicon.ico?code=c&state=s")))
                .startsWith("HTTP/1.1 400"));
    QTcpSocket flood;
    flood.connectToHost(QStringLiteral("127.0.0.1"), static_cast<quint16>(QUrl(redirect->redirectUri()).port()));
    flood.write(QByteArray(64 * 1024, 'x'));
    QVERIFY(QTest::qWaitFor([&flood] { return flood.state() == QAbstractSocket::UnconnectedState; }));
    QVERIFY(browse(back(*redirect, "code=c&state=s")).startsWith("HTTP/1.1 200"));
    QCOMPARE(*await(std::move(code)), QStringLiteral("c"));
}

void TestSignIn::signsInByTheBrowser()
{
    FakeServer server;
    server.expect("POST /api/v1/apps", FakeReply::json(R"({"id":"1","client_id":"ci","client_secret":"cs"})"));
    QByteArray challenge;
    server.expectBy("POST /oauth/token", [&challenge](const rig::FakeRequest &request) {
        const QByteArray verifier = request.parameter(QStringLiteral("code_verifier")).toLatin1();
        const bool proven = pkceChallenge(verifier) == challenge
            && request.parameter(QStringLiteral("code")) == QLatin1String("the-code");
        return proven ? FakeReply::json(R"({"access_token":"tok","token_type":"Bearer","scope":"read","created_at":1})")
                      : FakeReply::json(R"({"error":"invalid_grant"})", 400);
    });
    server.expect("GET /api/v1/accounts/verify_credentials", FakeReply::json(R"({"id":"9","acct":"ada"})"));
    const Client client(server.url(), {}, std::make_shared<NetworkTransport>());
    const OpenBrowser browser = [&challenge](const QUrl &url) {
        const QUrlQuery query(url);
        challenge = query.queryItemValue(QStringLiteral("code_challenge")).toLatin1();
        QUrl target(query.queryItemValue(QStringLiteral("redirect_uri"), QUrl::FullyDecoded));
        target.setQuery(QStringLiteral("code=the-code&state=") + query.queryItemValue(QStringLiteral("state")));
        QTimer::singleShot(10, [target] { browse(target); });
        return true;
    };
    const Result<SignedIn> signedIn = await(signInWithBrowser(client.session(), browser, 10s, {}));
    QVERIFY2(signedIn, qPrintable(signedIn ? QString() : describe(signedIn.error())));
    QCOMPARE(signedIn->account.acct, QStringLiteral("ada"));
    QCOMPARE(signedIn->token.accessToken, QStringLiteral("tok"));
    QCOMPARE(server.requests().last().header("authorization"), QByteArray("Bearer tok"));
    QCOMPARE(server.unexpected(), QByteArrayList());
    QCOMPARE(await(signInWithBrowser(client.session(), [](const QUrl &) { return false; }, 10s, {})).error().fault,
             Fault::Unavailable);
}

void TestSignIn::signsInAtTheBundledServer()
{
    FakeServer server;
    server.expect("POST /api/graminsta/v1/local_session", FakeReply::json(R"({"access_token":"tok"})"));
    const Client client(server.url(), {}, std::make_shared<NetworkTransport>());
    const Result<model::Token> token = await(client.oauth().localSession(QStringLiteral("s e+cret")));
    QVERIFY(token);
    QCOMPARE(server.requests().first().parameter(QStringLiteral("secret")), QStringLiteral("s e+cret"));
    QCOMPARE(server.requests().first().header("authorization"), QByteArray());
}

void TestSignIn::countsAMissingRevokeAsDone()
{
    FakeServer server;
    server.expect("POST /oauth/revoke", FakeReply::html("<html>", 404));
    const Client client(server.url(), "tok", std::make_shared<NetworkTransport>());
    QVERIFY(await(client.oauth().revoke({})));
    QCOMPARE(server.requests().first().parameter(QStringLiteral("token")), QStringLiteral("tok"));
}

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_signin.moc"
