// SPDX-License-Identifier: GPL-3.0-or-later
// Who may moderate whom, the queue of reports, the audit log: https://docs.joinmastodon.org/methods/admin/
#include "suites.h"

#include <graminsta/api/endpoint.h>

#include <QJsonDocument>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Moderation : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void initTestCase();
    void init();
    void isForNobodyElse();
    void asksForTheScopesOfModerators();
    void showsAnAccountToModerators();
    void listsAccountsByState();
    void pagesThroughAccounts();
    void protectsWhoStandsAsHigh();
    void neverTouchesTheOwner();
    void refusesAnUnknownAction();
    void leadsAReportFromTheQueueToAnAction();
    void passesAReportBetweenModerators();
    void showsWhatWasReportedWhateverItsVisibility();
    void changesWhatAReportIsAbout();
    void filtersReports();
    void deletesAPostOfSomebodyElse();
    void writesAllOfItDown();
    void servesTheOperatorAsWell();

private:
    [[nodiscard]] static QByteArray accountPath(const Person &person, const char *what = "")
    {
        return "/api/v1/admin/accounts/" + person.id.toUtf8() + what;
    }
    [[nodiscard]] HttpReply act(const Person &who, const Person &whom, const QByteArray &type) const
    {
        return w.client(who).post(accountPath(whom, "/action"),
                                  HttpBody::form({ { "type", type }, { "text", "why" } }));
    }
    [[nodiscard]] QString report(const Person &by, const Person &whom, const QStringList &statuses = {}) const
    {
        return w.client(by)
            .post("/api/v1/reports",
                  HttpBody::json({ { "account_id", whom.id },
                                   { "status_ids", QJsonArray::fromStringList(statuses) },
                                   { "comment", QStringLiteral("look at this") } }))
            .text("id");
    }
    [[nodiscard]] Result<QByteArray> run(const QStringList &words, const QByteArray &input = {}) const
    {
        return w.server().run(QStringList { QStringLiteral("user") } + words, input);
    }

    Person m_owner;
    Person m_admin;
    Person m_mod;
    Person m_bob;
};

void tst_Moderation::initTestCase()
{
    m_mod = w.staff(QStringLiteral("moderator"));
    m_admin = w.staff(QStringLiteral("admin"));
    m_owner = w.staff(QStringLiteral("owner"));
}

void tst_Moderation::init()
{
    m_bob = w.person();
}

void tst_Moderation::isForNobodyElse()
{
    // With all scopes, but no role.
    Person user = w.person();
    user.token = w.signIn(user, kStaffScopes).text("access_token").toUtf8();
    const QString status = w.postId(*std::make_unique<rig::HttpClient>(w.client(m_bob)), QStringLiteral("mine"));
    const QString filed = report(m_mod, m_bob);
    int refused = 0;
    for (const api::Endpoint &endpoint : api::endpoints()) {
        const QByteArray name = endpoint.name;
        if (!name.startsWith("admin.") && !name.startsWith("invites."))
            continue;
        QByteArray path = endpoint.path;
        const QString id = name.contains("eport") ? filed : name == "admin.deleteStatus" ? status : m_bob.id;
        path.replace(":id", id.toUtf8());
        const QByteArray verb = api::verbName(endpoint.verb).data();
        const HttpBody body = verb == "GET" ? HttpBody::none() : HttpBody::form({ { "type", "suspend" } });
        const HttpReply reply = w.client(user).send(verb, path, body);
        QVERIFY2(reply.status == 403, verb + ' ' + path + ": " + reply.summary());
        QCOMPARE(reply.text("error"), QStringLiteral("This action is not allowed"));
        ++refused;
    }
    QVERIFY(refused > 20);
    GI_STATUS(w.client(m_bob).get("/api/v1/statuses/" + status.toUtf8()), 200);
}

void tst_Moderation::asksForTheScopesOfModerators()
{
    Person mod = m_mod;
    mod.token = w.signIn(m_mod, "read write admin:read:reports").text("access_token").toUtf8();
    GI_STATUS(w.client(mod).get("/api/v1/admin/reports"), 200);
    GI_STATUS(w.client(mod).get("/api/v1/admin/accounts"), 403);
    GI_STATUS(act(mod, m_bob, "silence"), 403);
}

void tst_Moderation::showsAnAccountToModerators()
{
    const HttpReply shown = w.client(m_mod).get(accountPath(m_bob));
    GI_STATUS(shown, 200);
    QCOMPARE(shown.text("username"), m_bob.username);
    QCOMPARE(shown.text("email"), m_bob.email);
    QCOMPARE(shown.object()[QLatin1String("approved")].toBool(), true);
    QVERIFY(!shown.text("created_by_application_id").isEmpty());
    GI_STATUS(w.client(m_mod).get("/api/v1/admin/accounts/1"), 404);
    GI_STATUS(w.client(m_mod).get("/api/v1/admin/accounts/none"), 404);
}

void tst_Moderation::listsAccountsByState()
{
    GI_STATUS(act(m_mod, m_bob, "silence"), 200);
    rig::HttpClient mod = w.client(m_mod);
    const auto has = [&](const QByteArray &target) { return mod.get(target).ids().contains(m_bob.id); };
    QVERIFY(has("/api/v1/admin/accounts?silenced=true"));
    QVERIFY(!has("/api/v1/admin/accounts?suspended=true"));
    QVERIFY(has("/api/v1/admin/accounts?username=" + m_bob.username.toUtf8()));
    QVERIFY(has("/api/v1/admin/accounts?active=true&local=true&email=" + m_bob.email.toUtf8()));
    QVERIFY(!has("/api/v1/admin/accounts?remote=true"));
    QVERIFY(!has("/api/v1/admin/accounts?by_domain=elsewhere.example"));
    QVERIFY(!has("/api/v1/admin/accounts?staff=true"));
    QVERIFY(mod.get("/api/v1/admin/accounts?staff=true").ids().contains(m_admin.id));
    QVERIFY(has("/api/v2/admin/accounts?status=silenced&origin=local"));
    QVERIFY(!has("/api/v2/admin/accounts?status=pending"));
    QVERIFY(has("/api/v2/admin/accounts?role_ids[]=-99&username=" + m_bob.username.toUtf8()));
    QVERIFY(!has("/api/v2/admin/accounts?permissions=staff"));
    GI_STATUS(mod.get("/api/v2/admin/accounts?status=odd"), 400);
}

void tst_Moderation::pagesThroughAccounts()
{
    rig::HttpClient mod = w.client(m_mod);
    const QByteArray prefix = m_bob.username.section(QLatin1Char('_'), 0, 0).toUtf8();
    QByteArray next = "/api/v1/admin/accounts?limit=3&username=" + prefix;
    QStringList seen;
    for (int pages = 0; !next.isEmpty() && pages < 1000; ++pages) {
        const HttpReply page = mod.get(next);
        GI_STATUS(page, 200);
        seen += page.ids();
        next = page.link("next");
    }
    QVERIFY(seen.contains(m_bob.id) && seen.contains(m_admin.id));
    QStringList once = seen;
    QCOMPARE(once.removeDuplicates(), 0);
}

void tst_Moderation::protectsWhoStandsAsHigh()
{
    const Person otherMod = w.staff(QStringLiteral("moderator"));
    GI_STATUS(act(m_mod, otherMod, "suspend"), 403);
    GI_STATUS(act(m_mod, m_admin, "none"), 403);
    GI_STATUS(act(m_mod, m_mod, "silence"), 403);
    GI_STATUS(w.client(m_mod).get(accountPath(m_admin)), 200);
    GI_STATUS(act(m_admin, otherMod, "suspend"), 200);
    GI_STATUS(w.client(otherMod).get("/api/v1/admin/reports"), 403);
    GI_STATUS(w.client(m_mod).post(accountPath(otherMod, "/unsuspend")), 403);
    GI_STATUS(w.client(m_admin).post(accountPath(otherMod, "/unsuspend")), 200);
    GI_STATUS(act(m_owner, m_admin, "none"), 200);
}

void tst_Moderation::neverTouchesTheOwner()
{
    GI_STATUS(act(m_admin, m_owner, "suspend"), 403);
    GI_STATUS(act(m_owner, m_owner, "suspend"), 403);
    QVERIFY(!run({ QStringLiteral("suspend"), m_owner.username }));
    GI_STATUS(w.client(m_owner).get("/api/v1/timelines/home"), 200);
}

void tst_Moderation::refusesAnUnknownAction()
{
    GI_STATUS(act(m_mod, m_bob, "banish"), 422);
    GI_STATUS(w.client(m_mod).post(accountPath(m_bob, "/action")), 422);
    GI_STATUS(w.client(m_mod).post(accountPath(m_bob, "/reject")), 403);
    GI_STATUS(w.client(m_mod).post("/api/v1/admin/accounts/1/action", HttpBody::form({ { "type", "none" } })), 404);
}

void tst_Moderation::leadsAReportFromTheQueueToAnAction()
{
    const Person ann = w.person();
    const QString id = report(ann, m_bob);
    rig::HttpClient mod = w.client(m_mod);
    QVERIFY(mod.get("/api/v1/admin/reports").ids().contains(id));
    const HttpBody about = HttpBody::form({ { "type", "silence" }, { "report_id", id.toUtf8() }, { "text", "quiet" } });
    // A report about somebody else is not closed by it.
    GI_STATUS(mod.post(accountPath(ann, "/action"), about), 404);
    GI_STATUS(mod.post(accountPath(m_bob, "/action"), about), 200);
    QVERIFY(!mod.get("/api/v1/admin/reports").ids().contains(id));
    const HttpReply closed = mod.get("/api/v1/admin/reports/" + id.toUtf8());
    QCOMPARE(closed.object()[QLatin1String("action_taken")].toBool(), true);
    QCOMPARE(closed.object()[QLatin1String("action_taken_by_account")][QLatin1String("id")].toString(), m_mod.id);
    QCOMPARE(closed.object()[QLatin1String("target_account")][QLatin1String("silenced")].toBool(), true);
}

void tst_Moderation::passesAReportBetweenModerators()
{
    const QByteArray path = "/api/v1/admin/reports/" + report(m_admin, m_bob).toUtf8();
    rig::HttpClient mod = w.client(m_mod);
    const auto assigned = [](const HttpReply &reply) {
        return reply.object()[QLatin1String("assigned_account")][QLatin1String("id")].toString();
    };
    QCOMPARE(assigned(mod.post(path + "/assign_to_self")), m_mod.id);
    QCOMPARE(assigned(w.client(m_admin).post(path + "/assign_to_self")), m_admin.id);
    QVERIFY(mod.post(path + "/unassign").object()[QLatin1String("assigned_account")].isNull());
    for (int round = 0; round < 2; ++round)
        QCOMPARE(mod.post(path + "/resolve").object()[QLatin1String("action_taken")].toBool(), true);
    const HttpReply reopened = mod.post(path + "/reopen");
    QCOMPARE(reopened.object()[QLatin1String("action_taken")].toBool(true), false);
    QVERIFY(reopened.object()[QLatin1String("action_taken_by_account")].isNull());
    GI_STATUS(mod.post("/api/v1/admin/reports/1/resolve"), 404);
}

void tst_Moderation::showsWhatWasReportedWhateverItsVisibility()
{
    const Person ann = w.person();
    rig::HttpClient bob = w.client(m_bob);
    const QString direct = w.postId(bob, QStringLiteral("rude words @") + ann.username,
                                    { { QStringLiteral("visibility"), QStringLiteral("direct") } });
    const QString id = report(ann, m_bob, { direct });
    const HttpReply shown = w.client(m_mod).get("/api/v1/admin/reports/" + id.toUtf8());
    const QJsonArray statuses = shown.object()[QLatin1String("statuses")].toArray();
    QCOMPARE(statuses.size(), 1);
    QCOMPARE(statuses.first()[QLatin1String("id")].toString(), direct);
    GI_STATUS(w.client(m_mod).get("/api/v1/statuses/" + direct.toUtf8()), 404);
}

void tst_Moderation::changesWhatAReportIsAbout()
{
    const QByteArray path = "/api/v1/admin/reports/" + report(m_admin, m_bob).toUtf8();
    rig::HttpClient mod = w.client(m_mod);
    QCOMPARE(mod.put(path, HttpBody::form({ { "category", "spam" } })).text("category"), QStringLiteral("spam"));
    GI_STATUS(mod.put(path, HttpBody::form({ { "category", "odd" } })), 422);
    GI_STATUS(mod.put(path, HttpBody::form({ { "category", "violation" }, { "rule_ids[]", "99" } })), 422);
}

void tst_Moderation::filtersReports()
{
    const Person ann = w.person();
    const QString first = report(ann, m_bob);
    const QString second = report(m_bob, ann);
    rig::HttpClient mod = w.client(m_mod);
    QCOMPARE(mod.get("/api/v1/admin/reports?account_id=" + ann.id.toUtf8()).ids(), QStringList { first });
    QCOMPARE(mod.get("/api/v1/admin/reports?target_account_id=" + ann.id.toUtf8()).ids(), QStringList { second });
    QVERIFY(mod.get("/api/v1/admin/reports?resolved=true&account_id=" + ann.id.toUtf8()).ids().isEmpty());
}

void tst_Moderation::deletesAPostOfSomebodyElse()
{
    rig::HttpClient bob = w.client(m_bob);
    const QString id = w.postId(bob, QStringLiteral("bad"));
    const QByteArray path = "/api/graminsta/v1/admin/statuses/" + id.toUtf8();
    GI_STATUS(w.client(m_mod).del(path + "?text=not%20here"), 200);
    GI_STATUS(bob.get("/api/v1/statuses/" + id.toUtf8()), 404);
    QCOMPARE(bob.get("/api/v1/accounts/verify_credentials").object()[QLatin1String("statuses_count")].toInt(), 0);
    const QJsonArray strikes = bob.get("/api/graminsta/v1/account/strikes").array();
    QCOMPARE(strikes.first()[QLatin1String("action")].toString(), QStringLiteral("delete_statuses"));
    QCOMPARE(strikes.first()[QLatin1String("text")].toString(), QStringLiteral("not here"));
    GI_STATUS(w.client(m_mod).del(path), 404);
    rig::HttpClient admin = w.client(m_admin);
    const QString admins = w.postId(admin, QStringLiteral("mine"));
    GI_STATUS(w.client(m_mod).del("/api/graminsta/v1/admin/statuses/" + admins.toUtf8()), 403);
}

void tst_Moderation::writesAllOfItDown()
{
    GI_STATUS(act(m_mod, m_bob, "suspend"), 200);
    GI_STATUS(w.client(m_mod).post(accountPath(m_bob, "/unsuspend")), 200);
    GI_STATUS(act(m_mod, m_admin, "suspend"), 403);
    GI_STATUS(w.client(m_mod).get("/api/graminsta/v1/admin/audit"), 403);
    const HttpReply log = w.client(m_admin).get("/api/graminsta/v1/admin/audit?limit=2");
    GI_STATUS(log, 200);
    const QJsonArray entries = log.array();
    QCOMPARE(entries.size(), 2);
    const QJsonObject lifted = entries[0].toObject();
    const QJsonObject suspended = entries[1].toObject();
    QCOMPARE(lifted[QLatin1String("action")].toString(), QStringLiteral("unsuspend"));
    QCOMPARE(suspended[QLatin1String("action")].toString(), QStringLiteral("suspend"));
    QCOMPARE(suspended[QLatin1String("actor")][QLatin1String("name")].toString(), m_mod.username);
    QCOMPARE(suspended[QLatin1String("target")][QLatin1String("id")].toString(), m_bob.id);
    QCOMPARE(suspended[QLatin1String("reason")].toString(), QStringLiteral("why"));
    QVERIFY(!log.link("next").isEmpty());
    QVERIFY(!w.client(m_admin).get(log.link("next")).ids().contains(suspended[QLatin1String("id")].toString()));
}

void tst_Moderation::servesTheOperatorAsWell()
{
    QVERIFY(run({ QStringLiteral("suspend"), m_bob.username, QStringLiteral("--reason"), QStringLiteral("spam") }));
    GI_STATUS(w.client(m_bob).get("/api/v1/timelines/home"), 403);
    const Result<QByteArray> shown = run({ QStringLiteral("show"), m_bob.username, QStringLiteral("--json") });
    QVERIFY(shown);
    const QJsonObject account = QJsonDocument::fromJson(*shown).object();
    QCOMPARE(account[QLatin1String("restrictions")].toArray(), QJsonArray { QStringLiteral("suspended") });
    const Result<QByteArray> listed =
        run({ QStringLiteral("list"), QStringLiteral("--state"), QStringLiteral("suspended") });
    QVERIFY(listed && listed->contains(m_bob.username.toUtf8()));
    QVERIFY(run({ QStringLiteral("unsuspend"), m_bob.username }));
    GI_STATUS(w.client(m_bob).get("/api/v1/timelines/home"), 200);

    QVERIFY(run({ QStringLiteral("password"), m_bob.username }, "a new password\n"));
    GI_STATUS(w.client(m_bob).get("/api/v1/timelines/home"), 401);
    m_bob.password = QStringLiteral("a new password");
    GI_STATUS(w.signIn(m_bob), 200);

    const QJsonArray log = w.client(m_admin).get("/api/graminsta/v1/admin/audit?limit=1").array();
    QCOMPARE(log[0][QLatin1String("action")].toString(), QStringLiteral("password"));
    QVERIFY(log[0][QLatin1String("actor")][QLatin1String("id")].isNull());
    QVERIFY(!run({ QStringLiteral("suspend"), QStringLiteral("nobody_at_all") }));
    QVERIFY(!run({ QStringLiteral("banish"), m_bob.username }));
}

SuitePointer makeModerationSuite(World &world)
{
    return std::make_unique<tst_Moderation>(world);
}

} // namespace graminsta::api_test

#include "tst_moderation.moc"
