// SPDX-License-Identifier: GPL-3.0-or-later
// Applications: https://docs.joinmastodon.org/methods/apps/
#include "suites.h"

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Apps : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void registersFromAnyKindOfBody_data();
    void registersFromAnyKindOfBody();
    void keepsSeveralRedirectUris_data();
    void keepsSeveralRedirectUris();
    void givesReadWithoutScopes();
    void refusesWhatIsIncomplete_data();
    void refusesWhatIsIncomplete();
    void tellsAnAppWhoItIs();
    void tellsAUsersAppWhoItIs();
    void keepsTheSecretToItself();
};

void tst_Apps::registersFromAnyKindOfBody_data()
{
    QTest::addColumn<HttpBody>("body");
    const rig::FormFields fields { { "client_name", "Café & co" },
                                   { "redirect_uris", "https://app.example/back?x=1" },
                                   { "scopes", "read write:media" },
                                   { "website", "https://app.example" } };
    QTest::newRow("form") << HttpBody::form(fields);
    QList<rig::Part> parts;
    for (const auto &[name, value] : fields)
        parts.append({ name, value });
    QTest::newRow("multipart") << HttpBody::multipart(parts);
    QTest::newRow("json") << HttpBody::json({ { "client_name", QStringLiteral("Café & co") },
                                              { "redirect_uris", QStringLiteral("https://app.example/back?x=1") },
                                              { "scopes", QStringLiteral("read write:media") },
                                              { "website", QStringLiteral("https://app.example") } });
}

void tst_Apps::registersFromAnyKindOfBody()
{
    QFETCH(HttpBody, body);
    const HttpReply app = w.client().post("/api/v1/apps", body);
    GI_STATUS(app, 200);
    QCOMPARE(app.text("name"), QStringLiteral("Café & co"));
    QCOMPARE(app.text("website"), QStringLiteral("https://app.example"));
    QCOMPARE(app.text("redirect_uri"), QStringLiteral("https://app.example/back?x=1"));
    QCOMPARE(app.object()[QLatin1String("scopes")].toArray(),
             QJsonArray({ QStringLiteral("read"), QStringLiteral("write:media") }));
    QCOMPARE(app.object()[QLatin1String("client_secret_expires_at")].toInt(-1), 0);
}

void tst_Apps::keepsSeveralRedirectUris_data()
{
    QTest::addColumn<HttpBody>("body");
    const QString first = QStringLiteral("tokodon://oauth");
    const QString second = QStringLiteral("https://app.example/back");
    QTest::newRow("lines") << HttpBody::form(
        { { "client_name", "two" }, { "redirect_uris", (first + QLatin1Char('\n') + second).toUtf8() } });
    QTest::newRow("json array") << HttpBody::json(
        { { "client_name", QStringLiteral("two") }, { "redirect_uris", QJsonArray { first, second } } });
    QTest::newRow("form array") << HttpBody::form(
        { { "client_name", "two" }, { "redirect_uris[]", first.toUtf8() }, { "redirect_uris[]", second.toUtf8() } });
}

void tst_Apps::keepsSeveralRedirectUris()
{
    QFETCH(HttpBody, body);
    const HttpReply app = w.client().post("/api/v1/apps", body);
    GI_STATUS(app, 200);
    QCOMPARE(app.object()[QLatin1String("redirect_uris")].toArray(),
             QJsonArray({ QStringLiteral("tokodon://oauth"), QStringLiteral("https://app.example/back") }));
}

void tst_Apps::givesReadWithoutScopes()
{
    const HttpReply app = w.client().post(
        "/api/v1/apps", HttpBody::form({ { "client_name", "plain" }, { "redirect_uris", kOutOfBand } }));
    GI_STATUS(app, 200);
    QCOMPARE(app.object()[QLatin1String("scopes")].toArray(), QJsonArray { QStringLiteral("read") });
}

void tst_Apps::refusesWhatIsIncomplete_data()
{
    QTest::addColumn<HttpBody>("body");
    const QByteArray uri = "https://app.example/back";
    QTest::newRow("nothing") << HttpBody::form({});
    QTest::newRow("no name") << HttpBody::form({ { "redirect_uris", uri } });
    QTest::newRow("blank name") << HttpBody::form({ { "client_name", " " }, { "redirect_uris", uri } });
    QTest::newRow("no redirect") << HttpBody::form({ { "client_name", "x" } });
    QTest::newRow("relative redirect") << HttpBody::form({ { "client_name", "x" }, { "redirect_uris", "/back" } });
    QTest::newRow("script as redirect") << HttpBody::form(
        { { "client_name", "x" }, { "redirect_uris", "javascript:alert(1)" } });
    QTest::newRow("unknown scope") << HttpBody::form(
        { { "client_name", "x" }, { "redirect_uris", uri }, { "scopes", "read everything" } });
}

void tst_Apps::refusesWhatIsIncomplete()
{
    QFETCH(HttpBody, body);
    const HttpReply refused = w.client().post("/api/v1/apps", body);
    QVERIFY2(refused.status == 422 || refused.status == 400, refused.summary());
    QVERIFY(!refused.text("error").isEmpty());
}

void tst_Apps::tellsAnAppWhoItIs()
{
    rig::HttpClient http = w.client().as(w.app().token);
    const HttpReply app = http.get("/api/v1/apps/verify_credentials");
    GI_STATUS(app, 200);
    QCOMPARE(app.text("name"), QStringLiteral("API suite"));
    GI_STATUS(w.client().get("/api/v1/apps/verify_credentials"), 401);
}

void tst_Apps::tellsAUsersAppWhoItIs()
{
    rig::HttpClient http = w.client(w.person());
    GI_STATUS(http.get("/api/v1/apps/verify_credentials"), 200);
}

void tst_Apps::keepsTheSecretToItself()
{
    rig::HttpClient http = w.client().as(w.app().token);
    QVERIFY(!http.get("/api/v1/apps/verify_credentials").body.contains(w.app().secret));
    QVERIFY(!w.server().log().contains(w.app().secret));
}

SuitePointer makeAppsSuite(World &world)
{
    return std::make_unique<tst_Apps>(world);
}

} // namespace graminsta::api_test

#include "tst_apps.moc"
