// SPDX-License-Identifier: GPL-3.0-or-later
// Mutes and private notes: https://docs.joinmastodon.org/methods/accounts/#mute
#include "suites.h"

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Mutes : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void saysSoToWhoMutes();
    void leavesFeedsOnly();
    void hidesNotificationsIfAsked_data();
    void hidesNotificationsIfAsked();
    void endsByItself();
    void refusesAWrongDuration_data();
    void refusesAWrongDuration();
    void listsWithTheirEnd();
    void keepsNotes();
    void refusesALongNote();

private:
    [[nodiscard]] static QByteArray account(const Person &person, const char *rest = "")
    {
        return "/api/v1/accounts/" + person.id.toUtf8() + rest;
    }
    [[nodiscard]] QJsonValue relationship(const Person &viewer, const Person &other) const
    {
        return w.client(viewer).get("/api/v1/accounts/relationships?id=" + other.id.toUtf8()).array().at(0);
    }
    [[nodiscard]] HttpReply mute(const rig::FormFields &fields = {}) const
    {
        return w.client(m_ann).post(account(m_bob, "/mute"), HttpBody::form(fields));
    }

    Person m_ann;
    Person m_bob;
};

void tst_Mutes::init()
{
    m_ann = w.person();
    m_bob = w.person();
}

void tst_Mutes::saysSoToWhoMutes()
{
    const HttpReply muted = mute();
    GI_STATUS(muted, 200);
    QVERIFY2(muted.object()[QLatin1String("muting")].toBool(), muted.summary());
    QVERIFY2(muted.object()[QLatin1String("muting_notifications")].toBool(), muted.summary());
    QVERIFY2(muted.object()[QLatin1String("muting_expires_at")].isNull(), muted.summary());
    const QJsonValue back = relationship(m_bob, m_ann);
    QVERIFY(!back[QLatin1String("muting")].toBool() && !back[QLatin1String("blocked_by")].toBool());
    for (int twice = 0; twice < 2; ++twice) {
        const HttpReply unmuted = w.client(m_ann).post(account(m_bob, "/unmute"));
        GI_STATUS(unmuted, 200);
        QVERIFY2(!unmuted.object()[QLatin1String("muting")].toBool(), unmuted.summary());
    }
}

void tst_Mutes::leavesFeedsOnly()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    w.follow(ann, m_bob);
    const QString tag = w.freshName();
    const QString status = w.postId(bob, QStringLiteral("#%1").arg(tag));
    const QByteArrayList feeds { "/api/v1/timelines/home", "/api/v1/timelines/public?limit=40",
                                 "/api/v1/timelines/tag/" + tag.toUtf8() };
    for (const QByteArray &feed : feeds)
        QVERIFY2(ann.get(feed).ids().contains(status), feed);
    GI_STATUS(mute(), 200);
    for (const QByteArray &feed : feeds)
        QVERIFY2(!ann.get(feed).ids().contains(status), feed);
    const Person carol = w.person();
    rig::HttpClient reblogger = w.client(carol);
    w.follow(ann, carol);
    const QString reblog = reblogger.post("/api/v1/statuses/" + status.toUtf8() + "/reblog").text("id");
    QVERIFY(!ann.get(feeds.first()).ids().contains(reblog));
    // What one goes to is there all the same, and the follow too.
    GI_STATUS(ann.get("/api/v1/statuses/" + status.toUtf8()), 200);
    QCOMPARE(ann.get(account(m_bob, "/statuses")).ids(), QStringList { status });
    QVERIFY(relationship(m_ann, m_bob)[QLatin1String("following")].toBool());
    QVERIFY(bob.get("/api/v1/timelines/home").ids().contains(status));
    GI_STATUS(ann.post(account(m_bob, "/unmute")), 200);
    for (const QByteArray &feed : feeds)
        QVERIFY2(ann.get(feed).ids().contains(status), feed);
    GI_STATUS(reblogger.post("/api/v1/statuses/" + status.toUtf8() + "/unreblog"), 200);
}

void tst_Mutes::hidesNotificationsIfAsked_data()
{
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<int>("told");
    QTest::newRow("by default") << QByteArray() << 0;
    QTest::newRow("asked") << QByteArray("true") << 0;
    QTest::newRow("not asked") << QByteArray("false") << 2;
}

void tst_Mutes::hidesNotificationsIfAsked()
{
    QFETCH(QByteArray, asked);
    QFETCH(int, told);
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    w.follow(bob, m_ann);
    GI_STATUS(mute(asked.isEmpty() ? rig::FormFields {} : rig::FormFields { { "notifications", asked } }), 200);
    (void)w.postId(bob, QStringLiteral("@%1 hey").arg(m_ann.username));
    QCOMPARE(ann.get("/api/v1/notifications").array().size(), told);
    QCOMPARE(ann.get("/api/v1/notifications/unread_count").object()[QLatin1String("count")].toInt(-1), told);
}

void tst_Mutes::endsByItself()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    w.follow(ann, m_bob);
    const QString status = w.postId(bob, QStringLiteral("back soon"));
    const HttpReply muted = mute({ { "duration", "2" } });
    GI_STATUS(muted, 200);
    QVERIFY2(!muted.text("muting_expires_at").isEmpty(), muted.summary());
    QVERIFY(!ann.get("/api/v1/timelines/home").ids().contains(status));
    QTRY_VERIFY_WITH_TIMEOUT(ann.get("/api/v1/timelines/home").ids().contains(status), 10'000);
    QVERIFY(!relationship(m_ann, m_bob)[QLatin1String("muting")].toBool());
    QCOMPARE(ann.get("/api/v1/mutes").body, QByteArray("[]"));
}

void tst_Mutes::refusesAWrongDuration_data()
{
    QTest::addColumn<QByteArray>("duration");
    QTest::addColumn<int>("status");
    QTest::newRow("none") << QByteArray("0") << 200;
    QTest::newRow("negative") << QByteArray("-5") << 422;
    QTest::newRow("for ever and a day") << QByteArray("9223372036854775807") << 422;
    QTest::newRow("a word") << QByteArray("long") << 400;
}

void tst_Mutes::refusesAWrongDuration()
{
    QFETCH(QByteArray, duration);
    QFETCH(int, status);
    GI_STATUS(mute({ { "duration", duration } }), status);
    QCOMPARE(relationship(m_ann, m_bob)[QLatin1String("muting")].toBool(), status == 200);
}

void tst_Mutes::listsWithTheirEnd()
{
    const Person carol = w.person();
    const Person dora = w.person();
    rig::HttpClient ann = w.client(m_ann);
    GI_STATUS(mute(), 200);
    GI_STATUS(ann.post(account(carol, "/mute"), HttpBody::json({ { "duration", 3600 } })), 200);
    GI_STATUS(ann.post(account(dora, "/mute")), 200);
    const HttpReply all = ann.get("/api/v1/mutes");
    QCOMPARE(all.ids(), QStringList({ dora.id, carol.id, m_bob.id }));
    QVERIFY(all.array().at(0)[QLatin1String("mute_expires_at")].isNull());
    QVERIFY(all.array().at(1)[QLatin1String("mute_expires_at")].isString());
    const HttpReply first = ann.get("/api/v1/mutes?limit=2");
    QCOMPARE(first.ids(), QStringList({ dora.id, carol.id }));
    QCOMPARE(ann.get(first.link("next")).ids(), QStringList { m_bob.id });
    QCOMPARE(w.client(m_bob).get("/api/v1/mutes").body, QByteArray("[]"));
}

void tst_Mutes::keepsNotes()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString text = QStringLiteral("met in Lisbon \u2600");
    const HttpReply noted = ann.post(account(m_bob, "/note"), HttpBody::json({ { "comment", text } }));
    GI_STATUS(noted, 200);
    QCOMPARE(noted.text("note"), text);
    QCOMPARE(relationship(m_ann, m_bob)[QLatin1String("note")].toString(), text);
    QCOMPARE(relationship(m_bob, m_ann)[QLatin1String("note")].toString(), QString());
    GI_STATUS(ann.post(account(m_bob, "/note")), 200);
    QCOMPARE(relationship(m_ann, m_bob)[QLatin1String("note")].toString(), QString());
}

void tst_Mutes::refusesALongNote()
{
    rig::HttpClient ann = w.client(m_ann);
    GI_STATUS(ann.post(account(m_bob, "/note"), HttpBody::form({ { "comment", QByteArray(2000, 'x') } })), 200);
    const HttpReply refused =
        ann.post(account(m_bob, "/note"), HttpBody::form({ { "comment", QByteArray(2001, 'x') } }));
    GI_STATUS(refused, 422);
    QVERIFY2(refused.text("error").contains(QStringLiteral("2000")), refused.summary());
}

SuitePointer makeMutesSuite(World &world)
{
    return std::make_unique<tst_Mutes>(world);
}

} // namespace graminsta::api_test

#include "tst_mutes.moc"
