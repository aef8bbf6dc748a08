// SPDX-License-Identifier: GPL-3.0-or-later
// Pixelfed's dialect and routes. That each answer has the fields of the dialect, and no other, is the schema's
// (schemapixelfed.cpp).
#include "suites.h"

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpHeaders;
using rig::HttpReply;

namespace
{

// What the official app sends with everything that it does not post as a form.
const HttpHeaders kJson { { "Accept", "application/json" }, { "Content-Type", "application/json" } };

} // namespace

class tst_Pixelfed : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void speaksTheDialectWhereItIsAsked();
    void speaksMastodonsWhereItIsNot();
    void namesTypesOfPosts();
    void namesNotificationsAsPixelfed();
    void discoversPhotosAndPeople();
    void hidesSensitivePhotosFromDiscovery();
    void findsPeopleByNameAndByFriends();
    void reportsAsPixelfed_data();
    void reportsAsPixelfed();
    void refusesOtherReports();
    void changesThePicture();
    void answersTheRestWithNothing_data();
    void answersTheRestWithNothing();
    void answersOldSpellingsAlike_data();
    void answersOldSpellingsAlike();

private:
    [[nodiscard]] QString photoPost(rig::HttpClient &client, const QJsonObject &more = {})
    {
        QJsonObject body = more;
        body.insert(QStringLiteral("media_ids"), QJsonArray { w.upload(client) });
        return w.postId(client, QStringLiteral("a photo #sea"), body);
    }
    [[nodiscard]] static QByteArray status(const QString &id, const QByteArray &rest = {})
    {
        return "/api/v1/statuses/" + id.toUtf8() + rest;
    }

    Person m_ann;
    Person m_bob;
};

void tst_Pixelfed::init()
{
    m_ann = w.person();
    m_bob = w.person();
}

void tst_Pixelfed::speaksTheDialectWhereItIsAsked()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString post = photoPost(ann, { { QStringLiteral("visibility"), QStringLiteral("public") } });
    w.follow(bob, m_ann);
    const QByteArray id = m_ann.id.toUtf8();
    const auto isPixelfeds = [](const QJsonValue &entity) { return entity[QLatin1String("pf_type")].isString(); };
    for (const QByteArray &list :
         { QByteArray("/api/v1/timelines/home?_pe=1"), QByteArray("/api/v1/timelines/public?_pe=1"),
           QByteArray("/api/v1/timelines/tag/sea?_pe=1"),
           "/api/v1/accounts/" + id + "/statuses?_pe=1&only_media=true" }) {
        const HttpReply page = bob.get(list, kJson);
        GI_STATUS(page, 200);
        QVERIFY2(isPixelfeds(page.array()[0]), page.summary());
    }
    for (const char *act : { "", "/favourite", "/bookmark", "/unbookmark", "/unfavourite", "/reblog", "/unreblog" }) {
        const HttpReply reply = *act ? bob.post(status(post, act) + "?_pe=1") : bob.get(status(post) + "?_pe=1");
        GI_STATUS(reply, 200);
        QVERIFY2(isPixelfeds(reply.object()), reply.summary());
    }
    GI_STATUS(bob.post(status(post, "/favourite")), 200);
    GI_STATUS(bob.post(status(post, "/bookmark")), 200);
    for (const char *list : { "/api/v1/favourites?_pe=1", "/api/v1/bookmarks?_pe=1" })
        QVERIFY(isPixelfeds(bob.get(list).array()[0]));
    for (const QByteArray &list :
         { status(post, "/favourited_by?_pe=1&limit=20"), "/api/v1/accounts/" + id + "/followers?_pe=1" })
        QCOMPARE(ann.get(list).array()[0][QLatin1String("local")].toBool(), true);
    QCOMPARE(bob.get("/api/v1/accounts/" + id + "?_pe=1").object()[QLatin1String("local")].toBool(), true);
    const HttpReply found = bob.get("/api/v2/search?q=" + m_ann.username.toUtf8() + "&_pe=1&resolve=1", kJson);
    QCOMPARE(found.object()[QLatin1String("accounts")][0][QLatin1String("local")].toBool(), true);
    const QJsonValue media = bob.get(status(post, "?_pe=1")).object()[QLatin1String("media_attachments")][0];
    QCOMPARE(media[QLatin1String("mime")].toString(), QStringLiteral("image/jpeg"));
    QCOMPARE(media[QLatin1String("is_nsfw")].toBool(true), false);
    QVERIFY(media[QLatin1String("license")].isNull());
    QVERIFY(media[QLatin1String("orientation")].isString());
}

void tst_Pixelfed::speaksMastodonsWhereItIsNot()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString post = photoPost(ann);
    // The schema of Mastodon's entities takes no field that it does not know.
    for (const QByteArray &target : { status(post), status(post, "?_pe=0"), QByteArray("/api/v1/timelines/home") }) {
        const HttpReply reply = ann.get(target);
        GI_STATUS(reply, 200);
        QVERIFY2(!reply.body.contains("pf_type") && reply.body.contains("replies_count"), reply.summary());
    }
}

void tst_Pixelfed::namesTypesOfPosts()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const auto type = [&](const QString &id) { return ann.get(status(id, "?_pe=1")).text("pf_type"); };
    const QString photo = photoPost(ann);
    QCOMPARE(type(photo), QStringLiteral("photo"));
    const HttpReply album =
        ann.post("/api/v1/statuses", HttpBody::json({ { "media_ids", QJsonArray { w.upload(ann), w.upload(ann) } } }));
    QCOMPARE(type(album.text("id")), QStringLiteral("photo:album"));
    QCOMPARE(type(w.postId(ann, QStringLiteral("words"))), QStringLiteral("text"));
    const HttpReply shared = bob.post(status(photo, "/reblog?_pe=1"));
    QCOMPARE(shared.text("pf_type"), QStringLiteral("share"));
    QCOMPARE(shared.object()[QLatin1String("reblog")][QLatin1String("pf_type")].toString(), QStringLiteral("photo"));
}

void tst_Pixelfed::namesNotificationsAsPixelfed()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString post = photoPost(ann);
    w.follow(bob, m_ann);
    GI_STATUS(bob.post(status(post, "/favourite")), 200);
    GI_STATUS(bob.post(status(post, "/reblog")), 200);
    GI_STATUS(bob.post("/api/v1/statuses?in_reply_to_id=" + post.toUtf8() + "&status=nice"), 200);
    (void)w.postId(bob, QStringLiteral("hello @") + m_ann.username);
    const auto types = [&](const QByteArray &query) {
        QStringList names;
        for (const QJsonValue notification : ann.get("/api/v1/notifications" + query, kJson).array())
            names.append(notification[QLatin1String("type")].toString());
        return names;
    };
    QCOMPARE(types("?_pe=1"),
             QStringList({ QStringLiteral("mention"), QStringLiteral("comment"), QStringLiteral("share"),
                           QStringLiteral("favourite"), QStringLiteral("follow") }));
    // Without it as Mastodon; the official app asks so, and its tabs by Mastodon's words.
    QCOMPARE(types(""),
             QStringList({ QStringLiteral("mention"), QStringLiteral("mention"), QStringLiteral("reblog"),
                           QStringLiteral("favourite"), QStringLiteral("follow") }));
    QCOMPARE(types("?types[]=reblog"), QStringList { QStringLiteral("reblog") });
}

void tst_Pixelfed::discoversPhotosAndPeople()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString post = photoPost(ann);
    const QString text = w.postId(ann, QStringLiteral("no photo"));
    for (const QString &id : { post, text }) {
        for (const Person &person : { m_bob, w.person(), w.person() })
            GI_STATUS(w.client(person).post(status(id, "/favourite")), 200);
    }
    for (const char *list :
         { "/api/v1.1/discover/posts/trending?range=daily", "/api/v1.1/discover/posts/trending?range=MONTHLY",
           "/api/v1.1/discover/posts/trending?range=yearly", "/api/v1.1/discover/posts/trending",
           "/api/v1.1/discover/posts/network/trending" }) {
        const HttpReply found = bob.get(list, kJson);
        GI_STATUS(found, 200);
        QVERIFY2(found.ids().contains(post), list);
        QVERIFY2(!found.ids().contains(text), list);
    }
    GI_STATUS(bob.get("/api/v1.1/discover/posts/trending?range=hourly"), 422);
    const QJsonArray posts = bob.get("/api/v1/discover/posts").object()[QLatin1String("posts")].toArray();
    const bool isThere = std::any_of(posts.cbegin(), posts.cend(), [&post](const QJsonValue &one) {
        return one[QLatin1String("id")].toString() == post;
    });
    QVERIFY(isThere);
    const QJsonArray tags = bob.get("/api/v1.1/discover/posts/hashtags", kJson).array();
    const bool isTagThere = std::any_of(tags.cbegin(), tags.cend(), [](const QJsonValue &tag) {
        return tag[QLatin1String("name")].toString() == QLatin1String("#sea")
            && tag[QLatin1String("hashtag")].toString() == QLatin1String("sea");
    });
    QVERIFY(isTagThere);
    // People whom those follow whom one follows.
    const Person carol = w.person();
    w.follow(bob, m_ann);
    w.follow(ann, carol);
    QCOMPARE(bob.get("/api/v1.1/discover/accounts/popular", kJson).ids(), QStringList { carol.id });
}

void tst_Pixelfed::hidesSensitivePhotosFromDiscovery()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString post = photoPost(ann, { { QStringLiteral("sensitive"), true } });
    for (const Person &person : { m_bob, w.person(), w.person(), w.person() })
        GI_STATUS(w.client(person).post(status(post, "/favourite")), 200);
    QVERIFY(!w.client().get("/api/v1.1/discover/posts/trending?range=daily").ids().contains(post));
    QVERIFY(!w.client().get("/api/v1/discover/posts").body.contains('"' + post.toUtf8() + '"'));
}

void tst_Pixelfed::findsPeopleByNameAndByFriends()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const HttpReply found = bob.get("/api/v1.1/accounts/username/" + m_ann.username.toUtf8() + "?_pe=1", kJson);
    GI_STATUS(found, 200);
    QCOMPARE(found.text("id"), m_ann.id);
    GI_STATUS(bob.get("/api/v1.1/accounts/username/" + w.freshName().toUtf8() + "?_pe=1", kJson), 404);
    const HttpReply relation = bob.get("/api/v1/accounts/relationships?id[]=" + m_ann.id.toUtf8() + "&_pe=1", kJson);
    QCOMPARE(relation.array()[0][QLatin1String("following")].toBool(true), false);
    const Person carol = w.person();
    rig::HttpClient carols = w.client(carol);
    w.follow(carols, m_ann);
    QCOMPARE(bob.get("/api/v1.1/accounts/mutuals/" + m_ann.id.toUtf8(), kJson).ids(), QStringList());
    w.follow(bob, carol);
    QCOMPARE(bob.get("/api/v1.1/accounts/mutuals/" + m_ann.id.toUtf8(), kJson).ids(), QStringList { carol.id });
    GI_STATUS(ann.post("/api/v1/accounts/" + m_bob.id.toUtf8() + "/block"), 200);
    QCOMPARE(bob.get("/api/v1.1/accounts/mutuals/" + m_ann.id.toUtf8(), kJson).ids(), QStringList());
}

void tst_Pixelfed::reportsAsPixelfed_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("category");
    const auto row = [](const char *type, const char *category) {
        QTest::newRow(type) << QString(QLatin1String(type)) << QString(QLatin1String(category));
    };
    row("spam", "spam");
    row("scam", "spam");
    row("copyright", "legal");
    row("underage", "legal");
    row("terrorism", "legal");
    row("sensitive", "other");
    row("abusive", "other");
    row("violence", "other");
    row("impersonation", "other");
}

void tst_Pixelfed::reportsAsPixelfed()
{
    QFETCH(QString, type);
    QFETCH(QString, category);
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString post = photoPost(ann);
    // People block first, and report then.
    GI_STATUS(bob.post("/api/v1/accounts/" + m_ann.id.toUtf8() + "/block"), 200);
    GI_STATUS(
        bob.post("/api/v1.1/report",
                 HttpBody::json(
                     { { "report_type", type }, { "object_type", QStringLiteral("post") }, { "object_id", post } })),
        200);
    GI_STATUS(bob.post("/api/v1.1/report",
                       HttpBody::json({ { "report_type", type },
                                        { "object_type", QStringLiteral("user") },
                                        { "object_id", m_ann.id } })),
              200);
    const Person moderator = w.staff(QStringLiteral("moderator"));
    const QJsonArray reports =
        w.client(moderator).get("/api/v1/admin/reports?target_account_id=" + m_ann.id.toUtf8()).array();
    QCOMPARE(reports.size(), 2);
    for (const QJsonValue report : reports) {
        QCOMPARE(report[QLatin1String("category")].toString(), category);
        QCOMPARE(report[QLatin1String("comment")].toString(), type);
    }
    QCOMPARE(reports[1][QLatin1String("statuses")][0][QLatin1String("id")].toString(), post);
}

void tst_Pixelfed::refusesOtherReports()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString secret = photoPost(ann, { { QStringLiteral("visibility"), QStringLiteral("direct") } });
    const auto report = [&](const char *type, const char *object, const QString &id) {
        return bob
            .post("/api/v1.1/report",
                  HttpBody::json({ { "report_type", QLatin1String(type) },
                                   { "object_type", QLatin1String(object) },
                                   { "object_id", id } }))
            .status;
    };
    QCOMPARE(report("boring", "user", m_ann.id), 422);
    QCOMPARE(report("spam", "story", m_ann.id), 422);
    QCOMPARE(report("spam", "user", QStringLiteral("x")), 404);
    QCOMPARE(report("spam", "post", secret), 404);
    QCOMPARE(report("spam", "post", QString()), 400);
}

void tst_Pixelfed::changesThePicture()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString none = ann.get("/api/v1/accounts/verify_credentials").text("avatar");
    const HttpReply updated = ann.post("/api/v1/avatar/update?_pe=1",
                                       HttpBody::multipart({ { "upload", w.photo(), "me.jpg", "image/jpeg" } }));
    GI_STATUS(updated, 200);
    QVERIFY(updated.text("avatar") != none);
    GI_STATUS(w.client().get(updated.text("avatar").toUtf8()), 200);
    const HttpReply removed = ann.del("/api/v1.1/accounts/avatar");
    GI_STATUS(removed, 200);
    QCOMPARE(removed.text("avatar"), none);
    GI_STATUS(
        ann.post("/api/v1/avatar/update", HttpBody::multipart({ { "upload", "no picture", "me.jpg", "image/jpeg" } })),
        422);
}

void tst_Pixelfed::answersTheRestWithNothing_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : { "/api/v1.1/direct/compose/mutuals", "/api/v1.1/archive/list",
                              "/api/pixelfed/v1/web/settings", "/api/v1/tags/sea/related", "/api/v1/conversations" })
        QTest::newRow(path) << QByteArray(path);
}

void tst_Pixelfed::answersTheRestWithNothing()
{
    QFETCH(QByteArray, path);
    const HttpReply reply = w.client(m_ann).get(path, kJson);
    GI_STATUS(reply, 200);
    QCOMPARE(reply.body, QByteArray("[]"));
}

void tst_Pixelfed::answersOldSpellingsAlike_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : { "/compose/settings", "/nag/state", "/push/state", "/discover/accounts/popular",
                              "/discover/posts/hashtags", "/collections/self" })
        QTest::newRow(path) << QByteArray(path);
}

void tst_Pixelfed::answersOldSpellingsAlike()
{
    QFETCH(QByteArray, path);
    rig::HttpClient ann = w.client(m_ann);
    const HttpReply now = ann.get("/api/v1.1" + path, kJson);
    GI_STATUS(now, 200);
    QCOMPARE(ann.get("/api/pixelfed/v1" + path, kJson).body, now.body);
}

SuitePointer makePixelfedSuite(World &world)
{
    return std::make_unique<tst_Pixelfed>(world);
}

} // namespace graminsta::api_test

#include "tst_pixelfed.moc"
