// SPDX-License-Identifier: GPL-3.0-or-later
// What is on which timeline: https://docs.joinmastodon.org/methods/timelines/
#include "suites.h"

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Timelines : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void showsHomeOfThoseFollowedAndOneself();
    void fillsHomeWhenSomebodyIsFollowed();
    void showsHomeNoComments();
    void showsPublicToAnybody();
    void filtersPublic();
    void findsTagsWithoutRegardToCase();
    void combinesTags();
    void leavesDeletedPostsOut();
    void marksTheViewersOwnFavourites();

private:
    [[nodiscard]] QStringList home(const Person &person) const
    {
        return w.client(person).get("/api/v1/timelines/home").ids();
    }
};

void tst_Timelines::showsHomeOfThoseFollowedAndOneself()
{
    const Person reader = w.person();
    const Person followed = w.person();
    const Person stranger = w.person();
    rig::HttpClient http = w.client(reader);
    w.follow(http, followed);
    rig::HttpClient followedHttp = w.client(followed);
    rig::HttpClient strangerHttp = w.client(stranger);
    const QString own = w.postId(http, QStringLiteral("mine"));
    const QString theirs = w.postId(followedHttp, QStringLiteral("theirs"));
    (void)w.postId(strangerHttp, QStringLiteral("not for me"));
    QCOMPARE(home(reader), QStringList({ theirs, own }));
}

void tst_Timelines::fillsHomeWhenSomebodyIsFollowed()
{
    const Person reader = w.person();
    const Person author = w.person();
    rig::HttpClient authorHttp = w.client(author);
    const QString before = w.postId(authorHttp, QStringLiteral("before"));
    rig::HttpClient http = w.client(reader);
    QCOMPARE(home(reader), QStringList());
    w.follow(http, author);
    QCOMPARE(home(reader), QStringList { before });
    GI_STATUS(http.post("/api/v1/accounts/" + author.id.toUtf8() + "/unfollow"), 200);
    QCOMPARE(home(reader), QStringList());
}

void tst_Timelines::showsHomeNoComments()
{
    const Person reader = w.person();
    rig::HttpClient http = w.client(reader);
    const QString root = w.postId(http, QStringLiteral("root"));
    (void)w.postId(http, QStringLiteral("comment"), { { QStringLiteral("in_reply_to_id"), root } });
    QCOMPARE(home(reader), QStringList { root });
}

void tst_Timelines::showsPublicToAnybody()
{
    const Person author = w.person();
    rig::HttpClient http = w.client(author);
    const QString id = w.postId(http, QStringLiteral("hello, world"));
    const HttpReply timeline = w.client().get("/api/v1/timelines/public");
    GI_STATUS(timeline, 200);
    QCOMPARE(timeline.ids().value(0), id);
    // megalodon always sends both.
    QCOMPARE(w.client().get("/api/v1/timelines/public?local=false&remote=false").ids().value(0), id);
    QCOMPARE(w.client().get("/api/v1/timelines/public?local=true").ids().value(0), id);
}

void tst_Timelines::filtersPublic()
{
    const Person author = w.person();
    rig::HttpClient http = w.client(author);
    const QString photo =
        w.postId(http, QStringLiteral("photo"), { { QStringLiteral("media_ids"), QJsonArray { w.upload(http) } } });
    const QString words = w.postId(http, QStringLiteral("words"));
    const QStringList found = w.client().get("/api/v1/timelines/public?only_media=True").ids();
    QCOMPARE(found.value(0), photo);
    QVERIFY(!found.contains(words));
    // Nobody of elsewhere is known here.
    QCOMPARE(w.client().get("/api/v1/timelines/public?remote=true").body, QByteArray("[]"));
}

void tst_Timelines::findsTagsWithoutRegardToCase()
{
    const Person author = w.person();
    rig::HttpClient http = w.client(author);
    const QString tag = w.freshName();
    const QString id = w.postId(http, QStringLiteral("#%1É").arg(tag));
    for (const QString &spelling : { tag + QStringLiteral("é"), tag.toUpper() + QStringLiteral("É") }) {
        const HttpReply found = w.client().get("/api/v1/timelines/tag/" + spelling.toUtf8().toPercentEncoding());
        GI_STATUS(found, 200);
        QCOMPARE(found.ids(), QStringList { id });
    }
    QCOMPARE(w.client().get("/api/v1/timelines/tag/nobody_ever_wrote_this").body, QByteArray("[]"));
}

void tst_Timelines::combinesTags()
{
    const Person author = w.person();
    rig::HttpClient http = w.client(author);
    const QString base = w.freshName();
    const auto tag = [&](char letter) { return base + QLatin1Char(letter); };
    const auto post = [&](const QString &letters) {
        QString text;
        for (const QChar letter : letters)
            text += QStringLiteral("#%1%2 ").arg(base, letter);
        return w.postId(http, text);
    };
    const QString a = post(QStringLiteral("a"));
    const QString b = post(QStringLiteral("b"));
    const QString ab = post(QStringLiteral("ab"));
    const QString abc = post(QStringLiteral("abc"));
    const auto found = [&](const QByteArray &query) {
        return w.client().get("/api/v1/timelines/tag/" + tag('a').toUtf8() + query).ids();
    };
    const QByteArray tagB = tag('b').toUtf8();
    const QByteArray tagC = tag('c').toUtf8();
    QCOMPARE(found(""), QStringList({ abc, ab, a }));
    QCOMPARE(found("?any[]=" + tagB), QStringList({ abc, ab, b, a }));
    QCOMPARE(found("?all[]=" + tagB), QStringList({ abc, ab }));
    QCOMPARE(found("?all[]=" + tagB + "&all[]=" + tagC), QStringList { abc });
    QCOMPARE(found("?none[]=" + tagC.toUpper()), QStringList({ ab, a }));
    QCOMPARE(found("?any%5B%5D=" + tagB + "&none%5B%5D=" + tagC), QStringList({ ab, b, a }));
}

void tst_Timelines::leavesDeletedPostsOut()
{
    const Person author = w.person();
    rig::HttpClient http = w.client(author);
    const QString older = w.postId(http, QStringLiteral("older"));
    const QString newer = w.postId(http, QStringLiteral("newer"));
    GI_STATUS(http.del("/api/v1/statuses/" + newer.toUtf8()), 200);
    QCOMPARE(home(author), QStringList { older });
    GI_STATUS(http.del("/api/v1/statuses/" + older.toUtf8()), 200);
    QCOMPARE(home(author), QStringList());
    QVERIFY(!w.client().get("/api/v1/timelines/public").ids().contains(newer));
}

void tst_Timelines::marksTheViewersOwnFavourites()
{
    const Person author = w.person();
    const Person reader = w.person();
    rig::HttpClient http = w.client(author);
    const QString id = w.postId(http, QStringLiteral("like me"));
    rig::HttpClient readerHttp = w.client(reader);
    GI_STATUS(readerHttp.post("/api/v1/statuses/" + id.toUtf8() + "/favourite"), 200);
    const auto favourited = [&](rig::HttpClient viewer) {
        const QJsonArray timeline = viewer.get("/api/v1/accounts/" + author.id.toUtf8() + "/statuses").array();
        return timeline.at(0)[QLatin1String("favourited")];
    };
    QCOMPARE(favourited(w.client(reader)), QJsonValue(true));
    QCOMPARE(favourited(w.client(author)), QJsonValue(false));
    QVERIFY(!favourited(w.client()).toBool());
}

SuitePointer makeTimelinesSuite(World &world)
{
    return std::make_unique<tst_Timelines>(world);
}

} // namespace graminsta::api_test

#include "tst_timelines.moc"
