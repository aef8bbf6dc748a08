// SPDX-License-Identifier: GPL-3.0-or-later
// The authorize page and what it gives to clients: RFC 6749 section 4.1, RFC 7636 (PKCE), RFC 9700 for what must not
// be.
#include "suites.h"

#include <rig/authorization.h>

#include <QCryptographicHash>
#include <QUrlQuery>

namespace graminsta::api_test
{

using rig::Consent;
using rig::HttpBody;
using rig::HttpReply;
using rig::redirectParameter;
using rig::shownCode;
using rig::visitAuthorizePage;

namespace
{

const QByteArray kRedirect = "https://app.example/back";
const QByteArray kVerifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"; // RFC 7636, appendix B
const QByteArray kChallenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

QByteArray authorizeTarget(const rig::FormFields &fields, const QByteArray &path = "/oauth/authorize")
{
    return path + '?' + HttpBody::form(fields).bytes;
}

} // namespace

class tst_Authorization : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void initTestCase();
    void givesACodeThatBuysAToken();
    void showsTheCodeOutOfBand();
    void redirectsToAnAppsOwnScheme();
    void keepsTheQueryOfTheRedirectUri();
    void answersWithASlashAtTheEnd();
    void tellsTheClientOfARefusal();
    void asksAgainAfterAWrongPassword();
    void signsInByEmailAsWell();
    void neverRedirectsToAnUnregisteredUri_data();
    void neverRedirectsToAnUnregisteredUri();
    void refusesAnUnknownClient();
    void tellsTheClientOfWrongParameters_data();
    void tellsTheClientOfWrongParameters();
    void refusesScopesThatTheAppHasNot();
    void holdsToThePkceChallenge_data();
    void holdsToThePkceChallenge();
    void takesAVerifierOnlyWhereThereWasAChallenge();
    void neverSpeaksPlainPkce();
    void escapesWhatClientsSayOfThemselves();
    void cannotBeFramed();

private:
    [[nodiscard]] QByteArray target(const rig::FormFields &more = {}, const QByteArray &redirect = kRedirect) const
    {
        rig::FormFields fields { { "response_type", "code" }, { "client_id", m_app.id }, { "redirect_uri", redirect } };
        return authorizeTarget(fields + more);
    }
    [[nodiscard]] rig::Visitor visitor(Consent consent = Consent::Approve) const
    {
        return { m_person.username, m_person.password, consent };
    }
    [[nodiscard]] HttpReply exchange(const QString &code, const rig::FormFields &more = {},
                                     const QByteArray &redirect = kRedirect) const
    {
        rig::FormFields fields { { "grant_type", "authorization_code" },
                                 { "code", code.toUtf8() },
                                 { "client_id", m_app.id },
                                 { "client_secret", m_app.secret },
                                 { "redirect_uri", redirect } };
        return w.client().post("/oauth/token", HttpBody::form(fields + more));
    }

    App m_app;
    Person m_person;
};

void tst_Authorization::initTestCase()
{
    m_app = w.registerApp(kAllScopes, kRedirect + "\nphotos://oauth\nhttps://app.example/q?a=1\n" + kOutOfBand);
    m_person = w.person();
}

void tst_Authorization::givesACodeThatBuysAToken()
{
    rig::HttpClient browser = w.client();
    const HttpReply page = browser.get(target({ { "scope", "read write" }, { "state", "a b&c=d" } }));
    GI_STATUS(page, 200);
    QVERIFY(page.header("content-type").startsWith("text/html"));
    const HttpReply back =
        visitAuthorizePage(browser, target({ { "scope", "read write" }, { "state", "a b&c=d" } }), visitor());
    GI_STATUS(back, 302);
    QVERIFY2(back.header("location").startsWith(kRedirect + '?'), back.header("location"));
    QCOMPARE(redirectParameter(back, "state"), QStringLiteral("a b&c=d"));

    const HttpReply token = exchange(redirectParameter(back, "code"));
    GI_STATUS(token, 200);
    QCOMPARE(token.text("scope"), QStringLiteral("read write"));
    QCOMPARE(token.text("token_type"), QStringLiteral("Bearer"));
    QCOMPARE(token.header("cache-control"), QByteArray("no-store")); // RFC 6749 section 5.1
    rig::HttpClient http = w.client().as(token.text("access_token").toUtf8());
    QCOMPARE(http.get("/api/v1/accounts/verify_credentials").text("id"), m_person.id);
}

void tst_Authorization::showsTheCodeOutOfBand()
{
    rig::HttpClient browser = w.client();
    const HttpReply page = visitAuthorizePage(browser, target({}, kOutOfBand), visitor());
    GI_STATUS(page, 200);
    const QString code = shownCode(page);
    QVERIFY2(!code.isEmpty(), page.summary());
    GI_STATUS(exchange(code, {}, kOutOfBand), 200);
}

void tst_Authorization::redirectsToAnAppsOwnScheme()
{
    rig::HttpClient browser = w.client();
    const HttpReply back = visitAuthorizePage(browser, target({}, "photos://oauth"), visitor());
    GI_STATUS(back, 302);
    QVERIFY2(back.header("location").startsWith("photos://oauth?code="), back.header("location"));
}

void tst_Authorization::keepsTheQueryOfTheRedirectUri()
{
    rig::HttpClient browser = w.client();
    const HttpReply back = visitAuthorizePage(browser, target({}, "https://app.example/q?a=1"), visitor());
    GI_STATUS(back, 302);
    QVERIFY2(back.header("location").startsWith("https://app.example/q?a=1&code="), back.header("location"));
}

void tst_Authorization::answersWithASlashAtTheEnd()
{
    rig::HttpClient browser = w.client();
    const QByteArray slashed = authorizeTarget(
        { { "response_type", "code" }, { "client_id", m_app.id }, { "redirect_uri", kRedirect } }, "/oauth/authorize/");
    GI_STATUS(visitAuthorizePage(browser, slashed, visitor()), 302);
}

void tst_Authorization::tellsTheClientOfARefusal()
{
    rig::HttpClient browser = w.client();
    const HttpReply back = visitAuthorizePage(browser, target({ { "state", "s1" } }), visitor(Consent::Deny));
    GI_STATUS(back, 302);
    QCOMPARE(redirectParameter(back, "error"), QStringLiteral("access_denied"));
    QCOMPARE(redirectParameter(back, "state"), QStringLiteral("s1"));
    QVERIFY(redirectParameter(back, "code").isEmpty());
}

void tst_Authorization::asksAgainAfterAWrongPassword()
{
    rig::HttpClient browser = w.client();
    const HttpReply page =
        visitAuthorizePage(browser, target(), { m_person.username, QStringLiteral("wrong horse battery"), {} });
    QVERIFY2(page.status != 302, page.header("location"));
    QVERIFY(page.header("content-type").startsWith("text/html"));
    QVERIFY2(page.body.contains("<form"), page.summary());
    QVERIFY(!page.body.contains("wrong horse battery"));
    const HttpReply nobody =
        visitAuthorizePage(browser, target(), { w.freshName(), QStringLiteral("wrong horse battery"), {} });
    QCOMPARE(nobody.status, page.status); // whether a name exists is nobody's business
}

void tst_Authorization::signsInByEmailAsWell()
{
    rig::HttpClient browser = w.client();
    GI_STATUS(visitAuthorizePage(browser, target(), { m_person.email.toUpper(), m_person.password, {} }), 302);
}

void tst_Authorization::neverRedirectsToAnUnregisteredUri_data()
{
    QTest::addColumn<QByteArray>("redirect");
    QTest::newRow("other host") << QByteArray("https://evil.example/back");
    QTest::newRow("longer path") << QByteArray("https://app.example/back/more");
    QTest::newRow("other scheme") << QByteArray("http://app.example/back");
    QTest::newRow("user part") << QByteArray("https://app.example@evil.example/back");
    QTest::newRow("more query") << QByteArray("https://app.example/back?x=1");
    QTest::newRow("line break") << QByteArray("https://app.example/back\r\nX: y");
    QTest::newRow("empty") << QByteArray("");
}

void tst_Authorization::neverRedirectsToAnUnregisteredUri()
{
    QFETCH(QByteArray, redirect);
    rig::HttpClient browser = w.client();
    HttpReply page = browser.get(target({}, redirect));
    QVERIFY2(page.status >= 400 && page.status < 500, page.summary());
    QVERIFY(page.header("location").isEmpty());
    // Nor where an error, a refusal or a forged form would send the code there.
    page = browser.get(target({ { "scope", "nonsense" } }, redirect));
    QVERIFY(page.header("location").isEmpty());
    page = browser.post("/oauth/authorize",
                        HttpBody::form({ { "response_type", "code" },
                                         { "client_id", m_app.id },
                                         { "redirect_uri", redirect },
                                         { "username", m_person.username.toUtf8() },
                                         { "login", m_person.username.toUtf8() },
                                         { "password", m_person.password.toUtf8() },
                                         { "decision", "approve" } }));
    QVERIFY2(page.status >= 400 && page.header("location").isEmpty(), page.summary());
}

void tst_Authorization::refusesAnUnknownClient()
{
    rig::HttpClient browser = w.client();
    const HttpReply page = browser.get(
        authorizeTarget({ { "response_type", "code" }, { "client_id", "nobody" }, { "redirect_uri", kRedirect } }));
    QVERIFY2(page.status >= 400 && page.status < 500, page.summary());
    QVERIFY(page.header("location").isEmpty());
}

void tst_Authorization::tellsTheClientOfWrongParameters_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("error");
    QTest::newRow("unknown scope") << QByteArray("scope") << QByteArray("nonsense") << QStringLiteral("invalid_scope");
    QTest::newRow("token, please") << QByteArray("response_type") << QByteArray("token")
                                   << QStringLiteral("unsupported_response_type");
    QTest::newRow("plain PKCE") << QByteArray("code_challenge_method") << QByteArray("plain")
                                << QStringLiteral("invalid_request");
}

void tst_Authorization::tellsTheClientOfWrongParameters()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(QString, error);
    rig::FormFields fields { { "client_id", m_app.id }, { "redirect_uri", kRedirect }, { "state", "s" } };
    if (name != "response_type")
        fields.emplaceBack("response_type", "code");
    if (name == "code_challenge_method")
        fields.append({ "code_challenge", kVerifier });
    fields.append({ name, value });
    const HttpReply back = w.client().get(authorizeTarget(fields));
    // RFC 6749 section 4.1.2.1: the redirect URI is good, so the client is told; a page for the person is fine too.
    if (back.status == 302) {
        QCOMPARE(redirectParameter(back, "error"), error);
        QCOMPARE(redirectParameter(back, "state"), QStringLiteral("s"));
    } else {
        QVERIFY2(back.status == 400 || back.status == 422, back.summary());
    }
}

void tst_Authorization::refusesScopesThatTheAppHasNot()
{
    const App narrow = w.registerApp("read", kRedirect);
    const HttpReply back = w.client().get(authorizeTarget({ { "response_type", "code" },
                                                            { "client_id", narrow.id },
                                                            { "redirect_uri", kRedirect },
                                                            { "scope", "read write" } }));
    QVERIFY2(back.status == 400 || redirectParameter(back, "error") == QStringLiteral("invalid_scope"), back.summary());
}

void tst_Authorization::holdsToThePkceChallenge_data()
{
    QTest::addColumn<QByteArray>("verifier");
    QTest::addColumn<int>("status");
    QTest::newRow("right") << kVerifier << 200;
    QTest::newRow("wrong") << QByteArray("aBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") << 400;
    QTest::newRow("the challenge itself") << kChallenge << 400;
    QTest::newRow("missing") << QByteArray() << 400;
}

void tst_Authorization::holdsToThePkceChallenge()
{
    QFETCH(QByteArray, verifier);
    QFETCH(int, status);
    rig::HttpClient browser = w.client();
    const HttpReply back = visitAuthorizePage(
        browser, target({ { "code_challenge", kChallenge }, { "code_challenge_method", "S256" } }), visitor());
    GI_STATUS(back, 302);
    const rig::FormFields more =
        verifier.isNull() ? rig::FormFields {} : rig::FormFields { { "code_verifier", verifier } };
    const HttpReply token = exchange(redirectParameter(back, "code"), more);
    GI_STATUS(token, status);
    if (status != 200)
        QCOMPARE(token.text("error"), QStringLiteral("invalid_grant"));
}

void tst_Authorization::takesAVerifierOnlyWhereThereWasAChallenge()
{
    // RFC 9700 section 2.1.1: else somebody could strip the challenge from the first request.
    rig::HttpClient browser = w.client();
    const HttpReply back = visitAuthorizePage(browser, target(), visitor());
    GI_STATUS(exchange(redirectParameter(back, "code"), { { "code_verifier", kVerifier } }), 400);
}

void tst_Authorization::neverSpeaksPlainPkce()
{
    rig::HttpClient browser = w.client();
    // RFC 7636 section 4.3: no method means "plain", which is not spoken here.
    const HttpReply back = visitAuthorizePage(browser, target({ { "code_challenge", kVerifier } }), visitor());
    const QString code = redirectParameter(back, "code");
    if (!code.isEmpty())
        GI_STATUS(exchange(code, { { "code_verifier", kVerifier } }), 400);
}

void tst_Authorization::escapesWhatClientsSayOfThemselves()
{
    const QByteArray script = "<script>alert(1)</script>\"'";
    const HttpReply registered =
        w.client().post("/api/v1/apps", HttpBody::form({ { "client_name", script }, { "redirect_uris", kRedirect } }));
    GI_STATUS(registered, 200);
    const HttpReply page = w.client().get(authorizeTarget({ { "response_type", "code" },
                                                            { "client_id", registered.text("client_id").toUtf8() },
                                                            { "redirect_uri", kRedirect },
                                                            { "state", script } }));
    GI_STATUS(page, 200);
    QVERIFY2(!page.body.contains("<script>alert"), page.body);
}

void tst_Authorization::cannotBeFramed()
{
    const HttpReply page = w.client().get(target());
    GI_STATUS(page, 200);
    const bool guarded = page.header("x-frame-options").toUpper() == "DENY"
        || page.header("content-security-policy").contains("frame-ancestors 'none'");
    QVERIFY(guarded);
    QCOMPARE(page.header("cache-control"), QByteArray("no-store"));
}

SuitePointer makeAuthorizationSuite(World &world)
{
    return std::make_unique<tst_Authorization>(world);
}

} // namespace graminsta::api_test

#include "tst_authorization.moc"
