// SPDX-License-Identifier: GPL-3.0-or-later
// How many queries each list costs, by the access log, with the one that looks up the token: as many for a page of 40
// as for one of 5, and as many as are written here. A page that becomes dearer is a decision; write its number down
// with it.
#include "crowd.h"
#include "suites.h"

#include <QJsonDocument>

namespace graminsta::api_test
{

using rig::HttpReply;

class tst_Queries : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void initTestCase();
    void costsTheSameWhateverThePageSize_data();
    void costsTheSameWhateverThePageSize();

private:
    // Of the request with this id; -1 if the log has none of it.
    [[nodiscard]] int queriesOf(const QByteArray &requestId) const;

    Crowd *m = nullptr;
    Person m_collector; // of as many collections as a page shows, each of as many posts
    QString m_collection;
};

void tst_Queries::initTestCase()
{
    m = &crowdOf(w);
    constexpr int kMany = 40;
    m_collector = w.person();
    rig::HttpClient collector = w.client(m_collector);
    QJsonArray posts;
    for (int i = 0; i < kMany; ++i)
        posts.append(w.postId(collector, QStringLiteral("a photo"),
                              { { QStringLiteral("media_ids"), QJsonArray { w.upload(collector) } } }));
    for (int i = 0; i < kMany; ++i)
        m_collection = collector.post("/api/graminsta/v1/collections", rig::HttpBody::json({ { "status_ids", posts } }))
                           .text("id");
    QVERIFY(!m_collection.isEmpty());
}

int tst_Queries::queriesOf(const QByteArray &requestId) const
{
    const QByteArrayList lines = w.server().log().split('\n');
    for (auto line = lines.crbegin(); line != lines.crend(); ++line) {
        if (!line->contains(requestId))
            continue;
        const QJsonObject entry = QJsonDocument::fromJson(*line).object();
        if (entry[QLatin1String("id")].toString().toUtf8() == requestId)
            return entry[QLatin1String("queries")].toInt();
    }
    return -1;
}

void tst_Queries::costsTheSameWhateverThePageSize_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("queries");
    const auto row = [](const char *name, const Person &viewer, const QByteArray &target, int queries) {
        QTest::newRow(name) << viewer.token << target << queries;
    };
    const QByteArray author = "/api/v1/accounts/" + m->author.id.toUtf8();
    const QByteArray star = "/api/v1/statuses/" + m->star.toUtf8();
    const QByteArray tag = m->tag.toUtf8();
    row("home", m->author, "/api/v1/timelines/home?limit={}", 5);
    row("home, of reblogs", m->locked, "/api/v1/timelines/home?limit={}", 5);
    row("public", m->author, "/api/v1/timelines/public?limit={}", 5);
    row("tag", m->author, "/api/v1/timelines/tag/" + tag + "?limit={}", 5);
    row("account", m->author, author + "/statuses?limit={}", 5);
    row("account, by a stranger", m->recluse, author + "/statuses?limit={}", 6);
    row("account, of reblogs", m->author, "/api/v1/accounts/" + m->locked.id.toUtf8() + "/statuses?limit={}", 7);
    row("comments of a post", m->author, star + "/context", 7);
    row("favourites", m->author, "/api/v1/favourites?limit={}", 5);
    row("bookmarks", m->author, "/api/v1/bookmarks?limit={}", 5);
    row("trending posts", m->author, "/api/v1/trends/statuses?limit={}", 5);
    row("notifications", m->author, "/api/v1/notifications?limit={}", 7);
    row("grouped notifications", m->author, "/api/v2/notifications?limit={}", 8);
    row("followers", m->author, author + "/followers?limit={}", 5);
    row("following", m->author, author + "/following?limit={}", 5);
    row("follow requests", m->locked, "/api/v1/follow_requests?limit={}", 3);
    row("blocks", m->recluse, "/api/v1/blocks?limit={}", 3);
    row("mutes", m->recluse, "/api/v1/mutes?limit={}", 3);
    row("favourited by", m->author, star + "/favourited_by?limit={}", 5);
    row("reblogged by", m->author, star + "/reblogged_by?limit={}", 5);
    row("followed tags", m->author, "/api/v1/followed_tags?limit={}", 4);
    row("trending tags", m->author, "/api/v1/trends/tags?limit={}", 3);
    row("suggestions", m->locked, "/api/v2/suggestions?limit={}", 2);
    row("home, in Pixelfed's dialect", m->author, "/api/v1/timelines/home?_pe=1&limit={}", 5);
    row("collections", m_collector, "/api/graminsta/v1/collections?limit={}", 5);
    row("posts of a collection", m_collector,
        "/api/graminsta/v1/collections/" + m_collection.toUtf8() + "/statuses?limit={}", 6);
    row("search of accounts", m->author, "/api/v1/accounts/search?q=p&limit={}", 3);
    row("search", m->author, "/api/v2/search?q=p&limit={}", 7);
}

void tst_Queries::costsTheSameWhateverThePageSize()
{
    QFETCH(QByteArray, token);
    QFETCH(QByteArray, target);
    QFETCH(int, queries);
    rig::HttpClient http = w.client().as(token);
    QList<int> counted;
    for (const char *limit : { "5", "40" }) {
        const HttpReply page = http.get(QByteArray(target).replace("{}", limit));
        GI_STATUS(page, 200);
        const QByteArray id = page.header("x-request-id");
        QVERIFY(!id.isEmpty());
        QTRY_VERIFY(queriesOf(id) >= 0); // the log is written a little later
        counted.append(queriesOf(id));
    }
    QCOMPARE(counted, QList<int>({ queries, queries }));
}

SuitePointer makeQueriesSuite(World &world)
{
    return std::make_unique<tst_Queries>(world);
}

} // namespace graminsta::api_test

#include "tst_queries.moc"
