// SPDX-License-Identifier: GPL-3.0-or-later
// What people are told of, put together: https://docs.joinmastodon.org/methods/grouped_notifications/
#include "suites.h"

#include <QSet>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

namespace
{

const QByteArray kPath = "/api/v2/notifications";

} // namespace

class tst_NotificationGroups : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void putsTogetherWhatIsAlike();
    void saysTheSameKeyEverywhere();
    void putsTogetherOnlyWhatTheClientKnows();
    void filtersByTypeAndAccount();
    void tellsOfOthersInBriefWhereThatIsWanted();
    void givesEachGroupOnce_data();
    void givesEachGroupOnce();
    void pollsByTheNewestOfThePage();
    void leavesOutWhomTheViewerDoesNotWantToSee_data();
    void leavesOutWhomTheViewerDoesNotWantToSee();
    void countsWhatIsUnread();
    void showsOneAndItsPeople();
    void dismissesAWholeGroupOfOnesOwn();
    void takesBackWhatIsUndone();
    void knowsNoGroupThatIsNone_data();
    void knowsNoGroupThatIsNone();

private:
    struct Group {
        QString type;
        QString status;
        int count = 0;
        QStringList sample;
        friend bool operator==(const Group &, const Group &) = default;
    };
    [[nodiscard]] static QJsonArray groupsIn(const HttpReply &reply)
    {
        return reply.object()[QLatin1String("notification_groups")].toArray();
    }
    [[nodiscard]] static QList<Group> readGroups(const HttpReply &reply)
    {
        QList<Group> groups;
        for (const QJsonValue one : groupsIn(reply)) {
            QStringList sample;
            for (const QJsonValue id : one[QLatin1String("sample_account_ids")].toArray())
                sample.append(id.toString());
            groups.append({ one[QLatin1String("type")].toString(), one[QLatin1String("status_id")].toString(),
                            one[QLatin1String("notifications_count")].toInt(), sample });
        }
        return groups;
    }
    [[nodiscard]] static QStringList idsIn(const HttpReply &reply, const char *list)
    {
        QStringList ids;
        for (const QJsonValue one : reply.object()[QLatin1String(list)].toArray())
            ids.append(one[QLatin1String("id")].toString());
        return ids;
    }
    [[nodiscard]] static QStringList keysIn(const HttpReply &reply)
    {
        QStringList keys;
        for (const QJsonValue one : groupsIn(reply))
            keys.append(one[QLatin1String("group_key")].toString());
        return keys;
    }
    [[nodiscard]] HttpReply told(const QByteArray &query = {}) const { return w.client(m_ann).get(kPath + query); }
    [[nodiscard]] QString post() const
    {
        rig::HttpClient ann = w.client(m_ann);
        return w.postId(ann, QStringLiteral("look"));
    }
    void like(const Person &who, const QString &status, const char *what = "/favourite") const
    {
        GI_STATUS(w.client(who).post("/api/v1/statuses/" + status.toUtf8() + what), 200);
    }
    void act(const Person &who, const Person &whom, const char *what) const
    {
        GI_STATUS(w.client(who).post("/api/v1/accounts/" + whom.id.toUtf8() + what), 200);
    }

    Person m_ann;
    Person m_bob;
    Person m_cat;
    Person m_dan;
};

void tst_NotificationGroups::init()
{
    for (Person *person : { &m_ann, &m_bob, &m_cat, &m_dan })
        *person = w.person();
}

void tst_NotificationGroups::putsTogetherWhatIsAlike()
{
    const QString first = post();
    const QString second = post();
    like(m_bob, first);
    like(m_cat, second);
    act(m_bob, m_ann, "/follow");
    like(m_dan, first, "/reblog");
    rig::HttpClient bob = w.client(m_bob);
    const QString mention = w.postId(bob, QStringLiteral("@%1 hey").arg(m_ann.username));
    const QString again = w.postId(bob, QStringLiteral("@%1 hey again").arg(m_ann.username));
    act(m_cat, m_ann, "/follow");
    like(m_cat, first);
    like(m_dan, first);
    const QList<Group> expected { { QStringLiteral("favourite"), first, 3, { m_dan.id, m_cat.id, m_bob.id } },
                                  { QStringLiteral("follow"), {}, 2, { m_cat.id, m_bob.id } },
                                  { QStringLiteral("mention"), again, 1, { m_bob.id } },
                                  { QStringLiteral("mention"), mention, 1, { m_bob.id } },
                                  { QStringLiteral("reblog"), first, 1, { m_dan.id } },
                                  { QStringLiteral("favourite"), second, 1, { m_cat.id } } };
    const HttpReply reply = told();
    GI_STATUS(reply, 200);
    QVERIFY2(readGroups(reply) == expected, reply.body);
    QCOMPARE(idsIn(reply, "accounts"), (QStringList { m_dan.id, m_cat.id, m_bob.id }));
    const QStringList statuses = idsIn(reply, "statuses");
    QCOMPARE(QSet<QString>(statuses.begin(), statuses.end()), (QSet<QString> { first, second, mention, again }));
    QCOMPARE(statuses.size(), 4);
    QVERIFY(!reply.object().contains(QLatin1String("partial_accounts")));
    QVERIFY(groupsIn(w.client(m_bob).get(kPath)).isEmpty());
}

void tst_NotificationGroups::saysTheSameKeyEverywhere()
{
    const QString status = post();
    like(m_bob, status);
    like(m_cat, status);
    rig::HttpClient bob = w.client(m_bob);
    (void)w.postId(bob, QStringLiteral("@%1 hey").arg(m_ann.username));
    const QStringList keys = keysIn(told());
    QCOMPARE(keys.size(), 2);
    QStringList single;
    QStringList ids;
    for (const QJsonValue one : w.client(m_ann).get("/api/v1/notifications").array()) {
        single.append(one[QLatin1String("group_key")].toString());
        ids.append(one[QLatin1String("id")].toString());
    }
    QCOMPARE(single, (QStringList { keys[0], keys[1], keys[1] }));
    QCOMPARE(keys[0], QStringLiteral("ungrouped-") + ids[0]);
    const QJsonObject group = groupsIn(told())[1].toObject();
    QCOMPARE(group[QLatin1String("most_recent_notification_id")].toString(), ids[1]);
    QCOMPARE(group[QLatin1String("page_max_id")].toString(), ids[1]);
}

void tst_NotificationGroups::putsTogetherOnlyWhatTheClientKnows()
{
    const QString status = post();
    for (const Person &person : { m_bob, m_cat }) {
        like(person, status);
        act(person, m_ann, "/follow");
    }
    QCOMPARE(readGroups(told("?grouped_types[]=favourite&grouped_types[]=reblog")).size(), 3);
    QCOMPARE(readGroups(told("?grouped_types[]=follow")).size(), 3);
    const HttpReply apart = told("?grouped_types[]=mention");
    QCOMPARE(readGroups(apart).size(), 4);
    for (const QJsonValue one : groupsIn(apart))
        QCOMPARE(one[QLatin1String("group_key")].toString(),
                 QStringLiteral("ungrouped-") + one[QLatin1String("most_recent_notification_id")].toString());
}

void tst_NotificationGroups::filtersByTypeAndAccount()
{
    const QString status = post();
    for (const Person &person : { m_bob, m_cat }) {
        like(person, status);
        act(person, m_ann, "/follow");
    }
    const QList<Group> follows { { QStringLiteral("follow"), {}, 2, { m_cat.id, m_bob.id } } };
    QCOMPARE(readGroups(told("?types[]=follow")), follows);
    QCOMPARE(readGroups(told("?exclude_types[]=favourite")), follows);
    QVERIFY(readGroups(told("?types[]=poll")).isEmpty());
    const QList<Group> ofBob { { QStringLiteral("follow"), {}, 1, { m_bob.id } },
                               { QStringLiteral("favourite"), status, 1, { m_bob.id } } };
    QCOMPARE(readGroups(told("?account_id=" + m_bob.id.toUtf8())), ofBob);
}

void tst_NotificationGroups::tellsOfOthersInBriefWhereThatIsWanted()
{
    const QString status = post();
    for (const Person &person : { m_bob, m_cat, m_dan })
        like(person, status);
    const HttpReply brief = told("?expand_accounts=partial_avatars");
    GI_STATUS(brief, 200);
    QCOMPARE(idsIn(brief, "accounts"), QStringList { m_dan.id });
    QCOMPARE(idsIn(brief, "partial_accounts"), (QStringList { m_cat.id, m_bob.id }));
    QCOMPARE(readGroups(brief).first().sample, (QStringList { m_dan.id, m_cat.id, m_bob.id }));
    GI_STATUS(told("?expand_accounts=nobody"), 400);
}

void tst_NotificationGroups::givesEachGroupOnce_data()
{
    QTest::addColumn<int>("limit");
    for (const int limit : { 1, 2, 3, 5, 40 })
        QTest::addRow("%d a page", limit) << limit;
}

// Likes of many posts, mixed, so that each group has parts of different ages.
void tst_NotificationGroups::givesEachGroupOnce()
{
    QFETCH(int, limit);
    QStringList posts;
    for (int i = 0; i < 6; ++i)
        posts.append(post());
    const QList<Person> people { m_bob, m_cat, m_dan };
    for (qsizetype i = 0; i < people.size(); ++i) {
        for (qsizetype at = 0; at < posts.size(); ++at)
            like(people[i], posts[(at * 5 + i * 2) % posts.size()], at % 2 == 0 ? "/favourite" : "/reblog");
    }
    QStringList whole;
    int notifications = 0;
    for (const QJsonValue one : groupsIn(told())) {
        whole.append(one[QLatin1String("group_key")].toString());
        notifications += one[QLatin1String("notifications_count")].toInt();
    }
    QCOMPARE(notifications, 18);

    QStringList down;
    QByteArray next = kPath + "?types[]=favourite&types[]=reblog&limit=" + QByteArray::number(limit);
    QByteArray up;
    for (int page = 0; page < 30 && !next.isEmpty(); ++page) {
        const HttpReply reply = w.client(m_ann).get(next);
        GI_STATUS(reply, 200);
        QVERIFY(groupsIn(reply).size() <= limit);
        for (const QJsonValue one : groupsIn(reply)) {
            const qint64 low = one[QLatin1String("page_min_id")].toString().toLongLong();
            const qint64 high = one[QLatin1String("page_max_id")].toString().toLongLong();
            const qint64 last = groupsIn(reply).last()[QLatin1String("page_max_id")].toString().toLongLong();
            QVERIFY(low <= high && low >= last);
        }
        down += keysIn(reply);
        next = reply.link("next");
        if (!reply.link("prev").isEmpty())
            up = reply.link("prev");
        QVERIFY(next.isEmpty() || next.contains("types"));
    }
    QCOMPARE(down, whole);

    // Back up from the lowest page, the newest first in each.
    const qsizetype lowest = whole.size() % limit == 0 ? qMin<qsizetype>(limit, whole.size()) : whole.size() % limit;
    QStringList back = whole.mid(whole.size() - lowest);
    for (int page = 0; page < 30 && !up.isEmpty(); ++page) {
        const HttpReply reply = w.client(m_ann).get(up);
        back = keysIn(reply) + back;
        up = groupsIn(reply).isEmpty() ? QByteArray() : reply.link("prev");
    }
    QCOMPARE(back, whole);
}

void tst_NotificationGroups::pollsByTheNewestOfThePage()
{
    const QString first = post();
    const QString second = post();
    like(m_bob, first);
    like(m_bob, second);
    const QByteArray newest = groupsIn(told())[0][QLatin1String("page_max_id")].toString().toUtf8();
    QVERIFY(groupsIn(told("?since_id=" + newest)).isEmpty());
    like(m_cat, first);
    const HttpReply news = told("?since_id=" + newest);
    const QList<Group> expected { { QStringLiteral("favourite"), first, 2, { m_cat.id, m_bob.id } } };
    QCOMPARE(readGroups(news), expected);
    QCOMPARE(groupsIn(news)[0][QLatin1String("page_min_id")], groupsIn(news)[0][QLatin1String("page_max_id")]);
    QCOMPARE(keysIn(told()).first(), keysIn(news).first());
}

void tst_NotificationGroups::leavesOutWhomTheViewerDoesNotWantToSee_data()
{
    QTest::addColumn<QByteArray>("how");
    QTest::newRow("muted") << QByteArray("/mute");
    QTest::newRow("blocked") << QByteArray("/block");
}

void tst_NotificationGroups::leavesOutWhomTheViewerDoesNotWantToSee()
{
    QFETCH(QByteArray, how);
    const QString first = post();
    const QString second = post();
    like(m_bob, first);
    like(m_cat, first);
    like(m_cat, second);
    act(m_ann, m_cat, how.constData());
    const HttpReply reply = told();
    const QList<Group> expected { { QStringLiteral("favourite"), first, 1, { m_bob.id } } };
    QVERIFY2(readGroups(reply) == expected, reply.body);
    QCOMPARE(idsIn(reply, "accounts"), QStringList { m_bob.id });
    QVERIFY(!reply.body.contains(m_cat.username.toUtf8()));
    const QByteArray key = keysIn(reply).first().toUtf8();
    QCOMPARE(w.client(m_ann).get(kPath + '/' + key + "/accounts").ids(), QStringList { m_bob.id });
}

void tst_NotificationGroups::countsWhatIsUnread()
{
    const auto unread = [&](const QByteArray &query = {}) {
        return told("/unread_count" + query).object()[QLatin1String("count")].toInt(-1);
    };
    QCOMPARE(unread(), 0);
    const QString status = post();
    like(m_bob, status);
    like(m_cat, status);
    act(m_bob, m_ann, "/follow");
    QCOMPARE(unread(), 2);
    QCOMPARE(unread("?grouped_types[]=follow"), 3);
    QCOMPARE(unread("?types[]=follow"), 1);
    QCOMPARE(unread("?limit=1"), 1);
    const QByteArray newest = w.client(m_ann).get("/api/v1/notifications").ids().first().toUtf8();
    GI_STATUS(w.client(m_ann).post("/api/v1/markers", HttpBody::form({ { "notifications[last_read_id]", newest } })),
              200);
    QCOMPARE(unread(), 0);
    like(m_dan, status);
    QCOMPARE(unread(), 1);
}

void tst_NotificationGroups::showsOneAndItsPeople()
{
    const QString status = post();
    for (const Person &person : { m_bob, m_cat, m_dan })
        like(person, status);
    rig::HttpClient ann = w.client(m_ann);
    const QByteArray one = kPath + '/' + keysIn(told()).first().toUtf8();
    const HttpReply shown = ann.get(one);
    GI_STATUS(shown, 200);
    const QList<Group> expected { { QStringLiteral("favourite"), status, 3, { m_dan.id, m_cat.id, m_bob.id } } };
    QCOMPARE(readGroups(shown), expected);
    QVERIFY(!groupsIn(shown)[0].toObject().contains(QLatin1String("page_min_id")));
    QCOMPARE(ann.get(one + "/accounts").ids(), expected.first().sample);

    QStringList people;
    QByteArray next = one + "/accounts?limit=2";
    while (!next.isEmpty() && people.size() < 10) {
        const HttpReply page = ann.get(next);
        GI_STATUS(page, 200);
        people += page.ids();
        next = page.link("next");
    }
    QCOMPARE(people, expected.first().sample);

    GI_STATUS(w.client(m_bob).get(one), 404);
    QCOMPARE(w.client(m_bob).get(one + "/accounts").body, QByteArray("[]"));
}

void tst_NotificationGroups::dismissesAWholeGroupOfOnesOwn()
{
    const QString status = post();
    like(m_bob, status);
    like(m_cat, status);
    act(m_bob, m_ann, "/follow");
    rig::HttpClient ann = w.client(m_ann);
    const QStringList keys = keysIn(told());
    QCOMPARE(keys.size(), 2);
    const QByteArray likes = kPath + '/' + keys[1].toUtf8();
    GI_STATUS(w.client(m_bob).post(likes + "/dismiss"), 200);
    QCOMPARE(keysIn(told()), keys);
    for (int i = 0; i < 2; ++i)
        GI_STATUS(ann.post(likes + "/dismiss"), 200);
    GI_STATUS(ann.get(likes), 404);
    QCOMPARE(keysIn(told()), QStringList { keys[0] });
    QCOMPARE(ann.get("/api/v1/notifications").array().size(), 1);
    const QString alone = keysIn(told("?grouped_types[]=poll")).first();
    GI_STATUS(ann.get(kPath + '/' + alone.toUtf8()), 200);
    GI_STATUS(ann.post(kPath + '/' + alone.toUtf8() + "/dismiss"), 200);
    QVERIFY(keysIn(told()).isEmpty());
}

void tst_NotificationGroups::takesBackWhatIsUndone()
{
    const QString status = post();
    like(m_bob, status);
    like(m_cat, status);
    like(m_cat, status, "/unfavourite");
    const QList<Group> expected { { QStringLiteral("favourite"), status, 1, { m_bob.id } } };
    QCOMPARE(readGroups(told()), expected);
    GI_STATUS(w.client(m_ann).del("/api/v1/statuses/" + status.toUtf8()), 200);
    QVERIFY(readGroups(told()).isEmpty());
}

void tst_NotificationGroups::knowsNoGroupThatIsNone_data()
{
    QTest::addColumn<QByteArray>("key");
    for (const char *key : { "ungrouped-1", "favourite-1-1", "follow-1", "follow", "mention-1-1", "favourite-x-1",
                             "favourite-1-", "-", "follow-1-1-1" })
        QTest::newRow(key) << QByteArray(key);
}

void tst_NotificationGroups::knowsNoGroupThatIsNone()
{
    QFETCH(QByteArray, key);
    GI_STATUS(told('/' + key), 404);
}

SuitePointer makeNotificationGroupsSuite(World &world)
{
    return std::make_unique<tst_NotificationGroups>(world);
}

} // namespace graminsta::api_test

#include "tst_notificationgroups.moc"
