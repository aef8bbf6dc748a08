// SPDX-License-Identifier: GPL-3.0-or-later
// Passwords, signed-in applications and second factors of one's own account.
#include "suites.h"

#include <rig/authorization.h>

#include <QDateTime>
#include <QMessageAuthenticationCode>
#include <QRegularExpression>
#include <QtEndian>

#include <thread>
#include <vector>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

namespace
{

QByteArray fromBase32(const QString &text)
{
    QByteArray bytes;
    quint32 buffer = 0;
    int bits = 0;
    for (const QChar letter : text) {
        const int value = letter.isDigit() ? letter.digitValue() + 24 : letter.unicode() - 'A';
        buffer = (buffer << 5) | quint32(value);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes.append(char(buffer >> bits));
        }
    }
    return bytes;
}

// As an authenticator app makes them (RFC 6238), `later` steps of 30 seconds from now.
QByteArray codeOf(const QString &secret, int later = 0)
{
    char counter[8];
    qToBigEndian<qint64>(QDateTime::currentSecsSinceEpoch() / 30 + later, counter);
    const QByteArray hash =
        QMessageAuthenticationCode::hash(QByteArray(counter, 8), fromBase32(secret), QCryptographicHash::Sha1);
    const quint32 number = qFromBigEndian<quint32>(hash.constData() + (hash.back() & 0xF)) & 0x7FFFFFFF;
    return QByteArray::number(number % 1'000'000).rightJustified(6, '0');
}

// What a hidden field of a page holds.
QByteArray hiddenField(const HttpReply &page, const char *name)
{
    const QRegularExpression field(QStringLiteral("name=\"%1\" value=\"([^\"]*)\"").arg(QLatin1String(name)));
    return field.match(QString::fromUtf8(page.body)).captured(1).toUtf8();
}

} // namespace

class tst_AccountSecurity : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void changesThePasswordAndSignsOthersOut();
    void wantsThePresentPassword();
    void listsWhereOneIsSignedIn();
    void signsAnApplicationOut();
    void asksForACodeOnceItIsConfirmed();
    void takesEachCodeOnce();
    void asksForTheCodeOnThePage();
    void takesARecoveryCodeOnce();
    void endsTheSecondFactor();
    void slowsGuessersOfCodesDown();
    void tellsNobodyWhichAccountsExist();
    void letsTheOperatorEndALostSecondFactor();

private:
    [[nodiscard]] HttpReply signIn(const QByteArray &otp = {}, const QString &password = {}) const
    {
        return w.client().post(
            "/oauth/token",
            HttpBody::form({ { "grant_type", "password" },
                             { "client_id", w.app().id },
                             { "client_secret", w.app().secret },
                             { "username", m_bob.username.toUtf8() },
                             { "password", (password.isEmpty() ? m_bob.password : password).toUtf8() },
                             { "otp", otp } }));
    }
    [[nodiscard]] HttpReply post(const char *what, const rig::FormFields &fields) const
    {
        return w.client(m_bob).post("/api/graminsta/v1/account/" + QByteArray(what), HttpBody::form(fields));
    }
    [[nodiscard]] QByteArray password() const { return m_bob.password.toUtf8(); }
    // Begins and confirms; the secret, with its first code used.
    QString enable()
    {
        const QString secret = post("two_factor", { { "password", password() } }).text("secret");
        const HttpReply confirmed = post("two_factor/confirm", { { "code", codeOf(secret) } });
        m_recoveryCodes = confirmed.object()[QLatin1String("recovery_codes")].toVariant().toStringList();
        return secret;
    }

    Person m_bob;
    QStringList m_recoveryCodes;
};

void tst_AccountSecurity::init()
{
    m_bob = w.person();
}

void tst_AccountSecurity::changesThePasswordAndSignsOthersOut()
{
    const QByteArray other = signIn().text("access_token").toUtf8();
    GI_STATUS(w.client().as(other).get("/api/v1/accounts/verify_credentials"), 200);
    GI_STATUS(post("password", { { "current_password", password() }, { "password", "a better one" } }), 200);
    GI_STATUS(w.client().as(other).get("/api/v1/accounts/verify_credentials"), 401);
    GI_STATUS(w.client(m_bob).get("/api/v1/accounts/verify_credentials"), 200);
    GI_STATUS(signIn(), 400);
    GI_STATUS(signIn({}, QStringLiteral("a better one")), 200);
}

void tst_AccountSecurity::wantsThePresentPassword()
{
    GI_STATUS(post("password", { { "current_password", "wrong" }, { "password", "a better one" } }), 403);
    GI_STATUS(post("password", { { "current_password", password() }, { "password", "short" } }), 422);
    GI_STATUS(signIn(), 200);
}

void tst_AccountSecurity::listsWhereOneIsSignedIn()
{
    GI_STATUS(signIn(), 200);
    const HttpReply listed = w.client(m_bob).get("/api/graminsta/v1/account/applications");
    GI_STATUS(listed, 200);
    QCOMPARE(listed.array().size(), 2);
    QCOMPARE(listed.array()[0][QLatin1String("current")].toBool(true), false);
    QCOMPARE(listed.array()[1][QLatin1String("current")].toBool(), true);
    QCOMPARE(listed.array()[0][QLatin1String("application")][QLatin1String("name")].toString(),
             QStringLiteral("API suite"));
    QVERIFY(!listed.body.contains(m_bob.token));
}

void tst_AccountSecurity::signsAnApplicationOut()
{
    const QByteArray other = signIn().text("access_token").toUtf8();
    rig::HttpClient bob = w.client(m_bob);
    const QByteArray id = bob.get("/api/graminsta/v1/account/applications").ids().first().toUtf8();
    const QByteArray path = "/api/graminsta/v1/account/applications/" + id;
    GI_STATUS(w.client(w.person()).del(path), 404);
    GI_STATUS(w.client().as(other).get("/api/v1/accounts/verify_credentials"), 200);
    GI_STATUS(bob.del(path), 200);
    GI_STATUS(w.client().as(other).get("/api/v1/accounts/verify_credentials"), 401);
    GI_STATUS(bob.del(path), 404);
}

void tst_AccountSecurity::asksForACodeOnceItIsConfirmed()
{
    const HttpReply begun = post("two_factor", { { "password", password() } });
    GI_STATUS(begun, 200);
    QVERIFY(begun.text("uri").startsWith(QStringLiteral("otpauth://totp/")));
    QVERIFY(begun.text("uri").contains(QStringLiteral("secret=") + begun.text("secret")));
    GI_STATUS(signIn(), 200); // begun is not asked for
    GI_STATUS(post("two_factor/confirm", { { "code", "000000" } }), 422);
    const HttpReply confirmed = post("two_factor/confirm", { { "code", codeOf(begun.text("secret")) } });
    GI_STATUS(confirmed, 200);
    QCOMPARE(confirmed.object()[QLatin1String("recovery_codes")].toArray().size(), 10);
    const QJsonObject state = w.client(m_bob).get("/api/graminsta/v1/account/two_factor").object();
    QCOMPARE(state[QLatin1String("enabled")].toBool(), true);
    QCOMPARE(state[QLatin1String("recovery_codes_left")].toInt(), 10);

    const HttpReply refused = signIn();
    GI_STATUS(refused, 400);
    QCOMPARE(refused.text("error"), QStringLiteral("invalid_grant"));
    QVERIFY2(refused.text("error_description").contains(QStringLiteral("second factor")), refused.summary());
    GI_STATUS(signIn(codeOf(begun.text("secret"), 1)), 200);
    GI_STATUS(w.client(m_bob).get("/api/v1/accounts/verify_credentials"), 200);
    GI_STATUS(post("two_factor", { { "password", password() } }), 422);
    GI_STATUS(post("two_factor", { { "password", "wrong" } }), 403);
}

void tst_AccountSecurity::takesEachCodeOnce()
{
    const QString secret = enable();
    // That one confirmed it; nor does an older one count any more.
    GI_STATUS(signIn(codeOf(secret)), 400);
    GI_STATUS(signIn(codeOf(secret, -1)), 400);
    const QByteArray code = codeOf(secret, 1);
    std::atomic<int> good = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([&] { good += signIn(code).status == 200 ? 1 : 0; });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(good.load(), 1);
}

void tst_AccountSecurity::asksForTheCodeOnThePage()
{
    const QString secret = enable();
    rig::HttpClient browser = w.client();
    const rig::FormFields request { { "response_type", "code" },
                                    { "client_id", w.app().id },
                                    { "redirect_uri", kOutOfBand },
                                    { "decision", "allow" } };
    const HttpReply wrong = browser.post(
        "/oauth/authorize",
        HttpBody::form(request + rig::FormFields { { "username", m_bob.username.toUtf8() }, { "password", "no" } }));
    GI_STATUS(wrong, 401);
    QVERIFY(hiddenField(wrong, "step").isEmpty());
    const HttpReply asked = browser.post(
        "/oauth/authorize",
        HttpBody::form(request
                       + rig::FormFields { { "username", m_bob.username.toUtf8() }, { "password", password() } }));
    GI_STATUS(asked, 200);
    QVERIFY(rig::shownCode(asked).isEmpty());
    const auto answer = [&](const QByteArray &step, const QByteArray &code) {
        return browser.post("/oauth/authorize",
                            HttpBody::form(request + rig::FormFields { { "step", step }, { "otp", code } }));
    };
    const HttpReply again = answer(hiddenField(asked, "step"), "123");
    GI_STATUS(again, 401);
    QVERIFY(rig::shownCode(again).isEmpty());
    // A step is good for one try.
    GI_STATUS(answer(hiddenField(asked, "step"), codeOf(secret, 1)), 401);
    const HttpReply done = answer(hiddenField(again, "step"), codeOf(secret, 1));
    GI_STATUS(done, 200);
    QVERIFY2(!rig::shownCode(done).isEmpty(), done.summary());
    GI_STATUS(answer("made up", codeOf(secret, 1)), 401);
}

void tst_AccountSecurity::takesARecoveryCodeOnce()
{
    (void)enable();
    const QByteArray code = m_recoveryCodes.value(3).toUtf8();
    QVERIFY(code.size() >= 16);
    GI_STATUS(signIn(code.toUpper()), 200);
    GI_STATUS(signIn(code), 400);
    QCOMPARE(w.client(m_bob)
                 .get("/api/graminsta/v1/account/two_factor")
                 .object()[QLatin1String("recovery_codes_left")]
                 .toInt(),
             9);
}

void tst_AccountSecurity::endsTheSecondFactor()
{
    const QString secret = enable();
    GI_STATUS(post("two_factor/disable", { { "password", "wrong" }, { "code", codeOf(secret, 1) } }), 403);
    GI_STATUS(post("two_factor/disable", { { "password", password() }, { "code", "000" } }), 403);
    GI_STATUS(post("two_factor/disable", { { "password", password() }, { "code", codeOf(secret, 1) } }), 200);
    GI_STATUS(signIn(), 200);
    QCOMPARE(
        w.client(m_bob).get("/api/graminsta/v1/account/two_factor").object()[QLatin1String("enabled")].toBool(true),
        false);
}

void tst_AccountSecurity::slowsGuessersOfCodesDown()
{
    const QString secret = enable();
    for (int guess = 0; guess < 10; ++guess)
        GI_STATUS(signIn(QByteArray::number(100'000 + guess)), 400);
    // Also with the right one, and by whichever name.
    GI_STATUS(signIn(codeOf(secret, 1)), 429);
    const QString username = std::exchange(m_bob.username, m_bob.email);
    GI_STATUS(signIn(codeOf(secret, 1)), 429);
    m_bob.username = username;
}

void tst_AccountSecurity::tellsNobodyWhichAccountsExist()
{
    const HttpReply wrong = signIn({}, QStringLiteral("not the password"));
    const QString username = std::exchange(m_bob.username, w.freshName());
    const HttpReply unknown = signIn({}, QStringLiteral("not the password"));
    QCOMPARE(unknown.status, wrong.status);
    QCOMPARE(unknown.body, wrong.body);
    for (int guess = 0; guess < 9; ++guess)
        GI_STATUS(signIn({}, QStringLiteral("not the password")), 400);
    const HttpReply slowedUnknown = signIn({}, QStringLiteral("not the password"));
    m_bob.username = username;
    for (int guess = 0; guess < 9; ++guess)
        GI_STATUS(signIn({}, QStringLiteral("not the password")), 400);
    const HttpReply slowed = signIn({}, QStringLiteral("not the password"));
    GI_STATUS(slowed, 429);
    QCOMPARE(slowedUnknown.status, 429);
    QCOMPARE(slowedUnknown.body, slowed.body);
}

void tst_AccountSecurity::letsTheOperatorEndALostSecondFactor()
{
    (void)enable();
    GI_STATUS(signIn(), 400);
    QVERIFY(w.server().run({ QStringLiteral("user"), QStringLiteral("two-factor-off"), m_bob.username }));
    GI_STATUS(signIn(), 200);
}

SuitePointer makeAccountSecuritySuite(World &world)
{
    return std::make_unique<tst_AccountSecurity>(world);
}

} // namespace graminsta::api_test

#include "tst_accountsecurity.moc"
