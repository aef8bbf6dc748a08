// SPDX-License-Identifier: GPL-3.0-or-later
// Pixelfed's own app and PixelDroid, played: what they ask at login, feed, post, comment and collections, in their
// order, with their parameters and bodies, taken from their sources. The apps themselves are not run.
#include "suites.h"

#include <graminsta/core/deadline.h>
#include <rig/authorization.h>

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

class tst_PixelfedClients : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void signsInFromTheOfficialApp();
    void signsInFromPixelDroid();
    void tellsTheOfficialAppWhatItGoesTo();
    void postsACarouselFromTheOfficialApp();
    void postsACarouselFromPixelDroid();
    void commentsFromTheOfficialApp();
    void readsTheFeedPageByPage();
    void listsOwnCollectionsWithTheirPosts();
    void changesCollectionsAsPixelDroid();

private:
    // An app that signs somebody in as m_ann, by code; its token, empty if that fails.
    [[nodiscard]] QByteArray signIn(const HttpBody &registration, const QByteArray &redirect, const QByteArray &scopes,
                                    const std::function<HttpBody(const rig::FormFields &)> &tokenBody);
    [[nodiscard]] QStringList uploads(rig::HttpClient &client, int count);
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

void tst_PixelfedClients::init()
{
    m_ann = w.person();
    m_bob = w.person();
}

QByteArray tst_PixelfedClients::signIn(const HttpBody &registration, const QByteArray &redirect,
                                       const QByteArray &scopes,
                                       const std::function<HttpBody(const rig::FormFields &)> &tokenBody)
{
    rig::HttpClient client = w.client();
    const HttpReply app = client.post("/api/v1/apps", registration);
    if (app.status != 200 || app.text("client_secret").isEmpty())
        return {};
    // Spaces as pluses, the address as it is.
    const QByteArray target = "/oauth/authorize?client_id=" + app.text("client_id").toUtf8()
        + "&scope=" + QByteArray(scopes).replace(' ', '+') + "&redirect_uri=" + redirect + "&response_type=code";
    const HttpReply consent = rig::visitAuthorizePage(client, target, { m_ann.username, m_ann.password, {} });
    if (!consent.header("location").startsWith(redirect))
        return {};
    const HttpReply token = client.post("/oauth/token",
                                        tokenBody({ { "client_id", app.text("client_id").toUtf8() },
                                                    { "client_secret", app.text("client_secret").toUtf8() },
                                                    { "redirect_uri", redirect },
                                                    { "grant_type", "authorization_code" },
                                                    { "code", rig::redirectParameter(consent, "code").toUtf8() },
                                                    { "scope", scopes } }));
    return token.status == 200 ? token.text("access_token").toUtf8() : QByteArray();
}

QStringList tst_PixelfedClients::uploads(rig::HttpClient &client, int count)
{
    QStringList ids;
    for (int i = 0; i < count; ++i) {
        const HttpReply uploaded = client.post(
            "/api/v2/media",
            HttpBody::multipart({ { "file", w.photo(), "photo.jpg", "image/jpeg" }, { "description", "the sea" } }),
            { { "Idempotency-Key", w.freshName().toUtf8() }, { "Accept", "application/json" } });
        const QString id = uploaded.text("id");
        // The app posts at once. Where the server has more to do than it makes an upload wait for (202), the test is
        // the more patient one.
        const Deadline patience = Deadline::after(std::chrono::seconds { 20 });
        HttpReply ready = uploaded;
        while ((ready.status == 202 || ready.status == 206) && !patience.expired())
            ready = client.get("/api/v1/media/" + id.toUtf8());
        if (ready.status == 200 && !ready.text("url").isEmpty())
            ids.append(id);
    }
    return ids;
}

void tst_PixelfedClients::signsInFromTheOfficialApp()
{
    const QByteArray scopes = "read write follow push";
    // It sends every form as multipart.
    const auto multipart = [](const rig::FormFields &fields) {
        QList<rig::Part> parts;
        for (const auto &[name, value] : fields)
            parts.append({ name, value });
        return HttpBody::multipart(parts);
    };
    const QByteArray token = signIn(multipart({ { "client_name", "Pixelfed for Android" },
                                                { "redirect_uris", "pixelfed://login" },
                                                { "scopes", scopes },
                                                { "website", "https://github.com/pixelfed/pixelfed-rn" } }),
                                    "pixelfed://login", scopes, multipart);
    QVERIFY(!token.isEmpty());
    const HttpReply own = w.client().as(token).get("/api/v1/accounts/verify_credentials?_pe=1", kJson);
    GI_STATUS(own, 200);
    QCOMPARE(own.text("username"), m_ann.username);
    QVERIFY(own.object()[QLatin1String("settings")].isObject());
    QCOMPARE(own.object()[QLatin1String("is_admin")].toBool(true), false);
}

void tst_PixelfedClients::signsInFromPixelDroid()
{
    rig::HttpClient client = w.client();
    // By nodeinfo it decides whether it goes on at all, and whether it warns.
    const HttpReply links = client.get("/.well-known/nodeinfo");
    const HttpReply nodeinfo =
        client.get(links.object()[QLatin1String("links")][0][QLatin1String("href")].toString().toUtf8());
    GI_STATUS(nodeinfo, 200);
    const QJsonValue config = nodeinfo.object()[QLatin1String("metadata")][QLatin1String("config")];
    QCOMPARE(config[QLatin1String("features")][QLatin1String("mobile_apis")].toBool(), true);
    QCOMPARE(config[QLatin1String("uploader")][QLatin1String("album_limit")].toInt(), 20);
    // Only where these are there does it take the limits from here.
    QVERIFY(!config[QLatin1String("site")][QLatin1String("url")].toString().isEmpty());
    QVERIFY(!config[QLatin1String("site")][QLatin1String("name")].toString().isEmpty());
    QVERIFY(config[QLatin1String("uploader")][QLatin1String("max_caption_length")].toInt() > 0);
    const auto form = [](const rig::FormFields &fields) { return HttpBody::form(fields); };
    const QByteArray redirect = "oauth2redirect://org.pixeldroid.app";
    const QByteArray token = signIn(
        HttpBody::form(
            { { "client_name", "PixelDroid" }, { "redirect_uris", redirect }, { "scopes", "read write follow" } }),
        redirect, "read write follow", form);
    QVERIFY(!token.isEmpty());
    rig::HttpClient ann = w.client().as(token);
    GI_STATUS(ann.get("/api/v1/accounts/verify_credentials"), 200);
    GI_STATUS(ann.get("/api/v1/timelines/home?limit=20"), 200);
    GI_STATUS(ann.get("/api/pixelfed/v1/stories/self-carousel"), 200);
    GI_STATUS(ann.get("/api/v1/discover/posts"), 200);
}

void tst_PixelfedClients::tellsTheOfficialAppWhatItGoesTo()
{
    const HttpReply asked = w.client().get("/api/nodeinfo/2.0.json");
    GI_STATUS(asked, 200);
    const QJsonValue software = asked.object()[QLatin1String("software")];
    QCOMPARE(software[QLatin1String("name")].toString(), QStringLiteral("pixelfed"));
    // It compares the three numbers at the beginning with 0.12.3.
    QVERIFY(software[QLatin1String("version")].toString().startsWith(QLatin1String("0.12.6 (compatible; Graminsta ")));
    // What everybody else asks says what this is.
    QCOMPARE(w.client().get("/nodeinfo/2.0").object()[QLatin1String("software")][QLatin1String("name")].toString(),
             QStringLiteral("graminsta"));
    QVERIFY(w.client().get("/api/v2/config").object()[QLatin1String("account")][QLatin1String("max_bio_length")].toInt()
            > 0);
}

void tst_PixelfedClients::postsACarouselFromTheOfficialApp()
{
    rig::HttpClient ann = w.client(m_ann);
    GI_STATUS(ann.get("/api/v1/accounts/verify_credentials?_pe=1", kJson), 200);
    const HttpReply instance = ann.get("/api/v1/instance", kJson);
    QCOMPARE(
        instance
            .object()[QLatin1String("configuration")][QLatin1String("statuses")][QLatin1String("max_media_attachments")]
            .toInt(),
        20);
    const HttpReply settings = ann.get("/api/v1.1/compose/settings", kJson);
    GI_STATUS(settings, 200);
    const int most = settings.object()[QLatin1String("max_media_attachments")].toInt();
    QCOMPARE(most, 20);
    const QStringList ids = uploads(ann, most);
    QCOMPARE(ids.size(), most);
    const HttpReply posted =
        ann.post("/api/v1/statuses",
                 HttpBody::json({ { "status", QStringLiteral("a day at the sea") },
                                  { "media_ids", QJsonArray::fromStringList(ids) },
                                  { "visibility", settings.object()[QLatin1String("default_scope")] },
                                  { "sensitive", false } }),
                 { { "Idempotency-Key", w.freshName().toUtf8() }, { "Accept", "application/json" } });
    GI_STATUS(posted, 200);
    const HttpReply shown = ann.get(status(posted.text("id"), "?_pe=1"), kJson);
    QCOMPARE(shown.text("pf_type"), QStringLiteral("photo:album"));
    QStringList order;
    for (const QJsonValue media : shown.object()[QLatin1String("media_attachments")].toArray()) {
        order.append(media[QLatin1String("id")].toString());
        QCOMPARE(media[QLatin1String("description")].toString(), QStringLiteral("the sea"));
    }
    QCOMPARE(order, ids);
}

void tst_PixelfedClients::postsACarouselFromPixelDroid()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::FormFields fields { { "status", "from a phone" } };
    for (int i = 0; i < 3; ++i)
        fields.append({ "media_ids[]", w.upload(ann, "alt").toUtf8() });
    // Its "sensitive" is a number.
    fields += { { "sensitive", "1" }, { "visibility", "public" } };
    const HttpReply posted = ann.post("/api/v1/statuses", HttpBody::form(fields));
    GI_STATUS(posted, 200);
    QCOMPARE(posted.object()[QLatin1String("media_attachments")].toArray().size(), 3);
    QCOMPARE(posted.object()[QLatin1String("sensitive")].toBool(), true);
}

void tst_PixelfedClients::commentsFromTheOfficialApp()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString post = photoPost(ann);
    // All in the query, with the type of JSON and no body.
    const HttpReply comment = bob.send("POST",
                                       "/api/v1/statuses?in_reply_to_id=" + post.toUtf8()
                                           + "&status=what+a+view&visibility=public&sensitive=false",
                                       HttpBody { "application/json", {} }, { { "Accept", "application/json" } });
    GI_STATUS(comment, 200);
    const HttpReply thread = ann.get(status(post, "/context?_pe=1&max_id=undefined"), kJson);
    GI_STATUS(thread, 200);
    const QJsonValue first = thread.object()[QLatin1String("descendants")][0];
    QCOMPARE(first[QLatin1String("id")].toString(), comment.text("id"));
    QCOMPARE(first[QLatin1String("pf_type")].toString(), QStringLiteral("reply"));
    QCOMPARE(first[QLatin1String("content_text")].toString(), QStringLiteral("what a view"));
    QCOMPARE(ann.get(status(post, "?_pe=1")).object()[QLatin1String("reply_count")].toInt(), 1);
    // Comments that are switched off are refused.
    const QString closed = photoPost(ann, { { QStringLiteral("comments_disabled"), true } });
    QCOMPARE(ann.get(status(closed, "?_pe=1")).object()[QLatin1String("comments_disabled")].toBool(), true);
    GI_STATUS(bob.post("/api/v1/statuses?in_reply_to_id=" + closed.toUtf8() + "&status=no"), 422);
}

void tst_PixelfedClients::readsTheFeedPageByPage()
{
    rig::HttpClient ann = w.client(m_ann);
    QStringList all;
    for (int i = 0; i < 45; ++i)
        all.prepend(w.postId(ann, QString::number(i)));
    QStringList found;
    QByteArray target = "/api/v1/timelines/home?_pe=1&limit=20";
    for (int page = 0; page < 5 && !target.isEmpty(); ++page) {
        const HttpReply reply = ann.get(target, kJson);
        GI_STATUS(reply, 200);
        found += reply.ids();
        const QByteArray next = reply.link("next");
        // The app appends this to whatever address it is given.
        target = next.isEmpty() ? next : next + "&_pe=1&limit=20";
    }
    QCOMPARE(found, all);
}

void tst_PixelfedClients::listsOwnCollectionsWithTheirPosts()
{
    rig::HttpClient ann = w.client(m_ann);
    const QStringList posts { photoPost(ann), photoPost(ann) };
    QStringList all;
    for (int i = 0; i < 10; ++i)
        all.prepend(ann.post("/api/graminsta/v1/collections",
                             HttpBody::json({ { "title", QString::number(i) },
                                              { "status_ids", QJsonArray::fromStringList(posts) } }))
                        .text("id"));
    const HttpReply first = ann.get("/api/v1.1/collections/self?page=1", kJson);
    GI_STATUS(first, 200);
    QCOMPARE(first.ids(), all.mid(0, 9));
    const QJsonValue newest = first.array()[0];
    QCOMPARE(newest[QLatin1String("post_count")].toInt(), 2);
    QCOMPARE(newest[QLatin1String("items")][1][QLatin1String("id")].toString(), posts[1]);
    QVERIFY(newest[QLatin1String("items")][0][QLatin1String("media_attachments")][0][QLatin1String("url")].isString());
    QCOMPARE(ann.get("/api/v1.1/collections/self?page=2", kJson).ids(), all.mid(9));
    // With an empty page the app stops.
    QCOMPARE(ann.get("/api/v1.1/collections/self?page=3", kJson).ids(), QStringList());
}

void tst_PixelfedClients::changesCollectionsAsPixelDroid()
{
    rig::HttpClient ann = w.client(m_ann);
    const QByteArray id =
        ann.post("/api/graminsta/v1/collections", HttpBody::form({ { "title", "a" } })).text("id").toUtf8();
    QStringList posts;
    for (int i = 0; i < 12; ++i)
        posts.append(photoPost(ann));
    // All in the query.
    const auto change = [&](const char *verb, const QString &post) {
        return ann.post("/api/v1.1/collections/" + QByteArray(verb) + "?collection_id=" + id
                        + "&post_id=" + post.toUtf8());
    };
    for (const QString &post : std::as_const(posts)) {
        const HttpReply added = change("add", post);
        GI_STATUS(added, 200);
        QCOMPARE(added.text("id"), post);
    }
    QCOMPARE(ann.get("/api/v1.1/collections/items/" + id).ids(), posts.mid(0, 10));
    QCOMPARE(ann.get("/api/v1.1/collections/items/" + id + "?page=2").ids(), posts.mid(10));
    GI_STATUS(change("remove", posts[0]), 200);
    QCOMPARE(ann.get("/api/v1.1/collections/items/" + id).ids(), posts.mid(1, 10));
    GI_STATUS(change("add", QStringLiteral("x")), 404);
    const HttpReply published = ann.post("/api/v1.1/collections/update/" + id,
                                         HttpBody::form({ { "title", "b" }, { "visibility", "public" } }));
    GI_STATUS(published, 200);
    QCOMPARE(published.text("title"), QStringLiteral("b"));
    QCOMPARE(w.client(m_bob).get("/api/v1.1/collections/accounts/" + m_ann.id.toUtf8()).ids(),
             QStringList { QString::fromUtf8(id) });
    QCOMPARE(w.client(m_bob).get("/api/v1.1/collections/view/" + id).text("pid"), m_ann.id);
    GI_STATUS(ann.del("/api/v1.1/collections/delete/" + id), 200);
    GI_STATUS(ann.get("/api/v1.1/collections/view/" + id), 404);
}

SuitePointer makePixelfedClientsSuite(World &world)
{
    return std::make_unique<tst_PixelfedClients>(world);
}

} // namespace graminsta::api_test

#include "tst_pixelfedclients.moc"
