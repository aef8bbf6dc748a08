// SPDX-License-Identifier: GPL-3.0-or-later
// Blocks: neither side reaches the other by any path. https://docs.joinmastodon.org/methods/accounts/#block
#include "suites.h"

#include <atomic>
#include <thread>
#include <vector>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Blocks : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void saysSoToBothSides();
    void endsFollowsAndRequests();
    void refusesFollows_data();
    void refusesFollows();
    void hidesStatusesOnEveryPath_data();
    void hidesStatusesOnEveryPath();
    void hidesWhatOthersReblogAndOneHasMarked_data();
    void hidesWhatOthersReblogAndOneHasMarked();
    void hidesFromActions_data();
    void hidesFromActions();
    void hidesPeopleInLists_data();
    void hidesPeopleInLists();
    void tellsNeitherOfTheOther_data();
    void tellsNeitherOfTheOther();
    void showsTheProfileAllTheSame_data();
    void showsTheProfileAllTheSame();
    void bringsNothingBackByUnblocking();
    void pagesTheListByLinks();
    void keepsPagingWhereAPageIsHidden();
    void holdsWhereAFollowComesAtTheSameTime();
    void refusesOneselfAndNobody();

private:
    [[nodiscard]] static QByteArray account(const Person &person, const char *rest = "")
    {
        return "/api/v1/accounts/" + person.id.toUtf8() + rest;
    }
    [[nodiscard]] static bool says(const HttpReply &reply, const char *field)
    {
        return reply.object()[QLatin1String(field)].toBool();
    }
    [[nodiscard]] QJsonValue relationship(const Person &viewer, const Person &other) const
    {
        return w.client(viewer).get("/api/v1/accounts/relationships?id=" + other.id.toUtf8()).array().at(0);
    }
    void block(const Person &who, const Person &whom) const
    {
        GI_STATUS(w.client(who).post(account(whom, "/block")), 200);
    }
    // Who blocks and who is blocked: all must hold from both sides.
    static void addSides()
    {
        QTest::addColumn<bool>("blocksHerself");
        QTest::newRow("Ann blocks Bob") << true;
        QTest::newRow("Bob blocks Ann") << false;
    }
    void blockBySide() const
    {
        QFETCH(bool, blocksHerself);
        blocksHerself ? block(m_ann, m_bob) : block(m_bob, m_ann);
    }

    Person m_ann;
    Person m_bob;
    Person m_carol;
};

void tst_Blocks::init()
{
    m_ann = w.person();
    m_bob = w.person();
    m_carol = w.person();
}

void tst_Blocks::saysSoToBothSides()
{
    for (int twice = 0; twice < 2; ++twice) {
        const HttpReply blocked = w.client(m_ann).post(account(m_bob, "/block"));
        GI_STATUS(blocked, 200);
        QVERIFY2(says(blocked, "blocking") && !says(blocked, "blocked_by"), blocked.summary());
    }
    QVERIFY(relationship(m_bob, m_ann)[QLatin1String("blocked_by")].toBool());
    QVERIFY(!relationship(m_bob, m_ann)[QLatin1String("blocking")].toBool());
    QCOMPARE(w.client(m_ann).get("/api/v1/blocks").ids(), QStringList { m_bob.id });
    QCOMPARE(w.client(m_bob).get("/api/v1/blocks").body, QByteArray("[]"));
    for (int twice = 0; twice < 2; ++twice) {
        const HttpReply unblocked = w.client(m_ann).post(account(m_bob, "/unblock"));
        GI_STATUS(unblocked, 200);
        QVERIFY2(!says(unblocked, "blocking"), unblocked.summary());
    }
    QVERIFY(!relationship(m_bob, m_ann)[QLatin1String("blocked_by")].toBool());
}

void tst_Blocks::endsFollowsAndRequests()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    w.follow(ann, m_bob);
    GI_STATUS(ann.patch("/api/v1/accounts/update_credentials", HttpBody::form({ { "locked", "true" } })), 200);
    w.follow(bob, m_ann); // asks
    block(m_ann, m_bob);
    for (const auto &[viewer, other] : { std::pair(m_ann, m_bob), std::pair(m_bob, m_ann) }) {
        const QJsonValue now = relationship(viewer, other);
        for (const char *field : { "following", "followed_by", "requested", "requested_by" })
            QVERIFY2(!now[QLatin1String(field)].toBool(), field);
        const QJsonObject profile = w.client().get(account(viewer)).object();
        QCOMPARE(profile[QLatin1String("followers_count")].toInt(), 0);
        QCOMPARE(profile[QLatin1String("following_count")].toInt(), 0);
    }
    QCOMPARE(ann.get("/api/v1/follow_requests").body, QByteArray("[]"));
    GI_STATUS(ann.post("/api/v1/follow_requests/" + m_bob.id.toUtf8() + "/authorize"), 404);
}

void tst_Blocks::refusesFollows_data()
{
    addSides();
}

void tst_Blocks::refusesFollows()
{
    blockBySide();
    for (const auto &[viewer, other] : { std::pair(m_ann, m_bob), std::pair(m_bob, m_ann) }) {
        const HttpReply refused = w.client(viewer).post(account(other, "/follow"));
        GI_STATUS(refused, 403);
        QCOMPARE(refused.text("error"), QStringLiteral("This action is not allowed"));
        QVERIFY(!relationship(viewer, other)[QLatin1String("following")].toBool());
    }
}

void tst_Blocks::hidesStatusesOnEveryPath_data()
{
    addSides();
}

void tst_Blocks::hidesStatusesOnEveryPath()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    rig::HttpClient carol = w.client(m_carol);
    w.follow(ann, m_bob);
    w.follow(bob, m_ann);
    const QString tag = w.freshName();
    QStringList hidden; // all that Bob has said, one in each way that Ann may see it
    for (const char *visibility : { "public", "unlisted", "private", "direct" })
        hidden.append(w.postId(bob, QStringLiteral("#%1 @%2").arg(tag, m_ann.username),
                               { { QStringLiteral("visibility"), QLatin1String(visibility) } }));
    const QString root = w.postId(carol, QStringLiteral("a question #%1").arg(tag));
    hidden.append(w.postId(bob, QStringLiteral("an answer"), { { QStringLiteral("in_reply_to_id"), root } }));
    const QString ofCarol = w.postId(carol, QStringLiteral("an answer to the answer"),
                                     { { QStringLiteral("in_reply_to_id"), hidden.last() } });
    GI_STATUS(bob.post("/api/v1/statuses/" + hidden.first().toUtf8() + "/favourite"), 200);

    const QByteArrayList lists { "/api/v1/timelines/home?limit=40",
                                 "/api/v1/timelines/public?limit=40",
                                 "/api/v1/timelines/tag/" + tag.toUtf8() + "?limit=40",
                                 account(m_bob, "/statuses?limit=40"),
                                 "/api/v1/statuses/" + root.toUtf8() + "/context",
                                 "/api/v1/statuses/" + ofCarol.toUtf8() + "/context",
                                 "/api/v1/trends/statuses?limit=40",
                                 "/api/v1/notifications?limit=80" };
    const auto shown = [&](const QByteArray &target) {
        QStringList found;
        const HttpReply reply = ann.get(target);
        for (const QString &id : std::as_const(hidden)) {
            if (reply.body.contains('"' + id.toUtf8() + '"'))
                found.append(id);
        }
        return reply.status == 200 ? found : QStringList { QStringLiteral("no answer") };
    };
    // Each path shows something before, or the test would say nothing.
    for (const QByteArray &list : lists)
        QVERIFY2(!shown(list).isEmpty(), list);
    for (const QString &id : std::as_const(hidden))
        GI_STATUS(ann.get("/api/v1/statuses/" + id.toUtf8()), 200);

    blockBySide();
    for (const QByteArray &list : lists) {
        // A comment of Carol's names what it answers by its id, as a thread must; of Bob's there is nothing else.
        HttpReply reply = ann.get(list);
        GI_STATUS(reply, 200);
        QVERIFY2(!reply.body.contains("\"username\":\"" + m_bob.username.toUtf8() + "\",\"acct\""), list);
        for (const QString &id : std::as_const(hidden))
            QVERIFY2(!reply.body.contains("\"id\":\"" + id.toUtf8() + '"'), list);
    }
    for (const QString &id : std::as_const(hidden)) {
        GI_STATUS(ann.get("/api/v1/statuses/" + id.toUtf8()), 404);
        GI_STATUS(ann.get("/api/v1/statuses/" + id.toUtf8() + "/context"), 404);
        GI_STATUS(ann.get("/api/v1/statuses/" + id.toUtf8() + "/favourited_by"), 404);
    }
    QVERIFY(ann.get("/api/v1/statuses/" + root.toUtf8() + "/context").body.contains(ofCarol.toUtf8()));
    // For everybody else nothing has changed.
    QVERIFY(carol.get(account(m_bob, "/statuses")).ids().contains(hidden.first()));
}

void tst_Blocks::hidesWhatOthersReblogAndOneHasMarked_data()
{
    addSides();
}

void tst_Blocks::hidesWhatOthersReblogAndOneHasMarked()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    rig::HttpClient carol = w.client(m_carol);
    w.follow(ann, m_carol);
    const QString status = w.postId(bob, QStringLiteral("look"));
    const QByteArray path = "/api/v1/statuses/" + status.toUtf8();
    const QString reblog = carol.post(path + "/reblog").text("id");
    for (const char *mark : { "/favourite", "/bookmark", "/reblog" })
        GI_STATUS(ann.post(path + mark), 200);
    const QString ofCarol = w.postId(carol, QStringLiteral("reblogged by Bob and Ann"));
    const QByteArray pathOfCarols = "/api/v1/statuses/" + ofCarol.toUtf8();
    GI_STATUS(bob.post(pathOfCarols + "/reblog"), 200);
    GI_STATUS(ann.post(pathOfCarols + "/reblog"), 200);

    const QByteArrayList lists { "/api/v1/timelines/home?limit=40",
                                 account(m_carol, "/statuses?limit=40"),
                                 account(m_ann, "/statuses?limit=40"),
                                 "/api/v1/favourites",
                                 "/api/v1/bookmarks",
                                 pathOfCarols + "/reblogged_by",
                                 "/api/v1/statuses/" + reblog.toUtf8() };
    const auto shows = [&](const QByteArray &list) {
        return ann.get(list).body.contains("\"id\":\"" + m_bob.id.toUtf8() + '"');
    };
    for (const QByteArray &list : lists)
        QVERIFY2(shows(list), list);
    blockBySide();
    for (const QByteArray &list : lists)
        QVERIFY2(!shows(list), list);
    GI_STATUS(ann.get("/api/v1/statuses/" + reblog.toUtf8()), 404);
    for (const char *mark : { "/reblog", "/bookmark" })
        GI_STATUS(ann.post("/api/v1/statuses/" + reblog.toUtf8() + mark), 404);
    QVERIFY(ann.get(account(m_carol, "/statuses")).ids().contains(ofCarol));
}

void tst_Blocks::hidesFromActions_data()
{
    addSides();
}

void tst_Blocks::hidesFromActions()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString status = w.postId(bob, QStringLiteral("look"));
    blockBySide();
    const QByteArray path = "/api/v1/statuses/" + status.toUtf8();
    GI_STATUS(ann.post(path + "/favourite"), 404);
    GI_STATUS(ann.post(path + "/unfavourite"), 404);
    GI_STATUS(ann.post("/api/v1/statuses",
                       HttpBody::json({ { "status", QStringLiteral("but") }, { "in_reply_to_id", status } })),
              404);
    const QJsonObject now = bob.get(path).object();
    QCOMPARE(now[QLatin1String("favourites_count")].toInt(), 0);
    QCOMPARE(now[QLatin1String("replies_count")].toInt(), 0);
}

void tst_Blocks::hidesPeopleInLists_data()
{
    addSides();
}

void tst_Blocks::hidesPeopleInLists()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    rig::HttpClient carol = w.client(m_carol);
    w.follow(ann, m_carol);
    w.follow(bob, m_carol);
    w.follow(carol, m_bob);
    const QString status = w.postId(carol, QStringLiteral("liked by both"));
    const QByteArray path = "/api/v1/statuses/" + status.toUtf8();
    GI_STATUS(ann.post(path + "/favourite"), 200);
    GI_STATUS(bob.post(path + "/favourite"), 200);
    const QByteArrayList lists { path + "/favourited_by",
                                 account(m_carol, "/followers"),
                                 account(m_carol, "/following"),
                                 "/api/v1/accounts/search?limit=80&q=" + m_bob.username.chopped(1).toUtf8(),
                                 "/api/v2/search?limit=40&q=" + m_bob.username.chopped(1).toUtf8(),
                                 "/api/v1/suggestions",
                                 "/api/v2/suggestions" };
    const auto shows = [&](const QByteArray &list) {
        return ann.get(list).body.contains("\"id\":\"" + m_bob.id.toUtf8() + '"');
    };
    for (const QByteArray &list : lists)
        QVERIFY2(shows(list), list);
    QVERIFY(!ann.get(account(m_bob, "/followers")).ids().isEmpty());
    blockBySide();
    for (const QByteArray &list : lists)
        QVERIFY2(!shows(list), list);
    QCOMPARE(ann.get(account(m_bob, "/followers")).body, QByteArray("[]"));
    QCOMPARE(ann.get(account(m_bob, "/following")).body, QByteArray("[]"));
}

void tst_Blocks::tellsNeitherOfTheOther_data()
{
    addSides();
}

void tst_Blocks::tellsNeitherOfTheOther()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    rig::HttpClient carol = w.client(m_carol);
    const QString before = w.postId(ann, QStringLiteral("look"));
    w.follow(bob, m_ann);
    GI_STATUS(bob.post("/api/v1/statuses/" + before.toUtf8() + "/favourite"), 200);
    QCOMPARE(ann.get("/api/v1/notifications").array().size(), 2);
    const QByteArray one = "/api/v1/notifications/" + ann.get("/api/v1/notifications").ids().first().toUtf8();
    blockBySide();
    GI_STATUS(ann.get(one), 404);
    // Named, by name and in an answer to somebody else.
    (void)w.postId(bob, QStringLiteral("@%1 hey").arg(m_ann.username));
    const QString root = w.postId(carol, QStringLiteral("a question"));
    (void)w.postId(bob, QStringLiteral("ask @%1").arg(m_ann.username), { { QStringLiteral("in_reply_to_id"), root } });
    QCOMPARE(ann.get("/api/v1/notifications").body, QByteArray("[]"));
    QCOMPARE(ann.get("/api/v1/notifications/unread_count").object()[QLatin1String("count")].toInt(-1), 0);
    GI_STATUS(w.client(m_ann).post(account(m_bob, "/unblock")), 200);
    GI_STATUS(w.client(m_bob).post(account(m_ann, "/unblock")), 200);
    QCOMPARE(ann.get("/api/v1/notifications").body, QByteArray("[]"));
}

void tst_Blocks::showsTheProfileAllTheSame_data()
{
    addSides();
}

// As Mastodon: whoever has blocked must find the one to unblock, and a client does so by the name.
void tst_Blocks::showsTheProfileAllTheSame()
{
    blockBySide();
    rig::HttpClient ann = w.client(m_ann);
    GI_STATUS(ann.get(account(m_bob)), 200);
    const QByteArray name = m_bob.username.toUtf8();
    QCOMPARE(ann.get("/api/v1/accounts/lookup?acct=" + name).text("id"), m_bob.id);
    for (const QByteArray &query : { name, name.toUpper(), "%40" + name }) {
        QCOMPARE(ann.get("/api/v1/accounts/search?q=" + query).ids().value(0), m_bob.id);
        const QJsonObject found = ann.get("/api/v2/search?type=accounts&resolve=true&q=" + query).object();
        QCOMPARE(found[QLatin1String("accounts")][0][QLatin1String("id")].toString(), m_bob.id);
    }
    QCOMPARE(ann.get("/api/v1/accounts/search?following=true&q=" + name).body, QByteArray("[]"));
}

void tst_Blocks::bringsNothingBackByUnblocking()
{
    rig::HttpClient ann = w.client(m_ann);
    w.follow(ann, m_bob);
    block(m_ann, m_bob);
    GI_STATUS(ann.post(account(m_bob, "/unblock")), 200);
    QVERIFY(!relationship(m_ann, m_bob)[QLatin1String("following")].toBool());
    rig::HttpClient bob = w.client(m_bob);
    const QString status = w.postId(bob, QStringLiteral("hello again"));
    GI_STATUS(ann.get("/api/v1/statuses/" + status.toUtf8()), 200);
    w.follow(ann, m_bob);
}

void tst_Blocks::pagesTheListByLinks()
{
    QStringList expected;
    for (int i = 0; i < 5; ++i) {
        const Person other = w.person();
        block(m_ann, other);
        expected.prepend(other.id);
    }
    QStringList found;
    QByteArray target = "/api/v1/blocks?limit=2";
    for (int pages = 0; pages < 5 && !target.isEmpty(); ++pages) {
        const HttpReply page = w.client(m_ann).get(target);
        GI_STATUS(page, 200);
        found += page.ids();
        target = page.link("next");
    }
    QCOMPARE(found, expected);
}

void tst_Blocks::keepsPagingWhereAPageIsHidden()
{
    rig::HttpClient bob = w.client(m_bob);
    rig::HttpClient carol = w.client(m_carol);
    const QString tag = w.freshName();
    const QString text = QStringLiteral("#%1").arg(tag);
    const QString oldest = w.postId(carol, text);
    for (int i = 0; i < 4; ++i)
        (void)w.postId(bob, text);
    block(m_ann, m_bob);
    QStringList found;
    QByteArray target = "/api/v1/timelines/tag/" + tag.toUtf8() + "?limit=2";
    for (int pages = 0; pages < 5 && !target.isEmpty(); ++pages) {
        const HttpReply page = w.client(m_ann).get(target);
        GI_STATUS(page, 200);
        found += page.ids();
        target = page.link("next");
    }
    QCOMPARE(found, QStringList { oldest });
}

void tst_Blocks::holdsWhereAFollowComesAtTheSameTime()
{
    std::vector<Person> fans;
    for (int i = 0; i < 6; ++i)
        fans.push_back(w.person());
    std::vector<std::thread> threads;
    std::atomic<int> broken = 0;
    for (const Person &fan : fans) {
        threads.emplace_back([&] { broken += w.client(fan).post(account(m_ann, "/follow")).status >= 500 ? 1 : 0; });
        threads.emplace_back([&] { broken += w.client(m_ann).post(account(fan, "/block")).status >= 500 ? 1 : 0; });
        threads.emplace_back([&] { broken += w.client(m_ann).post(account(fan, "/follow")).status >= 500 ? 1 : 0; });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(broken.load(), 0);
    const QJsonObject profile = w.client().get(account(m_ann)).object();
    QCOMPARE(profile[QLatin1String("followers_count")].toInt(-1), 0);
    QCOMPARE(profile[QLatin1String("following_count")].toInt(-1), 0);
    QCOMPARE(w.client().get(account(m_ann, "/followers")).body, QByteArray("[]"));
}

void tst_Blocks::refusesOneselfAndNobody()
{
    rig::HttpClient ann = w.client(m_ann);
    GI_STATUS(ann.post(account(m_ann, "/block")), 403);
    GI_STATUS(ann.post(account(m_ann, "/mute")), 403);
    for (const char *step : { "/block", "/unblock", "/mute", "/unmute", "/note" })
        GI_STATUS(ann.post(QByteArray("/api/v1/accounts/1") + step), 404);
}

SuitePointer makeBlocksSuite(World &world)
{
    return std::make_unique<tst_Blocks>(world);
}

} // namespace graminsta::api_test

#include "tst_blocks.moc"
