// SPDX-License-Identifier: GPL-3.0-or-later
// Posts for later: https://docs.joinmastodon.org/methods/scheduled_statuses/
#include "suites.h"

#include <QDateTime>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Scheduled : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void schedulesShowsMovesAndTakesBack();
    void reservesItsPhotos();
    void repeatsByIdempotencyKey();
    void refusesWhatCannotBe_data();
    void refusesWhatCannotBe();
    void pagesThroughThem();
    void keepsThemToTheirOwner();

private:
    [[nodiscard]] static QString after(int minutes)
    {
        return QDateTime::currentDateTimeUtc().addSecs(minutes * 60).toString(Qt::ISODateWithMs);
    }
    [[nodiscard]] static HttpReply schedule(rig::HttpClient &client, QJsonObject fields, const QString &at)
    {
        fields.insert(QStringLiteral("scheduled_at"), at);
        return client.post("/api/v1/statuses", HttpBody::json(fields));
    }

    Person m_ann;
};

void tst_Scheduled::init()
{
    m_ann = w.person();
}

void tst_Scheduled::schedulesShowsMovesAndTakesBack()
{
    rig::HttpClient ann = w.client(m_ann);
    QCOMPARE(ann.get("/api/v1/scheduled_statuses").body, QByteArray("[]"));
    const QString at = after(60);
    const HttpReply made = schedule(ann,
                                    { { QStringLiteral("status"), QStringLiteral("later") },
                                      { QStringLiteral("visibility"), QStringLiteral("unlisted") },
                                      { QStringLiteral("spoiler_text"), QStringLiteral("soon") } },
                                    at);
    GI_STATUS(made, 200);
    QCOMPARE(QDateTime::fromString(made.text("scheduled_at"), Qt::ISODateWithMs),
             QDateTime::fromString(at, Qt::ISODateWithMs));
    const QJsonValue params = made.object()[QLatin1String("params")];
    QCOMPARE(params[QLatin1String("text")].toString(), QStringLiteral("later"));
    QCOMPARE(params[QLatin1String("visibility")].toString(), QStringLiteral("unlisted"));
    QCOMPARE(params[QLatin1String("spoiler_text")].toString(), QStringLiteral("soon"));
    QVERIFY(params[QLatin1String("sensitive")].isNull());
    // It is nowhere yet.
    QCOMPARE(ann.get("/api/v1/accounts/" + m_ann.id.toUtf8() + "/statuses").body, QByteArray("[]"));

    const QByteArray place = "/api/v1/scheduled_statuses/" + made.text("id").toUtf8();
    QCOMPARE(ann.get("/api/v1/scheduled_statuses").ids(), QStringList { made.text("id") });
    QCOMPARE(ann.get(place).body, made.body);
    const QString later = after(120);
    const HttpReply moved = ann.put(place, HttpBody::form({ { "scheduled_at", later.toUtf8() } }));
    GI_STATUS(moved, 200);
    QCOMPARE(QDateTime::fromString(moved.text("scheduled_at"), Qt::ISODateWithMs),
             QDateTime::fromString(later, Qt::ISODateWithMs));
    GI_STATUS(ann.put(place, HttpBody::form({ { "scheduled_at", after(1).toUtf8() } })), 422);
    QCOMPARE(ann.get(place).body, moved.body);
    GI_STATUS(ann.del(place), 200);
    GI_STATUS(ann.get(place), 404);
    GI_STATUS(ann.put(place, HttpBody::form({ { "scheduled_at", later.toUtf8() } })), 404);
    GI_STATUS(ann.del(place), 404);
}

void tst_Scheduled::reservesItsPhotos()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString photo = w.upload(ann, "a heron");
    const QJsonObject fields { { QStringLiteral("media_ids"), QJsonArray { photo } } };
    const HttpReply made = schedule(ann, fields, after(60));
    GI_STATUS(made, 200);
    QCOMPARE(made.object()[QLatin1String("media_attachments")][0][QLatin1String("id")].toString(), photo);
    QCOMPARE(made.object()[QLatin1String("params")][QLatin1String("media_ids")][0].toString(), photo);
    GI_STATUS(ann.post("/api/v1/statuses", HttpBody::json(fields)), 422);
    GI_STATUS(schedule(ann, fields, after(90)), 422);
    // A photo of somebody else's stays theirs.
    rig::HttpClient bob = w.client(w.person());
    GI_STATUS(schedule(bob, { { QStringLiteral("media_ids"), QJsonArray { w.upload(ann) } } }, after(60)), 422);
    GI_STATUS(ann.del("/api/v1/scheduled_statuses/" + made.text("id").toUtf8()), 200);
    GI_STATUS(ann.post("/api/v1/statuses", HttpBody::json(fields)), 200);
}

void tst_Scheduled::repeatsByIdempotencyKey()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString at = after(60);
    const auto ask = [&](const QByteArray &key) {
        return ann.send("POST", "/api/v1/statuses",
                        HttpBody::form({ { "status", "once" }, { "scheduled_at", at.toUtf8() } }),
                        { { "Idempotency-Key", key } });
    };
    const HttpReply first = ask("k1");
    GI_STATUS(first, 200);
    QCOMPARE(ask("k1").text("id"), first.text("id"));
    QVERIFY(ask("k2").text("id") != first.text("id"));
    QCOMPARE(ann.get("/api/v1/scheduled_statuses").array().size(), 2);
}

void tst_Scheduled::refusesWhatCannotBe_data()
{
    QTest::addColumn<QString>("at");
    QTest::addColumn<QString>("text");
    QTest::newRow("soon") << after(4) << QStringLiteral("text");
    QTest::newRow("past") << after(-60) << QStringLiteral("text");
    QTest::newRow("no time") << QStringLiteral("tomorrow") << QStringLiteral("text");
    QTest::newRow("no such day") << QStringLiteral("2090-02-31T00:00:00Z") << QStringLiteral("text");
    QTest::newRow("nothing") << after(60) << QString();
    QTest::newRow("too much") << after(60) << QString(10'000, QLatin1Char('x'));
}

void tst_Scheduled::refusesWhatCannotBe()
{
    QFETCH(QString, at);
    QFETCH(QString, text);
    rig::HttpClient ann = w.client(m_ann);
    const HttpReply refused = schedule(ann, { { QStringLiteral("status"), text } }, at);
    GI_STATUS(refused, 422);
    QVERIFY2(refused.text("error").startsWith(QLatin1String("Validation failed: ")), refused.summary());
    QCOMPARE(ann.get("/api/v1/scheduled_statuses").body, QByteArray("[]"));
    QCOMPARE(ann.get("/api/v1/accounts/" + m_ann.id.toUtf8() + "/statuses").body, QByteArray("[]"));
}

void tst_Scheduled::pagesThroughThem()
{
    rig::HttpClient ann = w.client(m_ann);
    QStringList expected;
    for (int i = 0; i < 5; ++i)
        expected.prepend(schedule(ann, { { QStringLiteral("status"), QString::number(i) } }, after(60 + i)).text("id"));
    QStringList found;
    QByteArray target = "/api/v1/scheduled_statuses?limit=2";
    for (int pages = 0; pages < 5 && !target.isEmpty(); ++pages) {
        const HttpReply page = ann.get(target);
        GI_STATUS(page, 200);
        found += page.ids();
        target = page.link("next");
    }
    QCOMPARE(found, expected);
}

void tst_Scheduled::keepsThemToTheirOwner()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(w.person());
    const HttpReply made = schedule(ann, { { QStringLiteral("status"), QStringLiteral("mine") } }, after(60));
    const QByteArray place = "/api/v1/scheduled_statuses/" + made.text("id").toUtf8();
    GI_STATUS(bob.get(place), 404);
    GI_STATUS(bob.put(place, HttpBody::form({ { "scheduled_at", after(90).toUtf8() } })), 404);
    GI_STATUS(bob.del(place), 404);
    QCOMPARE(bob.get("/api/v1/scheduled_statuses").body, QByteArray("[]"));
    QCOMPARE(ann.get(place).body, made.body);
}

SuitePointer makeScheduledSuite(World &world)
{
    return std::make_unique<tst_Scheduled>(world);
}

} // namespace graminsta::api_test

#include "tst_scheduled.moc"
