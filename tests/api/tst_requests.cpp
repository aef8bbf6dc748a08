// SPDX-License-Identifier: GPL-3.0-or-later
// Locked accounts: https://docs.joinmastodon.org/methods/follow_requests/
#include "suites.h"

#include <atomic>
#include <thread>
#include <vector>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Requests : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void tellsWhoIsAsked();
    void followsWhenAuthorized();
    void forgetsWhenRejected();
    void forgetsWhenWithdrawn();
    void answersOnlyWhatWasAsked();
    void leavesTheAnswerToWhomItWasAsked();
    void pagesByLinks();
    void acceptsNothingByUnlocking();
    void countsRightWhenAnsweredTwiceAtOnce();
    void sendsAFollowerAway();

private:
    [[nodiscard]] static QByteArray account(const Person &person, const char *rest = "")
    {
        return "/api/v1/accounts/" + person.id.toUtf8() + rest;
    }
    [[nodiscard]] static QByteArray request(const Person &person, const char *rest)
    {
        return "/api/v1/follow_requests/" + person.id.toUtf8() + rest;
    }
    [[nodiscard]] static bool says(const HttpReply &reply, const char *field)
    {
        return reply.object()[QLatin1String(field)].toBool();
    }
    [[nodiscard]] int number(const Person &person, const char *which) const
    {
        return w.client().get(account(person)).object()[QLatin1String(which)].toInt(-1);
    }
    [[nodiscard]] int waiting() const
    {
        return w.client(m_star)
            .get("/api/v1/accounts/verify_credentials")
            .object()[QLatin1String("source")][QLatin1String("follow_requests_count")]
            .toInt(-1);
    }
    [[nodiscard]] QStringList told() const
    {
        QStringList types;
        for (const QJsonValue &one : w.client(m_star).get("/api/v1/notifications").array())
            types.append(one[QLatin1String("type")].toString());
        return types;
    }
    void lock(bool locked) const
    {
        GI_STATUS(w.client(m_star).patch("/api/v1/accounts/update_credentials",
                                         HttpBody::form({ { "locked", locked ? "true" : "false" } })),
                  200);
    }
    void ask(const Person &person) const
    {
        const HttpReply asked = w.client(person).post(account(m_star, "/follow"));
        GI_STATUS(asked, 200);
        QVERIFY2(says(asked, "requested") && !says(asked, "following"), asked.summary());
    }

    Person m_star;
    Person m_fan;
};

void tst_Requests::init()
{
    m_star = w.person();
    m_fan = w.person();
    lock(true);
}

void tst_Requests::tellsWhoIsAsked()
{
    ask(m_fan);
    ask(m_fan);
    QCOMPARE(w.client(m_star).get("/api/v1/follow_requests").ids(), QStringList { m_fan.id });
    QCOMPARE(told(), QStringList { QStringLiteral("follow_request") });
    QCOMPARE(w.client(m_star).get("/api/v1/notifications?types[]=follow_request").array().size(), 1);
    QCOMPARE(w.client(m_star).get("/api/v1/notifications?types[]=follow").array().size(), 0);
    QCOMPARE(waiting(), 1);
    const HttpReply seen = w.client(m_star).get("/api/v1/accounts/relationships?id=" + m_fan.id.toUtf8());
    QVERIFY2(seen.array().at(0)[QLatin1String("requested_by")].toBool(), seen.summary());
    QCOMPARE(number(m_star, "followers_count"), 0);
}

void tst_Requests::followsWhenAuthorized()
{
    ask(m_fan);
    rig::HttpClient star = w.client(m_star);
    const QString secret = w.postId(star, QStringLiteral("for followers"),
                                    { { QStringLiteral("visibility"), QStringLiteral("private") } });
    GI_STATUS(w.client(m_fan).get("/api/v1/statuses/" + secret.toUtf8()), 404);
    const HttpReply answered = star.post(request(m_fan, "/authorize"));
    GI_STATUS(answered, 200);
    QCOMPARE(answered.text("id"), m_fan.id);
    QVERIFY2(says(answered, "followed_by") && !says(answered, "requested_by"), answered.summary());
    GI_STATUS(w.client(m_fan).get("/api/v1/statuses/" + secret.toUtf8()), 200);
    QCOMPARE(number(m_star, "followers_count"), 1);
    QCOMPARE(number(m_fan, "following_count"), 1);
    QCOMPARE(waiting(), 0);
    QCOMPARE(star.get("/api/v1/follow_requests").body, QByteArray("[]"));
    QCOMPARE(told(), QStringList { QStringLiteral("follow") });
}

void tst_Requests::forgetsWhenRejected()
{
    ask(m_fan);
    const HttpReply answered = w.client(m_star).post(request(m_fan, "/reject"));
    GI_STATUS(answered, 200);
    QVERIFY2(!says(answered, "followed_by") && !says(answered, "requested_by"), answered.summary());
    QCOMPARE(waiting(), 0);
    QVERIFY(told().isEmpty());
    QCOMPARE(number(m_star, "followers_count"), 0);
    ask(m_fan); // asking again is allowed
}

void tst_Requests::forgetsWhenWithdrawn()
{
    ask(m_fan);
    GI_STATUS(w.client(m_fan).post(account(m_star, "/unfollow")), 200);
    QCOMPARE(waiting(), 0);
    QVERIFY(told().isEmpty());
    GI_STATUS(w.client(m_star).post(request(m_fan, "/authorize")), 404);
}

void tst_Requests::answersOnlyWhatWasAsked()
{
    for (const char *answer : { "/authorize", "/reject" }) {
        const HttpReply refused = w.client(m_star).post(request(m_fan, answer));
        GI_STATUS(refused, 404);
        QCOMPARE(refused.text("error"), QStringLiteral("Record not found"));
    }
    ask(m_fan);
    GI_STATUS(w.client(m_star).post(request(m_fan, "/authorize")), 200);
    // Once only: a follower is not sent away by a late answer.
    GI_STATUS(w.client(m_star).post(request(m_fan, "/reject")), 404);
    GI_STATUS(w.client(m_star).post(request(m_fan, "/authorize")), 404);
    QCOMPARE(number(m_star, "followers_count"), 1);
}

void tst_Requests::leavesTheAnswerToWhomItWasAsked()
{
    ask(m_fan);
    GI_STATUS(w.client(m_fan).post(request(m_fan, "/authorize")), 404);
    GI_STATUS(w.client(m_fan).post(request(m_star, "/authorize")), 404);
    GI_STATUS(w.client(w.person()).post(request(m_fan, "/authorize")), 404);
    GI_STATUS(w.client().post(request(m_fan, "/authorize")), 401);
    QCOMPARE(number(m_star, "followers_count"), 0);
}

void tst_Requests::pagesByLinks()
{
    QStringList expected;
    for (int i = 0; i < 5; ++i) {
        const Person fan = w.person();
        ask(fan);
        expected.prepend(fan.id);
    }
    QStringList found;
    QByteArray target = "/api/v1/follow_requests?limit=2";
    for (int pages = 0; pages < 5 && !target.isEmpty(); ++pages) {
        const HttpReply page = w.client(m_star).get(target);
        GI_STATUS(page, 200);
        found += page.ids();
        target = page.link("next");
    }
    QCOMPARE(found, expected);
}

void tst_Requests::acceptsNothingByUnlocking()
{
    ask(m_fan);
    lock(false);
    QCOMPARE(waiting(), 1);
    QCOMPARE(number(m_star, "followers_count"), 0);
    ask(m_fan);
    const HttpReply other = w.client(w.person()).post(account(m_star, "/follow"));
    QVERIFY2(says(other, "following"), other.summary());
    GI_STATUS(w.client(m_star).post(request(m_fan, "/authorize")), 200);
    QCOMPARE(number(m_star, "followers_count"), 2);
}

void tst_Requests::countsRightWhenAnsweredTwiceAtOnce()
{
    ask(m_fan);
    std::vector<std::thread> threads;
    std::atomic<int> accepted = 0;
    for (int i = 0; i < 6; ++i) {
        threads.emplace_back(
            [&] { accepted += w.client(m_star).post(request(m_fan, "/authorize")).status == 200 ? 1 : 0; });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(accepted.load(), 1);
    QCOMPARE(number(m_star, "followers_count"), 1);
    QCOMPARE(number(m_fan, "following_count"), 1);
}

void tst_Requests::sendsAFollowerAway()
{
    ask(m_fan);
    GI_STATUS(w.client(m_star).post(request(m_fan, "/authorize")), 200);
    for (int twice = 0; twice < 2; ++twice) {
        const HttpReply sent = w.client(m_star).post(account(m_fan, "/remove_from_followers"));
        GI_STATUS(sent, 200);
        QVERIFY2(!says(sent, "followed_by"), sent.summary());
    }
    QCOMPARE(number(m_star, "followers_count"), 0);
    QCOMPARE(number(m_fan, "following_count"), 0);
    GI_STATUS(w.client(m_star).post("/api/v1/accounts/1/remove_from_followers"), 404);
}

SuitePointer makeRequestsSuite(World &world)
{
    return std::make_unique<tst_Requests>(world);
}

} // namespace graminsta::api_test

#include "tst_requests.moc"
