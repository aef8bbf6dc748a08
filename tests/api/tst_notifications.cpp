// SPDX-License-Identifier: GPL-3.0-or-later
// What people are told of: https://docs.joinmastodon.org/methods/notifications/
#include "suites.h"

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Notifications : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void tellsOfFollowsLikesAndComments();
    void tellsOfEachThingOnce();
    void tellsNobodyOfTheirOwnDoings();
    void takesBackWhatIsUndone();
    void filtersByType_data();
    void filtersByType();
    void filtersByAccount();
    void pages();
    void showsOneToItsOwnerOnly();
    void forgetsADeletedStatus();

private:
    struct Told {
        QString type;
        QString from;
        QString status;
        friend bool operator==(const Told &, const Told &) = default;
    };
    [[nodiscard]] QList<Told> told(const QByteArray &query = {}) const
    {
        QList<Told> all;
        for (const QJsonValue &one : w.client(m_ann).get("/api/v1/notifications" + query).array()) {
            all.append({ one[QLatin1String("type")].toString(),
                         one[QLatin1String("account")][QLatin1String("id")].toString(),
                         one[QLatin1String("status")][QLatin1String("id")].toString() });
        }
        return all;
    }
    // Follows, likes and comments on a new status of Ann's, by Bob; gives the status and the comment.
    std::pair<QString, QString> doAll()
    {
        rig::HttpClient ann = w.client(m_ann);
        rig::HttpClient bob = w.client(m_bob);
        const QString status = w.postId(ann, QStringLiteral("look"));
        w.follow(bob, m_ann);
        (void)bob.post("/api/v1/statuses/" + status.toUtf8() + "/favourite");
        const QString comment = w.postId(bob, QStringLiteral("@%1 nice").arg(m_ann.username),
                                         { { QStringLiteral("in_reply_to_id"), status } });
        return { status, comment };
    }

    Person m_ann;
    Person m_bob;
};

void tst_Notifications::init()
{
    m_ann = w.person();
    m_bob = w.person();
}

void tst_Notifications::tellsOfFollowsLikesAndComments()
{
    const auto [status, comment] = doAll();
    const QList<Told> expected { { QStringLiteral("mention"), m_bob.id, comment },
                                 { QStringLiteral("favourite"), m_bob.id, status },
                                 { QStringLiteral("follow"), m_bob.id, QString() } };
    QCOMPARE(told(), expected);
    QCOMPARE(w.client(m_bob).get("/api/v1/notifications").body, QByteArray("[]"));
}

void tst_Notifications::tellsOfEachThingOnce()
{
    const auto [status, comment] = doAll();
    rig::HttpClient bob = w.client(m_bob);
    for (int i = 0; i < 2; ++i) {
        const QByteArray like = "/api/v1/statuses/" + status.toUtf8();
        GI_STATUS(bob.post(like + "/favourite"), 200);
        w.follow(bob, m_ann);
    }
    QCOMPARE(told().size(), 3);
}

void tst_Notifications::tellsNobodyOfTheirOwnDoings()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString status = w.postId(ann, QStringLiteral("me @%1").arg(m_ann.username));
    GI_STATUS(ann.post("/api/v1/statuses/" + status.toUtf8() + "/favourite"), 200);
    (void)w.postId(ann, QStringLiteral("talking to myself"), { { QStringLiteral("in_reply_to_id"), status } });
    QVERIFY(told().isEmpty());
}

void tst_Notifications::takesBackWhatIsUndone()
{
    const auto [status, comment] = doAll();
    rig::HttpClient bob = w.client(m_bob);
    GI_STATUS(bob.post("/api/v1/statuses/" + status.toUtf8() + "/unfavourite"), 200);
    GI_STATUS(bob.post("/api/v1/accounts/" + m_ann.id.toUtf8() + "/unfollow"), 200);
    GI_STATUS(bob.del("/api/v1/statuses/" + comment.toUtf8()), 200);
    QVERIFY(told().isEmpty());
}

void tst_Notifications::filtersByType_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QStringList>("types");
    const QString mention = QStringLiteral("mention");
    const QString favourite = QStringLiteral("favourite");
    const QString follow = QStringLiteral("follow");
    QTest::newRow("one") << QByteArray("?types[]=follow") << QStringList { follow };
    QTest::newRow("two, encoded") << QByteArray("?types%5B%5D=follow&types%5B%5D=mention")
                                  << QStringList({ mention, follow });
    QTest::newRow("excluded") << QByteArray("?exclude_types[]=favourite") << QStringList({ mention, follow });
    QTest::newRow("both") << QByteArray("?types[]=follow&types[]=mention&exclude_types[]=follow")
                          << QStringList { mention };
    QTest::newRow("a type of others") << QByteArray("?types[]=poll") << QStringList();
    QTest::newRow("excluded type of others")
        << QByteArray("?exclude_types[]=poll&exclude_types[]=reblog") << QStringList({ mention, favourite, follow });
}

void tst_Notifications::filtersByType()
{
    QFETCH(QByteArray, query);
    QFETCH(QStringList, types);
    (void)doAll();
    QStringList found;
    for (const Told &one : told(query))
        found.append(one.type);
    QCOMPARE(found, types);
}

void tst_Notifications::filtersByAccount()
{
    (void)doAll();
    const Person carol = w.person();
    rig::HttpClient http = w.client(carol);
    w.follow(http, m_ann);
    QCOMPARE(told("?account_id=" + carol.id.toUtf8()).size(), 1);
    QCOMPARE(told("?account_id=" + m_bob.id.toUtf8()).size(), 3);
}

void tst_Notifications::pages()
{
    (void)doAll();
    (void)doAll();
    rig::HttpClient http = w.client(m_ann);
    const QStringList all = http.get("/api/v1/notifications").ids();
    QCOMPARE(all.size(), 5); // the second follow is no news
    QStringList found;
    QByteArray next = "/api/v1/notifications?limit=2";
    for (int page = 0; page < 5 && !next.isEmpty(); ++page) {
        const HttpReply reply = http.get(next);
        GI_STATUS(reply, 200);
        found += reply.ids();
        next = reply.link("next");
    }
    QCOMPARE(found, all);
    QCOMPARE(http.get("/api/v1/notifications?min_id=" + all[2].toUtf8()).ids(), all.mid(0, 2));
    QCOMPARE(http.get("/api/v1/notifications?since_id=" + all[2].toUtf8()).ids(), all.mid(0, 2));
    QCOMPARE(http.get("/api/v1/notifications?max_id=" + all[2].toUtf8()).ids(), all.mid(3));
}

void tst_Notifications::showsOneToItsOwnerOnly()
{
    (void)doAll();
    const QByteArray path = "/api/v1/notifications/" + w.client(m_ann).get("/api/v1/notifications").ids()[0].toUtf8();
    GI_STATUS(w.client(m_ann).get(path), 200);
    GI_STATUS(w.client(m_bob).get(path), 404);
    GI_STATUS(w.client(m_ann).get("/api/v1/notifications/1"), 404);
}

void tst_Notifications::forgetsADeletedStatus()
{
    const auto [status, comment] = doAll();
    GI_STATUS(w.client(m_ann).del("/api/v1/statuses/" + status.toUtf8()), 200);
    const QList<Told> left { { QStringLiteral("mention"), m_bob.id, comment },
                             { QStringLiteral("follow"), m_bob.id, QString() } };
    QCOMPARE(told(), left);
}

SuitePointer makeNotificationsSuite(World &world)
{
    return std::make_unique<tst_Notifications>(world);
}

} // namespace graminsta::api_test

#include "tst_notifications.moc"
