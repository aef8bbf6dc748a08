// SPDX-License-Identifier: GPL-3.0-or-later
// Filters: https://docs.joinmastodon.org/methods/filters/ and v1
#include "suites.h"

#include <QDateTime>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Filters : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void makesChangesAndRemoves();
    void takesKeywordsAsClientsSendThem();
    void refusesWhatIsWrong_data();
    void refusesWhatIsWrong();
    void keepsFiltersToTheirOwner();
    void marksWhatAKeywordMeans();
    void marksOnlyInItsContext();
    void marksWhatAReblogShows();
    void marksNamedPosts();
    void hidesFromHomeAndNotifications();
    void leavesOwnPostsAndExpiredFilters();
    void showsKeywordsAsTheFirstVersionDoes();

private:
    [[nodiscard]] static QJsonObject filter(const QString &keyword, const QStringList &context,
                                            const char *action = "warn")
    {
        return { { QStringLiteral("title"), QStringLiteral("Not this") },
                 { QStringLiteral("context"), QJsonArray::fromStringList(context) },
                 { QStringLiteral("filter_action"), QLatin1String(action) },
                 { QStringLiteral("keywords_attributes"),
                   QJsonArray { QJsonObject { { QStringLiteral("keyword"), keyword },
                                              { QStringLiteral("whole_word"), true } } } } };
    }
    [[nodiscard]] static QByteArray make(rig::HttpClient &client, const QJsonObject &filter)
    {
        const HttpReply made = client.post("/api/v2/filters", HttpBody::json(filter));
        return made.status == 200 ? made.text("id").toUtf8() : QByteArray("refused");
    }
    // What a list of statuses says of one of them.
    [[nodiscard]] static QJsonArray filteredIn(const HttpReply &reply, const QString &id)
    {
        for (const QJsonValue &one : reply.array()) {
            if (one[QLatin1String("id")].toString() == id)
                return one[QLatin1String("filtered")].toArray();
        }
        return {};
    }

    Person m_ann;
    Person m_bob;
};

void tst_Filters::init()
{
    m_ann = w.person();
    m_bob = w.person();
}

void tst_Filters::makesChangesAndRemoves()
{
    rig::HttpClient ann = w.client(m_ann);
    QCOMPARE(ann.get("/api/v2/filters").body, QByteArray("[]"));
    const QByteArray id = make(ann, filter(QStringLiteral("spiders"), { QStringLiteral("home") }));
    const QByteArray place = "/api/v2/filters/" + id;
    HttpReply shown = ann.get(place);
    GI_STATUS(shown, 200);
    QCOMPARE(shown.text("title"), QStringLiteral("Not this"));
    QVERIFY(shown.object()[QLatin1String("expires_at")].isNull());
    QCOMPARE(ann.get("/api/v2/filters").ids(), QStringList { QString::fromUtf8(id) });

    const QByteArray keyword = shown.object()[QLatin1String("keywords")][0][QLatin1String("id")].toString().toUtf8();
    const HttpReply changed =
        ann.put(place,
                HttpBody::json(
                    { { QStringLiteral("title"), QStringLiteral("Other") },
                      { QStringLiteral("context"), QJsonArray { QStringLiteral("public"), QStringLiteral("thread") } },
                      { QStringLiteral("expires_in"), 3600 },
                      { QStringLiteral("keywords_attributes"),
                        QJsonArray { QJsonObject { { QStringLiteral("id"), QString::fromUtf8(keyword) },
                                                   { QStringLiteral("keyword"), QStringLiteral("ants") } },
                                     QJsonObject { { QStringLiteral("keyword"), QStringLiteral("bees") } } } } }));
    GI_STATUS(changed, 200);
    QCOMPARE(changed.text("title"), QStringLiteral("Other"));
    QCOMPARE(changed.object()[QLatin1String("context")].toArray().size(), 2);
    QCOMPARE(changed.object()[QLatin1String("keywords")].toArray().size(), 2);
    const QDateTime end = QDateTime::fromString(changed.text("expires_at"), Qt::ISODateWithMs);
    QVERIFY(qAbs(QDateTime::currentDateTimeUtc().secsTo(end) - 3600) < 60);
    const HttpReply forever = ann.put(place, HttpBody::form({ { "expires_in", "" } }));
    QVERIFY2(forever.object()[QLatin1String("expires_at")].isNull(), forever.summary());
    QCOMPARE(forever.text("title"), QStringLiteral("Other"));
    const HttpReply fewer =
        ann.put(place,
                HttpBody::json({ { QStringLiteral("keywords_attributes"),
                                   QJsonArray { QJsonObject { { QStringLiteral("id"), QString::fromUtf8(keyword) },
                                                              { QStringLiteral("_destroy"), true } } } } }));
    QCOMPARE(fewer.object()[QLatin1String("keywords")].toArray().size(), 1);
    GI_STATUS(ann.del(place), 200);
    GI_STATUS(ann.get(place), 404);
    GI_STATUS(ann.del(place), 404);
}

void tst_Filters::takesKeywordsAsClientsSendThem()
{
    rig::HttpClient ann = w.client(m_ann);
    const HttpReply byForm = ann.post("/api/v2/filters",
                                      HttpBody::form({ { "title", "form" },
                                                       { "context[]", "home" },
                                                       { "context[]", "account" },
                                                       { "keywords_attributes[][keyword]", "one" },
                                                       { "keywords_attributes[][whole_word]", "false" },
                                                       { "keywords_attributes[][keyword]", "two" },
                                                       { "keywords_attributes[][whole_word]", "true" } }));
    GI_STATUS(byForm, 200);
    const QJsonArray keywords = byForm.object()[QLatin1String("keywords")].toArray();
    QCOMPARE(keywords.size(), 2);
    QVERIFY(!keywords[0][QLatin1String("whole_word")].toBool(true));
    QCOMPARE(keywords[1][QLatin1String("keyword")].toString(), QStringLiteral("two"));

    const QByteArray place = "/api/v2/filters/" + byForm.text("id").toUtf8() + "/keywords";
    const HttpReply added = ann.post(place, HttpBody::form({ { "keyword", "three" } }));
    GI_STATUS(added, 200);
    QCOMPARE(ann.get(place).array().size(), 3);
    const QByteArray one = "/api/v2/filters/keywords/" + added.text("id").toUtf8();
    QCOMPARE(ann.get(one).text("keyword"), QStringLiteral("three"));
    QCOMPARE(ann.put(one, HttpBody::form({ { "keyword", "four" } })).text("keyword"), QStringLiteral("four"));
    GI_STATUS(ann.del(one), 200);
    GI_STATUS(ann.get(one), 404);
    QCOMPARE(ann.get(place).array().size(), 2);
}

void tst_Filters::refusesWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("no title") << QByteArray("title") << QByteArray(" ");
    QTest::newRow("long title") << QByteArray("title") << QByteArray(257, 'x');
    QTest::newRow("no context") << QByteArray("context[]") << QByteArray();
    QTest::newRow("unknown context") << QByteArray("context[]") << QByteArray("kitchen");
    QTest::newRow("unknown action") << QByteArray("filter_action") << QByteArray("shout");
    QTest::newRow("the past") << QByteArray("expires_in") << QByteArray("-5");
    QTest::newRow("empty keyword") << QByteArray("keywords_attributes[0][keyword]") << QByteArray(" ");
    QTest::newRow("long keyword") << QByteArray("keywords_attributes[0][keyword]") << QByteArray(513, 'x');
}

void tst_Filters::refusesWhatIsWrong()
{
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, value);
    rig::HttpClient ann = w.client(m_ann);
    rig::FormFields fields { { field, value } };
    if (field != "title")
        fields.emplaceBack("title", "title");
    if (field != "context[]")
        fields.emplaceBack("context[]", "home");
    const HttpReply refused = ann.post("/api/v2/filters", HttpBody::form(fields));
    GI_STATUS(refused, 422);
    QVERIFY2(refused.text("error").startsWith(QLatin1String("Validation failed: ")), refused.summary());
    QCOMPARE(ann.get("/api/v2/filters").body, QByteArray("[]"));
}

void tst_Filters::keepsFiltersToTheirOwner()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QByteArray id = make(ann, filter(QStringLiteral("spiders"), { QStringLiteral("home") }));
    const QByteArray place = "/api/v2/filters/" + id;
    const QByteArray keyword = ann.get(place + "/keywords").ids().value(0).toUtf8();
    const QString post = w.postId(bob, QStringLiteral("for all"));
    const QByteArray named =
        ann.post(place + "/statuses", HttpBody::form({ { "status_id", post.toUtf8() } })).text("id").toUtf8();
    QVERIFY(!keyword.isEmpty() && !named.isEmpty());
    for (const QByteArray &path :
         { place, place + "/keywords", place + "/statuses", "/api/v2/filters/keywords/" + keyword,
           "/api/v2/filters/statuses/" + named, "/api/v1/filters/" + keyword })
        GI_STATUS(bob.get(path), 404);
    for (const QByteArray &path : { place, "/api/v2/filters/keywords/" + keyword, "/api/v1/filters/" + keyword })
        GI_STATUS(bob.put(path, HttpBody::form({ { "title", "mine" }, { "keyword", "x" }, { "phrase", "x" } })), 404);
    for (const QByteArray &path : { place, "/api/v2/filters/keywords/" + keyword, "/api/v2/filters/statuses/" + named,
                                    "/api/v1/filters/" + keyword })
        GI_STATUS(bob.del(path), 404);
    GI_STATUS(bob.post(place + "/keywords", HttpBody::form({ { "keyword", "x" } })), 404);
    GI_STATUS(ann.get(place), 200);
    // What she may not see she cannot name either.
    const QString secret =
        w.postId(bob, QStringLiteral("secret"), { { QStringLiteral("visibility"), QStringLiteral("direct") } });
    GI_STATUS(ann.post(place + "/statuses", HttpBody::form({ { "status_id", secret.toUtf8() } })), 404);
}

void tst_Filters::marksWhatAKeywordMeans()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    w.follow(ann, m_bob);
    const QString byText = w.postId(bob, QStringLiteral("Many SPIDERS here"));
    const QString byWarning =
        w.postId(bob, QStringLiteral("look"), { { QStringLiteral("spoiler_text"), QStringLiteral("spiders!") } });
    const QString byPhoto =
        w.postId(bob, QStringLiteral("look"),
                 { { QStringLiteral("media_ids"), QJsonArray { w.upload(bob, "two spiders on a wall") } } });
    const QString other = w.postId(bob, QStringLiteral("spidersilk"));
    QVERIFY(filteredIn(ann.get("/api/v1/timelines/home"), byText).isEmpty());

    const QByteArray id = make(ann, filter(QStringLiteral("spiders"), { QStringLiteral("home") }));
    const HttpReply home = ann.get("/api/v1/timelines/home");
    GI_STATUS(home, 200);
    for (const QString &status : { byText, byWarning, byPhoto }) {
        const QJsonArray filtered = filteredIn(home, status);
        QVERIFY2(filtered.size() == 1, home.summary());
        QCOMPARE(filtered[0][QLatin1String("filter")][QLatin1String("id")].toString().toUtf8(), id);
        QCOMPARE(filtered[0][QLatin1String("keyword_matches")][0].toString(), QStringLiteral("spiders"));
        QVERIFY(filtered[0][QLatin1String("status_matches")].isNull());
    }
    QVERIFY(filteredIn(home, other).isEmpty());
    QVERIFY(home.ids().contains(other));
    // Bob has no filters.
    QVERIFY(filteredIn(bob.get("/api/v1/timelines/home"), byText).isEmpty());
}

void tst_Filters::marksOnlyInItsContext()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString word = w.freshName().remove(QLatin1Char('_'));
    const QString post = w.postId(bob, QStringLiteral("#%1").arg(word));
    const QString reply = w.postId(bob, word, { { QStringLiteral("in_reply_to_id"), post } });
    const auto isMarked = [&](const char *context) {
        const QByteArray id = make(ann, filter(word, { QLatin1String(context) }));
        QStringList marked;
        if (!filteredIn(ann.get("/api/v1/timelines/public?limit=40"), post).isEmpty()
            && !filteredIn(ann.get("/api/v1/timelines/tag/" + word.toUtf8()), post).isEmpty())
            marked.append(QStringLiteral("public"));
        if (!filteredIn(ann.get("/api/v1/accounts/" + m_bob.id.toUtf8() + "/statuses"), post).isEmpty())
            marked.append(QStringLiteral("account"));
        const QJsonObject one = ann.get("/api/v1/statuses/" + post.toUtf8()).object();
        const QJsonObject thread = ann.get("/api/v1/statuses/" + post.toUtf8() + "/context").object();
        if (!one[QLatin1String("filtered")].toArray().isEmpty()
            && !thread[QLatin1String("descendants")][0][QLatin1String("filtered")].toArray().isEmpty())
            marked.append(QStringLiteral("thread"));
        return ann.del("/api/v2/filters/" + id).status == 200 ? marked : QStringList();
    };
    for (const char *context : { "public", "account", "thread" })
        QCOMPARE(isMarked(context), QStringList { QLatin1String(context) });
    QCOMPARE(isMarked("notifications"), QStringList());
    QVERIFY(!reply.isEmpty());
}

void tst_Filters::marksWhatAReblogShows()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const Person third = w.person();
    rig::HttpClient cid = w.client(third);
    w.follow(ann, m_bob);
    (void)make(ann, filter(QStringLiteral("spiders"), { QStringLiteral("home") }));
    const QString post = w.postId(cid, QStringLiteral("spiders"));
    const HttpReply reblog = bob.post("/api/v1/statuses/" + post.toUtf8() + "/reblog");
    GI_STATUS(reblog, 200);
    const HttpReply home = ann.get("/api/v1/timelines/home");
    QCOMPARE(filteredIn(home, reblog.text("id")).size(), 1);
    QCOMPARE(home.array()[0][QLatin1String("reblog")][QLatin1String("filtered")].toArray().size(), 1);
}

void tst_Filters::marksNamedPosts()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    w.follow(ann, m_bob);
    const QString post = w.postId(bob, QStringLiteral("this one"));
    const QByteArray id = make(ann, filter(QStringLiteral("nothing"), { QStringLiteral("home") }));
    const QByteArray place = "/api/v2/filters/" + id + "/statuses";
    const HttpReply named = ann.post(place, HttpBody::form({ { "status_id", post.toUtf8() } }));
    GI_STATUS(named, 200);
    QCOMPARE(ann.post(place, HttpBody::form({ { "status_id", post.toUtf8() } })).text("id"), named.text("id"));
    QCOMPARE(ann.get(place).array().size(), 1);
    const QJsonArray filtered = filteredIn(ann.get("/api/v1/timelines/home"), post);
    QCOMPARE(filtered.size(), 1);
    QVERIFY(filtered[0][QLatin1String("keyword_matches")].isNull());
    QCOMPARE(filtered[0][QLatin1String("status_matches")][0].toString(), post);
    const QByteArray one = "/api/v2/filters/statuses/" + named.text("id").toUtf8();
    QCOMPARE(ann.get(one).text("status_id"), post);
    GI_STATUS(ann.del(one), 200);
    GI_STATUS(ann.get(one), 404);
    QVERIFY(filteredIn(ann.get("/api/v1/timelines/home"), post).isEmpty());
}

void tst_Filters::hidesFromHomeAndNotifications()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    w.follow(ann, m_bob);
    const QString hidden = w.postId(bob, QStringLiteral("@%1 spiders").arg(m_ann.username));
    const QString shown = w.postId(bob, QStringLiteral("@%1 flowers").arg(m_ann.username));
    QCOMPARE(ann.get("/api/v1/notifications").array().size(), 2);
    (void)make(ann,
               filter(QStringLiteral("spiders"),
                      { QStringLiteral("home"), QStringLiteral("notifications"), QStringLiteral("account") }, "hide"));
    QCOMPARE(ann.get("/api/v1/timelines/home").ids(), QStringList { shown });
    const HttpReply notifications = ann.get("/api/v1/notifications");
    QCOMPARE(notifications.array().size(), 1);
    QCOMPARE(notifications.array()[0][QLatin1String("status")][QLatin1String("id")].toString(), shown);
    // Elsewhere it is for the client to hide it.
    const HttpReply profile = ann.get("/api/v1/accounts/" + m_bob.id.toUtf8() + "/statuses");
    QCOMPARE(filteredIn(profile, hidden)[0][QLatin1String("filter")][QLatin1String("filter_action")].toString(),
             QStringLiteral("hide"));
}

void tst_Filters::leavesOwnPostsAndExpiredFilters()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    w.follow(ann, m_bob);
    const QString own = w.postId(ann, QStringLiteral("my spiders"));
    const QString theirs = w.postId(bob, QStringLiteral("their spiders"));
    const QByteArray id = make(ann, filter(QStringLiteral("spiders"), { QStringLiteral("home") }, "hide"));
    QCOMPARE(ann.get("/api/v1/timelines/home").ids(), QStringList { own });
    GI_STATUS(ann.put("/api/v2/filters/" + id, HttpBody::form({ { "expires_in", "0" } })), 200);
    QCOMPARE(ann.get("/api/v1/timelines/home").ids(), (QStringList { theirs, own }));
}

void tst_Filters::showsKeywordsAsTheFirstVersionDoes()
{
    rig::HttpClient ann = w.client(m_ann);
    const HttpReply made = ann.post(
        "/api/v1/filters",
        HttpBody::form(
            { { "phrase", "spiders" }, { "context[]", "home" }, { "irreversible", "true" }, { "expires_in", "600" } }));
    GI_STATUS(made, 200);
    QVERIFY(made.object()[QLatin1String("irreversible")].toBool());
    QVERIFY(!made.object()[QLatin1String("whole_word")].toBool(true));
    const HttpReply filters = ann.get("/api/v2/filters");
    QCOMPARE(filters.array()[0][QLatin1String("title")].toString(), QStringLiteral("spiders"));
    QCOMPARE(filters.array()[0][QLatin1String("filter_action")].toString(), QStringLiteral("hide"));
    QCOMPARE(ann.get("/api/v1/filters").ids(), QStringList { made.text("id") });

    const QByteArray place = "/api/v1/filters/" + made.text("id").toUtf8();
    const HttpReply changed =
        ann.put(place, HttpBody::form({ { "phrase", "ants" }, { "context[]", "public" }, { "whole_word", "true" } }));
    GI_STATUS(changed, 200);
    QCOMPARE(ann.get(place).text("phrase"), QStringLiteral("ants"));
    // What would mean another keyword too is refused.
    const QByteArray whole = filters.array()[0][QLatin1String("id")].toString().toUtf8();
    const HttpReply second =
        ann.post("/api/v2/filters/" + whole + "/keywords", HttpBody::form({ { "keyword", "bees" } }));
    GI_STATUS(ann.put(place, HttpBody::form({ { "phrase", "ants" }, { "context[]", "home" } })), 422);
    GI_STATUS(ann.put(place, HttpBody::form({ { "phrase", "wasps" } })), 200);
    QCOMPARE(ann.get("/api/v1/filters").array().size(), 2);
    GI_STATUS(ann.del(place), 200);
    GI_STATUS(ann.del("/api/v1/filters/" + second.text("id").toUtf8()), 200);
    QCOMPARE(ann.get("/api/v2/filters").body, QByteArray("[]"));
    GI_STATUS(ann.post("/api/v1/filters", HttpBody::form({ { "phrase", "" }, { "context[]", "home" } })), 422);
}

SuitePointer makeFiltersSuite(World &world)
{
    return std::make_unique<tst_Filters>(world);
}

} // namespace graminsta::api_test

#include "tst_filters.moc"
