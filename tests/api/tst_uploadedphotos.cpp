// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of uploads in pieces: files of parts, attachments, and nothing for anybody else.
#include "suites.h"
#include "tus.h"

#include <thread>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpClient;
using rig::HttpReply;

namespace
{

// Of a server of its own, for the one person on it; without a token if that fails.
HttpClient soleClient(rig::TestServer &server)
{
    const Result<> started = server.start();
    const Result<QByteArray> made =
        server.run({ QStringLiteral("user"), QStringLiteral("create"), QStringLiteral("--username"),
                     QStringLiteral("ann"), QStringLiteral("--password-stdin") },
                   "correct horse battery\n");
    if (!started || !made)
        return HttpClient(server.url());
    HttpClient guest(server.url());
    const HttpReply app = guest.post(
        "/api/v1/apps",
        HttpBody::form({ { "client_name", "a" }, { "redirect_uris", kOutOfBand }, { "scopes", kAllScopes } }));
    const HttpReply token = guest.post("/oauth/token",
                                       HttpBody::form({ { "grant_type", "password" },
                                                        { "client_id", app.text("client_id").toUtf8() },
                                                        { "client_secret", app.text("client_secret").toUtf8() },
                                                        { "username", "ann" },
                                                        { "password", "correct horse battery" },
                                                        { "scope", kAllScopes } }));
    return guest.as(token.text("access_token").toUtf8());
}

} // namespace

class tst_UploadedPhotos : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void initTestCase();
    void putsPartsTogether();
    void refusesPartsThatAreNotWhole();
    void makesOneAttachmentHoweverOftenItIsAsked();
    void makesOneAttachmentForAllAtOnce();
    void refusesToMakeAPhotoOfPart();
    void refusesToMakeAPhotoOfWhatIsNone();
    void hidesUploadsFromOthers();
    void countsUnfinishedUploadsOfAnAccount();
    void forgetsWhatHasExpired();

private:
    [[nodiscard]] HttpClient ann() const { return w.client(m_ann); }

    Person m_ann;
    Person m_bob;
};

void tst_UploadedPhotos::initTestCase()
{
    m_ann = w.person();
    m_bob = w.person();
}

void tst_UploadedPhotos::putsPartsTogether()
{
    HttpClient http = ann();
    const QByteArray photo = w.photo();
    const QByteArray first = begin(http, 200, { { "Upload-Concat", "partial" } }, bytes(photo.left(200)));
    const QByteArray second = begin(http, photo.size() - 200, { { "Upload-Concat", "partial" } });
    GI_STATUS(append(http, second, 0, photo.mid(200)), 204);
    QCOMPARE(http.send("HEAD", first, HttpBody::none(), tus()).header("upload-concat"), QByteArray("partial"));
    GI_STATUS(http.post("/api/v2/media", HttpBody::form({ { "upload", first } })), 422);
    const QByteArray names = "final;" + w.server().url().toEncoded() + first + ' ' + second;
    const HttpReply joined = http.post("/files/", {}, tus({ { "Upload-Concat", names } }));
    GI_STATUS(joined, 201);
    const QByteArray path = QUrl::fromEncoded(joined.header("location")).path().toUtf8();
    const HttpReply head = http.send("HEAD", path, HttpBody::none(), tus());
    QCOMPARE(head.header("upload-concat"), names);
    QCOMPARE(head.header("upload-offset"), number(photo.size()));
    GI_STATUS(append(http, path, photo.size(), "x"), 403);
    const HttpReply media = http.post("/api/v1/media", HttpBody::form({ { "upload", path } }));
    GI_STATUS(media, 200);
    QCOMPARE(http.get("/api/graminsta/v1/media/" + media.text("id").toUtf8() + "/original").body, photo);
}

void tst_UploadedPhotos::refusesPartsThatAreNotWhole()
{
    HttpClient http = ann();
    const QByteArray part = begin(http, 10, { { "Upload-Concat", "partial" } }, bytes("abc"));
    const QByteArray whole = begin(http, 3, {}, bytes("abc"));
    GI_STATUS(http.post("/files/", {}, tus({ { "Upload-Concat", "final;" + part } })), 422);
    GI_STATUS(http.post("/files/", {}, tus({ { "Upload-Concat", "final;" + whole } })), 422);
    HttpClient bob = w.client(m_bob);
    GI_STATUS(bob.post("/files/", {}, tus({ { "Upload-Concat", "final;" + part } })), 404);
}

void tst_UploadedPhotos::makesOneAttachmentHoweverOftenItIsAsked()
{
    HttpClient http = ann();
    const QByteArray photo = w.photo();
    const QByteArray path = begin(http, photo.size(), {}, bytes(photo));
    const HttpReply first = http.post("/api/v2/media", HttpBody::form({ { "upload", path } }));
    const HttpReply second = http.post("/api/v1/media", HttpBody::form({ { "upload", path.mid(7) } }));
    QVERIFY2(first.status == 200 || first.status == 202, first.summary());
    QVERIFY(!first.text("id").isEmpty());
    QCOMPARE(second.text("id"), first.text("id"));
}

void tst_UploadedPhotos::makesOneAttachmentForAllAtOnce()
{
    HttpClient http = ann();
    const QByteArray photo = w.photo();
    const QByteArray path = begin(http, photo.size(), {}, bytes(photo));
    std::vector<HttpReply> replies(8);
    std::vector<std::thread> clients;
    for (HttpReply &reply : replies) {
        clients.emplace_back([this, &reply, &path] {
            HttpClient own = ann();
            reply = own.post("/api/v2/media", HttpBody::form({ { "upload", path } }));
        });
    }
    for (std::thread &client : clients)
        client.join();
    for (const HttpReply &reply : replies) {
        QVERIFY2(reply.status == 200 || reply.status == 202, reply.summary());
        QCOMPARE(reply.text("id"), replies.front().text("id"));
    }
}

void tst_UploadedPhotos::refusesToMakeAPhotoOfPart()
{
    HttpClient http = ann();
    const QByteArray photo = w.photo();
    const QByteArray path = begin(http, photo.size(), {}, bytes(photo.left(100)));
    const HttpReply refused = http.post("/api/v2/media", HttpBody::form({ { "upload", path } }));
    GI_STATUS(refused, 422);
    QVERIFY2(refused.text("error").contains(QString::number(photo.size() - 100)), refused.summary());
    GI_STATUS(append(http, path, 100, photo.mid(100)), 204);
    const HttpReply media = http.post("/api/v2/media", HttpBody::form({ { "upload", path } }));
    QVERIFY2(media.status == 200 || media.status == 202, media.summary());
}

void tst_UploadedPhotos::refusesToMakeAPhotoOfWhatIsNone()
{
    HttpClient http = ann();
    for (const QByteArray &upload : { QByteArray("sea"), QByteArray("1"), QByteArray("/media/1"),
                                      QByteArray("https://elsewhere.example/files/x") }) {
        const HttpReply refused = http.post("/api/v2/media", HttpBody::form({ { "upload", upload } }));
        GI_STATUS(refused, 422);
        QVERIFY2(refused.text("error").contains(QLatin1String("Upload")), refused.summary());
    }
}

void tst_UploadedPhotos::hidesUploadsFromOthers()
{
    HttpClient http = ann();
    const QByteArray photo = w.photo();
    const QByteArray path = begin(http, photo.size(), {}, bytes(photo));
    HttpClient bob = w.client(m_bob);
    GI_STATUS(bob.send("HEAD", path, HttpBody::none(), tus()), 404);
    GI_STATUS(append(bob, path, 0, "abc"), 404);
    GI_STATUS(bob.send("DELETE", path, HttpBody::none(), tus()), 404);
    GI_STATUS(bob.post("/api/v2/media", HttpBody::form({ { "upload", path } })), 422);
    HttpClient nobody = w.client();
    GI_STATUS(append(nobody, path, 0, QByteArray(1 << 20, 'x')), 401);
    GI_STATUS(nobody.send("HEAD", path, HttpBody::none(), tus()), 401);
    // Also after there is an attachment.
    const HttpReply media = http.post("/api/v2/media", HttpBody::form({ { "upload", path } }));
    QVERIFY(!media.text("id").isEmpty());
    GI_STATUS(bob.post("/api/v2/media", HttpBody::form({ { "upload", path } })), 422);
}

void tst_UploadedPhotos::countsUnfinishedUploadsOfAnAccount()
{
    rig::TestServerOptions options;
    options.settings = { { QStringLiteral("GRAMINSTA_LIMITS_UNFINISHED_UPLOADS"), QStringLiteral("2") },
                         { QStringLiteral("GRAMINSTA_LIMITS_UNFINISHED_BYTES"), QStringLiteral("100000") },
                         { QStringLiteral("GRAMINSTA_LIMITS_ACCOUNT_MEDIA"), QStringLiteral("90000") } };
    rig::TestServer server(options);
    HttpClient http = soleClient(server);
    QVERIFY(!http.token().isEmpty());
    const HttpReply bytesTooMany = http.post("/files/", {}, tus({ { "Upload-Length", "100001" } }));
    GI_STATUS(bytesTooMany, 413);
    const HttpReply noQuota = http.post("/files/", {}, tus({ { "Upload-Length", "90001" } }));
    GI_STATUS(noQuota, 413);
    const QByteArray first = begin(http, 40'000);
    (void)begin(http, 40'000);
    const HttpReply tooMany = http.post("/files/", {}, tus({ { "Upload-Length", "1" } }));
    GI_STATUS(tooMany, 422);
    QVERIFY2(tooMany.text("error").contains(QLatin1Char('2')), tooMany.summary());
    GI_STATUS(http.send("DELETE", first, HttpBody::none(), tus()), 204);
    (void)begin(http, 1);
}

void tst_UploadedPhotos::forgetsWhatHasExpired()
{
    rig::TestServerOptions options;
    options.settings = { { QStringLiteral("GRAMINSTA_LIMITS_UPLOAD_LIFE"), QStringLiteral("1500 ms") } };
    rig::TestServer server(options);
    HttpClient http = soleClient(server);
    QVERIFY(!http.token().isEmpty());
    const QByteArray path = begin(http, 10, {}, bytes("abc"));
    QTRY_COMPARE_WITH_TIMEOUT(http.send("HEAD", path, HttpBody::none(), tus()).status, 410, 10'000);
    GI_STATUS(append(http, path, 3, "def"), 410);
    GI_STATUS(http.post("/api/v2/media", HttpBody::form({ { "upload", path } })), 410);
}

SuitePointer makeUploadedPhotosSuite(World &world)
{
    return std::make_unique<tst_UploadedPhotos>(world);
}

} // namespace graminsta::api_test

#include "tst_uploadedphotos.moc"
