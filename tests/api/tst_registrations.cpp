// SPDX-License-Identifier: GPL-3.0-or-later
// Who may sign up, by the mode of the deployment, and how much they may bring. On servers of their own, each with a
// database in a file.
#include "suites.h"

#include <QJsonDocument>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpClient;
using rig::HttpReply;

namespace
{

// A fresh server in a mode, with a moderator.
class Place
{
public:
    explicit Place(const QString &mode, QList<QPair<QString, QString>> more = {})
        : m_server(
            { {},
              {},
              QList<QPair<QString, QString>> { { QStringLiteral("GRAMINSTA_REGISTRATIONS_MODE"), mode } } + more })
    {
    }

    [[nodiscard]] bool open()
    {
        if (!m_server.start())
            return false;
        m_app = client()
                    .post("/api/v1/apps",
                          HttpBody::form({ { "client_name", "registrations" },
                                           { "redirect_uris", kOutOfBand },
                                           { "scopes", kStaffScopes } }))
                    .object();
        m_appToken = token({ { "grant_type", "client_credentials" } }).text("access_token").toUtf8();
        const Result<QByteArray> made = m_server.run(
            { QStringLiteral("user"), QStringLiteral("create"), QStringLiteral("--username"), QStringLiteral("mod"),
              QStringLiteral("--role"), QStringLiteral("moderator"), QStringLiteral("--password-stdin") },
            "correct horse mod\n");
        m_mod = signIn("mod", "correct horse mod").text("access_token").toUtf8();
        return made && !m_appToken.isEmpty() && !m_mod.isEmpty();
    }

    [[nodiscard]] HttpClient client(const QByteArray &token = {}) const { return HttpClient(m_server.url(), token); }
    [[nodiscard]] HttpClient mod() const { return client(m_mod); }
    [[nodiscard]] HttpReply token(rig::FormFields fields) const
    {
        fields.append({ { "client_id", m_app[QLatin1String("client_id")].toString().toUtf8() },
                        { "client_secret", m_app[QLatin1String("client_secret")].toString().toUtf8() },
                        { "scope", kStaffScopes } });
        return client().post("/oauth/token", HttpBody::form(fields));
    }
    [[nodiscard]] HttpReply signIn(const QByteArray &name, const QByteArray &password) const
    {
        return token({ { "grant_type", "password" }, { "username", name }, { "password", password } });
    }
    [[nodiscard]] HttpReply signUp(const QByteArray &name, const rig::FormFields &more = {}) const
    {
        return client(m_appToken)
            .post("/api/v1/accounts",
                  HttpBody::form(rig::FormFields { { "username", name },
                                                   { "email", name + "@people.example" },
                                                   { "password", "correct horse battery" },
                                                   { "agreement", "true" } }
                                 + more));
    }
    [[nodiscard]] rig::TestServer &server() { return m_server; }

private:
    rig::TestServer m_server;
    QJsonObject m_app;
    QByteArray m_appToken;
    QByteArray m_mod;
};

} // namespace

class tst_Registrations : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void listsTheRules();
    void letsSomebodyInAfterApproval();
    void turnsSomebodyAway();
    void wantsAReasonWhereSomebodyDecides();
    void takesOnlyTheInvited();
    void countsAnInvitationOnceForEachAccount();
    void takesInvitationsBack();
    void letsNobodyInWhereItIsClosed();
    void holdsAccountsToTheirQuota();
};

void tst_Registrations::listsTheRules()
{
    Place place(QStringLiteral("open"),
                { { QStringLiteral("GRAMINSTA_INSTANCE_RULES"), QStringLiteral("Be kind.,No ads.") } });
    QVERIFY(place.open());
    const HttpReply rules = place.client().get("/api/v1/instance/rules");
    GI_STATUS(rules, 200);
    QVERIFY2(rules.array().size() == 2, rules.summary());
    QCOMPARE(rules.array()[1][QLatin1String("id")].toString(), QStringLiteral("2"));
    QCOMPARE(rules.array()[1][QLatin1String("text")].toString(), QStringLiteral("No ads."));
    QCOMPARE(place.client().get("/api/v2/instance").object()[QLatin1String("rules")].toArray().size(), 2);
}

void tst_Registrations::letsSomebodyInAfterApproval()
{
    Place place(QStringLiteral("approval"));
    QVERIFY(place.open());
    const QJsonObject registrations =
        place.client().get("/api/v2/instance").object()[QLatin1String("registrations")].toObject();
    QCOMPARE(registrations[QLatin1String("enabled")].toBool(), true);
    QCOMPARE(registrations[QLatin1String("approval_required")].toBool(), true);
    QCOMPARE(registrations[QLatin1String("reason_required")].toBool(), true);

    const HttpReply token = place.signUp("ann", { { "reason", "I take photos." } });
    GI_STATUS(token, 200);
    HttpClient ann = place.client(token.text("access_token").toUtf8());
    const HttpReply waiting = ann.get("/api/v1/accounts/verify_credentials");
    GI_STATUS(waiting, 403);
    QCOMPARE(waiting.text("error"), QStringLiteral("Your login is currently pending approval"));
    GI_STATUS(place.signIn("ann", "correct horse battery"), 400);
    GI_STATUS(place.client().get("/api/v1/accounts/lookup?acct=ann"), 404);

    HttpClient mod = place.mod();
    const QJsonArray queue = mod.get("/api/v1/admin/accounts?pending=true").array();
    QCOMPARE(queue.size(), 1);
    QCOMPARE(queue[0][QLatin1String("invite_request")].toString(), QStringLiteral("I take photos."));
    const HttpReply approved =
        mod.post("/api/v1/admin/accounts/" + queue[0][QLatin1String("id")].toString().toUtf8() + "/approve");
    GI_STATUS(approved, 200);
    QCOMPARE(approved.object()[QLatin1String("approved")].toBool(), true);
    GI_STATUS(ann.get("/api/v1/accounts/verify_credentials"), 200);
    GI_STATUS(place.client().get("/api/v1/accounts/lookup?acct=ann"), 200);
}

void tst_Registrations::turnsSomebodyAway()
{
    Place place(QStringLiteral("approval"));
    QVERIFY(place.open());
    const HttpReply token = place.signUp("spam", { { "reason", "sell" } });
    HttpClient mod = place.mod();
    const QByteArray id = mod.get("/api/v2/admin/accounts?status=pending").ids().first().toUtf8();
    GI_STATUS(mod.post("/api/v1/admin/accounts/" + id + "/reject"), 200);
    GI_STATUS(mod.get("/api/v1/admin/accounts/" + id), 404);
    GI_STATUS(place.client(token.text("access_token").toUtf8()).get("/api/v1/timelines/home"), 401);
    GI_STATUS(place.signUp("spam", { { "reason", "again" } }), 200);
    QVERIFY(place.server().run({ QStringLiteral("user"), QStringLiteral("approve"), QStringLiteral("spam") }));
    GI_STATUS(place.signIn("spam", "correct horse battery"), 200);
}

void tst_Registrations::wantsAReasonWhereSomebodyDecides()
{
    Place place(QStringLiteral("approval"));
    QVERIFY(place.open());
    const HttpReply refused = place.signUp("ann");
    GI_STATUS(refused, 422);
    QVERIFY(refused.object()[QLatin1String("details")].toObject().contains(QLatin1String("reason")));
    GI_STATUS(place.signUp("ann", { { "reason", QByteArray(2001, 'x') } }), 422);
}

void tst_Registrations::takesOnlyTheInvited()
{
    Place place(QStringLiteral("invite"));
    QVERIFY(place.open());
    const QJsonObject instance = place.client().get("/api/v1/instance").object();
    QCOMPARE(instance[QLatin1String("registrations")].toBool(true), false);
    QCOMPARE(instance[QLatin1String("invites_enabled")].toBool(), true);
    GI_STATUS(place.signUp("ann"), 403);
    const HttpReply wrong = place.signUp("ann", { { "invite_code", "never" } });
    GI_STATUS(wrong, 422);
    QVERIFY(wrong.object()[QLatin1String("details")].toObject().contains(QLatin1String("invite_code")));

    HttpClient mod = place.mod();
    const HttpReply invite = mod.post("/api/graminsta/v1/invites", HttpBody::form({ { "expires_in", "3600" } }));
    GI_STATUS(invite, 200);
    const HttpReply token = place.signUp("ann", { { "invite_code", invite.text("code").toUtf8() } });
    GI_STATUS(token, 200);
    GI_STATUS(place.client(token.text("access_token").toUtf8()).get("/api/v1/timelines/home"), 200);
    const QString inviter = mod.get("/api/v1/accounts/verify_credentials").text("id");
    QCOMPARE(mod.get("/api/v2/admin/accounts?invited_by=" + inviter.toUtf8()).array().size(), 1);
    QCOMPARE(mod.get("/api/graminsta/v1/invites").array()[0][QLatin1String("uses")].toInt(), 1);
    GI_STATUS(place.signUp("bob", { { "invite_code", invite.text("code").toUtf8() } }), 422);
}

void tst_Registrations::countsAnInvitationOnceForEachAccount()
{
    Place place(QStringLiteral("invite"));
    QVERIFY(place.open());
    const Result<QByteArray> made = place.server().run(
        { QStringLiteral("user"), QStringLiteral("invite"), QStringLiteral("--uses"), QStringLiteral("2") });
    QVERIFY(made);
    const rig::FormFields code { { "invite_code", made->trimmed() } };
    // A name that is taken uses nothing up.
    GI_STATUS(place.signUp("mod", code), 422);
    GI_STATUS(place.signUp("one", code), 200);
    GI_STATUS(place.signUp("two", code), 200);
    GI_STATUS(place.signUp("three", code), 422);
}

void tst_Registrations::takesInvitationsBack()
{
    Place place(QStringLiteral("invite"));
    QVERIFY(place.open());
    HttpClient mod = place.mod();
    const HttpReply invite = mod.post("/api/graminsta/v1/invites", HttpBody::form({ { "max_uses", "0" } }));
    GI_STATUS(mod.del("/api/graminsta/v1/invites/" + invite.text("id").toUtf8()), 200);
    GI_STATUS(mod.del("/api/graminsta/v1/invites/" + invite.text("id").toUtf8()), 404);
    GI_STATUS(place.signUp("ann", { { "invite_code", invite.text("code").toUtf8() } }), 422);
    GI_STATUS(mod.post("/api/graminsta/v1/invites", HttpBody::form({ { "max_uses", "-1" } })), 422);
    GI_STATUS(mod.post("/api/graminsta/v1/invites", HttpBody::form({ { "expires_in", "-5" } })), 422);
}

void tst_Registrations::letsNobodyInWhereItIsClosed()
{
    Place place(QStringLiteral("closed"));
    QVERIFY(place.open());
    const HttpReply invite = place.mod().post("/api/graminsta/v1/invites");
    GI_STATUS(invite, 200);
    GI_STATUS(place.signUp("ann", { { "invite_code", invite.text("code").toUtf8() } }), 403);
    QCOMPARE(place.client().get("/api/v1/instance").object()[QLatin1String("registrations")].toBool(true), false);
}

void tst_Registrations::holdsAccountsToTheirQuota()
{
    const QByteArray photo = w.photo();
    const qint64 allowed = photo.size() * 2 + photo.size() / 2;
    Place place(QStringLiteral("open"),
                { { QStringLiteral("GRAMINSTA_LIMITS_ACCOUNT_MEDIA"), QString::number(allowed) } });
    QVERIFY(place.open());
    HttpClient ann = place.client(place.signUp("ann").text("access_token").toUtf8());
    const auto upload = [&] {
        return ann.post("/api/v2/media", HttpBody::multipart({ { "file", photo, "photo.jpg", "image/jpeg" } }));
    };
    GI_STATUS(upload(), 200);
    GI_STATUS(upload(), 200);
    const HttpReply refused = upload();
    GI_STATUS(refused, 422);
    QVERIFY2(refused.text("error").startsWith(QStringLiteral("Validation failed: Your photos take ")),
             refused.summary());
    // Others have their own.
    HttpClient bob = place.client(place.signUp("bob").text("access_token").toUtf8());
    GI_STATUS(bob.post("/api/v2/media", HttpBody::multipart({ { "file", photo, "photo.jpg", "image/jpeg" } })), 200);
    QVERIFY(place.server().run({ QStringLiteral("doctor") }));
}

SuitePointer makeRegistrationsSuite(World &world)
{
    return std::make_unique<tst_Registrations>(world);
}

} // namespace graminsta::api_test

#include "tst_registrations.moc"
