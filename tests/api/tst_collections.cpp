// SPDX-License-Identifier: GPL-3.0-or-later
// Collections of posts, and licences of photos: what Pixelfed has and Mastodon has not, by our own API.
#include "suites.h"

#include <atomic>
#include <thread>
#include <vector>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

namespace
{

const QByteArray kCollections = "/api/graminsta/v1/collections";

} // namespace

class tst_Collections : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void makesACollectionOfPosts();
    void keepsItsOrderAndPages();
    void arrangesAndTakesOut();
    void changesAndPublishes();
    void refuses_data();
    void refuses();
    void takesNothingThatIsNotItsOwners();
    void takesAHundredPostsAndNotOneMore();
    void takesAHundredPostsInParallel();
    void showsEachPostToItsReadersAlone();
    void showsItselfToItsReadersAlone();
    void forgetsDeletedPosts();
    void goesWithItsAccountsBlocks();
    void postsIntoCollections();
    void keepsALicence();
    void licensesByDefault();
    void refusesAnUnknownLicence_data();
    void refusesAnUnknownLicence();
    void announcesBoth();
    void leavesOutWhatHasNoPhoto();

private:
    [[nodiscard]] QString photoPost(rig::HttpClient &client, const QString &visibility = QStringLiteral("public"))
    {
        return w.postId(client, QStringLiteral("a photo"),
                        { { QStringLiteral("media_ids"), QJsonArray { w.upload(client) } },
                          { QStringLiteral("visibility"), visibility } });
    }
    [[nodiscard]] static QByteArray path(const QString &id, const QByteArray &rest = {})
    {
        return kCollections + '/' + id.toUtf8() + rest;
    }
    [[nodiscard]] static QString make(rig::HttpClient &client, const QStringList &posts,
                                      const QString &visibility = QStringLiteral("public"))
    {
        const HttpReply made = client.post(kCollections,
                                           HttpBody::json({ { "title", QStringLiteral("Sea") },
                                                            { "visibility", visibility },
                                                            { "status_ids", QJsonArray::fromStringList(posts) } }));
        return made.status == 200 ? made.text("id") : QString::fromUtf8(made.summary());
    }

    Person m_ann;
    Person m_bob;
};

void tst_Collections::init()
{
    m_ann = w.person();
    m_bob = w.person();
}

void tst_Collections::makesACollectionOfPosts()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString post = photoPost(ann);
    const HttpReply made = ann.post(kCollections,
                                    HttpBody::json({ { "title", QStringLiteral(" Sea <b>") },
                                                     { "description", QStringLiteral("Waves") },
                                                     { "visibility", QStringLiteral("public") },
                                                     { "status_ids", QJsonArray { post } } }));
    GI_STATUS(made, 200);
    QCOMPARE(made.text("title"), QStringLiteral("Sea <b>"));
    QCOMPARE(made.text("description"), QStringLiteral("Waves"));
    QCOMPARE(made.object()[QLatin1String("statuses_count")].toInt(), 1);
    QCOMPARE(made.object()[QLatin1String("account")][QLatin1String("id")].toString(), m_ann.id);
    QVERIFY(!made.object()[QLatin1String("published_at")].isNull());
    GI_STATUS(w.client().get(made.text("cover_url").toUtf8()), 200);
    QCOMPARE(ann.get(kCollections).ids(), QStringList { made.text("id") });
    QCOMPARE(w.client().get("/api/graminsta/v1/accounts/" + m_ann.id.toUtf8() + "/collections").ids(),
             QStringList { made.text("id") });
    QCOMPARE(w.client().get(made.text("url").toUtf8()).text("id"), made.text("id"));
}

void tst_Collections::keepsItsOrderAndPages()
{
    rig::HttpClient ann = w.client(m_ann);
    QStringList posts;
    for (int i = 0; i < 7; ++i)
        posts.append(photoPost(ann));
    std::swap(posts[0], posts[5]);
    std::swap(posts[2], posts[3]);
    const QString id = make(ann, posts);
    QStringList found;
    QByteArray previous;
    QByteArray next = path(id, "/statuses?limit=3");
    for (int page = 0; page < 5 && !next.isEmpty(); ++page) {
        const HttpReply reply = w.client().get(next);
        GI_STATUS(reply, 200);
        found += reply.ids();
        if (page == 1)
            previous = reply.link("prev");
        next = reply.link("next");
    }
    QCOMPARE(found, posts);
    QCOMPARE(w.client().get(previous).ids(), posts.mid(0, 3));
}

void tst_Collections::arrangesAndTakesOut()
{
    rig::HttpClient ann = w.client(m_ann);
    QStringList posts { photoPost(ann), photoPost(ann), photoPost(ann) };
    const QString id = make(ann, posts.mid(0, 2));
    const auto statusIds = [](const QStringList &ids) {
        return HttpBody::json({ { "status_ids", QJsonArray::fromStringList(ids) } });
    };
    // What is in it stays where it is.
    GI_STATUS(ann.post(path(id, "/statuses"), statusIds({ posts[0], posts[2] })), 200);
    QCOMPARE(ann.get(path(id, "/statuses")).ids(), posts);
    std::reverse(posts.begin(), posts.end());
    const HttpReply arranged = ann.put(path(id, "/statuses"), statusIds(posts));
    GI_STATUS(arranged, 200);
    QCOMPARE(ann.get(path(id, "/statuses")).ids(), posts);
    for (int i = 0; i < 2; ++i) {
        const HttpReply without = ann.del(path(id, "/statuses/" + posts[1].toUtf8()));
        GI_STATUS(without, 200);
        QCOMPARE(without.object()[QLatin1String("statuses_count")].toInt(), 2);
    }
    QCOMPARE(ann.get(path(id, "/statuses")).ids(), QStringList({ posts[0], posts[2] }));
    // The posts themselves are there.
    GI_STATUS(ann.get("/api/v1/statuses/" + posts[1].toUtf8()), 200);
    GI_STATUS(ann.del(path(id)), 200);
    GI_STATUS(ann.get(path(id)), 404);
    GI_STATUS(ann.get("/api/v1/statuses/" + posts[0].toUtf8()), 200);
}

void tst_Collections::changesAndPublishes()
{
    rig::HttpClient ann = w.client(m_ann);
    const HttpReply draft = ann.post(kCollections, HttpBody::form({ { "title", "a" } }));
    GI_STATUS(draft, 200);
    QCOMPARE(draft.text("visibility"), QStringLiteral("draft"));
    QVERIFY(draft.object()[QLatin1String("published_at")].isNull());
    QVERIFY(draft.object()[QLatin1String("cover_url")].isNull());
    const HttpReply changed = ann.put(path(draft.text("id")), HttpBody::form({ { "visibility", "private" } }));
    GI_STATUS(changed, 200);
    QCOMPARE(changed.text("title"), QStringLiteral("a"));
    const QString published = changed.text("published_at");
    QVERIFY(!published.isEmpty());
    const HttpReply again =
        ann.put(path(draft.text("id")), HttpBody::form({ { "visibility", "public" }, { "title", "b" } }));
    QCOMPARE(again.text("title"), QStringLiteral("b"));
    QCOMPARE(again.text("published_at"), published);
}

void tst_Collections::refuses_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("a long title") << QByteArray("title") << QByteArray(51, 'a') << QByteArray("maximum is 50");
    QTest::newRow("a long description") << QByteArray("description") << QByteArray(501, 'a')
                                        << QByteArray("maximum is 500");
    QTest::newRow("a strange visibility")
        << QByteArray("visibility") << QByteArray("direct") << QByteArray("public, private or draft");
    QTest::newRow("no id") << QByteArray("status_ids[]") << QByteArray("x") << QByteArray("status_ids must be");
}

void tst_Collections::refuses()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, message);
    rig::HttpClient ann = w.client(m_ann);
    const HttpReply refused = ann.post(kCollections, HttpBody::form({ { name, value } }));
    GI_STATUS(refused, 422);
    QVERIFY2(refused.body.contains(message), refused.summary());
    QCOMPARE(ann.get(kCollections).ids(), QStringList());
}

void tst_Collections::takesNothingThatIsNotItsOwners()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString bobs = photoPost(bob);
    const QString text = w.postId(ann, QStringLiteral("no photo"));
    const QString direct = photoPost(ann, QStringLiteral("direct"));
    GI_STATUS(ann.post("/api/v1/statuses/" + bobs.toUtf8() + "/reblog"), 200);
    const QString reblog = ann.get("/api/v1/accounts/" + m_ann.id.toUtf8() + "/statuses?limit=1").ids().value(0);
    const QString id = make(ann, {});
    const auto add = [&](const QString &post) {
        return ann.post(path(id, "/statuses"), HttpBody::form({ { "status_ids[]", post.toUtf8() } }));
    };
    GI_STATUS(add(bobs), 404);
    GI_STATUS(add(QStringLiteral("1")), 404);
    GI_STATUS(add(text), 422);
    GI_STATUS(add(direct), 422);
    GI_STATUS(add(reblog), 422);
    QCOMPARE(ann.get(path(id)).object()[QLatin1String("statuses_count")].toInt(-1), 0);
}

void tst_Collections::takesAHundredPostsAndNotOneMore()
{
    rig::HttpClient ann = w.client(m_ann);
    QStringList posts;
    for (int i = 0; i < 101; ++i)
        posts.append(photoPost(ann));
    const QString id = make(ann, posts.mid(0, 99));
    const auto add = [&](const QString &post) {
        return ann.post(path(id, "/statuses"), HttpBody::form({ { "status_ids[]", post.toUtf8() } })).status;
    };
    QCOMPARE(add(posts[99]), 200);
    QCOMPARE(add(posts[100]), 422);
    QCOMPARE(add(posts[99]), 200); // is in it
    QCOMPARE(ann.get(path(id)).object()[QLatin1String("statuses_count")].toInt(), 100);
}

void tst_Collections::takesAHundredPostsInParallel()
{
    rig::HttpClient ann = w.client(m_ann);
    QStringList posts;
    for (int i = 0; i < 103; ++i)
        posts.append(photoPost(ann));
    const QString id = make(ann, posts.mid(0, 98));
    std::atomic<int> taken = 0;
    std::vector<std::thread> threads;
    for (int i = 98; i < 103; ++i)
        threads.emplace_back([&, i] {
            rig::HttpClient client = w.client(m_ann);
            const HttpReply reply =
                client.post(path(id, "/statuses"), HttpBody::form({ { "status_ids[]", posts[i].toUtf8() } }));
            taken += reply.status == 200 ? 1 : 0;
        });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(taken.load(), 2);
    QCOMPARE(ann.get(path(id)).object()[QLatin1String("statuses_count")].toInt(), 100);
}

void tst_Collections::showsEachPostToItsReadersAlone()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString secret = photoPost(ann, QStringLiteral("private"));
    const QString open = photoPost(ann);
    const QString id = make(ann, { secret, open });
    const auto count = [&](rig::HttpClient &&client) {
        return client.get(path(id)).object()[QLatin1String("statuses_count")].toInt();
    };
    QCOMPARE(w.client().get(path(id, "/statuses")).ids(), QStringList { open });
    QCOMPARE(count(w.client()), 1);
    // A stranger is not even shown the cover that the owner sees.
    QVERIFY(w.client().get(path(id)).text("cover_url") != ann.get(path(id)).text("cover_url"));
    QCOMPARE(bob.get("/api/v1.1/collections/items/" + id.toUtf8()).ids(), QStringList { open });
    w.follow(bob, m_ann);
    QCOMPARE(bob.get(path(id, "/statuses")).ids(), QStringList({ secret, open }));
    QCOMPARE(count(w.client(m_bob)), 2);
}

void tst_Collections::showsItselfToItsReadersAlone()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString open = make(ann, {});
    const QString secret = make(ann, {}, QStringLiteral("private"));
    const QString draft = make(ann, {}, QStringLiteral("draft"));
    const QByteArray list = "/api/graminsta/v1/accounts/" + m_ann.id.toUtf8() + "/collections";
    QCOMPARE(ann.get(list).ids(), QStringList({ draft, secret, open }));
    QCOMPARE(bob.get(list).ids(), QStringList { open });
    GI_STATUS(bob.get(path(secret)), 404);
    w.follow(bob, m_ann);
    QCOMPARE(bob.get(list).ids(), QStringList({ secret, open }));
    GI_STATUS(bob.get(path(secret)), 200);
    GI_STATUS(bob.get(path(draft, "/statuses")), 404);
    QCOMPARE(bob.get("/api/v1.1/collections/accounts/" + m_ann.id.toUtf8()).ids(), QStringList({ secret, open }));
}

void tst_Collections::forgetsDeletedPosts()
{
    rig::HttpClient ann = w.client(m_ann);
    const QStringList posts { photoPost(ann), photoPost(ann) };
    const QString id = make(ann, posts);
    GI_STATUS(ann.del("/api/v1/statuses/" + posts[0].toUtf8()), 200);
    QCOMPARE(ann.get(path(id, "/statuses")).ids(), QStringList { posts[1] });
    QCOMPARE(ann.get(path(id)).object()[QLatin1String("statuses_count")].toInt(), 1);
}

void tst_Collections::goesWithItsAccountsBlocks()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString id = make(ann, { photoPost(ann) });
    GI_STATUS(bob.get(path(id)), 200);
    GI_STATUS(ann.post("/api/v1/accounts/" + m_bob.id.toUtf8() + "/block"), 200);
    GI_STATUS(bob.get(path(id)), 404);
    GI_STATUS(bob.get(path(id, "/statuses")), 404);
    GI_STATUS(bob.get("/api/v1.1/collections/view/" + id.toUtf8()), 404);
    QCOMPARE(bob.get("/api/graminsta/v1/accounts/" + m_ann.id.toUtf8() + "/collections").ids(), QStringList());
}

void tst_Collections::postsIntoCollections()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString first = make(ann, {});
    const QString second = make(ann, {}, QStringLiteral("draft"));
    const auto post = [&](const QStringList &collections, const QJsonObject &more = {}) {
        QJsonObject body = more;
        body.insert(QStringLiteral("status"), QStringLiteral("into"));
        body.insert(QStringLiteral("collection_ids"), QJsonArray::fromStringList(collections));
        body.insert(QStringLiteral("media_ids"), QJsonArray { w.upload(ann) });
        return ann.post("/api/v1/statuses", HttpBody::json(body));
    };
    const HttpReply posted = post({ first, second });
    GI_STATUS(posted, 200);
    QCOMPARE(ann.get(path(first, "/statuses")).ids(), QStringList { posted.text("id") });
    QCOMPARE(ann.get(path(second, "/statuses")).ids(), QStringList { posted.text("id") });
    const int before =
        ann.get("/api/v1/accounts/" + m_ann.id.toUtf8()).object()[QLatin1String("statuses_count")].toInt();
    GI_STATUS(post({ first, second, make(ann, {}), make(ann, {}) }), 422);
    GI_STATUS(post({ make(bob, {}) }), 404);
    GI_STATUS(post({ QStringLiteral("x") }), 422);
    GI_STATUS(post({ first }, { { QStringLiteral("scheduled_at"), QStringLiteral("2090-02-02T00:00:00Z") } }), 422);
    // Nothing of what was refused is there.
    QCOMPARE(ann.get("/api/v1/accounts/" + m_ann.id.toUtf8()).object()[QLatin1String("statuses_count")].toInt(),
             before);
    QCOMPARE(ann.get(path(first, "/statuses")).ids(), QStringList { posted.text("id") });
}

void tst_Collections::keepsALicence()
{
    rig::HttpClient ann = w.client(m_ann);
    const HttpReply uploaded =
        ann.post("/api/v1/media",
                 HttpBody::multipart({ { "file", w.photo(), "photo.jpg", "image/jpeg" }, { "license", "12" } }));
    GI_STATUS(uploaded, 200);
    const QJsonObject bySa { { QStringLiteral("id"), 12 },
                             { QStringLiteral("title"), QStringLiteral("CC BY-SA") },
                             { QStringLiteral("url"),
                               QStringLiteral("https://creativecommons.org/licenses/by-sa/4.0/") } };
    QCOMPARE(uploaded.object()[QLatin1String("license")].toObject(), bySa);
    const QString post = w.postId(ann, QStringLiteral("licensed"),
                                  { { QStringLiteral("media_ids"), QJsonArray { uploaded.text("id") } } });
    const auto license = [&] {
        return w.client()
            .get("/api/v1/statuses/" + post.toUtf8())
            .object()[QLatin1String("media_attachments")][0][QLatin1String("license")];
    };
    QCOMPARE(license().toObject(), bySa);
    // By its title, while the post is edited; and by its number again.
    const HttpReply edited = ann.put("/api/v1/statuses/" + post.toUtf8(),
                                     HttpBody::form({ { "media_attributes[0][id]", uploaded.text("id").toUtf8() },
                                                      { "media_attributes[0][license]", "cc by-nc" } }));
    GI_STATUS(edited, 200);
    QCOMPARE(license()[QLatin1String("id")].toInt(), 13);
    GI_STATUS(ann.put("/api/v1/media/" + uploaded.text("id").toUtf8(), HttpBody::form({ { "license", "1" } })), 200);
    // All rights are reserved where nothing is said.
    QVERIFY(license().isUndefined());
}

void tst_Collections::licensesByDefault()
{
    rig::HttpClient ann = w.client(m_ann);
    const auto uploaded = [&](const QList<rig::Part> &more = {}) {
        QList<rig::Part> parts { { "file", w.photo(), "photo.jpg", "image/jpeg" } };
        return ann.post("/api/v1/media", HttpBody::multipart(parts + more))
            .object()[QLatin1String("license")][QLatin1String("id")]
            .toInt(1);
    };
    QCOMPARE(uploaded(), 1);
    GI_STATUS(ann.patch("/api/v1/accounts/update_credentials", HttpBody::form({ { "license", "6" } })), 200);
    QCOMPARE(uploaded(), 6);
    QCOMPARE(uploaded({ { "license", "1" } }), 1);
    QCOMPARE(ann.get("/api/v1.1/compose/settings").object()[QLatin1String("default_license")].toInt(), 6);
}

void tst_Collections::refusesAnUnknownLicence_data()
{
    QTest::addColumn<QByteArray>("license");
    for (const char *license : { "2", "17", "0", "-1", "CC", "GPL", "1.0" })
        QTest::newRow(license) << QByteArray(license);
}

void tst_Collections::refusesAnUnknownLicence()
{
    QFETCH(QByteArray, license);
    rig::HttpClient ann = w.client(m_ann);
    const HttpReply refused =
        ann.post("/api/v1/media",
                 HttpBody::multipart({ { "file", w.photo(), "photo.jpg", "image/jpeg" }, { "license", license } }));
    GI_STATUS(refused, 422);
    QVERIFY2(refused.body.contains("12 (CC BY-SA)"), refused.summary());
    GI_STATUS(ann.patch("/api/v1/accounts/update_credentials", HttpBody::form({ { "license", license } })), 422);
}

void tst_Collections::announcesBoth()
{
    const QJsonValue graminsta =
        w.client().get("/api/v2/instance").object()[QLatin1String("configuration")][QLatin1String("graminsta")];
    QCOMPARE(graminsta[QLatin1String("licenses")].toArray().size(), 9);
    QCOMPARE(graminsta[QLatin1String("collections")][QLatin1String("max_statuses")].toInt(), 100);
}

void tst_Collections::leavesOutWhatHasNoPhoto()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString text = w.postId(ann, QStringLiteral("no photo"));
    const QString photo = photoPost(ann);
    const QByteArray account = "/api/v1/accounts/" + m_ann.id.toUtf8() + "/statuses";
    for (const QString &id : { text, photo })
        GI_STATUS(ann.post("/api/v1/statuses/" + id.toUtf8() + "/pin"), 200);
    w.follow(bob, m_ann);
    QCOMPARE(bob.get("/api/v1/timelines/home").ids(), QStringList({ photo, text }));
    const HttpReply page = bob.get("/api/v1/timelines/home?only_media=true&limit=2");
    QCOMPARE(page.ids(), QStringList { photo });
    // The cursor is that of what was read.
    QVERIFY(page.link("next").contains("max_id=" + text.toUtf8()));
    QCOMPARE(bob.get(account + "?pinned=true&only_media=1").ids(), QStringList { photo });
    QCOMPARE(bob.get(account + "?only_media=1").ids(), QStringList { photo });
}

SuitePointer makeCollectionsSuite(World &world)
{
    return std::make_unique<tst_Collections>(world);
}

} // namespace graminsta::api_test

#include "tst_collections.moc"
