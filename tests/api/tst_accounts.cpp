// SPDX-License-Identifier: GPL-3.0-or-later
// Finding and showing people: https://docs.joinmastodon.org/methods/accounts/ and search.
#include "suites.h"

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Accounts : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void initTestCase();
    void showsAnAccountToAnybody();
    void knowsNoSuchAccount_data();
    void knowsNoSuchAccount();
    void looksUpByName_data();
    void looksUpByName();
    void findsByTheBeginningOfAName();
    void findsTheExactNameFirst();
    void findsWhomAClientWantsToFollow();
    void searchesOnlyWhatIsAsked();
    void treatsSearchAsText();
    void ordersRelationshipsAsAsked();
    void takesRelationshipIdsInAnySpelling_data();
    void takesRelationshipIdsInAnySpelling();
    void listsAnAccountsOwnPosts();

private:
    [[nodiscard]] QByteArray path(const Person &person, const char *rest = "") const
    {
        return "/api/v1/accounts/" + person.id.toUtf8() + rest;
    }

    Person m_ann;
    Person m_bob;
};

void tst_Accounts::initTestCase()
{
    m_ann = w.person();
    m_bob = w.person();
}

void tst_Accounts::showsAnAccountToAnybody()
{
    const HttpReply shown = w.client().get(path(m_ann));
    GI_STATUS(shown, 200);
    QCOMPARE(shown.text("id"), m_ann.id);
    QCOMPARE(shown.text("username"), m_ann.username);
    QCOMPARE(shown.text("acct"), m_ann.username); // local accounts have no host
    QVERIFY(shown.text("url").startsWith(w.server().url().toString()));
    // No picture was chosen: there is one to show all the same.
    GI_STATUS(w.client().get(shown.text("avatar").toUtf8()), 200);
    GI_STATUS(w.client().get(shown.text("header").toUtf8()), 200);
}

void tst_Accounts::knowsNoSuchAccount_data()
{
    QTest::addColumn<QByteArray>("id");
    for (const char *id : { "1", "0", "-1", "99999999999999999999999999", "abc", "1'--", "%F0%9F%93%B7" })
        QTest::newRow(id) << QByteArray(id);
}

void tst_Accounts::knowsNoSuchAccount()
{
    QFETCH(QByteArray, id);
    const HttpReply missing = w.client().get("/api/v1/accounts/" + id);
    GI_STATUS(missing, 404);
    QCOMPARE(missing.text("error"), QStringLiteral("Record not found"));
    GI_STATUS(w.client().get("/api/v1/accounts/" + id + "/statuses"), 404);
    GI_STATUS(w.client(m_ann).post("/api/v1/accounts/" + id + "/follow"), 404);
}

void tst_Accounts::looksUpByName_data()
{
    QTest::addColumn<QString>("acct");
    QTest::addColumn<int>("status");
    const QString host = w.client().get("/api/v2/instance").text("domain");
    QTest::newRow("name") << m_ann.username << 200;
    QTest::newRow("at name") << QLatin1Char('@') + m_ann.username << 200;
    QTest::newRow("other case") << m_ann.username.toUpper() << 200;
    QTest::newRow("with our host") << m_ann.username + QLatin1Char('@') + host << 200;
    QTest::newRow("with a foreign host") << m_ann.username + QStringLiteral("@elsewhere.example") << 404;
    QTest::newRow("unknown") << QStringLiteral("nobody_at_all") << 404;
    QTest::newRow("empty") << QString() << 404;
}

void tst_Accounts::looksUpByName()
{
    QFETCH(QString, acct);
    QFETCH(int, status);
    const HttpReply found = w.client().get("/api/v1/accounts/lookup?acct=" + acct.toUtf8().toPercentEncoding());
    if (acct.isEmpty())
        QVERIFY2(found.status == 404 || found.status == 400, found.summary());
    else
        GI_STATUS(found, status);
    if (status == 200)
        QCOMPARE(found.text("id"), m_ann.id);
}

void tst_Accounts::findsByTheBeginningOfAName()
{
    rig::HttpClient http = w.client(m_bob);
    const QByteArray beginning = m_ann.username.left(m_ann.username.size() - 1).toUtf8();
    const HttpReply found = http.get("/api/v1/accounts/search?limit=80&q=" + beginning);
    GI_STATUS(found, 200);
    QVERIFY2(found.ids().contains(m_ann.id), found.summary());
    QCOMPARE(http.get("/api/v1/accounts/search?limit=1&q=" + beginning).array().size(), 1);
    QCOMPARE(http.get("/api/v1/accounts/search?q=nobody_at_all").body, QByteArray("[]"));
}

void tst_Accounts::findsTheExactNameFirst()
{
    rig::HttpClient http = w.client(m_bob);
    const HttpReply found = http.get("/api/v1/accounts/search?q=%40" + m_ann.username.toUtf8());
    QCOMPARE(found.ids().value(0), m_ann.id);
}

void tst_Accounts::findsWhomAClientWantsToFollow()
{
    rig::HttpClient http = w.client(m_bob);
    // As toot and Mastodon.py ask.
    for (const QByteArray &rest :
         { QByteArray("type=accounts&resolve=True"), QByteArray("resolve=1&exclude_unreviewed=1") }) {
        const HttpReply found = http.get("/api/v2/search?q=%40" + m_ann.username.toUtf8() + '&' + rest);
        GI_STATUS(found, 200);
        QCOMPARE(found.object()[QLatin1String("accounts")][0][QLatin1String("id")].toString(), m_ann.id);
    }
}

void tst_Accounts::searchesOnlyWhatIsAsked()
{
    rig::HttpClient http = w.client(m_bob);
    const QJsonObject found = http.get("/api/v2/search?type=statuses&q=" + m_ann.username.toUtf8()).object();
    QVERIFY(found[QLatin1String("accounts")].toArray().isEmpty());
    const HttpReply incomplete = http.get("/api/v2/search");
    QVERIFY2(incomplete.status == 400 || incomplete.status == 200, incomplete.summary());
}

void tst_Accounts::treatsSearchAsText()
{
    rig::HttpClient http = w.client(m_bob);
    // Neither a pattern nor SQL.
    for (const char *query : { "%25", "_", "p%25", "'%20OR%201=1--", "%5C", "%F0%9F%93%B7" }) {
        const HttpReply found = http.get(QByteArray("/api/v1/accounts/search?q=") + query);
        GI_STATUS(found, 200);
        QCOMPARE(found.body, QByteArray("[]"));
    }
    // PostgreSQL keeps no NUL, so it is in no text that could be found.
    GI_STATUS(http.get("/api/v1/accounts/search?q=%00"), 400);
    GI_STATUS(http.get("/api/v1/accounts/1%00"), 400);
}

void tst_Accounts::ordersRelationshipsAsAsked()
{
    const Person carol = w.person();
    rig::HttpClient http = w.client(m_bob);
    const QStringList wanted { carol.id, m_ann.id, m_bob.id };
    QByteArrayList ids;
    for (const QString &id : wanted)
        ids.append("id[]=" + id.toUtf8());
    ids.insert(1, "id[]=12345"); // somebody unknown is left out
    const HttpReply found = http.get("/api/v1/accounts/relationships?" + ids.join('&'));
    GI_STATUS(found, 200);
    QCOMPARE(found.ids(), wanted);
}

void tst_Accounts::takesRelationshipIdsInAnySpelling_data()
{
    QTest::addColumn<QByteArray>("query");
    const QByteArray id = m_ann.id.toUtf8();
    QTest::newRow("id") << "id=" + id;
    QTest::newRow("id[]") << "id[]=" + id;
    QTest::newRow("encoded") << "id%5B%5D=" + id;
    QTest::newRow("with an index") << "id[0]=" + id;
    QTest::newRow("nonsense beside it") << "id[]=abc&id[]=" + id + "&id[]=";
}

void tst_Accounts::takesRelationshipIdsInAnySpelling()
{
    QFETCH(QByteArray, query);
    const HttpReply found = w.client(m_bob).get("/api/v1/accounts/relationships?" + query);
    GI_STATUS(found, 200);
    QCOMPARE(found.ids(), QStringList { m_ann.id });
}

void tst_Accounts::listsAnAccountsOwnPosts()
{
    const Person author = w.person();
    rig::HttpClient http = w.client(author);
    const QString text = w.postId(http, QStringLiteral("words #alpha"));
    const QString photo = w.postId(http, QStringLiteral("picture #beta"),
                                   { { QStringLiteral("media_ids"), QJsonArray { w.upload(http) } } });
    const QString reply = w.postId(http, QStringLiteral("answer"), { { QStringLiteral("in_reply_to_id"), text } });
    rig::HttpClient reader = w.client();
    QCOMPARE(reader.get(path(author, "/statuses")).ids(), QStringList({ reply, photo, text }));
    QCOMPARE(reader.get(path(author, "/statuses?only_media=true")).ids(), QStringList { photo });
    QCOMPARE(reader.get(path(author, "/statuses?exclude_replies=1")).ids(), QStringList({ photo, text }));
    QCOMPARE(reader.get(path(author, "/statuses?tagged=Alpha")).ids(), QStringList { text });
    QCOMPARE(reader.get(path(author, "/statuses?limit=1")).ids(), QStringList { reply });
    QCOMPARE(reader.get(path(author, "/statuses?pinned=true")).ids(), QStringList());
    QCOMPARE(reader.get(path(author)).object()[QLatin1String("statuses_count")].toInt(), 3);
}

SuitePointer makeAccountsSuite(World &world)
{
    return std::make_unique<tst_Accounts>(world);
}

} // namespace graminsta::api_test

#include "tst_accounts.moc"
