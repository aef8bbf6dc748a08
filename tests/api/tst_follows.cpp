// SPDX-License-Identifier: GPL-3.0-or-later
// Following: https://docs.joinmastodon.org/methods/accounts/#follow
#include "suites.h"

#include <atomic>
#include <thread>
#include <vector>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Follows : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void followsAndUnfollows();
    void mayBeRepeated();
    void countsRightInParallel();
    void asksALockedAccount();
    void takesOptions();
    void refusesToFollowOneself();
    void takesAJsonTypeWithoutABody();
    void listsBothSidesNewestFirst();
    void pagesByLinks();

private:
    [[nodiscard]] static QByteArray path(const Person &person, const char *rest)
    {
        return "/api/v1/accounts/" + person.id.toUtf8() + rest;
    }
    [[nodiscard]] int count(const Person &person, const char *which) const
    {
        return w.client().get(path(person, "")).object()[QLatin1String(which)].toInt(-1);
    }
};

void tst_Follows::followsAndUnfollows()
{
    const Person ann = w.person();
    const Person bob = w.person();
    rig::HttpClient http = w.client(ann);
    const HttpReply followed = http.post(path(bob, "/follow"));
    GI_STATUS(followed, 200);
    QCOMPARE(followed.text("id"), bob.id);
    QCOMPARE(followed.object()[QLatin1String("following")].toBool(), true);
    QCOMPARE(count(bob, "followers_count"), 1);
    QCOMPARE(count(ann, "following_count"), 1);
    const QJsonValue seenByBob =
        w.client(bob).get("/api/v1/accounts/relationships?id=" + ann.id.toUtf8()).array().at(0);
    QCOMPARE(seenByBob[QLatin1String("followed_by")].toBool(), true);
    QCOMPARE(seenByBob[QLatin1String("following")].toBool(), false);

    const HttpReply left = http.post(path(bob, "/unfollow"));
    GI_STATUS(left, 200);
    QCOMPARE(left.object()[QLatin1String("following")].toBool(), false);
    QCOMPARE(count(bob, "followers_count"), 0);
    QCOMPARE(count(ann, "following_count"), 0);
}

void tst_Follows::mayBeRepeated()
{
    const Person ann = w.person();
    const Person bob = w.person();
    rig::HttpClient http = w.client(ann);
    for (int i = 0; i < 3; ++i)
        GI_STATUS(http.post(path(bob, "/follow")), 200);
    QCOMPARE(count(bob, "followers_count"), 1);
    for (int i = 0; i < 3; ++i)
        GI_STATUS(http.post(path(bob, "/unfollow")), 200);
    QCOMPARE(count(bob, "followers_count"), 0);
}

void tst_Follows::countsRightInParallel()
{
    const Person star = w.person();
    constexpr int kFans = 8;
    std::vector<Person> fans;
    for (int i = 0; i < kFans; ++i)
        fans.push_back(w.person());
    std::vector<std::thread> threads;
    std::atomic<int> refused = 0;
    for (const Person &fan : fans) {
        for (int twice = 0; twice < 2; ++twice) {
            threads.emplace_back([&] {
                rig::HttpClient http = w.client(fan);
                for (const char *step : { "/follow", "/unfollow", "/follow", "/follow" })
                    refused += http.post(path(star, step)).status == 200 ? 0 : 1;
            });
        }
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(refused.load(), 0);
    QCOMPARE(count(star, "followers_count"), kFans);
    QCOMPARE(w.client().get(path(star, "/followers?limit=80")).array().size(), kFans);
}

void tst_Follows::asksALockedAccount()
{
    const Person ann = w.person();
    const Person bob = w.person();
    GI_STATUS(w.client(bob).patch("/api/v1/accounts/update_credentials", HttpBody::form({ { "locked", "true" } })),
              200);
    rig::HttpClient http = w.client(ann);
    const HttpReply asked = http.post(path(bob, "/follow"));
    GI_STATUS(asked, 200);
    QCOMPARE(asked.object()[QLatin1String("requested")].toBool(), true);
    QCOMPARE(asked.object()[QLatin1String("following")].toBool(), false);
    QCOMPARE(count(bob, "followers_count"), 0);
    const HttpReply withdrawn = http.post(path(bob, "/unfollow"));
    QCOMPARE(withdrawn.object()[QLatin1String("requested")].toBool(), false);
}

void tst_Follows::takesOptions()
{
    const Person ann = w.person();
    const Person bob = w.person();
    rig::HttpClient http = w.client(ann);
    const HttpReply followed =
        http.post(path(bob, "/follow"), HttpBody::form({ { "reblogs", "False" }, { "notify", "1" } }));
    GI_STATUS(followed, 200);
    QCOMPARE(followed.object()[QLatin1String("showing_reblogs")].toBool(), false);
    QCOMPARE(followed.object()[QLatin1String("notifying")].toBool(), true);
}

void tst_Follows::refusesToFollowOneself()
{
    const Person ann = w.person();
    const HttpReply refused = w.client(ann).post(path(ann, "/follow"));
    QVERIFY2(refused.status == 403 || refused.status == 422, refused.summary());
    QCOMPARE(count(ann, "followers_count"), 0);
}

void tst_Follows::takesAJsonTypeWithoutABody()
{
    const Person ann = w.person();
    const Person bob = w.person();
    GI_STATUS(w.client(ann).post(path(bob, "/follow"), HttpBody { "application/json", {} }), 200);
}

void tst_Follows::listsBothSidesNewestFirst()
{
    const Person star = w.person();
    QStringList fans;
    for (int i = 0; i < 3; ++i) {
        const Person fan = w.person();
        rig::HttpClient http = w.client(fan);
        w.follow(http, star);
        fans.prepend(fan.id);
        QCOMPARE(w.client().get(path(fan, "/following")).ids(), QStringList { star.id });
    }
    QCOMPARE(w.client().get(path(star, "/followers")).ids(), fans);
}

void tst_Follows::pagesByLinks()
{
    const Person fan = w.person();
    rig::HttpClient http = w.client(fan);
    QStringList expected;
    for (int i = 0; i < 5; ++i) {
        const Person star = w.person();
        w.follow(http, star);
        expected.prepend(star.id);
    }
    QStringList found;
    QByteArray target = path(fan, "/following?limit=2");
    for (int pages = 0; pages < 5 && !target.isEmpty(); ++pages) {
        const HttpReply page = w.client().get(target);
        GI_STATUS(page, 200);
        found += page.ids();
        target = page.link("next");
        QVERIFY2(target.isEmpty() || target.contains("limit=2"), target);
    }
    QCOMPARE(found, expected);
}

SuitePointer makeFollowsSuite(World &world)
{
    return std::make_unique<tst_Follows>(world);
}

} // namespace graminsta::api_test

#include "tst_follows.moc"
