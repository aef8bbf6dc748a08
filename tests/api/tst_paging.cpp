// SPDX-License-Identifier: GPL-3.0-or-later
// Pages: bounds, limits and links, on the home timeline. What holds for every list is in tst_lists.cpp.
// https://docs.joinmastodon.org/api/guidelines/#pagination
#include "suites.h"

namespace graminsta::api_test
{

using rig::HttpReply;

class tst_Paging : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void initTestCase();
    void keepsTheOtherParametersInLinks();
    void beginsTheLinkHeaderWithNext();
    void takesEveryBoundAsExclusive();
    void givesTheNewestAboveSinceIdAndTheLowestAboveMinId();
    void keepsToTheLimits_data();
    void keepsToTheLimits();
    void refusesBoundsThatAreNone_data();
    void refusesBoundsThatAreNone();
    void leadsOnFromAPageOfHiddenPosts();
    void endsWithoutALink();

private:
    static constexpr int kPosts = 23;

    [[nodiscard]] HttpReply get(const QByteArray &target) const { return w.client(m_author).get(target); }
    [[nodiscard]] HttpReply home(const QByteArray &query) const { return get("/api/v1/timelines/home?" + query); }

    Person m_author;
    QString m_tag;
    QStringList m_posts; // newest first
};

void tst_Paging::initTestCase()
{
    m_author = w.person();
    m_tag = w.freshName();
    rig::HttpClient http = w.client(m_author);
    for (int i = 0; i < kPosts; ++i)
        m_posts.prepend(w.postId(http, QStringLiteral("post %1 #%2").arg(i).arg(m_tag)));
}

void tst_Paging::keepsTheOtherParametersInLinks()
{
    const HttpReply page =
        get("/api/v1/accounts/" + m_author.id.toUtf8()
            + "/statuses?limit=2&exclude_replies=true&tagged=" + m_tag.toUtf8() + "&max_id=" + m_posts[3].toUtf8());
    GI_STATUS(page, 200);
    for (const char *relation : { "next", "prev" }) {
        const QByteArray link = page.link(relation);
        QVERIFY2(link.startsWith(w.server().url().toString().toUtf8() + "/api/v1/accounts/"), link);
        for (const QByteArray &kept :
             { QByteArray("limit=2"), QByteArray("exclude_replies=true"), "tagged=" + m_tag.toUtf8() })
            QVERIFY2(link.contains(kept), link);
        // megalodon splits at these.
        QVERIFY2(!link.contains(',') && !link.contains(';'), link);
    }
    QVERIFY(page.link("next").contains("max_id=" + m_posts[5].toUtf8()));
    QVERIFY(!page.link("next").contains("max_id=" + m_posts[3].toUtf8()));
    QVERIFY(page.link("prev").contains("min_id=" + m_posts[4].toUtf8()));
    QVERIFY(!page.link("prev").contains("max_id="));
}

void tst_Paging::beginsTheLinkHeaderWithNext()
{
    // toot takes whatever comes first.
    const QByteArray link = home("limit=2").header("link");
    QVERIFY2(link.indexOf("rel=\"next\"") > 0 && link.indexOf("rel=\"next\"") < link.indexOf("rel=\"prev\""), link);
    // Clients append "&limit=…".
    QVERIFY(home("limit=2").link("next").contains('?'));
}

void tst_Paging::takesEveryBoundAsExclusive()
{
    const QByteArray middle = m_posts[10].toUtf8();
    QCOMPARE(home("limit=2&max_id=" + middle).ids(), m_posts.mid(11, 2));
    QCOMPARE(home("limit=40&since_id=" + middle).ids(), m_posts.mid(0, 10));
    QCOMPARE(home("limit=40&min_id=" + middle).ids(), m_posts.mid(0, 10));
    QCOMPARE(home("max_id=" + m_posts[10].toUtf8() + "&since_id=" + m_posts[13].toUtf8()).ids(), m_posts.mid(11, 2));
    QCOMPARE(home("since_id=" + m_posts.first().toUtf8()).body, QByteArray("[]"));
}

void tst_Paging::givesTheNewestAboveSinceIdAndTheLowestAboveMinId()
{
    const QByteArray bound = m_posts[10].toUtf8();
    QCOMPARE(home("limit=3&since_id=" + bound).ids(), m_posts.mid(0, 3));
    QCOMPARE(home("limit=3&min_id=" + bound).ids(), m_posts.mid(7, 3));
}

void tst_Paging::keepsToTheLimits_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<int>("count");
    QTest::newRow("default") << QByteArray("") << 20;
    QTest::newRow("above the most") << QByteArray("limit=1000") << kPosts; // fewer than 40
    QTest::newRow("zero") << QByteArray("limit=0") << -1;
    QTest::newRow("negative") << QByteArray("limit=-5") << -1;
    QTest::newRow("nonsense") << QByteArray("limit=many") << -1;
    QTest::newRow("huge") << QByteArray("limit=99999999999999999999") << -1;
}

void tst_Paging::keepsToTheLimits()
{
    QFETCH(QByteArray, query);
    QFETCH(int, count);
    const HttpReply page = home(query);
    // What is no number may be refused or taken as the default; it never breaks anything.
    QVERIFY2(page.status == 200 || (count < 0 && (page.status == 400 || page.status == 422)), page.summary());
    if (count >= 0)
        QCOMPARE(page.array().size(), count);
    else
        QVERIFY(page.array().size() <= 40);
}

void tst_Paging::refusesBoundsThatAreNone_data()
{
    QTest::addColumn<QByteArray>("bound");
    for (const char *bound : { "abc", "-1", "0", "", "99999999999999999999999", "1;drop" })
        QTest::newRow(*bound ? bound : "empty") << QByteArray(bound);
}

void tst_Paging::refusesBoundsThatAreNone()
{
    QFETCH(QByteArray, bound);
    for (const char *name : { "max_id=", "since_id=", "min_id=" }) {
        const HttpReply page = home(name + bound);
        QVERIFY2(page.status == 200 || page.status == 400 || page.status == 422, page.summary());
    }
}

void tst_Paging::leadsOnFromAPageOfHiddenPosts()
{
    const Person author = w.person();
    rig::HttpClient http = w.client(author);
    const QString open = w.postId(http, QStringLiteral("open"));
    for (int i = 0; i < 7; ++i)
        (void)w.postId(http, QStringLiteral("hidden"), { { QStringLiteral("visibility"), QStringLiteral("private") } });
    QStringList found;
    QByteArray next = "/api/v1/accounts/" + author.id.toUtf8() + "/statuses?limit=2";
    for (int page = 0; page < 10 && !next.isEmpty(); ++page) {
        const HttpReply reply = w.client().get(next);
        GI_STATUS(reply, 200);
        found += reply.ids();
        next = reply.link("next");
    }
    QCOMPARE(found, QStringList { open });
}

void tst_Paging::endsWithoutALink()
{
    const Person newcomer = w.person();
    const HttpReply empty = w.client(newcomer).get("/api/v1/timelines/home");
    GI_STATUS(empty, 200);
    QCOMPARE(empty.body, QByteArray("[]"));
    QVERIFY2(empty.link("next").isEmpty(), empty.header("link"));
}

SuitePointer makePagingSuite(World &world)
{
    return std::make_unique<tst_Paging>(world);
}

} // namespace graminsta::api_test

#include "tst_paging.moc"
