// SPDX-License-Identifier: GPL-3.0-or-later
// What streams must not show, and to whom. A stream keeps the order of what happens: where the later one has come and
// the earlier one has not, it never will.
#include "suites.h"

#include <rig/streamclient.h>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::StreamClient;

class tst_StreamPrivacy : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void showsFollowersOnlyPostsToFollowers();
    void showsDirectMessagesOnNoTimeline();
    void showsHomeNothingOfStrangers();
    void showsCommentsOnNoHomeTimeline();
    void leavesOutWhomAMuteHides();
    void leavesOutWhomABlockHides_data();
    void leavesOutWhomABlockHides();
    void leavesOutReblogsThatAreNotWanted();
    void leavesOutReblogsOfTheBlocked();
    void showsThePublicOnlyWhatIsPublic();
    void tellsNothingOfWhomNotificationsAreMuted();
    void keepsThePrivateDeletionsPrivate();

private:
    [[nodiscard]] StreamClient home(const Person &person) const
    {
        StreamClient client(w.server().url());
        if (client.openEvents("/api/v1/streaming/user", person.token) != 200)
            QTest::qFail("no stream", __FILE__, __LINE__);
        return client;
    }
    // The id of the next status, or a text that is none.
    [[nodiscard]] static QString nextId(StreamClient &client)
    {
        const auto event = client.next();
        return event ? event->entity()[QLatin1String("id")].toString() : QStringLiteral("nothing came");
    }
    [[nodiscard]] static QJsonObject visibility(const char *name)
    {
        return { { QStringLiteral("visibility"), QLatin1String(name) } };
    }
    rig::HttpReply act(const Person &who, const Person &whom, const char *what, const HttpBody &body = {}) const
    {
        return w.client(who).post("/api/v1/accounts/" + whom.id.toUtf8() + what, body);
    }

    Person m_ann;
    Person m_ben; // follows ann
    Person m_cat; // a stranger
};

void tst_StreamPrivacy::init()
{
    m_ann = w.person();
    m_ben = w.person();
    m_cat = w.person();
    GI_STATUS(act(m_ben, m_ann, "/follow"), 200);
}

void tst_StreamPrivacy::showsFollowersOnlyPostsToFollowers()
{
    StreamClient follower = home(m_ben);
    StreamClient stranger = home(m_cat);
    rig::HttpClient ann = w.client(m_ann);
    const QString post = w.postId(ann, QStringLiteral("for you"), visibility("private"));
    QCOMPARE(nextId(follower), post);
    rig::HttpClient cat = w.client(m_cat);
    const QString own = w.postId(cat, QStringLiteral("my own"), visibility("private"));
    QCOMPARE(nextId(stranger), own);
}

void tst_StreamPrivacy::showsDirectMessagesOnNoTimeline()
{
    StreamClient follower = home(m_ben);
    rig::HttpClient ann = w.client(m_ann);
    QVERIFY(!w.postId(ann, QStringLiteral("@%1 a word").arg(m_cat.username), visibility("direct")).isEmpty());
    const QString post = w.postId(ann, QStringLiteral("for all"));
    QCOMPARE(nextId(follower), post);
}

void tst_StreamPrivacy::showsHomeNothingOfStrangers()
{
    StreamClient follower = home(m_ben);
    rig::HttpClient cat = w.client(m_cat);
    QVERIFY(!w.postId(cat, QStringLiteral("who is that?")).isEmpty());
    rig::HttpClient ann = w.client(m_ann);
    const QString post = w.postId(ann, QStringLiteral("it is me"));
    QCOMPARE(nextId(follower), post);
}

void tst_StreamPrivacy::showsCommentsOnNoHomeTimeline()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString parent = w.postId(ann, QStringLiteral("a post"));
    StreamClient follower = home(m_ben);
    QVERIFY(!w.postId(ann, QStringLiteral("a comment"), { { QStringLiteral("in_reply_to_id"), parent } }).isEmpty());
    const QString post = w.postId(ann, QStringLiteral("another post"));
    QCOMPARE(nextId(follower), post);
}

void tst_StreamPrivacy::leavesOutWhomAMuteHides()
{
    StreamClient follower = home(m_ben);
    StreamClient watcher(w.server().url());
    QCOMPARE(watcher.openEvents("/api/v1/streaming/public", m_ben.token), 200);
    GI_STATUS(act(m_ben, m_ann, "/mute"), 200);
    rig::HttpClient ann = w.client(m_ann);
    QVERIFY(!w.postId(ann, QStringLiteral("muted")).isEmpty());
    // What comes after it is there: by now it was left out, and not after the mute had ended.
    rig::HttpClient ben = w.client(m_ben);
    const QString own = w.postId(ben, QStringLiteral("my own"));
    QCOMPARE(nextId(follower), own);
    QCOMPARE(nextId(watcher), own);
    GI_STATUS(act(m_ben, m_ann, "/unmute"), 200);
    const QString post = w.postId(ann, QStringLiteral("heard again"));
    QCOMPARE(nextId(follower), post);
    QCOMPARE(nextId(watcher), post);
}

void tst_StreamPrivacy::leavesOutWhomABlockHides_data()
{
    QTest::addColumn<bool>("annBlocks");
    QTest::newRow("the author blocks") << true;
    QTest::newRow("the reader blocks") << false;
}

void tst_StreamPrivacy::leavesOutWhomABlockHides()
{
    QFETCH(bool, annBlocks);
    StreamClient follower = home(m_ben);
    StreamClient watcher(w.server().url());
    QCOMPARE(watcher.openSocket("/api/v1/streaming?stream=public", m_ben.token), 101);
    GI_STATUS(annBlocks ? act(m_ann, m_ben, "/block") : act(m_ben, m_ann, "/block"), 200);
    rig::HttpClient ann = w.client(m_ann);
    QVERIFY(!w.postId(ann, QStringLiteral("not for ben")).isEmpty());
    rig::HttpClient ben = w.client(m_ben);
    const QString own = w.postId(ben, QStringLiteral("my own"));
    QCOMPARE(nextId(follower), own);
    QCOMPARE(nextId(watcher), own);
}

void tst_StreamPrivacy::leavesOutReblogsThatAreNotWanted()
{
    rig::HttpClient cat = w.client(m_cat);
    const QString original = w.postId(cat, QStringLiteral("boost me"));
    StreamClient follower = home(m_ben);
    rig::HttpClient ann = w.client(m_ann);
    const QString first = ann.post("/api/v1/statuses/" + original.toUtf8() + "/reblog").text("id");
    QCOMPARE(nextId(follower), first);
    GI_STATUS(ann.post("/api/v1/statuses/" + original.toUtf8() + "/unreblog"), 200);
    QCOMPARE(follower.next()->payload, first.toUtf8()); // that it is gone

    GI_STATUS(act(m_ben, m_ann, "/follow", HttpBody::json({ { "reblogs", false } })), 200);
    GI_STATUS(ann.post("/api/v1/statuses/" + original.toUtf8() + "/reblog"), 200);
    const QString post = w.postId(ann, QStringLiteral("my own words"));
    QCOMPARE(nextId(follower), post);
}

void tst_StreamPrivacy::leavesOutReblogsOfTheBlocked()
{
    rig::HttpClient cat = w.client(m_cat);
    const QString original = w.postId(cat, QStringLiteral("boost me"));
    StreamClient follower = home(m_ben);
    GI_STATUS(act(m_cat, m_ben, "/block"), 200);
    rig::HttpClient ann = w.client(m_ann);
    GI_STATUS(ann.post("/api/v1/statuses/" + original.toUtf8() + "/reblog"), 200);
    const QString post = w.postId(ann, QStringLiteral("my own words"));
    QCOMPARE(nextId(follower), post);
}

void tst_StreamPrivacy::showsThePublicOnlyWhatIsPublic()
{
    StreamClient nobody(w.server().url());
    QCOMPARE(nobody.openSocket("/api/v1/streaming?stream=public:local"), 101);
    rig::HttpClient ann = w.client(m_ann);
    QVERIFY(!w.postId(ann, QStringLiteral("unlisted"), visibility("unlisted")).isEmpty());
    QVERIFY(!w.postId(ann, QStringLiteral("private"), visibility("private")).isEmpty());
    QVERIFY(!w.postId(ann, QStringLiteral("@%1 direct").arg(m_ben.username), visibility("direct")).isEmpty());
    const QString post = w.postId(ann, QStringLiteral("public"));
    const auto event = nobody.next();
    QCOMPARE(event->entity()[QLatin1String("id")].toString(), post);
    QVERIFY(!event->entity().contains(QLatin1String("favourited"))); // nobody has
    QVERIFY(!w.postId(ann, QStringLiteral("a comment"), { { QStringLiteral("in_reply_to_id"), post } }).isEmpty());
    GI_STATUS(w.client(m_ben).post("/api/v1/statuses/" + post.toUtf8() + "/reblog"), 200);
    const QString next = w.postId(ann, QStringLiteral("public again"));
    QCOMPARE(nextId(nobody), next);
}

void tst_StreamPrivacy::tellsNothingOfWhomNotificationsAreMuted()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString post = w.postId(ann, QStringLiteral("like me"));
    GI_STATUS(act(m_ann, m_ben, "/mute"), 200);
    StreamClient news(w.server().url());
    QCOMPARE(news.openEvents("/api/v1/streaming/user/notification", m_ann.token), 200);
    GI_STATUS(w.client(m_ben).post("/api/v1/statuses/" + post.toUtf8() + "/favourite"), 200);
    GI_STATUS(w.client(m_cat).post("/api/v1/statuses/" + post.toUtf8() + "/favourite"), 200);
    const auto event = news.next();
    QVERIFY(event);
    QCOMPARE(event->entity()[QLatin1String("account")].toObject()[QLatin1String("id")].toString(), m_cat.id);
}

void tst_StreamPrivacy::keepsThePrivateDeletionsPrivate()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString secret = w.postId(ann, QStringLiteral("a secret"), visibility("private"));
    StreamClient nobody(w.server().url());
    QCOMPARE(nobody.openSocket("/api/v1/streaming?stream=public"), 101);
    StreamClient stranger = home(m_cat);
    GI_STATUS(ann.del("/api/v1/statuses/" + secret.toUtf8()), 200);
    rig::HttpClient cat = w.client(m_cat);
    const QString post = w.postId(cat, QStringLiteral("what happened?"));
    QCOMPARE(nextId(nobody), post);
    QCOMPARE(nextId(stranger), post);
}

SuitePointer makeStreamPrivacySuite(World &world)
{
    return std::make_unique<tst_StreamPrivacy>(world);
}

} // namespace graminsta::api_test

#include "tst_streamprivacy.moc"
