// SPDX-License-Identifier: GPL-3.0-or-later
// What the server says of itself.
#include "suites.h"

#include <graminsta/api/endpoint.h>

namespace graminsta::api_test
{

using rig::HttpReply;

class tst_Instance : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void initTestCase();
    void describesItselfInBothVersions();
    void neverGivesNullRules();
    void hasAContactOnceThereIsAnAccount();
    void saysWhatMastodonVersionItSpeaks();
    void announcesTheLimitsThatItKeeps();
    void saysThatSignUpIsOpen();
    void leadsToItsNodeInfo();
    void convincesClientsThatDetectMastodon();
    void describesItsOAuthServer();
    void isHealthy();
    void countsItsPeopleAndPosts();
    void publishesItsContract();
    void showsItsContractToPeople();
};

void tst_Instance::initTestCase()
{
    (void)w.person(); // an instance without anybody has nobody to show as its contact
}

void tst_Instance::describesItselfInBothVersions()
{
    rig::HttpClient http = w.client();
    const HttpReply v1 = http.get("/api/v1/instance");
    GI_STATUS(v1, 200);
    const HttpReply v2 = http.get("/api/v2/instance");
    GI_STATUS(v2, 200);
    QCOMPARE(v1.text("uri"), v2.text("domain"));
    QCOMPARE(v1.text("title"), v2.text("title"));
    QCOMPARE(v1.text("version"), v2.text("version"));
}

void tst_Instance::neverGivesNullRules()
{
    rig::HttpClient http = w.client();
    QVERIFY(http.get("/api/v1/instance").object()[QLatin1String("rules")].isArray());
    QVERIFY(http.get("/api/v2/instance").object()[QLatin1String("rules")].isArray());
}

void tst_Instance::hasAContactOnceThereIsAnAccount()
{
    rig::HttpClient http = w.client();
    // megalodon's Pixelfed driver throws on null.
    QVERIFY(http.get("/api/v1/instance").object()[QLatin1String("contact_account")].isObject());
    const QJsonObject contact = http.get("/api/v2/instance").object()[QLatin1String("contact")].toObject();
    QVERIFY(contact[QLatin1String("account")].isObject());
    QVERIFY(contact[QLatin1String("email")].isString());
}

void tst_Instance::saysWhatMastodonVersionItSpeaks()
{
    const QString version = w.client().get("/api/v1/instance").text("version");
    // Mastodon.py takes the second media API from 3.1.4 on.
    QVERIFY2(version.section(QLatin1Char('.'), 0, 0).toInt() >= 4, qPrintable(version));
    QVERIFY2(version.contains(QStringLiteral("(compatible; Graminsta ")), qPrintable(version));
}

void tst_Instance::announcesTheLimitsThatItKeeps()
{
    const QJsonObject configuration =
        w.client().get("/api/v2/instance").object()[QLatin1String("configuration")].toObject();
    const QJsonObject statuses = configuration[QLatin1String("statuses")].toObject();
    QCOMPARE(statuses[QLatin1String("max_media_attachments")].toInt(), 20);
    QCOMPARE(statuses[QLatin1String("max_characters")].toInt(), 2200);
    const QJsonObject media = configuration[QLatin1String("media_attachments")].toObject();
    QCOMPARE(media[QLatin1String("description_limit")].toInt(), 1500);
    QCOMPARE(media[QLatin1String("image_size_limit")].toInt(), 25 << 20);
    // Elk makes pictures smaller in the browser where they are over this.
    QCOMPARE(media[QLatin1String("image_matrix_limit")].toInt(), 40'000'000);
    const QJsonArray types = media[QLatin1String("supported_mime_types")].toArray();
    for (const char *type : { "image/jpeg", "image/png", "image/webp" })
        QVERIFY2(types.contains(QLatin1String(type)), type);
}

void tst_Instance::saysThatSignUpIsOpen()
{
    QCOMPARE(w.client().get("/api/v1/instance").object()[QLatin1String("registrations")].toBool(), true);
    const QJsonObject registrations =
        w.client().get("/api/v2/instance").object()[QLatin1String("registrations")].toObject();
    QCOMPARE(registrations[QLatin1String("enabled")].toBool(), true);
    QCOMPARE(registrations[QLatin1String("approval_required")].toBool(), false);
}

void tst_Instance::leadsToItsNodeInfo()
{
    rig::HttpClient http = w.client();
    const HttpReply known = http.get("/.well-known/nodeinfo");
    GI_STATUS(known, 200);
    const QJsonValue link = known.object()[QLatin1String("links")][0];
    QCOMPARE(link[QLatin1String("rel")].toString(), QStringLiteral("http://nodeinfo.diaspora.software/ns/schema/2.0"));
    const HttpReply nodeInfo = http.get(link[QLatin1String("href")].toString().toUtf8());
    GI_STATUS(nodeInfo, 200);
    QCOMPARE(nodeInfo.text("version"), QStringLiteral("2.0"));
    QCOMPARE(nodeInfo.object()[QLatin1String("openRegistrations")].toBool(), true);
}

void tst_Instance::convincesClientsThatDetectMastodon()
{
    const QJsonObject nodeInfo = w.client().get("/nodeinfo/2.0").object();
    QCOMPARE(nodeInfo[QLatin1String("software")][QLatin1String("name")].toString(), QStringLiteral("graminsta"));
    const QJsonValue metadata = nodeInfo[QLatin1String("metadata")];
    // megalodon knows no "graminsta", but follows this.
    QCOMPARE(metadata[QLatin1String("upstream")][QLatin1String("name")].toString(), QStringLiteral("mastodon"));
    // PixelDroid takes its limits from here.
    const QJsonValue uploader = metadata[QLatin1String("config")][QLatin1String("uploader")];
    QCOMPARE(uploader[QLatin1String("album_limit")].toInt(), 20);
    QCOMPARE(uploader[QLatin1String("max_caption_length")].toInt(), 2200);
    QCOMPARE(metadata[QLatin1String("config")][QLatin1String("features")][QLatin1String("mobile_apis")].toBool(), true);
}

void tst_Instance::describesItsOAuthServer()
{
    rig::HttpClient http = w.client();
    const HttpReply metadata = http.get("/.well-known/oauth-authorization-server"); // RFC 8414
    GI_STATUS(metadata, 200);
    const QJsonObject object = metadata.object();
    QVERIFY(object[QLatin1String("code_challenge_methods_supported")].toArray().contains(QStringLiteral("S256")));
    QVERIFY(!object[QLatin1String("code_challenge_methods_supported")].toArray().contains(QStringLiteral("plain")));
    QVERIFY(object[QLatin1String("grant_types_supported")].toArray().contains(QStringLiteral("authorization_code")));
    QVERIFY(object[QLatin1String("scopes_supported")].toArray().contains(QStringLiteral("read")));
    const QString base = w.server().url().toString();
    QCOMPARE(metadata.text("token_endpoint"), base + QStringLiteral("/oauth/token"));
    QCOMPARE(metadata.text("app_registration_endpoint"), base + QStringLiteral("/api/v1/apps"));
}

void tst_Instance::isHealthy()
{
    rig::HttpClient http = w.client();
    GI_STATUS(http.get("/healthz"), 200);
    GI_STATUS(http.get("/readyz"), 200);
    QCOMPARE(http.get("/health").text("status"), QStringLiteral("UP"));
}

void tst_Instance::countsItsPeopleAndPosts()
{
    const Person author = w.person();
    rig::HttpClient http = w.client(author);
    (void)w.post(http, QStringLiteral("counted"));
    const QJsonValue stats = http.get("/api/v1/instance").object()[QLatin1String("stats")];
    QVERIFY(stats[QLatin1String("user_count")].toInt() > 0);
    QVERIFY(stats[QLatin1String("status_count")].toInt() > 0);
}

void tst_Instance::publishesItsContract()
{
    rig::HttpClient http = w.client();
    const HttpReply contract = http.get("/openapi.yaml");
    GI_STATUS(contract, 200);
    QVERIFY2(contract.header("content-type").startsWith("application/yaml"), contract.header("content-type"));
    QVERIFY(contract.body.contains("\nopenapi: 3.1."));
    for (const api::Endpoint &endpoint : api::endpoints()) {
        const QByteArray line = "\n      operationId: " + QByteArray(endpoint.name) + '\n';
        QVERIFY2(contract.body.contains(line), endpoint.name);
    }
    // Tools of other origins read it, and nobody is counted for it.
    QCOMPARE(contract.header("access-control-allow-origin"), QByteArray("*"));
    QCOMPARE(contract.header("x-ratelimit-limit"), QByteArray());

    const HttpReply again = http.get("/openapi.yaml", { { "If-None-Match", contract.header("etag") } });
    GI_STATUS(again, 304);
    QVERIFY(again.body.isEmpty());
}

void tst_Instance::showsItsContractToPeople()
{
    rig::HttpClient http = w.client();
    const HttpReply page = http.get("/api-docs");
    GI_STATUS(page, 200);
    QVERIFY2(page.header("content-type").startsWith("text/html"), page.header("content-type"));
    QVERIFY2(page.header("content-security-policy").startsWith("default-src 'none'"),
             page.header("content-security-policy"));
    for (const api::Endpoint &endpoint : api::endpoints())
        QVERIFY2(page.body.contains("id=\"" + QByteArray(endpoint.name) + '"'), endpoint.name);
    // It needs nothing from elsewhere, and has no script.
    for (const char *foreign : { "<script", "<link", "<img", "src=", "@import", "url(" })
        QVERIFY2(!page.body.contains(foreign), foreign);
    GI_STATUS(http.get("/api-docs", { { "If-None-Match", page.header("etag") } }), 304);
}

SuitePointer makeInstanceSuite(World &world)
{
    return std::make_unique<tst_Instance>(world);
}

} // namespace graminsta::api_test

#include "tst_instance.moc"
