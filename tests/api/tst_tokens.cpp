// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens: how they are bought, what they allow, how they end. https://docs.joinmastodon.org/methods/oauth/
#include "suites.h"

#include <graminsta/api/endpoint.h>
#include <rig/authorization.h>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Tokens : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void initTestCase();
    void takesTheClientsCredentialsAnywhere_data();
    void takesTheClientsCredentialsAnywhere();
    void refusesWrongClients_data();
    void refusesWrongClients();
    void refusesAnUnknownGrant();
    void refusesACodeThatNeverWas();
    void takesACodeOnce();
    void bindsACodeToItsClient();
    void bindsACodeToItsRedirectUri();
    void givesNoMoreThanTheAppHas();
    void refusesAnInvalidTokenEvenWhereNoneIsNeeded();
    void holdsTokensToTheirScope_data();
    void holdsTokensToTheirScope();
    void asksForItsScopeOnEveryEndpoint();
    void letsAnAppsTokenDoNothingForAPerson();
    void endsARevokedToken();
    void revokesOnlyForItsOwnClient();
    void keepsTokensOutOfTheLog();

private:
    [[nodiscard]] QString code(const App &app) const
    {
        rig::HttpClient browser = w.client();
        const QByteArray target = "/oauth/authorize?"
            + HttpBody::form({ { "response_type", "code" }, { "client_id", app.id }, { "redirect_uri", kOutOfBand } })
                  .bytes;
        return rig::shownCode(rig::visitAuthorizePage(browser, target, { m_person.username, m_person.password, {} }));
    }
    [[nodiscard]] HttpReply exchange(const App &app, const QString &code, const QByteArray &redirect = kOutOfBand) const
    {
        return w.client().post("/oauth/token",
                               HttpBody::form({ { "grant_type", "authorization_code" },
                                                { "code", code.toUtf8() },
                                                { "client_id", app.id },
                                                { "client_secret", app.secret },
                                                { "redirect_uri", redirect } }));
    }
    [[nodiscard]] QByteArray userToken(const QByteArray &scopes) const
    {
        const App app = w.registerApp(scopes);
        rig::HttpClient browser = w.client();
        const QByteArray target = "/oauth/authorize?"
            + HttpBody::form({ { "response_type", "code" },
                               { "client_id", app.id },
                               { "redirect_uri", kOutOfBand },
                               { "scope", scopes } })
                  .bytes;
        const HttpReply page = rig::visitAuthorizePage(browser, target, { m_person.username, m_person.password, {} });
        return exchange(app, rig::shownCode(page)).text("access_token").toUtf8();
    }

    Person m_person;
};

void tst_Tokens::initTestCase()
{
    m_person = w.person();
}

void tst_Tokens::takesTheClientsCredentialsAnywhere_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("form") << 0;
    QTest::newRow("json") << 1;
    QTest::newRow("basic") << 2;
    QTest::newRow("multipart") << 3;
}

void tst_Tokens::takesTheClientsCredentialsAnywhere()
{
    QFETCH(int, kind);
    const App &app = w.app();
    HttpBody body = HttpBody::form({ { "grant_type", "client_credentials" } });
    rig::HttpHeaders headers;
    if (kind == 0)
        body.bytes += "&client_id=" + app.id + "&client_secret=" + app.secret;
    else if (kind == 1)
        body = HttpBody::json({ { "grant_type", QStringLiteral("client_credentials") },
                                { "client_id", QString::fromUtf8(app.id) },
                                { "client_secret", QString::fromUtf8(app.secret) } });
    else if (kind == 2)
        headers.append({ "Authorization", "Basic " + (app.id + ':' + app.secret).toBase64() });
    else
        body = HttpBody::multipart(
            { { "grant_type", "client_credentials" }, { "client_id", app.id }, { "client_secret", app.secret } });
    const HttpReply token = w.client().post("/oauth/token", body, headers);
    GI_STATUS(token, 200);
    QVERIFY(token.text("access_token").size() >= 32);
}

void tst_Tokens::refusesWrongClients_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QByteArray>("secret");
    QTest::newRow("wrong secret") << w.app().id << QByteArray("wrong");
    QTest::newRow("no secret") << w.app().id << QByteArray();
    QTest::newRow("unknown") << QByteArray("nobody") << w.app().secret;
}

void tst_Tokens::refusesWrongClients()
{
    QFETCH(QByteArray, id);
    QFETCH(QByteArray, secret);
    const HttpReply refused = w.client().post(
        "/oauth/token",
        HttpBody::form({ { "grant_type", "client_credentials" }, { "client_id", id }, { "client_secret", secret } }));
    GI_STATUS(refused, 401);
    QCOMPARE(refused.text("error"), QStringLiteral("invalid_client"));
}

void tst_Tokens::refusesAnUnknownGrant()
{
    const HttpReply refused = w.client().post(
        "/oauth/token",
        HttpBody::form(
            { { "grant_type", "telepathy" }, { "client_id", w.app().id }, { "client_secret", w.app().secret } }));
    GI_STATUS(refused, 400);
    QCOMPARE(refused.text("error"), QStringLiteral("unsupported_grant_type"));
}

void tst_Tokens::refusesACodeThatNeverWas()
{
    const HttpReply refused = exchange(w.app(), QStringLiteral("never-given"));
    GI_STATUS(refused, 400);
    QCOMPARE(refused.text("error"), QStringLiteral("invalid_grant"));
}

void tst_Tokens::takesACodeOnce()
{
    const QString once = code(w.app());
    GI_STATUS(exchange(w.app(), once), 200);
    const HttpReply again = exchange(w.app(), once);
    GI_STATUS(again, 400);
    QCOMPARE(again.text("error"), QStringLiteral("invalid_grant"));
}

void tst_Tokens::bindsACodeToItsClient()
{
    const App other = w.registerApp();
    GI_STATUS(exchange(other, code(w.app())), 400);
}

void tst_Tokens::bindsACodeToItsRedirectUri()
{
    GI_STATUS(exchange(w.app(), code(w.app()), "https://app.example/other"), 400);
}

void tst_Tokens::givesNoMoreThanTheAppHas()
{
    const App narrow = w.registerApp("read");
    const HttpReply refused = w.client().post("/oauth/token",
                                              HttpBody::form({ { "grant_type", "client_credentials" },
                                                               { "client_id", narrow.id },
                                                               { "client_secret", narrow.secret },
                                                               { "scope", "read write" } }));
    GI_STATUS(refused, 400);
    QCOMPARE(refused.text("error"), QStringLiteral("invalid_scope"));
}

void tst_Tokens::refusesAnInvalidTokenEvenWhereNoneIsNeeded()
{
    GI_STATUS(w.client().as("invalid").get("/api/v1/timelines/public"), 401);
    GI_STATUS(w.client().as("invalid").get("/api/v1/timelines/home"), 401);
}

void tst_Tokens::holdsTokensToTheirScope_data()
{
    QTest::addColumn<QByteArray>("scopes");
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status");
    const auto row = [](const char *scopes, const char *verb, const char *target, int status) {
        QTest::addRow("%s: %s %s", scopes, verb, target)
            << QByteArray(scopes) << QByteArray(verb) << QByteArray(target) << status;
    };
    row("read", "GET", "/api/v1/timelines/home", 200);
    row("read:statuses", "GET", "/api/v1/timelines/home", 200);
    row("read:accounts", "GET", "/api/v1/timelines/home", 403);
    row("read", "POST", "/api/v1/statuses", 403);
    row("write:media", "POST", "/api/v1/statuses", 403);
    row("write:statuses", "POST", "/api/v1/statuses", 422); // allowed; but empty
    row("write:statuses", "PUT", "/api/v1/statuses/1", 404); // allowed; but nothing there
    row("read", "PUT", "/api/v1/statuses/1", 403);
    row("write:bookmarks", "POST", "/api/v1/statuses/1/bookmark", 404);
    row("write:favourites", "POST", "/api/v1/statuses/1/bookmark", 403);
    row("write:accounts", "POST", "/api/v1/statuses/1/pin", 404);
    row("write:statuses", "POST", "/api/v1/statuses/1/pin", 403);
    row("write:statuses", "POST", "/api/v1/statuses/1/reblog", 404);
    row("write:favourites", "POST", "/api/v1/statuses/1/reblog", 403);
    row("write:mutes", "POST", "/api/v1/statuses/1/mute", 404);
    row("write:statuses", "POST", "/api/v1/statuses/1/mute", 403);
    row("read:bookmarks", "GET", "/api/v1/bookmarks", 200);
    row("read:favourites", "GET", "/api/v1/bookmarks", 403);
    row("read:favourites", "GET", "/api/v1/favourites", 200);
    row("read:bookmarks", "GET", "/api/v1/favourites", 403);
    row("follow", "POST", "/api/v1/accounts/1/follow", 404); // allowed; but nobody
    row("read", "POST", "/api/v1/accounts/1/follow", 403);
    row("write", "GET", "/api/v1/notifications", 403);
    row("read:notifications", "GET", "/api/v1/notifications", 200);
}

void tst_Tokens::holdsTokensToTheirScope()
{
    QFETCH(QByteArray, scopes);
    QFETCH(QByteArray, verb);
    QFETCH(QByteArray, target);
    QFETCH(int, status);
    rig::HttpClient http = w.client().as(userToken(scopes));
    const HttpReply reply = http.send(verb, target, verb == "POST" ? HttpBody {} : HttpBody::none());
    GI_STATUS(reply, status);
    if (status == 403)
        QCOMPARE(reply.text("error"), QStringLiteral("This action is outside the authorized scopes"));
}

void tst_Tokens::asksForItsScopeOnEveryEndpoint()
{
    rig::HttpClient forPush = w.client().as(userToken("push"));
    rig::HttpClient forBookmarks = w.client().as(userToken("read:bookmarks"));
    for (const graminsta::api::Endpoint &endpoint : graminsta::api::endpoints()) {
        if (endpoint.access != graminsta::api::Access::User || !endpoint.scope)
            continue;
        QByteArray path = endpoint.path;
        path.replace(":id", "1").replace(":name", "sea").replace(":hashtag", "sea");
        const QByteArray verb = graminsta::api::verbName(endpoint.verb).data();
        const HttpBody body = verb == "GET" ? HttpBody::none() : HttpBody {};
        rig::HttpClient &wrong = QByteArrayView(endpoint.scope) == "push" ? forBookmarks : forPush;
        const HttpReply refused = wrong.send(verb, path, body);
        QVERIFY2(refused.status == 403, verb + ' ' + path + ": " + refused.summary());
    }
}

void tst_Tokens::letsAnAppsTokenDoNothingForAPerson()
{
    rig::HttpClient http = w.client().as(w.app().token);
    const HttpReply refused = http.get("/api/v1/timelines/home");
    // Mastodon says 422 "This method requires an authenticated user" or 403, by version.
    QVERIFY2(refused.status == 401 || refused.status == 403 || refused.status == 422, refused.summary());
}

void tst_Tokens::endsARevokedToken()
{
    const App app = w.registerApp();
    const QByteArray token = exchange(app, code(app)).text("access_token").toUtf8();
    rig::HttpClient http = w.client().as(token);
    GI_STATUS(http.get("/api/v1/accounts/verify_credentials"), 200);
    const HttpBody body = HttpBody::json({ { "client_id", QString::fromUtf8(app.id) },
                                           { "client_secret", QString::fromUtf8(app.secret) },
                                           { "token", QString::fromUtf8(token) } });
    const HttpReply revoked = w.client().post("/oauth/revoke", body);
    GI_STATUS(revoked, 200);
    QCOMPARE(revoked.body, QByteArray("{}"));
    GI_STATUS(http.get("/api/v1/accounts/verify_credentials"), 401);
    GI_STATUS(w.client().post("/oauth/revoke", body), 200); // RFC 7009 section 2.2: as often as one likes
}

void tst_Tokens::revokesOnlyForItsOwnClient()
{
    const App app = w.registerApp();
    const App other = w.registerApp();
    const QByteArray token = exchange(app, code(app)).text("access_token").toUtf8();
    const HttpReply refused = w.client().post(
        "/oauth/revoke",
        HttpBody::form({ { "client_id", other.id }, { "client_secret", other.secret }, { "token", token } }));
    GI_STATUS(refused, 403);
    QCOMPARE(refused.text("error"), QStringLiteral("unauthorized_client"));
    GI_STATUS(w.client().as(token).get("/api/v1/accounts/verify_credentials"), 200);
}

void tst_Tokens::keepsTokensOutOfTheLog()
{
    GI_STATUS(w.client().get("/api/v1/timelines/public?access_token=" + m_person.token), 200);
    QVERIFY(!w.server().log().contains(m_person.token));
    QVERIFY(!w.server().log().contains(m_person.password.toUtf8()));
}

SuitePointer makeTokensSuite(World &world)
{
    return std::make_unique<tst_Tokens>(world);
}

} // namespace graminsta::api_test

#include "tst_tokens.moc"
