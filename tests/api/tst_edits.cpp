// SPDX-License-Identifier: GPL-3.0-or-later
// Editing posts: https://docs.joinmastodon.org/methods/statuses/#edit
#include "suites.h"

#include <array>
#include <thread>
#include <vector>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Edits : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void changesWhatIsGivenAndKeepsTheRest();
    void changesPhotos_data();
    void changesPhotos();
    void describesPhotos_data();
    void describesPhotos();
    void takesAwayAllPhotos_data();
    void takesAwayAllPhotos();
    void refusesWhatCannotBe_data();
    void refusesWhatCannotBe();
    void keepsToItsAuthor_data();
    void keepsToItsAuthor();
    void givesTheSource();
    void keepsTheHistory();
    void hidesTheHistoryOfWhatCannotBeSeen();
    void forgetsPhotosThatWereTakenAway();
    void takesNothingChangedAsNoEdit();
    void findsTheNewTagsOnly();
    void tellsWhomItNamesAnew();
    void endsTheSightOfWhomADirectMessageNamesNoMore();
    void keepsEveryVersionOfParallelEdits();

private:
    [[nodiscard]] static QByteArray path(const QString &id, const char *rest = "")
    {
        return "/api/v1/statuses/" + id.toUtf8() + rest;
    }
    [[nodiscard]] static QStringList mediaOf(const QJsonValue &status)
    {
        QStringList ids;
        for (const QJsonValue &media : status[QLatin1String("media_attachments")].toArray())
            ids.append(media[QLatin1String("id")].toString());
        return ids;
    }
    [[nodiscard]] QStringList contents(const QString &id) const
    {
        QStringList texts;
        for (const QJsonValue &edit : w.client(m_ann).get(path(id, "/history")).array())
            texts.append(edit[QLatin1String("content")].toString());
        return texts;
    }

    Person m_ann;
    Person m_bob;
};

void tst_Edits::init()
{
    m_ann = w.person();
    m_bob = w.person();
}

void tst_Edits::changesWhatIsGivenAndKeepsTheRest()
{
    rig::HttpClient http = w.client(m_ann);
    const QString media = w.upload(http);
    const QString id = w.postId(http, QStringLiteral("before"),
                                { { QStringLiteral("media_ids"), QJsonArray { media } },
                                  { QStringLiteral("language"), QStringLiteral("de") },
                                  { QStringLiteral("visibility"), QStringLiteral("unlisted") } });
    QVERIFY(http.get(path(id)).object()[QLatin1String("edited_at")].isNull());
    const HttpReply edited = http.put(path(id), HttpBody::json({ { "status", QStringLiteral("after") } }));
    GI_STATUS(edited, 200);
    for (const QJsonObject &status : { edited.object(), w.client().get(path(id)).object() }) {
        QCOMPARE(status[QLatin1String("id")].toString(), id);
        QCOMPARE(status[QLatin1String("content")].toString(), QStringLiteral("<p>after</p>"));
        QVERIFY(status[QLatin1String("edited_at")].isString());
        QCOMPARE(status[QLatin1String("language")].toString(), QStringLiteral("de"));
        QCOMPARE(status[QLatin1String("visibility")].toString(), QStringLiteral("unlisted"));
        QCOMPARE(mediaOf(status), QStringList { media });
    }
    const HttpReply warned = http.put(path(id),
                                      HttpBody::form({ { "status", "after" },
                                                       { "spoiler_text", "careful" },
                                                       { "language", "en" },
                                                       { "media_ids[]", media.toUtf8() } }));
    GI_STATUS(warned, 200);
    QCOMPARE(warned.text("spoiler_text"), QStringLiteral("careful"));
    QCOMPARE(warned.text("language"), QStringLiteral("en"));
    QCOMPARE(warned.object()[QLatin1String("sensitive")].toBool(), true);
    const HttpReply plain = http.put(path(id), HttpBody::form({ { "spoiler_text", "" }, { "sensitive", "false" } }));
    GI_STATUS(plain, 200);
    QCOMPARE(plain.object()[QLatin1String("sensitive")].toBool(true), false);
    QCOMPARE(plain.text("spoiler_text"), QString());
}

void tst_Edits::changesPhotos_data()
{
    QTest::addColumn<QList<int>>("wanted"); // 0 and 1 were there, 2 and 3 are new
    QTest::newRow("another order") << QList<int> { 1, 0 };
    QTest::newRow("one less") << QList<int> { 1 };
    QTest::newRow("one more") << QList<int> { 0, 2, 1 };
    QTest::newRow("others") << QList<int> { 3, 2 };
}

void tst_Edits::changesPhotos()
{
    QFETCH(QList<int>, wanted);
    rig::HttpClient http = w.client(m_ann);
    QStringList photos;
    for (int i = 0; i < 4; ++i)
        photos.append(w.upload(http));
    const QString id =
        w.postId(http, QStringLiteral("x"), { { QStringLiteral("media_ids"), QJsonArray { photos[0], photos[1] } } });
    QJsonArray ids;
    QStringList expected;
    for (const int place : wanted) {
        ids.append(photos[place]);
        expected.append(photos[place]);
    }
    GI_STATUS(http.put(path(id), HttpBody::json({ { "status", QStringLiteral("x") }, { "media_ids", ids } })), 200);
    QCOMPARE(mediaOf(w.client().get(path(id)).object()), expected);
    // What was taken away can be posted again.
    for (int place = 0; place < 4; ++place) {
        const HttpReply again = http.post(
            "/api/v1/statuses",
            HttpBody::json({ { "status", QStringLiteral("y") }, { "media_ids", QJsonArray { photos[place] } } }));
        GI_STATUS(again, wanted.contains(place) ? 422 : 200);
    }
}

void tst_Edits::describesPhotos_data()
{
    QTest::addColumn<bool>("json");
    QTest::newRow("json") << true;
    QTest::newRow("form") << false;
}

void tst_Edits::describesPhotos()
{
    QFETCH(bool, json);
    rig::HttpClient http = w.client(m_ann);
    const QString first = w.upload(http, "one");
    const QString second = w.upload(http, "two");
    const QString id =
        w.postId(http, QStringLiteral("x"), { { QStringLiteral("media_ids"), QJsonArray { first, second } } });
    const QJsonObject change { { QStringLiteral("id"), second },
                               { QStringLiteral("description"), QStringLiteral("better") },
                               { QStringLiteral("focus"), QStringLiteral("0.5,-0.5") } };
    const HttpReply edited = http.put(path(id),
                                      json ? HttpBody::json({ { "media_ids", QJsonArray { first, second } },
                                                              { "media_attributes", QJsonArray { change } } })
                                           : HttpBody::form({ { "media_ids[]", first.toUtf8() },
                                                              { "media_ids[]", second.toUtf8() },
                                                              { "media_attributes[][id]", second.toUtf8() },
                                                              { "media_attributes[][description]", "better" },
                                                              { "media_attributes[][focus]", "0.5,-0.5" } }));
    GI_STATUS(edited, 200);
    const QJsonArray media = w.client().get(path(id)).object()[QLatin1String("media_attachments")].toArray();
    QCOMPARE(media[0][QLatin1String("description")].toString(), QStringLiteral("one"));
    QCOMPARE(media[1][QLatin1String("description")].toString(), QStringLiteral("better"));
    QCOMPARE(media[1][QLatin1String("meta")][QLatin1String("focus")][QLatin1String("y")].toDouble(), -0.5);
    const QJsonArray history = http.get(path(id, "/history")).array();
    QCOMPARE(history.size(), 2);
    QCOMPARE(history[0][QLatin1String("media_attachments")][1][QLatin1String("description")].toString(),
             QStringLiteral("two"));
    QCOMPARE(history[1][QLatin1String("media_attachments")][1][QLatin1String("description")].toString(),
             QStringLiteral("better"));
}

void tst_Edits::takesAwayAllPhotos_data()
{
    QTest::addColumn<HttpBody>("body");
    QTest::newRow("json") << HttpBody::json({ { "status", QStringLiteral("x") }, { "media_ids", QJsonArray {} } });
    QTest::newRow("form") << HttpBody::form({ { "status", "x" }, { "media_ids[]", "" } });
}

void tst_Edits::takesAwayAllPhotos()
{
    QFETCH(HttpBody, body);
    rig::HttpClient http = w.client(m_ann);
    const QString id =
        w.postId(http, QStringLiteral("x"), { { QStringLiteral("media_ids"), QJsonArray { w.upload(http) } } });
    const HttpReply edited = http.put(path(id), body);
    GI_STATUS(edited, 200);
    QCOMPARE(mediaOf(edited.object()), QStringList());
}

void tst_Edits::refusesWhatCannotBe_data()
{
    QTest::addColumn<HttpBody>("body");
    QTest::newRow("empty") << HttpBody::json({ { "status", QStringLiteral(" ") } });
    QTest::newRow("too long") << HttpBody::json({ { "status", QString(2201, QLatin1Char('a')) } });
    QTest::newRow("media that are not") << HttpBody::json(
        { { "status", QStringLiteral("x") }, { "media_ids", QJsonArray { QStringLiteral("12345") } } });
    QTest::newRow("a description that is too long") << HttpBody::form(
        { { "media_attributes[0][id]", "12345" }, { "media_attributes[0][description]", QByteArray(1501, 'a') } });
    QTest::newRow("a focus that is none")
        << HttpBody::form({ { "media_attributes[0][id]", "12345" }, { "media_attributes[0][focus]", "middle" } });
    QTest::newRow("a poll") << HttpBody::form({ { "status", "x" }, { "poll[options][]", "a" } });
}

void tst_Edits::refusesWhatCannotBe()
{
    QFETCH(HttpBody, body);
    rig::HttpClient http = w.client(m_ann);
    const QString id = w.postId(http, QStringLiteral("before"));
    const HttpReply refused = http.put(path(id), body);
    GI_STATUS(refused, 422);
    QVERIFY(refused.text("error").startsWith(QStringLiteral("Validation failed: ")));
    const QJsonObject status = http.get(path(id)).object();
    QCOMPARE(status[QLatin1String("content")].toString(), QStringLiteral("<p>before</p>"));
    QVERIFY(status[QLatin1String("edited_at")].isNull());
}

void tst_Edits::keepsToItsAuthor_data()
{
    QTest::addColumn<QString>("visibility");
    QTest::newRow("public") << QStringLiteral("public");
    QTest::newRow("private") << QStringLiteral("private");
}

void tst_Edits::keepsToItsAuthor()
{
    QFETCH(QString, visibility);
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString id = w.postId(ann, QStringLiteral("mine"), { { QStringLiteral("visibility"), visibility } });
    GI_STATUS(bob.put(path(id), HttpBody::form({ { "status", "yours" } })), 404);
    GI_STATUS(bob.get(path(id, "/source")), 404);
    const QString bobs = w.upload(bob);
    GI_STATUS(ann.put(path(id), HttpBody::form({ { "media_ids[]", bobs.toUtf8() } })), 422);
    QCOMPARE(ann.get(path(id)).text("content"), QStringLiteral("<p>mine</p>"));
}

void tst_Edits::givesTheSource()
{
    rig::HttpClient http = w.client(m_ann);
    const QString text = QStringLiteral("a <b> & @%1 #tag\n\nsee https://film.example/").arg(m_bob.username);
    const QString id = w.postId(http, text, { { QStringLiteral("spoiler_text"), QStringLiteral("careful & slow") } });
    const HttpReply source = http.get(path(id, "/source"));
    GI_STATUS(source, 200);
    QCOMPARE(source.text("id"), id);
    QCOMPARE(source.text("text"), text);
    QCOMPARE(source.text("spoiler_text"), QStringLiteral("careful & slow"));
}

void tst_Edits::keepsTheHistory()
{
    rig::HttpClient http = w.client(m_ann);
    const QString id = w.postId(http, QStringLiteral("one"));
    QCOMPARE(contents(id), QStringList { QStringLiteral("<p>one</p>") });
    for (const char *text : { "two", "three" })
        GI_STATUS(http.put(path(id), HttpBody::form({ { "status", text } })), 200);
    const HttpReply history = w.client().get(path(id, "/history"));
    GI_STATUS(history, 200);
    QCOMPARE(
        contents(id),
        QStringList({ QStringLiteral("<p>one</p>"), QStringLiteral("<p>two</p>"), QStringLiteral("<p>three</p>") }));
    const QJsonObject status = w.client().get(path(id)).object();
    const QJsonArray versions = history.array();
    QCOMPARE(versions.first()[QLatin1String("created_at")], status[QLatin1String("created_at")]);
    QCOMPARE(versions.last()[QLatin1String("created_at")], status[QLatin1String("edited_at")]);
    QCOMPARE(versions.last()[QLatin1String("account")][QLatin1String("id")].toString(), m_ann.id);
}

void tst_Edits::hidesTheHistoryOfWhatCannotBeSeen()
{
    rig::HttpClient http = w.client(m_ann);
    const QString id =
        w.postId(http, QStringLiteral("friends"), { { QStringLiteral("visibility"), QStringLiteral("private") } });
    GI_STATUS(w.client(m_bob).get(path(id, "/history")), 404);
    GI_STATUS(w.client().get(path(id, "/history")), 404);
    GI_STATUS(http.get(path(id, "/history")), 200);
}

void tst_Edits::forgetsPhotosThatWereTakenAway()
{
    rig::HttpClient http = w.client(m_ann);
    const QString regretted = w.upload(http);
    const QString kept = w.upload(http);
    const QString id =
        w.postId(http, QStringLiteral("x"), { { QStringLiteral("media_ids"), QJsonArray { regretted, kept } } });
    GI_STATUS(http.put(path(id), HttpBody::form({ { "media_ids[]", kept.toUtf8() } })), 200);
    const QJsonArray versions = w.client().get(path(id, "/history")).array();
    QCOMPARE(versions.size(), 2);
    QCOMPARE(mediaOf(versions[0]), QStringList { kept });
    QCOMPARE(mediaOf(versions[1]), QStringList { kept });
}

void tst_Edits::takesNothingChangedAsNoEdit()
{
    rig::HttpClient http = w.client(m_ann);
    const QString id = w.postId(http, QStringLiteral("same"));
    const HttpReply same = http.put(path(id), HttpBody::form({ { "status", "same" }, { "sensitive", "0" } }));
    GI_STATUS(same, 200);
    QVERIFY(same.object()[QLatin1String("edited_at")].isNull());
    QCOMPARE(contents(id).size(), 1);
}

void tst_Edits::findsTheNewTagsOnly()
{
    rig::HttpClient http = w.client(m_ann);
    const QString before = w.freshName();
    const QString after = w.freshName();
    const QString id = w.postId(http, QStringLiteral("#%1").arg(before));
    GI_STATUS(http.put(path(id), HttpBody::json({ { "status", QStringLiteral("#%1").arg(after) } })), 200);
    QCOMPARE(http.get("/api/v1/timelines/tag/" + before.toUtf8()).ids(), QStringList());
    QCOMPARE(http.get("/api/v1/timelines/tag/" + after.toUtf8()).ids(), QStringList { id });
    QCOMPARE(http.get(path(id)).object()[QLatin1String("tags")][0][QLatin1String("name")].toString(), after);
}

void tst_Edits::tellsWhomItNamesAnew()
{
    const Person carol = w.person();
    rig::HttpClient http = w.client(m_ann);
    const QString id = w.postId(http, QStringLiteral("with @%1").arg(m_bob.username));
    const QString text = QStringLiteral("with @%1 and @%2 and @%3").arg(m_bob.username, carol.username, m_ann.username);
    for (int i = 0; i < 2; ++i)
        GI_STATUS(http.put(path(id), HttpBody::json({ { "status", text + QString::number(i) } })), 200);
    for (const Person &told : { m_bob, carol }) {
        const QJsonArray notifications = w.client(told).get("/api/v1/notifications").array();
        QCOMPARE(notifications.size(), 1);
        QCOMPARE(notifications[0][QLatin1String("type")].toString(), QStringLiteral("mention"));
        QCOMPARE(notifications[0][QLatin1String("status")][QLatin1String("id")].toString(), id);
    }
    QCOMPARE(http.get("/api/v1/notifications").ids(), QStringList());
}

void tst_Edits::endsTheSightOfWhomADirectMessageNamesNoMore()
{
    rig::HttpClient http = w.client(m_ann);
    const QString id = w.postId(http, QStringLiteral("psst @%1").arg(m_bob.username),
                                { { QStringLiteral("visibility"), QStringLiteral("direct") } });
    GI_STATUS(w.client(m_bob).get(path(id)), 200);
    GI_STATUS(http.put(path(id), HttpBody::form({ { "status", "psst" } })), 200);
    GI_STATUS(w.client(m_bob).get(path(id)), 404);
    QCOMPARE(w.client(m_bob).get("/api/v1/notifications").ids(), QStringList());
}

void tst_Edits::keepsEveryVersionOfParallelEdits()
{
    rig::HttpClient http = w.client(m_ann);
    const QString id = w.postId(http, QStringLiteral("first"));
    constexpr int kTogether = 6;
    std::array<int, kTogether> replies {};
    std::vector<std::thread> threads;
    for (int i = 0; i < kTogether; ++i) {
        threads.emplace_back([&, i] {
            const HttpBody body = HttpBody::form({ { "status", "edit " + QByteArray::number(i) } });
            replies[std::size_t(i)] = w.client(m_ann).put(path(id), body).status;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    for (const int status : replies)
        QCOMPARE(status, 200);
    const QStringList all = contents(id);
    QCOMPARE(all.size(), kTogether + 1);
    QCOMPARE(all.first(), QStringLiteral("<p>first</p>"));
    QCOMPARE(QSet<QString>(all.cbegin(), all.cend()).size(), kTogether + 1);
    QCOMPARE(all.last(), http.get(path(id)).text("content"));
}

SuitePointer makeEditsSuite(World &world)
{
    return std::make_unique<tst_Edits>(world);
}

} // namespace graminsta::api_test

#include "tst_edits.moc"
