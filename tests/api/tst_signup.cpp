// SPDX-License-Identifier: GPL-3.0-or-later
// Making an account: https://docs.joinmastodon.org/methods/accounts/#create
#include "suites.h"

#include <algorithm>
#include <array>
#include <thread>
#include <vector>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_SignUp : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void initTestCase();
    void givesATokenWithTheAppsScopes();
    void takesAnyKindOfBody_data();
    void takesAnyKindOfBody();
    void saysWhichFieldIsWrong_data();
    void saysWhichFieldIsWrong();
    void refusesATakenName_data();
    void refusesATakenName();
    void refusesATakenAddress();
    void makesOneAccountOfParallelRequests();
    void needsAnAppsToken();
    void lineBreaksAreNoPartOfANameOrAddress();

private:
    [[nodiscard]] QJsonObject fields()
    {
        const QString name = w.freshName();
        return { { QStringLiteral("username"), name },
                 { QStringLiteral("email"), name + QStringLiteral("@people.example") },
                 { QStringLiteral("password"), QStringLiteral("correct horse battery") },
                 { QStringLiteral("agreement"), true },
                 { QStringLiteral("locale"), QStringLiteral("en") } };
    }
    [[nodiscard]] HttpReply signUp(const QJsonObject &with)
    {
        return w.client().as(w.app().token).post("/api/v1/accounts", HttpBody::json(with));
    }

    Person m_known;
};

void tst_SignUp::initTestCase()
{
    m_known = w.person();
}

void tst_SignUp::givesATokenWithTheAppsScopes()
{
    const HttpReply token = signUp(fields());
    GI_STATUS(token, 200);
    QCOMPARE(token.header("cache-control"), QByteArray("no-store"));
    QCOMPARE(token.text("scope"), QString::fromUtf8(kAllScopes));
    rig::HttpClient http = w.client().as(token.text("access_token").toUtf8());
    const HttpReply self = http.get("/api/v1/accounts/verify_credentials");
    GI_STATUS(self, 200);
    QCOMPARE(self.object()[QLatin1String("followers_count")].toInt(-1), 0);
    QCOMPARE(self.object()[QLatin1String("statuses_count")].toInt(-1), 0);
}

void tst_SignUp::takesAnyKindOfBody_data()
{
    QTest::addColumn<bool>("multipart");
    QTest::newRow("form") << false;
    QTest::newRow("multipart") << true;
}

void tst_SignUp::takesAnyKindOfBody()
{
    QFETCH(bool, multipart);
    rig::FormFields form;
    QList<rig::Part> parts;
    const QJsonObject all = fields();
    for (auto it = all.begin(); it != all.end(); ++it) {
        const QByteArray value = it->isBool() ? QByteArray("True") : it->toString().toUtf8();
        form.append({ it.key().toUtf8(), value });
        parts.append({ it.key().toUtf8(), value });
    }
    GI_STATUS(w.client()
                  .as(w.app().token)
                  .post("/api/v1/accounts", multipart ? HttpBody::multipart(parts) : HttpBody::form(form)),
              200);
}

void tst_SignUp::saysWhichFieldIsWrong_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("value");
    const auto row = [](const char *name, const char *field, const QJsonValue &value) {
        QTest::newRow(name) << QString::fromUtf8(field) << value;
    };
    row("no name", "username", QString());
    row("name with a space", "username", QStringLiteral("two words"));
    row("name with an at", "username", QStringLiteral("a@b"));
    row("name with letters of others", "username", QStringLiteral("münchen"));
    row("name too long", "username", QString(31, QLatin1Char('a')));
    row("no address", "email", QString());
    row("no address at all", "email", QJsonValue(QJsonValue::Undefined));
    row("address without an at", "email", QStringLiteral("people.example"));
    row("no password", "password", QString());
    row("short password", "password", QStringLiteral("short"));
    row("no agreement", "agreement", false);
}

void tst_SignUp::saysWhichFieldIsWrong()
{
    QFETCH(QString, field);
    QFETCH(QJsonValue, value);
    QJsonObject with = fields();
    if (value.isUndefined())
        with.remove(field);
    else
        with[field] = value;
    const HttpReply refused = signUp(with);
    GI_STATUS(refused, 422);
    QVERIFY2(refused.text("error").startsWith(QStringLiteral("Validation failed: ")), refused.summary());
    const QJsonValue detail = refused.object()[QLatin1String("details")][field][0];
    QVERIFY2(detail[QLatin1String("error")].toString().startsWith(QStringLiteral("ERR_")), refused.summary());
    QVERIFY2(!detail[QLatin1String("description")].toString().isEmpty(), refused.summary());
}

void tst_SignUp::refusesATakenName_data()
{
    QTest::addColumn<bool>("upper");
    QTest::newRow("same") << false;
    QTest::newRow("other case") << true;
}

void tst_SignUp::refusesATakenName()
{
    QFETCH(bool, upper);
    QJsonObject with = fields();
    with[QLatin1String("username")] = upper ? m_known.username.toUpper() : m_known.username;
    const HttpReply refused = signUp(with);
    GI_STATUS(refused, 422);
    const QJsonValue detail = refused.object()[QLatin1String("details")][QLatin1String("username")][0];
    QCOMPARE(detail[QLatin1String("error")].toString(), QStringLiteral("ERR_TAKEN"));
}

void tst_SignUp::refusesATakenAddress()
{
    QJsonObject with = fields();
    with[QLatin1String("email")] = m_known.email.toUpper();
    const HttpReply refused = signUp(with);
    GI_STATUS(refused, 422);
    const QJsonValue detail = refused.object()[QLatin1String("details")][QLatin1String("email")][0];
    QCOMPARE(detail[QLatin1String("error")].toString(), QStringLiteral("ERR_TAKEN"));
}

void tst_SignUp::makesOneAccountOfParallelRequests()
{
    const QJsonObject with = fields();
    constexpr int kTogether = 6;
    std::array<int, kTogether> status {};
    std::vector<std::thread> threads;
    threads.reserve(kTogether);
    for (int i = 0; i < kTogether; ++i)
        threads.emplace_back([&, i] { status[size_t(i)] = signUp(with).status; });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(std::count(status.begin(), status.end(), 200), 1);
    QCOMPARE(std::count(status.begin(), status.end(), 422), kTogether - 1);
}

void tst_SignUp::needsAnAppsToken()
{
    GI_STATUS(w.client().post("/api/v1/accounts", HttpBody::json(fields())), 401);
}

void tst_SignUp::lineBreaksAreNoPartOfANameOrAddress()
{
    for (const char *field : { "username", "email" }) {
        QJsonObject with = fields();
        with[QLatin1String(field)] = with[QLatin1String(field)].toString() + QStringLiteral("\r\nBcc: x@y.example");
        GI_STATUS(signUp(with), 422);
    }
}

SuitePointer makeSignUpSuite(World &world)
{
    return std::make_unique<tst_SignUp>(world);
}

} // namespace graminsta::api_test

#include "tst_signup.moc"
