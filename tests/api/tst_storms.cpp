// SPDX-License-Identifier: GPL-3.0-or-later
// Many at once: counters are what the facts say, whatever comes in whatever order. The storm is random; GRAMINSTA_SEED
// repeats what is asked for, though not how it interleaves.
#include "crowd.h"
#include "suites.h"

#include <QRandomGenerator>

#include <array>
#include <atomic>
#include <functional>
#include <thread>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Storms : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void initTestCase() { m = &crowdOf(w); }
    void twentyAccountsLikingAtOnceAreTwenty();
    void oneAccountLikingTwentyTimesAtOnceIsOne();
    void leavesCountersEqualToTheFacts();

private:
    static constexpr int kTogether = 20;

    // Runs `deed` on so many threads; how many of its answers were not 200.
    static int together(int threads, const std::function<HttpReply(int)> &deed)
    {
        std::atomic<int> refused = 0;
        std::vector<std::thread> all;
        for (int i = 0; i < threads; ++i)
            all.emplace_back([&, i] { refused += deed(i).status == 200 ? 0 : 1; });
        for (std::thread &thread : all)
            thread.join();
        return refused;
    }
    [[nodiscard]] QJsonValue status(const QString &id) const
    {
        return w.client().get("/api/v1/statuses/" + id.toUtf8()).object();
    }
    void askDoctor()
    {
        const Result<QByteArray> report = w.server().run({ QStringLiteral("doctor") });
        QVERIFY2(report, report ? "" : qPrintable(describe(report.error())));
    }
    // One act of somebody, by chance.
    [[nodiscard]] HttpReply stormOnce(const Person &who, QRandomGenerator &random, const QStringList &posts) const;

    Crowd *m = nullptr;
};

void tst_Storms::twentyAccountsLikingAtOnceAreTwenty()
{
    rig::HttpClient author = w.client(m->author);
    const QString id = w.postId(author, QStringLiteral("like me"));
    const QByteArray path = "/api/v1/statuses/" + id.toUtf8();
    const int refused =
        together(kTogether, [&](int i) { return w.client(m->fans[std::size_t(i)]).post(path + "/favourite"); });
    QCOMPARE(refused, 0);
    QCOMPARE(status(id)[QLatin1String("favourites_count")].toInt(), kTogether);
    QCOMPARE(author.get(path + "/favourited_by?limit=80").array().size(), kTogether);
    const HttpReply told = author.get("/api/v1/notifications?types[]=favourite&limit=80");
    int likes = 0;
    for (const QJsonValue &one : told.array())
        likes += one[QLatin1String("status")][QLatin1String("id")].toString() == id ? 1 : 0;
    QCOMPARE(likes, kTogether);
}

void tst_Storms::oneAccountLikingTwentyTimesAtOnceIsOne()
{
    rig::HttpClient author = w.client(m->author);
    const QString id = w.postId(author, QStringLiteral("like me once"));
    const QByteArray path = "/api/v1/statuses/" + id.toUtf8();
    for (const char *deed : { "/favourite", "/reblog", "/bookmark" })
        QCOMPARE(together(kTogether, [&](int) { return w.client(m->fans[0]).post(path + deed); }), 0);
    QCOMPARE(status(id)[QLatin1String("favourites_count")].toInt(), 1);
    QCOMPARE(status(id)[QLatin1String("reblogs_count")].toInt(), 1);
    QCOMPARE(author.get(path + "/favourited_by").ids(), QStringList { m->fans[0].id });
    QCOMPARE(author.get(path + "/reblogged_by").ids(), QStringList { m->fans[0].id });
    QCOMPARE(w.client(m->fans[0]).get("/api/v1/bookmarks").ids(), QStringList { id });
}

HttpReply tst_Storms::stormOnce(const Person &who, QRandomGenerator &random, const QStringList &posts) const
{
    rig::HttpClient http = w.client(who);
    if (random.bounded(4) == 0) {
        static constexpr std::array<const char *, 8> kDeeds { "/follow",  "/follow",  "/unfollow", "/block",
                                                              "/unblock", "/unblock", "/mute",     "/unmute" };
        const Person &other = m->spares[std::size_t(random.bounded(6))];
        return http.post("/api/v1/accounts/" + other.id.toUtf8() + kDeeds.at(std::size_t(random.bounded(8))));
    }
    static constexpr std::array<const char *, 6> kDeeds { "/favourite",  "/unfavourite", "/bookmark",
                                                          "/unbookmark", "/reblog",      "/unreblog" };
    const QString post = posts.at(random.bounded(int(posts.size())));
    if (random.bounded(10) == 0)
        return http.post("/api/v1/statuses",
                         HttpBody::json({ { "status", QStringLiteral("a comment") }, { "in_reply_to_id", post } }));
    if (random.bounded(40) == 0)
        return http.del("/api/v1/statuses/" + post.toUtf8());
    return http.post("/api/v1/statuses/" + post.toUtf8() + kDeeds.at(std::size_t(random.bounded(6))));
}

void tst_Storms::leavesCountersEqualToTheFacts()
{
    bool given = false;
    quint32 seed = qEnvironmentVariable("GRAMINSTA_SEED").toUInt(&given);
    if (!given)
        seed = QRandomGenerator::global()->generate();
    qInfo("GRAMINSTA_SEED=%u", seed);
    constexpr int kThreads = 12; // two for each person
    constexpr int kPeople = 6;
    constexpr int kActs = 40;
    QStringList posts;
    for (std::size_t i = 0; i < kPeople; ++i) {
        rig::HttpClient http = w.client(m->spares[i]);
        for (int number = 0; number < 2; ++number)
            posts.append(w.postId(http, QStringLiteral("in the storm")));
    }
    // Blocks and what is deleted refuse some; a defect refuses with 500.
    std::atomic<int> defects = 0;
    std::atomic<int> done = 0;
    (void)together(kThreads, [&](int thread) {
        QRandomGenerator random(seed + quint32(thread));
        HttpReply reply;
        for (int i = 0; i < kActs; ++i) {
            reply = stormOnce(m->spares[std::size_t(thread % kPeople)], random, posts);
            defects += reply.status == 0 || reply.status >= 500 ? 1 : 0;
            done += reply.status == 200 ? 1 : 0;
        }
        return reply;
    });
    QCOMPARE(defects.load(), 0);
    QVERIFY(done.load() > kThreads * kActs / 4);
    for (const QString &id : std::as_const(posts)) {
        const QByteArray path = "/api/v1/statuses/" + id.toUtf8();
        const HttpReply shown = w.client().get(path);
        if (shown.status == 404)
            continue;
        const QJsonObject post = shown.object();
        QCOMPARE(post[QLatin1String("favourites_count")].toInt(),
                 w.client().get(path + "/favourited_by?limit=80").array().size());
        QCOMPARE(post[QLatin1String("reblogs_count")].toInt(),
                 w.client().get(path + "/reblogged_by?limit=80").array().size());
    }
    for (std::size_t i = 0; i < kPeople; ++i) {
        const QByteArray path = "/api/v1/accounts/" + m->spares[i].id.toUtf8();
        const QJsonObject person = w.client().get(path).object();
        for (const char *list : { "followers", "following" })
            QCOMPARE(person[QLatin1String(list) + QStringLiteral("_count")].toInt(),
                     w.client().get(path + '/' + list + "?limit=80").array().size());
    }
    askDoctor();
}

SuitePointer makeStormsSuite(World &world)
{
    return std::make_unique<tst_Storms>(world);
}

} // namespace graminsta::api_test

#include "tst_storms.moc"
