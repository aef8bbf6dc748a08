// SPDX-License-Identifier: GPL-3.0-or-later
// Who may see what, wherever it could show: the status itself, timelines, threads, lists and counts. What may be done
// with it stands in rights.table.
#include "suites.h"

namespace graminsta::api_test
{

using rig::HttpReply;

class tst_Visibility : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void showsAStatusToThoseWhoMaySeeIt_data();
    void showsAStatusToThoseWhoMaySeeIt();
    void listsOnlyWhatMayBeSeen_data();
    void listsOnlyWhatMayBeSeen();
    void hidesPrivateCommentsInThreads();
    void tellsNobodyOfADirectMessageButThoseNamed();
    void endsWithTheFollow();

private:
    // The status with each visibility, all of the author's, all with the tag, all naming `named`.
    [[nodiscard]] QString post(const char *visibility, const QString &text = {})
    {
        rig::HttpClient http = w.client(m_author);
        return w.postId(http, text.isEmpty() ? QStringLiteral("#%1 @%2").arg(m_tag, m_named.username) : text,
                        { { QStringLiteral("visibility"), QLatin1String(visibility) } });
    }
    [[nodiscard]] rig::HttpClient viewer(const QString &who) const
    {
        if (who == QStringLiteral("author"))
            return w.client(m_author);
        if (who == QStringLiteral("follower"))
            return w.client(m_follower);
        if (who == QStringLiteral("named"))
            return w.client(m_named);
        if (who == QStringLiteral("stranger"))
            return w.client(m_stranger);
        return w.client();
    }
    static void addViewers()
    {
        QTest::addColumn<QString>("who");
        QTest::addColumn<QStringList>("visible");
        const QStringList open { QStringLiteral("public"), QStringLiteral("unlisted") };
        const QStringList followers = open + QStringList { QStringLiteral("private") };
        const QStringList all = followers + QStringList { QStringLiteral("direct") };
        QTest::newRow("author") << QStringLiteral("author") << all;
        QTest::newRow("named") << QStringLiteral("named") << all;
        QTest::newRow("follower") << QStringLiteral("follower") << followers;
        QTest::newRow("stranger") << QStringLiteral("stranger") << open;
        QTest::newRow("nobody") << QStringLiteral("nobody") << open;
    }

    Person m_author;
    Person m_follower;
    Person m_named;
    Person m_stranger;
    QString m_tag;
};

void tst_Visibility::init()
{
    if (m_author.id.isEmpty()) {
        m_author = w.person();
        m_follower = w.person();
        m_named = w.person();
        m_stranger = w.person();
        rig::HttpClient http = w.client(m_follower);
        w.follow(http, m_author);
    }
    m_tag = w.freshName();
}

void tst_Visibility::showsAStatusToThoseWhoMaySeeIt_data()
{
    addViewers();
}

void tst_Visibility::showsAStatusToThoseWhoMaySeeIt()
{
    QFETCH(QString, who);
    QFETCH(QStringList, visible);
    rig::HttpClient http = viewer(who);
    for (const char *visibility : { "public", "unlisted", "private", "direct" }) {
        const QByteArray path = "/api/v1/statuses/" + post(visibility).toUtf8();
        const int expected = visible.contains(QLatin1String(visibility)) ? 200 : 404;
        GI_STATUS(http.get(path), expected);
        GI_STATUS(http.get(path + "/context"), expected);
        GI_STATUS(http.get(path + "/favourited_by"), expected);
        GI_STATUS(http.get(path + "/reblogged_by"), expected);
        GI_STATUS(http.get(path + "/history"), expected);
    }
}

void tst_Visibility::listsOnlyWhatMayBeSeen_data()
{
    addViewers();
}

void tst_Visibility::listsOnlyWhatMayBeSeen()
{
    QFETCH(QString, who);
    rig::HttpClient http = viewer(who);
    const QString open = post("public");
    const QString unlisted = post("unlisted");
    const QString followers = post("private");
    const QString direct = post("direct");
    const bool author = who == QStringLiteral("author");
    const bool follower = who == QStringLiteral("follower");
    const auto listed = [&](const QByteArray &target) {
        QStringList found;
        const QStringList ids = http.get(target).ids();
        for (const auto &[name, id] :
             { std::pair("public", open), { "unlisted", unlisted }, { "private", followers }, { "direct", direct } }) {
            if (ids.contains(id))
                found.append(QLatin1String(name));
        }
        return found;
    };
    QCOMPARE(listed("/api/v1/timelines/public?limit=40"), QStringList { QStringLiteral("public") });
    QCOMPARE(listed("/api/v1/timelines/tag/" + m_tag.toUtf8()), QStringList { QStringLiteral("public") });
    const QStringList onProfile = listed("/api/v1/accounts/" + m_author.id.toUtf8() + "/statuses?limit=40");
    const bool sees = author || follower;
    if (who != QStringLiteral("named")) // whether a profile lists what names one is a matter of taste
        QCOMPARE(onProfile.contains(QStringLiteral("private")), sees);
    if (!author && who != QStringLiteral("named"))
        QVERIFY(!onProfile.contains(QStringLiteral("direct")));
    QVERIFY(onProfile.contains(QStringLiteral("public")) && onProfile.contains(QStringLiteral("unlisted")));
    if (sees) {
        QCOMPARE(listed("/api/v1/timelines/home?limit=40"),
                 QStringList({ QStringLiteral("public"), QStringLiteral("unlisted"), QStringLiteral("private") }));
    }
}

void tst_Visibility::hidesPrivateCommentsInThreads()
{
    rig::HttpClient stranger = w.client(m_stranger);
    const QString root = w.postId(stranger, QStringLiteral("a question"));
    rig::HttpClient author = w.client(m_author);
    const QString reply = w.postId(
        author, QStringLiteral("for my followers"),
        { { QStringLiteral("in_reply_to_id"), root }, { QStringLiteral("visibility"), QStringLiteral("private") } });
    const auto sees = [&](rig::HttpClient http) {
        const HttpReply context = http.get("/api/v1/statuses/" + root.toUtf8() + "/context");
        return context.body.contains(reply.toUtf8());
    };
    QVERIFY(sees(w.client(m_author)));
    QVERIFY(sees(w.client(m_follower)));
    QVERIFY(!sees(w.client(m_stranger)));
    QVERIFY(!sees(w.client()));
}

void tst_Visibility::tellsNobodyOfADirectMessageButThoseNamed()
{
    const QString id = post("direct");
    const auto told = [&](const Person &person) {
        return w.client(person).get("/api/v1/notifications?limit=80").body.contains("\"id\":\"" + id.toUtf8() + '"');
    };
    QVERIFY(told(m_named));
    QVERIFY(!told(m_follower));
    QVERIFY(!told(m_stranger));
}

void tst_Visibility::endsWithTheFollow()
{
    const Person former = w.person();
    rig::HttpClient http = w.client(former);
    w.follow(http, m_author);
    const QByteArray path = "/api/v1/statuses/" + post("private").toUtf8();
    GI_STATUS(http.get(path), 200);
    GI_STATUS(http.post("/api/v1/accounts/" + m_author.id.toUtf8() + "/unfollow"), 200);
    GI_STATUS(http.get(path), 404);
}

SuitePointer makeVisibilitySuite(World &world)
{
    return std::make_unique<tst_Visibility>(world);
}

} // namespace graminsta::api_test

#include "tst_visibility.moc"
