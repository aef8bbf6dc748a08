// SPDX-License-Identifier: GPL-3.0-or-later
// The search: https://docs.joinmastodon.org/methods/search/
#include "suites.h"

#include <QDateTime>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Search : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void findsPostsByTheirWords();
    void followsEditsDescriptionsAndDeletion();
    void showsOnlyWhatTheViewerMaySee();
    void hidesBlockedAndMuted();
    void knowsMastodonsOperators();
    void takesAnyTextForAQuery_data();
    void takesAnyTextForAQuery();
    void pagesByOffsetAndById();
    void holdsToAnAccount();
    void findsTagsByTheirBeginning();
    void findsWhomIFollowFirst();
    void findsWhatALinkNames();
    void givesNoPostsToStrangers();

private:
    [[nodiscard]] static QStringList idsIn(const HttpReply &reply, const char *list)
    {
        QStringList ids;
        for (const QJsonValue &one : reply.object()[QLatin1String(list)].toArray())
            ids.append(one[QLatin1String("id")].toString());
        return ids;
    }
    [[nodiscard]] static QStringList found(rig::HttpClient &&http, const QString &query, const QByteArray &more = {})
    {
        return found(http, query, more);
    }
    [[nodiscard]] static QStringList found(rig::HttpClient &http, const QString &query, const QByteArray &more = {})
    {
        return idsIn(http.get("/api/v2/search?type=statuses&q=" + query.toUtf8().toPercentEncoding() + more),
                     "statuses");
    }

    Person m_ann;
    Person m_bob;
    QString m_word; // in nobody else's posts
};

void tst_Search::init()
{
    m_ann = w.person();
    m_bob = w.person();
    m_word = QStringLiteral("zq") + w.freshName().remove(QLatin1Char('_'));
}

void tst_Search::findsPostsByTheirWords()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString older = w.postId(ann, QStringLiteral("A Café by the sea, %1").arg(m_word));
    const QString newer = w.postId(ann, QStringLiteral("東京の写真 #%1").arg(m_word));
    (void)w.postId(ann, QStringLiteral("something else"));
    rig::HttpClient bob = w.client(m_bob);
    QCOMPARE(found(bob, m_word.toUpper()), (QStringList { newer, older }));
    QCOMPARE(found(bob, QStringLiteral("cafe ") + m_word), QStringList { older });
    QCOMPARE(found(bob, QStringLiteral("写真 ") + m_word), QStringList { newer });
    QCOMPARE(found(bob, QStringLiteral("\"by the sea\" ") + m_word), QStringList { older });
    QCOMPARE(found(bob, QStringLiteral("\"sea the by\" ") + m_word), QStringList());
    QCOMPARE(found(bob, QStringLiteral("-café ") + m_word), QStringList { newer });
    const HttpReply all = bob.get("/api/v2/search?q=" + m_word.toUtf8());
    GI_STATUS(all, 200);
    QCOMPARE(idsIn(all, "statuses"), (QStringList { newer, older }));
    QVERIFY(idsIn(all, "accounts").isEmpty());
    QCOMPARE(all.object()[QLatin1String("hashtags")].toArray().size(), 1);
}

void tst_Search::followsEditsDescriptionsAndDeletion()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString photo = w.upload(ann, "a heron " + m_word.toUtf8());
    const QString id = w.postId(ann, QStringLiteral("morning"),
                                { { QStringLiteral("media_ids"), QJsonArray { photo } },
                                  { QStringLiteral("spoiler_text"), QStringLiteral("birds ") + m_word } });
    const QString both = m_word + QLatin1Char(' ');
    QCOMPARE(found(ann, both + QStringLiteral("heron")), QStringList { id });
    QCOMPARE(found(ann, both + QStringLiteral("birds")), QStringList { id });
    GI_STATUS(ann.put("/api/v1/media/" + photo.toUtf8(),
                      HttpBody::json({ { QStringLiteral("description"), QStringLiteral("an egret ") + m_word } })),
              200);
    QCOMPARE(found(ann, both + QStringLiteral("heron")), QStringList());
    QCOMPARE(found(ann, both + QStringLiteral("egret")), QStringList { id });
    GI_STATUS(ann.put("/api/v1/statuses/" + id.toUtf8(),
                      HttpBody::json({ { QStringLiteral("status"), QStringLiteral("evening") },
                                       { QStringLiteral("spoiler_text"), QString() },
                                       { QStringLiteral("media_ids"), QJsonArray { photo } } })),
              200);
    QCOMPARE(found(ann, both + QStringLiteral("birds")), QStringList());
    QCOMPARE(found(ann, both + QStringLiteral("evening")), QStringList { id });
    GI_STATUS(ann.del("/api/v1/statuses/" + id.toUtf8()), 200);
    QCOMPARE(found(ann, m_word), QStringList());
}

void tst_Search::showsOnlyWhatTheViewerMaySee()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const Person follower = w.person();
    rig::HttpClient fan = w.client(follower);
    w.follow(fan, m_ann);
    QStringList ids;
    for (const char *visibility : { "public", "unlisted", "private", "direct" })
        ids.prepend(w.postId(ann, QStringLiteral("%1 @%2").arg(m_word, m_bob.username),
                             { { QStringLiteral("visibility"), QLatin1String(visibility) } }));
    QCOMPARE(found(ann, m_word), ids);
    QCOMPARE(found(fan, m_word), ids.mid(1));
    QCOMPARE(found(bob, m_word), ids.mid(3));
    GI_STATUS(fan.post("/api/v1/accounts/" + m_ann.id.toUtf8() + "/unfollow"), 200);
    QCOMPARE(found(fan, m_word), ids.mid(3));
}

void tst_Search::hidesBlockedAndMuted()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString id = w.postId(ann, m_word);
    QCOMPARE(found(bob, m_word), QStringList { id });
    GI_STATUS(bob.post("/api/v1/accounts/" + m_ann.id.toUtf8() + "/mute"), 200);
    QCOMPARE(found(bob, m_word), QStringList());
    GI_STATUS(bob.post("/api/v1/accounts/" + m_ann.id.toUtf8() + "/unmute"), 200);
    QCOMPARE(found(bob, m_word), QStringList { id });
    GI_STATUS(ann.post("/api/v1/accounts/" + m_bob.id.toUtf8() + "/block"), 200);
    QCOMPARE(found(bob, m_word), QStringList());
}

void tst_Search::knowsMastodonsOperators()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString plain = w.postId(ann, m_word + QStringLiteral(" with https://example.org/x"),
                                   { { QStringLiteral("language"), QStringLiteral("de") } });
    const QString photo = w.postId(bob, m_word,
                                   { { QStringLiteral("media_ids"), QJsonArray { w.upload(bob) } },
                                     { QStringLiteral("sensitive"), true },
                                     { QStringLiteral("language"), QStringLiteral("en") } });
    const auto of = [&](const QString &operators) { return found(ann, m_word + QLatin1Char(' ') + operators); };
    const QStringList first { plain };
    const QStringList second { photo };
    const QStringList both { photo, plain };
    QCOMPARE(of(QStringLiteral("from:") + m_bob.username.toUpper()), second);
    QCOMPARE(of(QStringLiteral("from:@") + m_bob.username), second);
    QCOMPARE(of(QStringLiteral("from:me")), first);
    QCOMPARE(of(QStringLiteral("-from:me")), second);
    QCOMPARE(of(QStringLiteral("from:nobody_at_all")), QStringList());
    QCOMPARE(of(QStringLiteral("from:bob@elsewhere.example")), QStringList());
    QCOMPARE(of(QStringLiteral("has:media")), second);
    QCOMPARE(of(QStringLiteral("HAS:image")), second);
    QCOMPARE(of(QStringLiteral("-has:media")), first);
    QCOMPARE(of(QStringLiteral("has:link")), first);
    QCOMPARE(of(QStringLiteral("has:poll")), QStringList());
    QCOMPARE(of(QStringLiteral("is:sensitive")), second);
    QCOMPARE(of(QStringLiteral("-is:reply")), both);
    QCOMPARE(of(QStringLiteral("language:de")), first);
    QCOMPARE(of(QStringLiteral("in:library")), first);
    GI_STATUS(ann.post("/api/v1/statuses/" + photo.toUtf8() + "/bookmark"), 200);
    QCOMPARE(of(QStringLiteral("in:library")), both);
    QCOMPARE(of(QStringLiteral("in:all")), both);
    const QDate today = QDateTime::currentDateTimeUtc().date();
    const auto day = [&](int days) { return today.addDays(days).toString(Qt::ISODate); };
    QCOMPARE(of(QStringLiteral("before:") + day(2)), both);
    QCOMPARE(of(QStringLiteral("before:") + day(-1)), QStringList());
    QCOMPARE(of(QStringLiteral("after:") + day(-2)), both);
    QCOMPARE(of(QStringLiteral("after:") + day(1)), QStringList());
    QCOMPARE(of(QStringLiteral("during:") + day(-3)), QStringList());
    QCOMPARE(of(QStringLiteral("after:%1 before:%2").arg(day(-2), day(2))), both);
    // Operators alone are a question as well.
    QCOMPARE(found(ann, QStringLiteral("from:me")), first);
}

void tst_Search::takesAnyTextForAQuery_data()
{
    QTest::addColumn<QString>("query");
    for (const char *query : { "\"",
                               "\"open",
                               "-",
                               "--",
                               "- -",
                               "-\"\"",
                               "from:",
                               "from:\"",
                               ":",
                               "before:yesterday",
                               "during:2026-99-99",
                               "after:0000-00-00",
                               "before:99999-01-01",
                               "a AND (b OR",
                               "*",
                               "%",
                               "NEAR(a b)",
                               "'--",
                               "\\",
                               "{1,2}",
                               "word:*",
                               "^a",
                               "\xF0\x9F\x93\xB7",
                               "🏳️‍🌈",
                               "-é" })
        QTest::newRow(query) << QString::fromUtf8(query);
    QTest::newRow("long") << QString(3000, QLatin1Char('x'));
    QTest::newRow("many words") << QStringLiteral("w ").repeated(1000);
    QTest::newRow("much Chinese") << QString(500, QChar(0x5199));
}

void tst_Search::takesAnyTextForAQuery()
{
    QFETCH(QString, query);
    rig::HttpClient ann = w.client(m_ann);
    GI_STATUS(ann.get("/api/v2/search?q=" + query.toUtf8().toPercentEncoding()), 200);
    GI_STATUS(w.client().get("/api/v2/search?q=" + query.toUtf8().toPercentEncoding()), 200);
}

void tst_Search::pagesByOffsetAndById()
{
    rig::HttpClient ann = w.client(m_ann);
    QStringList ids;
    for (int i = 0; i < 5; ++i)
        ids.prepend(w.postId(ann, QStringLiteral("%1 %2").arg(m_word).arg(i)));
    QCOMPARE(found(ann, m_word, "&limit=2"), ids.mid(0, 2));
    QCOMPARE(found(ann, m_word, "&limit=2&offset=2"), ids.mid(2, 2));
    QCOMPARE(found(ann, m_word, "&offset=5"), QStringList());
    QCOMPARE(found(ann, m_word, "&offset=100000"), QStringList());
    QCOMPARE(found(ann, m_word, "&max_id=" + ids[1].toUtf8()), ids.mid(2));
    QCOMPARE(found(ann, m_word, "&min_id=" + ids[2].toUtf8()), ids.mid(0, 2));
    // As Mastodon: without a type there is only the first page.
    QCOMPARE(idsIn(ann.get("/api/v2/search?offset=2&q=" + m_word.toUtf8()), "statuses"), ids);
}

void tst_Search::holdsToAnAccount()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString hers = w.postId(ann, m_word);
    const QString his = w.postId(bob, m_word);
    QCOMPARE(found(ann, m_word), (QStringList { his, hers }));
    QCOMPARE(found(ann, m_word, "&account_id=" + m_ann.id.toUtf8()), QStringList { hers });
    QCOMPARE(found(ann, m_word + QStringLiteral(" from:") + m_bob.username, "&account_id=" + m_ann.id.toUtf8()),
             QStringList());
}

void tst_Search::findsTagsByTheirBeginning()
{
    rig::HttpClient ann = w.client(m_ann);
    (void)w.postId(ann, QStringLiteral("#%1abc").arg(m_word));
    (void)w.postId(ann, QStringLiteral("#%1abc #%1abd").arg(m_word));
    (void)w.postId(ann, QStringLiteral("#%1abx").arg(m_word),
                   { { QStringLiteral("visibility"), QStringLiteral("direct") } });
    const auto names = [&](const QString &query, const QByteArray &more = {}) {
        QStringList list;
        const HttpReply reply = ann.get("/api/v2/search?type=hashtags&q=" + query.toUtf8().toPercentEncoding() + more);
        for (const QJsonValue &one : reply.object()[QLatin1String("hashtags")].toArray())
            list.append(one[QLatin1String("name")].toString());
        return list;
    };
    const QStringList both { m_word + QStringLiteral("abc"), m_word + QStringLiteral("abd") };
    QCOMPARE(names(QLatin1Char('#') + m_word + QStringLiteral("AB")).mid(1), both);
    QCOMPARE(names(m_word + QStringLiteral("ab"), "&offset=1&limit=1"), both.mid(0, 1));
    QCOMPARE(names(QStringLiteral("two words")), QStringList());
}

void tst_Search::findsWhomIFollowFirst()
{
    const Person friendly = w.person();
    rig::HttpClient ann = w.client(m_ann);
    w.follow(ann, friendly);
    // All names of the world begin alike.
    const QByteArray beginning = friendly.username.left(2).toUtf8();
    QCOMPARE(idsIn(ann.get("/api/v2/search?type=accounts&q=" + beginning), "accounts").value(0), friendly.id);
    QCOMPARE(idsIn(ann.get("/api/v2/search?type=accounts&following=true&q=" + beginning), "accounts"),
             QStringList { friendly.id });
    QCOMPARE(ann.get("/api/v1/accounts/search?following=true&q=" + beginning).ids(), QStringList { friendly.id });
}

void tst_Search::findsWhatALinkNames()
{
    rig::HttpClient ann = w.client(m_ann);
    const QJsonObject post = w.post(ann, m_word);
    const QJsonObject secret = w.post(ann, m_word, { { QStringLiteral("visibility"), QStringLiteral("direct") } });
    rig::HttpClient bob = w.client(m_bob);
    const auto ask = [&](const QJsonValue &url) {
        return bob.get("/api/v2/search?resolve=true&q=" + url.toString().toUtf8().toPercentEncoding());
    };
    QCOMPARE(idsIn(ask(post[QLatin1String("url")]), "statuses"), QStringList { post[QLatin1String("id")].toString() });
    QCOMPARE(idsIn(ask(post[QLatin1String("account")][QLatin1String("url")]), "accounts"), QStringList { m_ann.id });
    QCOMPARE(idsIn(ask(secret[QLatin1String("url")]), "statuses"), QStringList());
    GI_STATUS(ask(post[QLatin1String("url")].toString() + QStringLiteral("9x")), 200);
}

void tst_Search::givesNoPostsToStrangers()
{
    rig::HttpClient ann = w.client(m_ann);
    (void)w.postId(ann, m_word);
    rig::HttpClient nobody = w.client();
    QCOMPARE(found(nobody, m_word), QStringList());
    const HttpReply people = nobody.get("/api/v2/search?q=" + m_ann.username.toUtf8());
    GI_STATUS(people, 200);
    QCOMPARE(idsIn(people, "accounts"), QStringList { m_ann.id });
    GI_STATUS(nobody.get("/api/v2/search?type=accounts&offset=1&q=a"), 401);
    GI_STATUS(nobody.get("/api/v2/search?resolve=true&q=a"), 401);
    // An application by itself is nobody.
    QCOMPARE(found(w.client().as(w.app().token), m_word), QStringList());
}

SuitePointer makeSearchSuite(World &world)
{
    return std::make_unique<tst_Search>(world);
}

} // namespace graminsta::api_test

#include "tst_search.moc"
