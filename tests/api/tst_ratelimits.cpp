// SPDX-License-Identifier: GPL-3.0-or-later
// What happens to whoever asks too often. On a server of its own for each test, with small limits.
#include "suites.h"

#include <QDateTime>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpClient;
using rig::HttpReply;

namespace
{

constexpr qint64 kWindow = 300;
constexpr qint64 kTestTakes = 15;
constexpr int kOfToken = 8;
constexpr int kOfAccount = 12;
constexpr int kOfAddress = 6;

rig::TestServerOptions smallLimits()
{
    const auto setting = [](const char *name, int value) {
        return QPair<QString, QString>(QStringLiteral("GRAMINSTA_LIMITS_") + QLatin1String(name),
                                       QString::number(value));
    };
    rig::TestServerOptions options;
    options.settings = { { QStringLiteral("GRAMINSTA_LIMITS_ENABLED"), QStringLiteral("true") },
                         setting("REQUESTS_OF_TOKEN", kOfToken),
                         setting("REQUESTS_OF_ACCOUNT", kOfAccount),
                         setting("REQUESTS_OF_ADDRESS", kOfAddress),
                         setting("SIGN_INS_OF_ADDRESS", 5),
                         setting("SIGN_UPS_OF_ADDRESS", 2),
                         setting("UPLOADS", 3) };
    return options;
}

// A fresh server and the app that is registered at it.
struct Place {
    rig::TestServer server { smallLimits() };
    QByteArray clientId;
    QByteArray clientSecret;
    QByteArray appToken;

    [[nodiscard]] HttpClient client(const QByteArray &token = {}) const { return HttpClient(server.url(), token); }

    [[nodiscard]] bool open()
    {
        // All windows end at multiples of five minutes: none may end within a test.
        const qint64 left = kWindow - QDateTime::currentSecsSinceEpoch() % kWindow;
        if (left < kTestTakes)
            QTest::qSleep(int(left * 1000));
        if (!server.start())
            return false;
        HttpClient nobody = client();
        const HttpReply app = nobody.post(
            "/api/v1/apps",
            HttpBody::form({ { "client_name", "limits" }, { "redirect_uris", kOutOfBand }, { "scopes", kAllScopes } }));
        clientId = app.text("client_id").toUtf8();
        clientSecret = app.text("client_secret").toUtf8();
        appToken = token({ { "grant_type", "client_credentials" } }).text("access_token").toUtf8();
        return !appToken.isEmpty();
    }
    [[nodiscard]] HttpReply token(rig::FormFields fields) const
    {
        HttpClient nobody = client();
        fields.append({ { "client_id", clientId }, { "client_secret", clientSecret }, { "scope", kAllScopes } });
        return nobody.post("/oauth/token", HttpBody::form(fields));
    }
    [[nodiscard]] HttpReply signUp(const QByteArray &name) const
    {
        HttpClient app = client(appToken);
        return app.post("/api/v1/accounts",
                        HttpBody::form({ { "username", name },
                                         { "email", name + "@people.example" },
                                         { "password", "correct horse battery" },
                                         { "agreement", "true" } }));
    }
};

int left(const HttpReply &reply)
{
    return reply.header("x-ratelimit-remaining").toInt();
}

} // namespace

class tst_RateLimits : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void saysWhatIsLeftAndRefusesWhatIsTooMuch();
    void countsAnAccountOverAllItsTokens();
    void countsStrangersAndWrongTokensByAddress();
    void limitsSignUpsAndSignIns();
    void limitsUploadsApartFromRequests();
    void leavesPhotosAndPagesUncounted();
};

void tst_RateLimits::saysWhatIsLeftAndRefusesWhatIsTooMuch()
{
    Place place;
    QVERIFY(place.open());
    HttpClient person = place.client(place.signUp("asks").text("access_token").toUtf8());
    const HttpReply first = person.get("/api/v1/accounts/verify_credentials");
    GI_STATUS(first, 200);
    QCOMPARE(first.header("x-ratelimit-limit"), QByteArray::number(kOfToken));
    QCOMPARE(left(first), kOfToken - 1);
    const QByteArray reset = first.header("x-ratelimit-reset");
    const QDateTime end = QDateTime::fromString(QString::fromLatin1(reset), Qt::ISODateWithMs);
    QVERIFY2(reset.endsWith("Z") && end.isValid(), reset);
    QVERIFY(end > QDateTime::currentDateTimeUtc().addSecs(-1));
    QVERIFY(end <= QDateTime::currentDateTimeUtc().addSecs(301));

    HttpReply last;
    for (int i = 1; i <= kOfToken; ++i)
        last = person.get("/api/v1/accounts/verify_credentials");
    GI_STATUS(last, 429);
    QVERIFY(!last.text("error").isEmpty());
    QCOMPARE(left(last), 0);
    QVERIFY(last.header("retry-after").toInt() > 0 && last.header("retry-after").toInt() <= 300);
}

void tst_RateLimits::countsAnAccountOverAllItsTokens()
{
    Place place;
    QVERIFY(place.open());
    HttpClient one = place.client(place.signUp("twofold").text("access_token").toUtf8());
    HttpClient two = place.client(
        place
            .token({ { "grant_type", "password" }, { "username", "twofold" }, { "password", "correct horse battery" } })
            .text("access_token")
            .toUtf8());
    HttpReply last;
    for (int i = 0; i < kOfAccount - kOfToken + 1; ++i)
        last = two.get("/api/v1/accounts/verify_credentials");
    GI_STATUS(last, 200);
    for (int i = 0; i < kOfToken; ++i)
        last = one.get("/api/v1/accounts/verify_credentials");
    GI_STATUS(last, 429);
    QCOMPARE(last.header("x-ratelimit-limit"), QByteArray::number(kOfAccount));
}

void tst_RateLimits::countsStrangersAndWrongTokensByAddress()
{
    Place place;
    QVERIFY(place.open()); // one request of a stranger
    const QByteArray token = place.signUp("regular").text("access_token").toUtf8();
    HttpClient nobody = place.client();
    HttpClient guesser = place.client("a-guess");
    GI_STATUS(guesser.get("/api/v1/accounts/verify_credentials"), 401);
    for (int i = 2; i < kOfAddress; ++i)
        GI_STATUS(nobody.get("/api/v1/instance"), 200);
    GI_STATUS(nobody.get("/api/v1/instance"), 429);
    GI_STATUS(guesser.get("/api/v1/accounts/verify_credentials"), 429);
    // Who has signed in goes on from the same address.
    HttpClient person = place.client(token);
    GI_STATUS(person.get("/api/v1/accounts/verify_credentials"), 200);
}

void tst_RateLimits::limitsSignUpsAndSignIns()
{
    Place place;
    QVERIFY(place.open()); // one sign-in: the app's
    GI_STATUS(place.signUp("first"), 200);
    GI_STATUS(place.signUp("second"), 200);
    GI_STATUS(place.signUp("third"), 429);
    for (int i = 1; i < 5; ++i)
        GI_STATUS(place.token({ { "grant_type", "password" },
                                { "username", "person" + QByteArray::number(i) },
                                { "password", "a guess" } }),
                  400);
    // Another name each time, and known or not: it is the address that has tried often enough.
    GI_STATUS(
        place.token({ { "grant_type", "password" }, { "username", "first" }, { "password", "correct horse battery" } }),
        429);
}

void tst_RateLimits::limitsUploadsApartFromRequests()
{
    Place place;
    QVERIFY(place.open());
    HttpClient person = place.client(place.signUp("uploads").text("access_token").toUtf8());
    const auto upload = [&] {
        return person.post("/api/v2/media", HttpBody::multipart({ { "file", w.photo(), "photo.jpg", "image/jpeg" } }));
    };
    for (int i = 0; i < 3; ++i)
        GI_STATUS(upload(), 200);
    GI_STATUS(upload(), 429);
    GI_STATUS(person.get("/api/v1/accounts/verify_credentials"), 200);
}

void tst_RateLimits::leavesPhotosAndPagesUncounted()
{
    Place place;
    QVERIFY(place.open());
    HttpClient nobody = place.client();
    for (int i = 0; i < kOfAddress * 3; ++i) {
        const HttpReply asset = nobody.get("/assets/avatar.png");
        GI_STATUS(asset, 200);
        QVERIFY(asset.header("x-ratelimit-limit").isEmpty());
    }
    GI_STATUS(nobody.get("/healthz"), 200);
    GI_STATUS(nobody.get("/api/v1/instance"), 200);
}

SuitePointer makeRateLimitsSuite(World &world)
{
    return std::make_unique<tst_RateLimits>(world);
}

} // namespace graminsta::api_test

#include "tst_ratelimits.moc"
