// SPDX-License-Identifier: GPL-3.0-or-later
// Posts: https://docs.joinmastodon.org/methods/statuses/
#include "suites.h"

#include <array>
#include <atomic>
#include <thread>
#include <vector>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Statuses : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void initTestCase();
    void postsFromAnyKindOfBody_data();
    void postsFromAnyKindOfBody();
    void keepsPhotosInOrder();
    void takesTwentyPhotosAndNotOneMore();
    void refusesMediaThatCannotBePosted();
    void refusesWhatIsEmptyOrTooLong();
    void writesTextAsSafeHtml();
    void findsTagsAndMentions();
    void takesBooleansAsClientsWriteThem_data();
    void takesBooleansAsClientsWriteThem();
    void makesOneStatusForOneKey();
    void makesOneStatusForOneKeyInParallel();
    void keepsKeysOfPeopleApart();
    void givesADeletedStatusForRedraft();
    void letsOnlyTheAuthorDelete();
    void showsTheThread();
    void keepsCommentsOfADeletedStatus();
    void favouritesAndUnfavourites();
    void countsFavouritesInParallel();
    void namesTheApplication();

private:
    [[nodiscard]] static QByteArray path(const QString &id, const char *rest = "")
    {
        return "/api/v1/statuses/" + id.toUtf8() + rest;
    }
    [[nodiscard]] static QJsonObject replyTo(const QString &id) { return { { QStringLiteral("in_reply_to_id"), id } }; }
    [[nodiscard]] static QStringList idsOf(const QJsonValue &statuses)
    {
        QStringList ids;
        for (const QJsonValue &status : statuses.toArray())
            ids.append(status[QLatin1String("id")].toString());
        return ids;
    }

    Person m_ann;
    Person m_bob;
};

void tst_Statuses::initTestCase()
{
    m_ann = w.person();
    m_bob = w.person();
}

void tst_Statuses::postsFromAnyKindOfBody_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("json") << 0;
    QTest::newRow("form with encoded brackets") << 1;
    QTest::newRow("form with plain brackets") << 2;
    QTest::newRow("multipart") << 3;
    QTest::newRow("json with numbers as ids") << 4;
}

void tst_Statuses::postsFromAnyKindOfBody()
{
    QFETCH(int, kind);
    rig::HttpClient http = w.client(m_ann);
    const QStringList media { w.upload(http), w.upload(http) };
    const QByteArray first = media[0].toUtf8();
    const QByteArray second = media[1].toUtf8();
    HttpBody body;
    if (kind == 0)
        body = HttpBody::json(
            { { "status", QStringLiteral("a & b") }, { "media_ids", QJsonArray { media[0], media[1] } } });
    else if (kind == 1)
        body = HttpBody::form({ { "status", "a & b" }, { "media_ids[]", first }, { "media_ids[]", second } });
    else if (kind == 2)
        body = { "application/x-www-form-urlencoded; charset=UTF-8",
                 "status=a+%26+b&media_ids[]=" + first + "&media_ids[]=" + second };
    else if (kind == 3)
        body = HttpBody::multipart({ { "status", "a & b" }, { "media_ids[]", first }, { "media_ids[]", second } });
    else
        body = { "application/json; charset=utf-8",
                 "{\"status\":\"a & b\",\"media_ids\":[" + first + ',' + second + "],\"poll\":null}" };
    const HttpReply posted = http.post("/api/v1/statuses", body);
    GI_STATUS(posted, 200);
    QVERIFY2(posted.text("content").contains(QStringLiteral("a &amp; b")), posted.summary());
    QCOMPARE(idsOf(posted.object()[QLatin1String("media_attachments")]), media);
    QCOMPARE(posted.object()[QLatin1String("account")][QLatin1String("id")].toString(), m_ann.id);
    QCOMPARE(posted.text("visibility"), QStringLiteral("public"));
    const HttpReply shown = w.client().get(path(posted.text("id")));
    GI_STATUS(shown, 200);
    QCOMPARE(idsOf(shown.object()[QLatin1String("media_attachments")]), media);
}

void tst_Statuses::keepsPhotosInOrder()
{
    rig::HttpClient http = w.client(m_ann);
    QJsonArray media;
    for (int i = 0; i < 4; ++i)
        media.prepend(w.upload(http));
    const QString id = w.postId(http, QString(), { { QStringLiteral("media_ids"), media } });
    QStringList expected;
    for (const QJsonValue &one : std::as_const(media))
        expected.append(one.toString());
    QCOMPARE(idsOf(http.get(path(id)).object()[QLatin1String("media_attachments")]), expected);
}

void tst_Statuses::takesTwentyPhotosAndNotOneMore()
{
    rig::HttpClient http = w.client(m_ann);
    rig::FormFields fields { { "status", "twenty" } };
    for (int i = 0; i < 20; ++i)
        fields.append({ "media_ids[]", w.upload(http).toUtf8() });
    rig::FormFields tooMany = fields;
    tooMany.append({ "media_ids[]", w.upload(http).toUtf8() });
    GI_STATUS(http.post("/api/v1/statuses", HttpBody::form(tooMany)), 422);
    const HttpReply posted = http.post("/api/v1/statuses", HttpBody::form(fields));
    GI_STATUS(posted, 200);
    QCOMPARE(posted.object()[QLatin1String("media_attachments")].toArray().size(), 20);
}

void tst_Statuses::refusesMediaThatCannotBePosted()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const auto attempt = [](rig::HttpClient &http, const QJsonArray &media) {
        return http.post("/api/v1/statuses",
                         HttpBody::json({ { "status", QStringLiteral("x") }, { "media_ids", media } }));
    };
    const QString annsPhoto = w.upload(ann);
    GI_STATUS(attempt(bob, { annsPhoto }), 422);
    GI_STATUS(attempt(ann, { QStringLiteral("12345") }), 422);
    GI_STATUS(attempt(ann, { QStringLiteral("nonsense") }), 422);
    GI_STATUS(attempt(ann, { annsPhoto }), 200);
    GI_STATUS(attempt(ann, { annsPhoto }), 422); // it hangs on another status now
}

void tst_Statuses::refusesWhatIsEmptyOrTooLong()
{
    rig::HttpClient http = w.client(m_ann);
    const auto attempt = [&](const QString &text) {
        return http.post("/api/v1/statuses", HttpBody::json({ { "status", text } }));
    };
    GI_STATUS(attempt(QString()), 422);
    GI_STATUS(attempt(QStringLiteral(" \r\n\t")), 422);
    GI_STATUS(attempt(QString(2200, QChar(0x00e4))), 200);
    GI_STATUS(attempt(QString(2201, QChar(0x00e4))), 422);
    // Characters as people count them, not UTF-16 units.
    GI_STATUS(attempt(QStringLiteral("📷").repeated(2200)), 200);
    GI_STATUS(http.post("/api/v1/statuses"), 422);
    GI_STATUS(
        http.post("/api/v1/statuses",
                  HttpBody::json({ { "status", QStringLiteral("x") }, { "visibility", QStringLiteral("secret") } })),
        422);
    GI_STATUS(
        http.post("/api/v1/statuses",
                  HttpBody::json({ { "status", QStringLiteral("x") }, { "in_reply_to_id", QStringLiteral("1") } })),
        404);
}

void tst_Statuses::writesTextAsSafeHtml()
{
    rig::HttpClient http = w.client(m_ann);
    const QString html =
        w.post(http,
               QStringLiteral(
                   "<script>alert(1)</script>\nsee https://film.example/?a=1&b=2\n\nbye"))[QLatin1String("content")]
            .toString();
    QVERIFY2(!html.contains(QStringLiteral("<script")), qPrintable(html));
    QVERIFY2(html.startsWith(QStringLiteral("<p>")) && html.endsWith(QStringLiteral("</p>")), qPrintable(html));
    QVERIFY2(html.contains(QStringLiteral("<br")), qPrintable(html));
    QVERIFY2(html.contains(QStringLiteral("href=\"https://film.example/?a=1&amp;b=2\"")), qPrintable(html));
}

void tst_Statuses::findsTagsAndMentions()
{
    rig::HttpClient http = w.client(m_ann);
    const QJsonObject status =
        w.post(http, QStringLiteral("#Film #film #Ünterwegs with @%1 and @nobody_at_all, no a#b").arg(m_bob.username));
    QStringList tags;
    for (const QJsonValue &tag : status[QLatin1String("tags")].toArray())
        tags.append(tag[QLatin1String("name")].toString());
    QCOMPARE(tags, QStringList({ QStringLiteral("film"), QStringLiteral("ünterwegs") }));
    QCOMPARE(idsOf(status[QLatin1String("mentions")]), QStringList { m_bob.id });
}

void tst_Statuses::takesBooleansAsClientsWriteThem_data()
{
    QTest::addColumn<HttpBody>("body");
    QTest::addColumn<bool>("sensitive");
    const QString text = QStringLiteral("x");
    QTest::newRow("json true") << HttpBody::json({ { "status", text }, { "sensitive", true } }) << true;
    QTest::newRow("json 1") << HttpBody::json({ { "status", text }, { "sensitive", 1 } }) << true;
    QTest::newRow("json null") << HttpBody::json({ { "status", text }, { "sensitive", QJsonValue::Null } }) << false;
    for (const char *yes : { "true", "True", "1", "on", "TRUE" })
        QTest::newRow(yes) << HttpBody::form({ { "status", "x" }, { "sensitive", yes } }) << true;
    for (const char *no : { "false", "False", "0", "off", "" })
        QTest::newRow(*no ? no : "empty") << HttpBody::form({ { "status", "x" }, { "sensitive", no } }) << false;
}

void tst_Statuses::takesBooleansAsClientsWriteThem()
{
    QFETCH(HttpBody, body);
    QFETCH(bool, sensitive);
    const HttpReply posted = w.client(m_ann).post("/api/v1/statuses", body);
    GI_STATUS(posted, 200);
    QCOMPARE(posted.object()[QLatin1String("sensitive")].toBool(), sensitive);
}

void tst_Statuses::makesOneStatusForOneKey()
{
    rig::HttpClient http = w.client(m_ann);
    const rig::HttpHeaders key { { "Idempotency-Key", w.freshName().toUtf8() } };
    const HttpBody body = HttpBody::form({ { "status", "once" } });
    const HttpReply first = http.post("/api/v1/statuses", body, key);
    GI_STATUS(first, 200);
    const HttpReply second = http.post("/api/v1/statuses", body, key);
    GI_STATUS(second, 200);
    QCOMPARE(second.text("id"), first.text("id"));
    QVERIFY(w.postId(http, QStringLiteral("once")) != first.text("id"));
}

void tst_Statuses::makesOneStatusForOneKeyInParallel()
{
    const Person author = w.person();
    const rig::HttpHeaders key { { "Idempotency-Key", "the same" } };
    constexpr int kTogether = 20;
    std::array<HttpReply, kTogether> replies;
    std::vector<std::thread> threads;
    for (HttpReply &reply : replies) {
        threads.emplace_back([&] {
            reply = w.client(author).post("/api/v1/statuses", HttpBody::form({ { "status", "once" } }), key);
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    for (const HttpReply &reply : replies) {
        GI_STATUS(reply, 200);
        QCOMPARE(reply.text("id"), replies[0].text("id"));
    }
    QCOMPARE(w.client().get("/api/v1/accounts/" + author.id.toUtf8() + "/statuses").array().size(), 1);
    QCOMPARE(w.client().get("/api/v1/accounts/" + author.id.toUtf8()).object()[QLatin1String("statuses_count")].toInt(),
             1);
}

void tst_Statuses::keepsKeysOfPeopleApart()
{
    const rig::HttpHeaders key { { "Idempotency-Key", w.freshName().toUtf8() } };
    const HttpBody body = HttpBody::form({ { "status", "mine" } });
    const HttpReply anns = w.client(m_ann).post("/api/v1/statuses", body, key);
    const HttpReply bobs = w.client(m_bob).post("/api/v1/statuses", body, key);
    GI_STATUS(bobs, 200);
    QVERIFY(anns.text("id") != bobs.text("id"));
    QCOMPARE(bobs.object()[QLatin1String("account")][QLatin1String("id")].toString(), m_bob.id);
}

void tst_Statuses::givesADeletedStatusForRedraft()
{
    const Person author = w.person();
    rig::HttpClient http = w.client(author);
    const QString media = w.upload(http, "alt");
    const QString id =
        w.postId(http, QStringLiteral("Fix <me> #tag"), { { QStringLiteral("media_ids"), QJsonArray { media } } });
    const HttpReply deleted = http.send("DELETE", path(id), HttpBody::json({})); // megalodon sends a body
    GI_STATUS(deleted, 200);
    QCOMPARE(deleted.text("text"), QStringLiteral("Fix <me> #tag"));
    QCOMPARE(idsOf(deleted.object()[QLatin1String("media_attachments")]), QStringList { media });
    GI_STATUS(http.get(path(id)), 404);
    GI_STATUS(http.del(path(id)), 404);
    QCOMPARE(
        w.client().get("/api/v1/accounts/" + author.id.toUtf8()).object()[QLatin1String("statuses_count")].toInt(-1),
        0);
    const QJsonObject again =
        w.post(http, QStringLiteral("fixed"), { { QStringLiteral("media_ids"), QJsonArray { media } } });
    QCOMPARE(idsOf(again[QLatin1String("media_attachments")]), QStringList { media });
}

void tst_Statuses::letsOnlyTheAuthorDelete()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString id = w.postId(ann, QStringLiteral("mine"));
    const HttpReply refused = w.client(m_bob).del(path(id));
    QVERIFY2(refused.status == 404 || refused.status == 403, refused.summary());
    GI_STATUS(ann.get(path(id)), 200);
}

void tst_Statuses::showsTheThread()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString root = w.postId(ann, QStringLiteral("root"));
    const QString first = w.postId(bob, QStringLiteral("first"), replyTo(root));
    const QString second = w.postId(ann, QStringLiteral("second"), replyTo(root));
    const QString below = w.postId(ann, QStringLiteral("below first"), replyTo(first));
    const HttpReply ofRoot = w.client().get(path(root, "/context"));
    GI_STATUS(ofRoot, 200);
    QCOMPARE(idsOf(ofRoot.object()[QLatin1String("ancestors")]), QStringList());
    QCOMPARE(idsOf(ofRoot.object()[QLatin1String("descendants")]), QStringList({ first, below, second }));
    const QJsonObject ofBelow = w.client().get(path(below, "/context")).object();
    QCOMPARE(idsOf(ofBelow[QLatin1String("ancestors")]), QStringList({ root, first }));
    const QJsonObject shown = w.client().get(path(root)).object();
    QCOMPARE(shown[QLatin1String("replies_count")].toInt(), 2);
    const QJsonObject reply = w.client().get(path(first)).object();
    QCOMPARE(reply[QLatin1String("in_reply_to_id")].toString(), root);
    QCOMPARE(reply[QLatin1String("in_reply_to_account_id")].toString(), m_ann.id);
}

void tst_Statuses::keepsCommentsOfADeletedStatus()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString root = w.postId(ann, QStringLiteral("root"));
    const QString reply = w.postId(bob, QStringLiteral("reply"), replyTo(root));
    GI_STATUS(ann.del(path(root)), 200);
    const HttpReply kept = w.client().get(path(reply));
    GI_STATUS(kept, 200);
    QVERIFY(kept.object()[QLatin1String("in_reply_to_id")].isNull());
    GI_STATUS(w.client().get(path(reply, "/context")), 200);
}

void tst_Statuses::favouritesAndUnfavourites()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString id = w.postId(ann, QStringLiteral("like me"));
    for (int i = 0; i < 2; ++i) {
        const HttpReply liked = bob.post(path(id, "/favourite"), HttpBody { "application/json", {} });
        GI_STATUS(liked, 200);
        QCOMPARE(liked.object()[QLatin1String("favourited")].toBool(), true);
        QCOMPARE(liked.object()[QLatin1String("favourites_count")].toInt(), 1);
    }
    QCOMPARE(ann.get(path(id)).object()[QLatin1String("favourited")].toBool(true), false);
    const HttpReply likers = w.client().get(path(id, "/favourited_by"));
    QCOMPARE(likers.ids(), QStringList { m_bob.id });
    for (int i = 0; i < 2; ++i) {
        const HttpReply unliked = bob.post(path(id, "/unfavourite"));
        GI_STATUS(unliked, 200);
        QCOMPARE(unliked.object()[QLatin1String("favourited")].toBool(true), false);
        QCOMPARE(unliked.object()[QLatin1String("favourites_count")].toInt(-1), 0);
    }
    GI_STATUS(bob.post(path(QStringLiteral("1"), "/favourite")), 404);
}

void tst_Statuses::countsFavouritesInParallel()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString id = w.postId(ann, QStringLiteral("like me all at once"));
    constexpr int kFans = 6;
    std::vector<Person> fans;
    for (int i = 0; i < kFans; ++i)
        fans.push_back(w.person());
    std::atomic<int> refused = 0;
    std::vector<std::thread> threads;
    for (const Person &fan : fans) {
        for (int twice = 0; twice < 2; ++twice) {
            threads.emplace_back([&] {
                rig::HttpClient http = w.client(fan);
                for (const char *step : { "/favourite", "/unfavourite", "/favourite", "/favourite" })
                    refused += http.post(path(id, step)).status == 200 ? 0 : 1;
            });
        }
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(refused.load(), 0);
    QCOMPARE(ann.get(path(id)).object()[QLatin1String("favourites_count")].toInt(), kFans);
}

void tst_Statuses::namesTheApplication()
{
    rig::HttpClient ann = w.client(m_ann);
    const QJsonObject status = w.post(ann, QStringLiteral("from somewhere"));
    QCOMPARE(status[QLatin1String("application")][QLatin1String("name")].toString(), QStringLiteral("API suite"));
}

SuitePointer makeStatusesSuite(World &world)
{
    return std::make_unique<tst_Statuses>(world);
}

} // namespace graminsta::api_test

#include "tst_statuses.moc"
