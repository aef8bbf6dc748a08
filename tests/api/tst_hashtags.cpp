// SPDX-License-Identifier: GPL-3.0-or-later
// Hashtags, trends and suggestions: https://docs.joinmastodon.org/methods/tags/ and trends
#include "suites.h"

#include <QDateTime>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Hashtags : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void showsATagAndItsLastWeek();
    void showsATagThatNobodyHasUsed();
    void countsOnlyWhatIsPublic();
    void knowsNoSuchTag_data();
    void knowsNoSuchTag();
    void followsAndUnfollows();
    void pagesFollowedTags();
    void findsTagsBySearch();
    void ranksTagsByPeople();
    void ranksStatusesByLikesAndComments();
    void suggestsWhomFriendsFollow();
    void showsTagsOnAProfile();
    void countsOfAFeaturedTagWhatEverybodyMayRead();
    void featuresNoMoreThanItSays();
    void refusesToFeatureWhatIsNoTag();
    void suggestsWhatOneUsesMost();

private:
    [[nodiscard]] QByteArray tag(const char *rest = "") const { return "/api/v1/tags/" + m_tag.toUtf8() + rest; }
    [[nodiscard]] static QString today(const HttpReply &reply, const char *field)
    {
        return reply.object()[QLatin1String("history")][0][QLatin1String(field)].toString();
    }
    [[nodiscard]] static QStringList names(const HttpReply &reply)
    {
        QStringList found;
        for (const auto &one : reply.array())
            found.append(one[QLatin1String("name")].toString());
        return found;
    }

    Person m_ann;
    Person m_bob;
    QString m_tag;
};

void tst_Hashtags::init()
{
    m_ann = w.person();
    m_bob = w.person();
    m_tag = w.freshName();
}

void tst_Hashtags::showsATagAndItsLastWeek()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString text = QStringLiteral("#%1").arg(m_tag);
    (void)w.postId(ann, text);
    (void)w.postId(ann, text.toUpper());
    (void)w.postId(bob, text);
    const qint64 before = QDateTime::currentSecsSinceEpoch() / 86'400 * 86'400;
    const HttpReply shown = w.client().get(tag());
    const qint64 after = QDateTime::currentSecsSinceEpoch() / 86'400 * 86'400;
    GI_STATUS(shown, 200);
    QCOMPARE(shown.text("name"), m_tag);
    QCOMPARE(shown.object()[QLatin1String("history")].toArray().size(), 7);
    const qint64 day = today(shown, "day").toLongLong();
    QVERIFY(day == before || day == after);
    if (before == after) {
        QCOMPARE(today(shown, "uses"), QStringLiteral("3"));
        QCOMPARE(today(shown, "accounts"), QStringLiteral("2"));
    }
    const QJsonValue yesterday = shown.object()[QLatin1String("history")][1];
    QCOMPARE(yesterday[QLatin1String("day")].toString().toLongLong(), day - 86'400);
}

void tst_Hashtags::showsATagThatNobodyHasUsed()
{
    const HttpReply shown = w.client(m_ann).get(tag());
    GI_STATUS(shown, 200);
    QCOMPARE(today(shown, "uses"), QStringLiteral("0"));
    QCOMPARE(shown.object()[QLatin1String("following")].toBool(true), false);
}

void tst_Hashtags::countsOnlyWhatIsPublic()
{
    rig::HttpClient ann = w.client(m_ann);
    for (const char *visibility : { "unlisted", "private", "direct" })
        (void)w.postId(ann, QStringLiteral("#%1").arg(m_tag),
                       { { QStringLiteral("visibility"), QLatin1String(visibility) } });
    QCOMPARE(today(ann.get(tag()), "uses"), QStringLiteral("0"));
}

void tst_Hashtags::knowsNoSuchTag_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : { "two%20words", "a-b", "%23", "x.jpg", "1'--" })
        QTest::newRow(name) << QByteArray(name);
}

void tst_Hashtags::knowsNoSuchTag()
{
    QFETCH(QByteArray, name);
    GI_STATUS(w.client().get("/api/v1/tags/" + name), 404);
    GI_STATUS(w.client(m_ann).post("/api/v1/tags/" + name + "/follow"), 404);
}

void tst_Hashtags::followsAndUnfollows()
{
    rig::HttpClient ann = w.client(m_ann);
    for (int twice = 0; twice < 2; ++twice) {
        const HttpReply followed = ann.post("/api/v1/tags/" + m_tag.toUpper().toUtf8() + "/follow");
        GI_STATUS(followed, 200);
        QCOMPARE(followed.text("name"), m_tag);
        QVERIFY2(followed.object()[QLatin1String("following")].toBool(), followed.summary());
    }
    QCOMPARE(names(ann.get("/api/v1/followed_tags")), QStringList { m_tag });
    QVERIFY(ann.get(tag()).object()[QLatin1String("following")].toBool());
    QVERIFY(!w.client(m_bob).get(tag()).object()[QLatin1String("following")].toBool(true));
    for (int twice = 0; twice < 2; ++twice) {
        const HttpReply left = ann.post(tag("/unfollow"));
        GI_STATUS(left, 200);
        QVERIFY2(!left.object()[QLatin1String("following")].toBool(true), left.summary());
    }
    QCOMPARE(ann.get("/api/v1/followed_tags").body, QByteArray("[]"));
}

void tst_Hashtags::pagesFollowedTags()
{
    rig::HttpClient ann = w.client(m_ann);
    QStringList expected;
    for (int i = 0; i < 5; ++i) {
        expected.prepend(w.freshName());
        GI_STATUS(ann.post("/api/v1/tags/" + expected.first().toUtf8() + "/follow"), 200);
    }
    QStringList found;
    QByteArray target = "/api/v1/followed_tags?limit=2";
    for (int pages = 0; pages < 5 && !target.isEmpty(); ++pages) {
        const HttpReply page = ann.get(target);
        GI_STATUS(page, 200);
        found += names(page);
        target = page.link("next");
    }
    QCOMPARE(found, expected);
}

void tst_Hashtags::findsTagsBySearch()
{
    rig::HttpClient ann = w.client(m_ann);
    GI_STATUS(ann.post(tag("/follow")), 200);
    const HttpReply found = ann.get("/api/v2/search?type=hashtags&q=%23" + m_tag.toUtf8());
    const QJsonValue one = found.object()[QLatin1String("hashtags")][0];
    QCOMPARE(one[QLatin1String("name")].toString(), m_tag);
    QVERIFY2(one[QLatin1String("following")].toBool(), found.summary());
}

void tst_Hashtags::ranksTagsByPeople()
{
    const QString alone = w.freshName();
    rig::HttpClient ann = w.client(m_ann);
    for (int i = 0; i < 4; ++i)
        (void)w.postId(ann, QStringLiteral("#%1").arg(alone));
    for (int i = 0; i < 6; ++i) {
        rig::HttpClient other = w.client(w.person());
        (void)w.postId(other, QStringLiteral("#%1").arg(m_tag));
    }
    const QStringList ranked = names(w.client().get("/api/v1/trends/tags?limit=20"));
    QVERIFY2(ranked.contains(m_tag), qPrintable(ranked.join(QLatin1Char(' '))));
    QVERIFY(!ranked.contains(alone) || ranked.indexOf(m_tag) < ranked.indexOf(alone));
    QCOMPARE(names(w.client().get("/api/v1/trends?limit=20")), ranked);
    QCOMPARE(names(w.client().get("/api/v1/trends/tags?limit=5&offset=1")), ranked.mid(1, 5));
}

void tst_Hashtags::ranksStatusesByLikesAndComments()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString silent = w.postId(ann, QStringLiteral("nobody cares"));
    const QString liked = w.postId(ann, QStringLiteral("everybody does"));
    const QString secret =
        w.postId(ann, QStringLiteral("a secret"), { { QStringLiteral("visibility"), QStringLiteral("unlisted") } });
    for (int i = 0; i < 8; ++i) {
        rig::HttpClient other = w.client(w.person());
        GI_STATUS(other.post("/api/v1/statuses/" + liked.toUtf8() + "/favourite"), 200);
        GI_STATUS(other.post("/api/v1/statuses/" + secret.toUtf8() + "/favourite"), 200);
    }
    const QStringList ranked = w.client().get("/api/v1/trends/statuses?limit=40").ids();
    QVERIFY(ranked.contains(liked));
    QVERIFY(!ranked.contains(silent) && !ranked.contains(secret));
    QCOMPARE(w.client().get("/api/v1/trends/statuses?limit=2&offset=1").ids(), ranked.mid(1, 2));
}

void tst_Hashtags::suggestsWhomFriendsFollow()
{
    const Person star = w.person();
    const Person shy = w.person();
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    GI_STATUS(
        w.client(shy).patch("/api/v1/accounts/update_credentials", HttpBody::form({ { "discoverable", "false" } })),
        200);
    w.follow(ann, m_bob);
    w.follow(bob, star);
    w.follow(bob, shy);
    const auto suggested = [&] {
        QStringList ids;
        for (const auto &one : ann.get("/api/v2/suggestions").array())
            ids.append(one[QLatin1String("account")][QLatin1String("id")].toString());
        return ids;
    };
    QCOMPARE(suggested(), QStringList { star.id });
    QCOMPARE(ann.get("/api/v1/suggestions").ids(), QStringList { star.id });
    GI_STATUS(ann.post("/api/v1/accounts/" + star.id.toUtf8() + "/mute"), 200);
    QVERIFY(suggested().isEmpty());
}

void tst_Hashtags::showsTagsOnAProfile()
{
    rig::HttpClient ann = w.client(m_ann);
    const QByteArray ofAnn = "/api/v1/accounts/" + m_ann.id.toUtf8() + "/featured_tags";
    const HttpReply made =
        ann.post("/api/v1/featured_tags", HttpBody::form({ { "name", '#' + m_tag.toUpper().toUtf8() } }));
    GI_STATUS(made, 200);
    QCOMPARE(made.text("name"), m_tag);
    QCOMPARE(made.text("statuses_count"), QStringLiteral("0"));
    QCOMPARE(ann.post("/api/v1/featured_tags", HttpBody::form({ { "name", m_tag.toUtf8() } })).text("id"),
             made.text("id"));
    QCOMPARE(names(w.client().get(ofAnn)), QStringList { m_tag });
    QCOMPARE(names(ann.get("/api/v1/featured_tags")), QStringList { m_tag });
    QVERIFY(names(w.client(m_bob).get("/api/v1/featured_tags")).isEmpty());

    const QByteArray one = "/api/v1/featured_tags/" + made.text("id").toUtf8();
    GI_STATUS(w.client(m_bob).del(one), 404);
    GI_STATUS(ann.del(one), 200);
    GI_STATUS(ann.del(one), 404);
    QVERIFY(names(w.client().get(ofAnn)).isEmpty());
}

void tst_Hashtags::countsOfAFeaturedTagWhatEverybodyMayRead()
{
    rig::HttpClient ann = w.client(m_ann);
    for (const char *visibility : { "public", "unlisted", "private", "direct" })
        (void)w.postId(ann, QStringLiteral("#%1").arg(m_tag),
                       { { QStringLiteral("visibility"), QLatin1String(visibility) } });
    rig::HttpClient bob = w.client(m_bob);
    (void)w.postId(bob, QStringLiteral("#%1").arg(m_tag));
    const QString other = w.freshName();
    for (const QString &tag : { other, m_tag })
        GI_STATUS(ann.post("/api/v1/featured_tags", HttpBody::form({ { "name", tag.toUtf8() } })), 200);
    const HttpReply list = w.client().get("/api/v1/accounts/" + m_ann.id.toUtf8() + "/featured_tags");
    QCOMPARE(names(list), QStringList({ m_tag, other }));
    QCOMPARE(list.array()[0][QLatin1String("statuses_count")].toString(), QStringLiteral("2"));
    QVERIFY(list.array()[0][QLatin1String("last_status_at")].isString());
    QVERIFY(list.array()[1][QLatin1String("last_status_at")].isNull());
}

void tst_Hashtags::featuresNoMoreThanItSays()
{
    rig::HttpClient ann = w.client(m_ann);
    const int most =
        w.client()
            .get("/api/v2/instance")
            .object()[QLatin1String("configuration")][QLatin1String("accounts")][QLatin1String("max_featured_tags")]
            .toInt();
    QVERIFY(most > 0);
    for (int i = 0; i < most; ++i)
        GI_STATUS(ann.post("/api/v1/featured_tags", HttpBody::form({ { "name", w.freshName().toUtf8() } })), 200);
    GI_STATUS(ann.post("/api/v1/featured_tags", HttpBody::form({ { "name", w.freshName().toUtf8() } })), 422);
}

void tst_Hashtags::refusesToFeatureWhatIsNoTag()
{
    rig::HttpClient ann = w.client(m_ann);
    for (const char *name : { "", "#", "two words", "a-b", "2026" })
        GI_STATUS(ann.post("/api/v1/featured_tags", HttpBody::form({ { "name", name } })), 422);
}

void tst_Hashtags::suggestsWhatOneUsesMost()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString rare = w.freshName();
    const QString featured = w.freshName();
    (void)w.postId(ann, QStringLiteral("#%1 #%2 #%3").arg(rare, m_tag, featured));
    (void)w.postId(ann, QStringLiteral("#%1 #%2").arg(m_tag, featured));
    GI_STATUS(ann.post("/api/v1/featured_tags", HttpBody::form({ { "name", featured.toUtf8() } })), 200);
    QCOMPARE(names(ann.get("/api/v1/featured_tags/suggestions")), QStringList({ m_tag, rare }));
}

SuitePointer makeHashtagsSuite(World &world)
{
    return std::make_unique<tst_Hashtags>(world);
}

} // namespace graminsta::api_test

#include "tst_hashtags.moc"
