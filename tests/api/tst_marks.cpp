// SPDX-License-Identifier: GPL-3.0-or-later
// Bookmarks, the list of likes, and pins: https://docs.joinmastodon.org/methods/bookmarks/
#include "suites.h"

#include <array>
#include <atomic>
#include <thread>
#include <vector>

namespace graminsta::api_test
{

using rig::HttpReply;

class tst_Marks : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void bookmarksAndUnbookmarks();
    void keepsBookmarksToOneself();
    void showsTheFlagWhereverTheStatusShows();
    void listsByTheTimeOfTheMark_data();
    void listsByTheTimeOfTheMark();
    void pagesByOpaqueIds_data();
    void pagesByOpaqueIds();
    void hidesWhatMayNotBeSeenAnyMore_data();
    void hidesWhatMayNotBeSeenAnyMore();
    void forgetsWhatIsDeleted();
    void pinsToTheProfile();
    void showsThePinToTheAuthorOnly();
    void refusesToPin_data();
    void refusesToPin();
    void pinsFiveAndNotOneMore();
    void pinsFiveInParallel();

private:
    [[nodiscard]] static QByteArray path(const QString &id, const QByteArray &rest = {})
    {
        return "/api/v1/statuses/" + id.toUtf8() + rest;
    }
    [[nodiscard]] QStringList pins(rig::HttpClient &&http, const Person &of) const
    {
        return http.get("/api/v1/accounts/" + of.id.toUtf8() + "/statuses?pinned=true").ids();
    }
    static void addLists()
    {
        QTest::addColumn<QByteArray>("act");
        QTest::addColumn<QByteArray>("list");
        QTest::newRow("bookmarks") << QByteArray("/bookmark") << QByteArray("/api/v1/bookmarks");
        QTest::newRow("favourites") << QByteArray("/favourite") << QByteArray("/api/v1/favourites");
    }

    Person m_ann;
    Person m_bob;
};

void tst_Marks::init()
{
    m_ann = w.person();
    m_bob = w.person();
}

void tst_Marks::bookmarksAndUnbookmarks()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString id = w.postId(ann, QStringLiteral("keep me"));
    QCOMPARE(bob.get(path(id)).object()[QLatin1String("bookmarked")].toBool(true), false);
    for (int i = 0; i < 2; ++i) {
        const HttpReply marked = bob.post(path(id, "/bookmark"));
        GI_STATUS(marked, 200);
        QCOMPARE(marked.object()[QLatin1String("bookmarked")].toBool(), true);
        QCOMPARE(marked.object()[QLatin1String("favourited")].toBool(true), false);
        QCOMPARE(bob.get("/api/v1/bookmarks").ids(), QStringList { id });
    }
    for (int i = 0; i < 2; ++i) {
        const HttpReply unmarked = bob.post(path(id, "/unbookmark"));
        GI_STATUS(unmarked, 200);
        QCOMPARE(unmarked.object()[QLatin1String("bookmarked")].toBool(true), false);
        QCOMPARE(bob.get("/api/v1/bookmarks").ids(), QStringList());
    }
    GI_STATUS(bob.post(path(QStringLiteral("1"), "/bookmark")), 404);
}

void tst_Marks::keepsBookmarksToOneself()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString id = w.postId(ann, QStringLiteral("keep me"));
    GI_STATUS(w.client(m_bob).post(path(id, "/bookmark")), 200);
    QCOMPARE(ann.get(path(id)).object()[QLatin1String("bookmarked")].toBool(true), false);
    QCOMPARE(ann.get("/api/v1/bookmarks").ids(), QStringList());
    QCOMPARE(ann.get("/api/v1/notifications").ids(), QStringList());
}

void tst_Marks::showsTheFlagWhereverTheStatusShows()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString id = w.postId(ann, QStringLiteral("keep me"));
    GI_STATUS(ann.post(path(id, "/bookmark")), 200);
    for (const QByteArray &list :
         { QByteArray("/api/v1/timelines/home"), "/api/v1/accounts/" + m_ann.id.toUtf8() + "/statuses",
           QByteArray("/api/v1/timelines/public?limit=1"), QByteArray("/api/v1/bookmarks") }) {
        const QJsonObject status = ann.get(list).array().first().toObject();
        QCOMPARE(status[QLatin1String("id")].toString(), id);
        QCOMPARE(status[QLatin1String("bookmarked")].toBool(), true);
    }
}

void tst_Marks::listsByTheTimeOfTheMark_data()
{
    addLists();
}

void tst_Marks::listsByTheTimeOfTheMark()
{
    QFETCH(QByteArray, act);
    QFETCH(QByteArray, list);
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString first = w.postId(ann, QStringLiteral("first"));
    const QString second = w.postId(ann, QStringLiteral("second"));
    GI_STATUS(bob.post(path(second, act)), 200);
    GI_STATUS(bob.post(path(first, act)), 200);
    QCOMPARE(bob.get(list).ids(), QStringList({ first, second }));
}

void tst_Marks::pagesByOpaqueIds_data()
{
    addLists();
}

void tst_Marks::pagesByOpaqueIds()
{
    QFETCH(QByteArray, act);
    QFETCH(QByteArray, list);
    rig::HttpClient http = w.client(m_ann);
    QStringList all;
    for (int i = 0; i < 7; ++i)
        all.prepend(w.postId(http, QString::number(i)));
    // Marked in another order than posted, so that ids of statuses would page wrongly.
    std::reverse(all.begin(), all.end());
    for (const QString &id : std::as_const(all))
        GI_STATUS(http.post(path(id, act)), 200);
    std::reverse(all.begin(), all.end());
    QStringList found;
    QByteArray previous;
    QByteArray next = list + "?limit=3";
    for (int page = 0; page < 5 && !next.isEmpty(); ++page) {
        const HttpReply reply = http.get(next);
        GI_STATUS(reply, 200);
        found += reply.ids();
        if (page == 1)
            previous = reply.link("prev");
        next = reply.link("next");
    }
    QCOMPARE(found, all);
    QCOMPARE(http.get(previous).ids(), all.mid(0, 3));
}

void tst_Marks::hidesWhatMayNotBeSeenAnyMore_data()
{
    addLists();
}

void tst_Marks::hidesWhatMayNotBeSeenAnyMore()
{
    QFETCH(QByteArray, act);
    QFETCH(QByteArray, list);
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    w.follow(bob, m_ann);
    const QString id =
        w.postId(ann, QStringLiteral("friends"), { { QStringLiteral("visibility"), QStringLiteral("private") } });
    GI_STATUS(bob.post(path(id, act)), 200);
    QCOMPARE(bob.get(list).ids(), QStringList { id });
    GI_STATUS(bob.post("/api/v1/accounts/" + m_ann.id.toUtf8() + "/unfollow"), 200);
    QCOMPARE(bob.get(list).ids(), QStringList());
    GI_STATUS(bob.post(path(id, act)), 404);
}

void tst_Marks::forgetsWhatIsDeleted()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString id = w.postId(ann, QStringLiteral("gone soon"));
    for (const char *act : { "/bookmark", "/favourite", "/pin" })
        GI_STATUS(ann.post(path(id, act)), 200);
    GI_STATUS(ann.del(path(id)), 200);
    QCOMPARE(ann.get("/api/v1/bookmarks").ids(), QStringList());
    QCOMPARE(ann.get("/api/v1/favourites").ids(), QStringList());
    QCOMPARE(pins(w.client(m_ann), m_ann), QStringList());
}

void tst_Marks::pinsToTheProfile()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString first = w.postId(ann, QStringLiteral("first"));
    const QString second =
        w.postId(ann, QStringLiteral("second"), { { QStringLiteral("visibility"), QStringLiteral("unlisted") } });
    (void)w.postId(ann, QStringLiteral("third"));
    for (const QString &id : { second, first, first }) {
        const HttpReply pinned = ann.post(path(id, "/pin"));
        GI_STATUS(pinned, 200);
        QCOMPARE(pinned.object()[QLatin1String("pinned")].toBool(), true);
    }
    QCOMPARE(pins(w.client(), m_ann), QStringList({ first, second }));
    for (int i = 0; i < 2; ++i) {
        const HttpReply unpinned = ann.post(path(first, "/unpin"));
        GI_STATUS(unpinned, 200);
        QCOMPARE(unpinned.object()[QLatin1String("pinned")].toBool(true), false);
    }
    QCOMPARE(pins(w.client(m_bob), m_ann), QStringList { second });
}

void tst_Marks::showsThePinToTheAuthorOnly()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString id = w.postId(ann, QStringLiteral("mine"));
    GI_STATUS(ann.post(path(id, "/pin")), 200);
    QCOMPARE(ann.get(path(id)).object()[QLatin1String("pinned")].toBool(), true);
    QVERIFY(!w.client(m_bob).get(path(id)).object().contains(QLatin1String("pinned")));
    QVERIFY(!w.client().get(path(id)).object().contains(QLatin1String("pinned")));
}

void tst_Marks::refusesToPin_data()
{
    QTest::addColumn<QString>("visibility");
    QTest::addColumn<bool>("own");
    QTest::addColumn<int>("status");
    QTest::newRow("a stranger's public post") << QStringLiteral("public") << false << 422;
    QTest::newRow("a stranger's private post") << QStringLiteral("private") << false << 404;
    QTest::newRow("own private post") << QStringLiteral("private") << true << 422;
    QTest::newRow("own direct message") << QStringLiteral("direct") << true << 422;
}

void tst_Marks::refusesToPin()
{
    QFETCH(QString, visibility);
    QFETCH(bool, own);
    QFETCH(int, status);
    rig::HttpClient ann = w.client(m_ann);
    const QString id = w.postId(ann, QStringLiteral("x"), { { QStringLiteral("visibility"), visibility } });
    rig::HttpClient http = own ? w.client(m_ann) : w.client(m_bob);
    GI_STATUS(http.post(path(id, "/pin")), status);
    QCOMPARE(pins(w.client(m_ann), m_ann), QStringList());
}

void tst_Marks::pinsFiveAndNotOneMore()
{
    rig::HttpClient ann = w.client(m_ann);
    QStringList ids;
    for (int i = 0; i < 6; ++i)
        ids.append(w.postId(ann, QString::number(i)));
    for (int i = 0; i < 5; ++i)
        GI_STATUS(ann.post(path(ids[i], "/pin")), 200);
    const HttpReply refused = ann.post(path(ids[5], "/pin"));
    GI_STATUS(refused, 422);
    QVERIFY(refused.text("error").startsWith(QStringLiteral("Validation failed: ")));
    GI_STATUS(ann.post(path(ids[4], "/pin")), 200); // it is there already
    GI_STATUS(ann.post(path(ids[0], "/unpin")), 200);
    GI_STATUS(ann.post(path(ids[5], "/pin")), 200);
    QCOMPARE(pins(w.client(m_ann), m_ann), QStringList({ ids[5], ids[4], ids[3], ids[2], ids[1] }));
    const QJsonObject configuration =
        w.client().get("/api/v2/instance").object()[QLatin1String("configuration")].toObject();
    QCOMPARE(configuration[QLatin1String("accounts")][QLatin1String("max_pinned_statuses")].toInt(), 5);
}

void tst_Marks::pinsFiveInParallel()
{
    rig::HttpClient ann = w.client(m_ann);
    QStringList ids;
    for (int i = 0; i < 9; ++i)
        ids.append(w.postId(ann, QString::number(i)));
    std::atomic<int> pinned = 0;
    std::atomic<int> refused = 0;
    std::vector<std::thread> threads;
    for (const QString &id : std::as_const(ids)) {
        threads.emplace_back([this, &pinned, &refused, id] {
            const int status = w.client(m_ann).post(path(id, "/pin")).status;
            pinned += status == 200 ? 1 : 0;
            refused += status == 422 ? 1 : 0;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(pinned.load(), 5);
    QCOMPARE(refused.load(), 4);
    QCOMPARE(pins(w.client(m_ann), m_ann).size(), 5);
}

SuitePointer makeMarksSuite(World &world)
{
    return std::make_unique<tst_Marks>(world);
}

} // namespace graminsta::api_test

#include "tst_marks.moc"
