// SPDX-License-Identifier: GPL-3.0-or-later
// Reblogs: https://docs.joinmastodon.org/methods/statuses/#boost
#include "suites.h"

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Reblogs : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void reblogsAndUnreblogs();
    void showsWhatItReblogs();
    void listsReblogsOfAnAccount();
    void bringsReblogsHome();
    void bringsNoReblogsOfThoseFollowedWithoutThem();
    void showsAStatusOnceOnAPageOfHome();
    void isNoPublicPost();
    void tellsTheAuthor();
    void keepsWhatIsPrivateAmongFollowers_data();
    void keepsWhatIsPrivateAmongFollowers();
    void letsTheAuthorReblogAPrivatePostToFollowersOnly();
    void takesAVisibility();
    void listsWhoHasReblogged();
    void actsOnWhatIsReblogged();
    void isNoPostToChange();
    void goesWithWhatItReblogs();
    void isUndoneByItsDeletion();
    void countsReblogsInParallel();
    void leavesNoCountOfWhatIsDeletedMeanwhile();

private:
    [[nodiscard]] static QByteArray path(const QString &id, const char *rest = "")
    {
        return "/api/v1/statuses/" + id.toUtf8() + rest;
    }
    [[nodiscard]] QString reblog(const Person &who, const QString &id) const
    {
        return w.client(who).post(path(id, "/reblog")).text("id");
    }
    [[nodiscard]] QStringList statusesOf(const Person &author, const Person &viewer, const char *query = "") const
    {
        return w.client(viewer).get("/api/v1/accounts/" + author.id.toUtf8() + "/statuses" + query).ids();
    }
    [[nodiscard]] int statusesCount(const Person &of) const
    {
        return w.client().get("/api/v1/accounts/" + of.id.toUtf8()).object()[QLatin1String("statuses_count")].toInt(-1);
    }
    [[nodiscard]] QStringList home(const Person &of) const { return w.client(of).get("/api/v1/timelines/home").ids(); }

    Person m_ann;
    Person m_bob;
    Person m_carol;
};

void tst_Reblogs::init()
{
    m_ann = w.person();
    m_bob = w.person();
    m_carol = w.person();
}

void tst_Reblogs::reblogsAndUnreblogs()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString id = w.postId(ann, QStringLiteral("look"));
    QString reblogId;
    for (int i = 0; i < 2; ++i) {
        const HttpReply reblogged = bob.post(path(id, "/reblog"));
        GI_STATUS(reblogged, 200);
        QVERIFY(reblogged.text("id") != id);
        QVERIFY(reblogId.isEmpty() || reblogId == reblogged.text("id"));
        reblogId = reblogged.text("id");
        QCOMPARE(reblogged.object()[QLatin1String("account")][QLatin1String("id")].toString(), m_bob.id);
        const QJsonObject original = reblogged.object()[QLatin1String("reblog")].toObject();
        QCOMPARE(original[QLatin1String("id")].toString(), id);
        QCOMPARE(original[QLatin1String("account")][QLatin1String("id")].toString(), m_ann.id);
        QCOMPARE(original[QLatin1String("reblogged")].toBool(), true);
        QCOMPARE(original[QLatin1String("reblogs_count")].toInt(), 1);
        QCOMPARE(statusesCount(m_bob), 1);
    }
    QCOMPARE(ann.get(path(id)).object()[QLatin1String("reblogged")].toBool(true), false);
    for (int i = 0; i < 2; ++i) {
        const HttpReply undone = bob.post(path(id, "/unreblog"));
        GI_STATUS(undone, 200);
        QCOMPARE(undone.text("id"), id);
        QCOMPARE(undone.object()[QLatin1String("reblogged")].toBool(true), false);
        QCOMPARE(undone.object()[QLatin1String("reblogs_count")].toInt(-1), 0);
        QCOMPARE(statusesCount(m_bob), 0);
    }
    GI_STATUS(bob.get(path(reblogId)), 404);
    GI_STATUS(bob.post(path(QStringLiteral("1"), "/reblog")), 404);
    GI_STATUS(bob.post(path(QStringLiteral("1"), "/unreblog")), 404);
}

void tst_Reblogs::showsWhatItReblogs()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString photo = w.upload(ann, "alt");
    const QString id = w.postId(ann, QStringLiteral("look #this @%1").arg(m_carol.username),
                                { { QStringLiteral("media_ids"), QJsonArray { photo } } });
    const QString reblogId = reblog(m_bob, id);
    const HttpReply shown = w.client().get(path(reblogId));
    GI_STATUS(shown, 200);
    const QJsonObject original = shown.object()[QLatin1String("reblog")].toObject();
    QCOMPARE(original, w.client().get(path(id)).object());
    for (const char *field : { "content", "media_attachments", "mentions", "tags" })
        QCOMPARE(shown.object()[QLatin1String(field)], original[QLatin1String(field)]);
    QCOMPARE(w.client().get(path(reblogId, "/context")).body, w.client().get(path(id, "/context")).body);
}

void tst_Reblogs::listsReblogsOfAnAccount()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString id =
        w.postId(ann, QStringLiteral("look #a"), { { QStringLiteral("media_ids"), QJsonArray { w.upload(ann) } } });
    const QString own = w.postId(bob, QStringLiteral("mine"));
    const QString reblogId = reblog(m_bob, id);
    QCOMPARE(statusesOf(m_bob, m_ann), QStringList({ reblogId, own }));
    QCOMPARE(statusesOf(m_bob, m_ann, "?exclude_replies=true"), QStringList({ reblogId, own }));
    QCOMPARE(statusesOf(m_bob, m_ann, "?exclude_reblogs=true"), QStringList { own });
    QCOMPARE(statusesOf(m_bob, m_ann, "?only_media=true"), QStringList());
    QCOMPARE(statusesOf(m_bob, m_ann, "?tagged=a"), QStringList());
}

void tst_Reblogs::bringsReblogsHome()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient carol = w.client(m_carol);
    const QString id = w.postId(ann, QStringLiteral("look"));
    w.follow(carol, m_bob);
    QCOMPARE(home(m_carol), QStringList());
    const QString reblogId = reblog(m_bob, id);
    QCOMPARE(home(m_carol), QStringList { reblogId });
    QCOMPARE(home(m_bob), QStringList { reblogId });
    QCOMPARE(w.client(m_carol).get("/api/v1/timelines/home?min_id=1").ids(), QStringList { reblogId });
    QCOMPARE(w.client(m_carol).get("/api/v1/timelines/home?max_id=9000000000000000000").ids(),
             QStringList { reblogId });
    GI_STATUS(w.client(m_bob).post(path(id, "/unreblog")), 200);
    QCOMPARE(home(m_carol), QStringList());
}

void tst_Reblogs::bringsNoReblogsOfThoseFollowedWithoutThem()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    rig::HttpClient carol = w.client(m_carol);
    const QByteArray follow = "/api/v1/accounts/" + m_bob.id.toUtf8() + "/follow";
    const HttpReply followed = carol.post(follow, HttpBody::form({ { "reblogs", "false" } }));
    GI_STATUS(followed, 200);
    QCOMPARE(followed.object()[QLatin1String("showing_reblogs")].toBool(true), false);
    QStringList own;
    QStringList all;
    for (int i = 0; i < 5; ++i) {
        own.prepend(w.postId(bob, QStringLiteral("mine")));
        all.prepend(own.first());
        all.prepend(reblog(m_bob, w.postId(ann, QStringLiteral("look"))));
    }
    QCOMPARE(home(m_carol), own);
    QStringList paged;
    QByteArray next = "/api/v1/timelines/home?limit=2";
    for (int page = 0; page < 9 && !next.isEmpty(); ++page) {
        const HttpReply reply = carol.get(next);
        paged += reply.ids();
        next = reply.link("next");
    }
    QCOMPARE(paged, own);
    QCOMPARE(carol.get("/api/v1/timelines/home?limit=2&min_id=" + own[4].toUtf8()).ids(), own.mid(2, 2));
    // Bob has them all the same, and Carol when she wants them.
    QCOMPARE(home(m_bob), all);
    GI_STATUS(carol.post(follow, HttpBody::form({ { "reblogs", "true" } })), 200);
    QCOMPARE(home(m_carol), all);
}

void tst_Reblogs::showsAStatusOnceOnAPageOfHome()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient carol = w.client(m_carol);
    const Person dan = w.person();
    const QString id = w.postId(ann, QStringLiteral("look"));
    w.follow(carol, m_bob);
    w.follow(carol, dan);
    const QString first = reblog(m_bob, id);
    (void)reblog(dan, id);
    QCOMPARE(home(m_carol), QStringList { first });
    w.follow(carol, m_ann);
    QCOMPARE(home(m_carol), QStringList { id });
    // On pages of their own they are all there, and no page leads astray.
    QStringList paged;
    QByteArray next = "/api/v1/timelines/home?limit=1";
    for (int page = 0; page < 5 && !next.isEmpty(); ++page) {
        const HttpReply reply = carol.get(next);
        paged += reply.ids();
        next = reply.link("next");
    }
    QCOMPARE(paged.size(), 3);
    QCOMPARE(paged.last(), id);
}

void tst_Reblogs::isNoPublicPost()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString tag = w.freshName();
    const QString id = w.postId(ann, QStringLiteral("look #%1").arg(tag));
    (void)reblog(m_bob, id);
    QCOMPARE(w.client().get("/api/v1/timelines/public?limit=1").ids(), QStringList { id });
    QCOMPARE(w.client().get("/api/v1/timelines/tag/" + tag.toUtf8()).ids(), QStringList { id });
}

void tst_Reblogs::tellsTheAuthor()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString id = w.postId(ann, QStringLiteral("look"));
    (void)reblog(m_bob, id);
    (void)reblog(m_bob, id);
    (void)reblog(m_ann, id);
    for (const char *query : { "", "?types[]=reblog", "?exclude_types[]=favourite" }) {
        const QJsonArray told = ann.get("/api/v1/notifications" + QByteArray(query)).array();
        QCOMPARE(told.size(), 1);
        QCOMPARE(told[0][QLatin1String("type")].toString(), QStringLiteral("reblog"));
        QCOMPARE(told[0][QLatin1String("account")][QLatin1String("id")].toString(), m_bob.id);
        QCOMPARE(told[0][QLatin1String("status")][QLatin1String("id")].toString(), id);
    }
    QCOMPARE(ann.get("/api/v1/notifications?exclude_types[]=reblog").ids(), QStringList());
    GI_STATUS(w.client(m_bob).post(path(id, "/unreblog")), 200);
    QCOMPARE(ann.get("/api/v1/notifications").ids(), QStringList());
}

void tst_Reblogs::keepsWhatIsPrivateAmongFollowers_data()
{
    QTest::addColumn<QString>("visibility");
    QTest::addColumn<QString>("who");
    QTest::addColumn<int>("status");
    QTest::newRow("a private post by a follower") << QStringLiteral("private") << QStringLiteral("follower") << 403;
    QTest::newRow("a private post by a stranger") << QStringLiteral("private") << QStringLiteral("stranger") << 404;
    QTest::newRow("a direct message by a stranger") << QStringLiteral("direct") << QStringLiteral("stranger") << 404;
    QTest::newRow("a direct message by whom it names") << QStringLiteral("direct") << QStringLiteral("follower") << 403;
    QTest::newRow("a direct message by its author") << QStringLiteral("direct") << QStringLiteral("author") << 403;
}

void tst_Reblogs::keepsWhatIsPrivateAmongFollowers()
{
    QFETCH(QString, visibility);
    QFETCH(QString, who);
    QFETCH(int, status);
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    w.follow(bob, m_ann);
    const QString text = visibility == QStringLiteral("direct") ? QStringLiteral("@") + m_bob.username : visibility;
    const QString id = w.postId(ann, text, { { QStringLiteral("visibility"), visibility } });
    const Person person = who == QStringLiteral("author") ? m_ann : who == QStringLiteral("follower") ? m_bob : m_carol;
    GI_STATUS(w.client(person).post(path(id, "/reblog")), status);
    QCOMPARE(ann.get(path(id)).object()[QLatin1String("reblogs_count")].toInt(-1), 0);
    GI_STATUS(w.client(m_carol).get(path(id, "/reblogged_by")), 404);
}

void tst_Reblogs::letsTheAuthorReblogAPrivatePostToFollowersOnly()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    w.follow(bob, m_ann);
    const QString id =
        w.postId(ann, QStringLiteral("friends"), { { QStringLiteral("visibility"), QStringLiteral("private") } });
    const HttpReply reblogged = ann.post(path(id, "/reblog"), HttpBody::form({ { "visibility", "public" } }));
    GI_STATUS(reblogged, 200);
    QCOMPARE(reblogged.text("visibility"), QStringLiteral("private"));
    GI_STATUS(bob.get(path(reblogged.text("id"))), 200);
    GI_STATUS(w.client(m_carol).get(path(reblogged.text("id"))), 404);
    QCOMPARE(statusesOf(m_ann, m_carol), QStringList());
}

void tst_Reblogs::takesAVisibility()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString id = w.postId(ann, QStringLiteral("look"));
    for (const char *wrong : { "direct", "secret" })
        GI_STATUS(bob.post(path(id, "/reblog"), HttpBody::form({ { "visibility", wrong } })), 422);
    const HttpReply reblogged = bob.post(path(id, "/reblog"), HttpBody::form({ { "visibility", "private" } }));
    GI_STATUS(reblogged, 200);
    QCOMPARE(reblogged.text("visibility"), QStringLiteral("private"));
    QCOMPARE(reblogged.object()[QLatin1String("reblog")][QLatin1String("visibility")].toString(),
             QStringLiteral("public"));
    GI_STATUS(w.client(m_carol).get(path(reblogged.text("id"))), 404);
    QCOMPARE(statusesOf(m_bob, m_carol), QStringList());
    QCOMPARE(ann.get(path(id, "/reblogged_by")).ids(), QStringList());
}

void tst_Reblogs::listsWhoHasReblogged()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString id = w.postId(ann, QStringLiteral("look"));
    QStringList newestFirst;
    for (const Person &person : { m_bob, m_carol, m_ann }) {
        (void)reblog(person, id);
        newestFirst.prepend(person.id);
    }
    QCOMPARE(w.client().get(path(id, "/reblogged_by")).ids(), newestFirst);
    const HttpReply first = w.client().get(path(id, "/reblogged_by?limit=2"));
    QCOMPARE(first.ids(), newestFirst.mid(0, 2));
    QCOMPARE(w.client().get(first.link("next")).ids(), newestFirst.mid(2));
}

void tst_Reblogs::actsOnWhatIsReblogged()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient carol = w.client(m_carol);
    const QString id = w.postId(ann, QStringLiteral("look"));
    const QString reblogId = reblog(m_bob, id);
    for (const char *act : { "/favourite", "/bookmark" }) {
        const HttpReply done = carol.post(path(reblogId, act));
        GI_STATUS(done, 200);
        QCOMPARE(done.text("id"), id);
    }
    const QJsonObject shown = carol.get(path(reblogId)).object();
    QCOMPARE(shown[QLatin1String("favourited")].toBool(), true);
    QCOMPARE(shown[QLatin1String("reblog")][QLatin1String("favourites_count")].toInt(), 1);
    QCOMPARE(carol.get("/api/v1/bookmarks").ids(), QStringList { id });
    QCOMPARE(carol.get(path(reblogId, "/favourited_by")).ids(), QStringList { m_carol.id });
    QCOMPARE(carol.post(path(reblogId, "/reblog")).object()[QLatin1String("reblog")][QLatin1String("id")].toString(),
             id);
    const QJsonObject comment =
        w.post(carol, QStringLiteral("nice"), { { QStringLiteral("in_reply_to_id"), reblogId } });
    QCOMPARE(comment[QLatin1String("in_reply_to_id")].toString(), id);
    QCOMPARE(comment[QLatin1String("in_reply_to_account_id")].toString(), m_ann.id);
}

void tst_Reblogs::isNoPostToChange()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString reblogId = reblog(m_bob, w.postId(ann, QStringLiteral("look")));
    GI_STATUS(bob.put(path(reblogId), HttpBody::form({ { "status", "changed" } })), 404);
    GI_STATUS(bob.get(path(reblogId, "/source")), 404);
    GI_STATUS(bob.post(path(reblogId, "/pin")), 422);
    GI_STATUS(bob.get(path(reblogId, "/history")), 200);
}

void tst_Reblogs::goesWithWhatItReblogs()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString own = w.postId(bob, QStringLiteral("mine"));
    const QString id = w.postId(ann, QStringLiteral("look"));
    const QString reblogId = reblog(m_bob, id);
    (void)reblog(m_ann, id);
    QCOMPARE(statusesCount(m_bob), 2);
    QCOMPARE(statusesCount(m_ann), 2);
    GI_STATUS(bob.del(path(id)), 404);
    GI_STATUS(ann.del(path(id)), 200);
    GI_STATUS(bob.get(path(reblogId)), 404);
    QCOMPARE(home(m_bob), QStringList { own });
    QCOMPARE(statusesOf(m_bob, m_bob), QStringList { own });
    QCOMPARE(statusesCount(m_bob), 1);
    QCOMPARE(statusesCount(m_ann), 0);
}

void tst_Reblogs::isUndoneByItsDeletion()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString id = w.postId(ann, QStringLiteral("look"));
    const QString reblogId = reblog(m_bob, id);
    GI_STATUS(ann.del(path(reblogId)), 404);
    const HttpReply deleted = w.client(m_bob).del(path(reblogId));
    GI_STATUS(deleted, 200);
    QCOMPARE(deleted.text("id"), reblogId);
    QCOMPARE(ann.get(path(id)).object()[QLatin1String("reblogs_count")].toInt(-1), 0);
    QCOMPARE(statusesCount(m_bob), 0);
    QCOMPARE(ann.get("/api/v1/notifications").ids(), QStringList());
}

void tst_Reblogs::countsReblogsInParallel()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString id = w.postId(ann, QStringLiteral("all at once"));
    std::vector<Person> fans;
    for (int i = 0; i < 5; ++i)
        fans.push_back(w.person());
    std::mutex mutex;
    QStringList refused;
    std::vector<std::thread> threads;
    for (const Person &fan : fans) {
        for (int twice = 0; twice < 2; ++twice) {
            threads.emplace_back([&] {
                rig::HttpClient http = w.client(fan);
                for (const char *step : { "/reblog", "/unreblog", "/reblog", "/reblog" }) {
                    const HttpReply reply = http.post(path(id, step));
                    const std::lock_guard lock(mutex);
                    if (reply.status != 200)
                        refused.append(QStringLiteral("%1 %2").arg(reply.status).arg(QString::fromUtf8(reply.body)));
                }
            });
        }
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(refused, QStringList());
    QCOMPARE(ann.get(path(id)).object()[QLatin1String("reblogs_count")].toInt(), 5);
    QCOMPARE(ann.get(path(id, "/reblogged_by")).ids().size(), 5);
    for (const Person &fan : fans)
        QCOMPARE(statusesCount(fan), 1);
}

void tst_Reblogs::leavesNoCountOfWhatIsDeletedMeanwhile()
{
    std::vector<Person> fans;
    for (int i = 0; i < 6; ++i)
        fans.push_back(w.person());
    for (int round = 0; round < 5; ++round) {
        rig::HttpClient ann = w.client(m_ann);
        const QString id = w.postId(ann, QStringLiteral("gone soon"));
        std::atomic<int> strange = 0;
        std::vector<std::thread> threads;
        for (const Person &fan : fans) {
            threads.emplace_back([&] {
                const int status = w.client(fan).post(path(id, "/reblog")).status;
                strange += status == 200 || status == 404 ? 0 : 1;
            });
        }
        const HttpReply deleted = ann.del(path(id));
        for (std::thread &thread : threads)
            thread.join();
        GI_STATUS(deleted, 200);
        QCOMPARE(strange.load(), 0);
        for (const Person &fan : fans) {
            QCOMPARE(statusesCount(fan), 0);
            QCOMPARE(home(fan), QStringList());
        }
    }
}

SuitePointer makeReblogsSuite(World &world)
{
    return std::make_unique<tst_Reblogs>(world);
}

} // namespace graminsta::api_test

#include "tst_reblogs.moc"
