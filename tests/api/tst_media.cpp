// SPDX-License-Identifier: GPL-3.0-or-later
// Uploads and the files made from them: https://docs.joinmastodon.org/methods/media/
#include "suites.h"

#include <cmath>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Media : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void initTestCase();
    void takesAPhoto_data();
    void takesAPhoto();
    void keepsAnimationsPlaying();
    void becomesReadyForThoseWhoWait();
    void keepsDescriptionAndFocus();
    void changesDescriptionAndFocus_data();
    void changesDescriptionAndFocus();
    void refusesWrongDescriptions();
    void refusesWrongFocus_data();
    void refusesWrongFocus();
    void refusesWhatIsNoPhoto_data();
    void refusesWhatIsNoPhoto();
    void believesTheContentNotTheName();
    void refusesARequestWithoutAFile_data();
    void refusesARequestWithoutAFile();
    void showsUploadsToTheirOwnerOnly();
    void keepsTheOriginalForItsOwnerByteForByte();
    void takesBackWhatIsNotPosted();
    void servesFilesForEver();
    void servesPartsOfFiles_data();
    void servesPartsOfFiles();
    void answersNotModified();
    void knowsNoOtherFiles_data();
    void knowsNoOtherFiles();

private:
    [[nodiscard]] HttpReply send(const QList<rig::Part> &parts, const QByteArray &path = "/api/v1/media")
    {
        return w.client(m_ann).post(path, HttpBody::multipart(parts));
    }
    [[nodiscard]] rig::Part photoPart() { return { "file", w.photo(), "photo.jpg", "image/jpeg" }; }

    Person m_ann;
    Person m_bob;
};

void tst_Media::initTestCase()
{
    m_ann = w.person();
    m_bob = w.person();
}

void tst_Media::takesAPhoto_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("v1") << QByteArray("/api/v1/media");
    QTest::newRow("v2") << QByteArray("/api/v2/media");
}

void tst_Media::takesAPhoto()
{
    QFETCH(QByteArray, path);
    const HttpReply taken = send({ photoPart() }, path);
    QVERIFY2(taken.status == 200 || (taken.status == 202 && path.contains("v2")), taken.summary());
    const HttpReply media = w.client(m_ann).get("/api/v1/media/" + taken.text("id").toUtf8());
    QCOMPARE(media.text("type"), QStringLiteral("image"));
    const QJsonValue meta = media.object()[QLatin1String("meta")];
    QCOMPARE(meta[QLatin1String("original")][QLatin1String("width")].toInt(), 96);
    QCOMPARE(meta[QLatin1String("original")][QLatin1String("height")].toInt(), 64);
    QCOMPARE(meta[QLatin1String("original")][QLatin1String("size")].toString(), QStringLiteral("96x64"));
    QCOMPARE(meta[QLatin1String("original")][QLatin1String("aspect")].toDouble(), 1.5);
    QVERIFY(media.text("blurhash").size() >= 6);
    for (const char *name : { "url", "preview_url" }) {
        const HttpReply file = w.client().get(media.text(name).toUtf8());
        GI_STATUS(file, 200);
        QCOMPARE(file.header("content-type"), QByteArray("image/jpeg"));
        QVERIFY(file.body.startsWith("\xff\xd8"));
    }
}

// A GIF of two pictures, with a comment and something behind its end.
void tst_Media::keepsAnimationsPlaying()
{
    const QByteArray frame = QByteArray::fromHex("21f904000a000000" // for a tenth of a second
                                                 "2c000000000200020000"
                                                 "02028451"
                                                 "00");
    const QByteArray head = QByteArray::fromHex("47494638396102000200800000000000ffffff");
    const QByteArray comment = QByteArrayLiteral("!\xfe\x06SECRET\0");
    const QByteArray gif = head + comment + frame + frame + ";SECRET";
    const HttpReply media = send({ { "file", gif, "dance.gif", "image/gif" } });
    GI_STATUS(media, 200);
    // Not "gifv": that is a video to clients, which play it by other means.
    QCOMPARE(media.text("type"), QStringLiteral("image"));
    QVERIFY(QUrl(media.text("url")).path().endsWith(QStringLiteral(".gif")));
    const HttpReply file = w.client().get(media.text("url").toUtf8());
    GI_STATUS(file, 200);
    QCOMPARE(file.header("content-type"), QByteArray("image/gif"));
    QCOMPARE(file.body, head + frame + frame + ";");
    const HttpReply preview = w.client().get(media.text("preview_url").toUtf8());
    QCOMPARE(preview.header("content-type"), QByteArray("image/jpeg"));
    const QJsonValue meta = media.object()[QLatin1String("meta")];
    QCOMPARE(meta[QLatin1String("original")][QLatin1String("size")].toString(), QStringLiteral("2x2"));
    const HttpReply original =
        w.client(m_ann).get("/api/graminsta/v1/media/" + media.text("id").toUtf8() + "/original");
    QCOMPARE(original.body, gif);
    QCOMPARE(original.header("content-type"), QByteArray("image/gif"));
}

void tst_Media::becomesReadyForThoseWhoWait()
{
    // masto.js asks until `url` is there, and never returns if it does not come.
    rig::HttpClient http = w.client(m_ann);
    const HttpReply taken = send({ photoPart() }, "/api/v2/media");
    HttpReply media;
    for (int i = 0; i < 100; ++i) {
        media = http.get("/api/v1/media/" + taken.text("id").toUtf8());
        if (media.status == 200)
            break;
        GI_STATUS(media, 206);
        QTest::qWait(50);
    }
    GI_STATUS(media, 200);
    QVERIFY(!media.text("url").isEmpty());
}

void tst_Media::keepsDescriptionAndFocus()
{
    const HttpReply media = send({ photoPart(), { "description", "Två hästar på en äng" }, { "focus", "-0.42,0.69" } });
    GI_STATUS(media, 200);
    QCOMPARE(media.text("description"), QStringLiteral("Två hästar på en äng"));
    const QJsonValue focus = media.object()[QLatin1String("meta")][QLatin1String("focus")];
    QCOMPARE(focus[QLatin1String("x")].toDouble(), -0.42);
    QCOMPARE(focus[QLatin1String("y")].toDouble(), 0.69);
    QVERIFY(send({ photoPart() }).object()[QLatin1String("description")].isNull());
}

void tst_Media::changesDescriptionAndFocus_data()
{
    QTest::addColumn<HttpBody>("body");
    QTest::newRow("json") << HttpBody::json(
        { { "description", QStringLiteral("new words") }, { "focus", QStringLiteral("0.5,-0.5") } });
    QTest::newRow("form") << HttpBody::form({ { "description", "new words" }, { "focus", "0.5,-0.5" } });
    QTest::newRow("multipart") << HttpBody::multipart({ { "description", "new words" }, { "focus", "0.5,-0.5" } });
}

void tst_Media::changesDescriptionAndFocus()
{
    QFETCH(HttpBody, body);
    rig::HttpClient http = w.client(m_ann);
    const QByteArray path = "/api/v1/media/" + w.upload(http, "old words").toUtf8();
    const HttpReply changed = http.put(path, body);
    GI_STATUS(changed, 200);
    QCOMPARE(changed.text("description"), QStringLiteral("new words"));
    QCOMPARE(changed.object()[QLatin1String("meta")][QLatin1String("focus")][QLatin1String("x")].toDouble(), 0.5);
    QCOMPARE(http.get(path).text("description"), QStringLiteral("new words"));
}

void tst_Media::refusesWrongDescriptions()
{
    GI_STATUS(send({ photoPart(), { "description", QByteArray("ä").repeated(1500) } }), 200); // characters, not bytes
    GI_STATUS(send({ photoPart(), { "description", QByteArray("ä").repeated(1501) } }), 422);
}

void tst_Media::refusesWrongFocus_data()
{
    QTest::addColumn<QByteArray>("focus");
    for (const char *focus : { "1.5,0", "a,b", "0.5", "nan,nan" })
        QTest::newRow(focus) << QByteArray(focus);
}

void tst_Media::refusesWrongFocus()
{
    QFETCH(QByteArray, focus);
    const HttpReply reply = send({ photoPart(), { "focus", focus } });
    // Either refused or ignored; never kept.
    if (reply.status == 200) {
        const QJsonValue kept = reply.object()[QLatin1String("meta")][QLatin1String("focus")];
        QVERIFY2(std::abs(kept[QLatin1String("x")].toDouble()) <= 1.0, reply.summary());
    } else {
        GI_STATUS(reply, 422);
    }
}

void tst_Media::refusesWhatIsNoPhoto_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("type");
    const auto row = [](const char *label, const QByteArray &bytes, const char *name, const char *type) {
        QTest::newRow(label) << bytes << QByteArray(name) << QByteArray(type);
    };
    row("text", "hello", "a.txt", "text/plain");
    row("text as a photo", "hello", "a.jpg", "image/jpeg");
    row("svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>", "a.svg", "image/svg+xml");
    row("html as a photo", "<html><script>alert(1)</script></html>", "a.jpg", "image/jpeg");
    row("pdf", "%PDF-1.4\n", "a.pdf", "application/pdf");
    row("nothing", "", "a.jpg", "image/jpeg");
    row("half a photo", w.photo().left(400), "a.jpg", "image/jpeg");
    row("truncated photo", w.photo().chopped(200), "a.jpg", "image/jpeg");
    // RFC 2083: a header that promises 30,000 x 30,000 pixels.
    QByteArray bomb = QByteArray::fromHex("89504e470d0a1a0a0000000d49484452000075300000753008060000000000000000");
    row("more pixels than allowed", bomb, "a.png", "image/png");
}

void tst_Media::refusesWhatIsNoPhoto()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, type);
    const HttpReply refused = send({ { "file", bytes, name, type } });
    QVERIFY2(refused.status == 422 || refused.status == 415 || refused.status == 400 || refused.status == 413,
             refused.summary());
    // Words that a person can use.
    QVERIFY2(refused.text("error").size() > 10, refused.summary());
}

void tst_Media::believesTheContentNotTheName()
{
    GI_STATUS(send({ { "file", w.photo(), "../../etc/passwd\0.txt", "text/plain" } }), 200);
    GI_STATUS(send({ { "file", w.photo(), "f\xc3\xb6o.php", "application/octet-stream" } }), 200);
}

void tst_Media::refusesARequestWithoutAFile_data()
{
    QTest::addColumn<HttpBody>("body");
    QTest::newRow("no body") << HttpBody {};
    QTest::newRow("multipart without it") << HttpBody::multipart({ { "description", "x" } });
    QTest::newRow("text instead of a file") << HttpBody::multipart({ { "file", "x" } });
    QTest::newRow("json") << HttpBody::json({ { "file", QStringLiteral("x") } });
    QTest::newRow("no boundary") << HttpBody { "multipart/form-data", "x" };
    QTest::newRow("no end") << HttpBody {
        "multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx"
    };
}

void tst_Media::refusesARequestWithoutAFile()
{
    QFETCH(HttpBody, body);
    const HttpReply refused = w.client(m_ann).post("/api/v1/media", body);
    QVERIFY2(refused.status == 422 || refused.status == 400, refused.summary());
}

void tst_Media::showsUploadsToTheirOwnerOnly()
{
    rig::HttpClient ann = w.client(m_ann);
    const QByteArray path = "/api/v1/media/" + w.upload(ann).toUtf8();
    GI_STATUS(ann.get(path), 200);
    rig::HttpClient bob = w.client(m_bob);
    GI_STATUS(bob.get(path), 404);
    GI_STATUS(bob.put(path, HttpBody::form({ { "description", "mine" } })), 404);
    GI_STATUS(w.client().get(path), 401);
    GI_STATUS(ann.get("/api/v1/media/1"), 404);
}

void tst_Media::keepsTheOriginalForItsOwnerByteForByte()
{
    rig::HttpClient ann = w.client(m_ann);
    const QByteArray original = w.photo();
    const HttpReply media = send({ { "file", original, "photo.jpg", "image/jpeg" } });
    GI_STATUS(media, 200);
    const QByteArray path = "/api/graminsta/v1/media/" + media.text("id").toUtf8() + "/original";
    const HttpReply mine = ann.get(path);
    GI_STATUS(mine, 200);
    QCOMPARE(mine.body, original);
    QCOMPARE(mine.header("content-type"), QByteArray("image/jpeg"));
    GI_STATUS(w.client(m_bob).get(path), 404);
    GI_STATUS(w.client().get(path), 401);
    // Nor under any public address, not even once it is posted.
    (void)w.post(ann, QStringLiteral("posted"), { { QStringLiteral("media_ids"), QJsonArray { media.text("id") } } });
    GI_STATUS(w.client(m_bob).get(path), 404);
}

void tst_Media::takesBackWhatIsNotPosted()
{
    rig::HttpClient ann = w.client(m_ann);
    const HttpReply media = send({ photoPart() });
    const QByteArray path = "/api/v1/media/" + media.text("id").toUtf8();
    const QByteArray file = media.text("url").toUtf8();
    GI_STATUS(ann.get(file), 200);
    GI_STATUS(w.client(m_bob).del(path), 404);
    GI_STATUS(ann.del(path), 200);
    GI_STATUS(ann.get(path), 404);
    GI_STATUS(ann.del(path), 404);
    QTRY_COMPARE_WITH_TIMEOUT(ann.get(file).status, 404, 20'000);

    for (const bool isLater : { false, true }) {
        const QString id = w.upload(ann);
        QJsonObject with { { QStringLiteral("media_ids"), QJsonArray { id } } };
        if (isLater)
            with.insert(QStringLiteral("scheduled_at"),
                        QDateTime::currentDateTimeUtc().addDays(1).toString(Qt::ISODate));
        with.insert(QStringLiteral("status"), QStringLiteral("kept"));
        GI_STATUS(ann.post("/api/v1/statuses", HttpBody::json(with)), 200);
        const HttpReply refused = ann.del("/api/v1/media/" + id.toUtf8());
        GI_STATUS(refused, 422);
        QVERIFY(refused.text("error").contains(QStringLiteral("used by a status")));
        GI_STATUS(ann.get("/api/v1/media/" + id.toUtf8()), 200);
    }
}

void tst_Media::servesFilesForEver()
{
    const HttpReply media = send({ photoPart() });
    const HttpReply file = w.client().get(media.text("url").toUtf8());
    GI_STATUS(file, 200);
    QVERIFY2(file.header("cache-control").contains("immutable"), file.header("cache-control"));
    QVERIFY2(file.header("etag").startsWith('"'), file.header("etag"));
    QCOMPARE(file.header("accept-ranges"), QByteArray("bytes"));
    QCOMPARE(file.header("x-content-type-options"), QByteArray("nosniff"));
    QCOMPARE(file.header("access-control-allow-origin"), QByteArray("*"));
    const HttpReply head = w.client().send("HEAD", media.text("url").toUtf8());
    GI_STATUS(head, 200);
    QCOMPARE(head.header("content-length"), file.header("content-length"));
    QCOMPARE(head.header("etag"), file.header("etag"));
}

void tst_Media::servesPartsOfFiles_data()
{
    QTest::addColumn<QByteArray>("range");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("length"); // negative: to the end
    const auto row = [](const char *range, int status, int from, int length) {
        QTest::newRow(range) << QByteArray(range) << status << from << length;
    };
    row("bytes=0-9", 206, 0, 10);
    row("bytes=5-5", 206, 5, 1);
    row("bytes=100-", 206, 100, -1);
    row("bytes=-7", 206, -7, 7);
    row("bytes=0-999999999", 206, 0, -1);
    row("bytes=-999999999", 206, 0, -1);
    row("bytes=999999999-", 416, 0, 0);
    row("bytes=-0", 416, 0, 0);
    row("bytes=9-3", 200, 0, -1); // RFC 9110 section 14.1.1: invalid, so ignored
    row("items=0-9", 200, 0, -1);
    row("bytes=a-b", 200, 0, -1);
}

void tst_Media::servesPartsOfFiles()
{
    QFETCH(QByteArray, range);
    QFETCH(int, status);
    QFETCH(int, from);
    QFETCH(int, length);
    rig::HttpClient http = w.client();
    const QByteArray url = send({ photoPart() }).text("url").toUtf8();
    const QByteArray whole = http.get(url).body;
    const HttpReply part = http.get(url, { { "Range", range } });
    GI_STATUS(part, status);
    const QByteArray size = QByteArray::number(whole.size());
    if (status == 416) {
        QCOMPARE(part.header("content-range"), "bytes */" + size);
        return;
    }
    const qsizetype start = from < 0 ? whole.size() + from : from;
    QCOMPARE(part.body, whole.mid(start, length));
    if (status == 206) {
        QCOMPARE(part.header("content-range"),
                 "bytes " + QByteArray::number(start) + '-' + QByteArray::number(start + part.body.size() - 1) + '/'
                     + size);
    }
}

void tst_Media::answersNotModified()
{
    rig::HttpClient http = w.client();
    const QByteArray url = send({ photoPart() }).text("url").toUtf8();
    const QByteArray etag = http.get(url).header("etag");
    const HttpReply same = http.get(url, { { "If-None-Match", etag } });
    GI_STATUS(same, 304);
    QVERIFY(same.body.isEmpty());
    QCOMPARE(same.header("etag"), etag);
    GI_STATUS(http.get(url, { { "If-None-Match", "\"x\", W/" + etag } }), 304); // weak comparison: section 13.1.2
    GI_STATUS(http.get(url, { { "If-None-Match", "*" } }), 304);
    GI_STATUS(http.get(url, { { "If-None-Match", "\"other\"" } }), 200);
    // RFC 9110 section 13.1.5: a part only of what the client has.
    GI_STATUS(http.get(url, { { "Range", "bytes=0-3" }, { "If-Range", etag } }), 206);
    GI_STATUS(http.get(url, { { "Range", "bytes=0-3" }, { "If-Range", "\"other\"" } }), 200);
}

void tst_Media::knowsNoOtherFiles_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : { "/media/unknown.jpg", "/media/..%2f..%2fgraminsta.db", "/media/../graminsta.db",
                              "/media/%2e%2e/graminsta.db", "/media/", "/media/.", "/media/%00.jpg" })
        QTest::newRow(path) << QByteArray(path);
}

void tst_Media::knowsNoOtherFiles()
{
    QFETCH(QByteArray, path);
    const HttpReply missing = w.client().get(path);
    QVERIFY2(missing.status == 404 || missing.status == 400, missing.summary());
}

SuitePointer makeMediaSuite(World &world)
{
    return std::make_unique<tst_Media>(world);
}

} // namespace graminsta::api_test

#include "tst_media.moc"
