// SPDX-License-Identifier: GPL-3.0-or-later
// Uploads in pieces: https://tus.io/protocols/resumable-upload
#include "suites.h"
#include "tus.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QElapsedTimer>
#include <QFile>
#include <QLocale>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpClient;
using rig::HttpHeaders;
using rig::HttpReply;

class tst_Uploads : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void initTestCase();
    void saysWhatItCanDo();
    void isAnnouncedToClients();
    void answersPreflightsOfWebClients();
    void makesAPhotoOfPieces();
    void takesTheFirstBytesWithTheCreation();
    void keepsAndGivesBackMetadata();
    void letsTheLengthBeSaidLater();
    void refusesOtherVersions_data();
    void refusesOtherVersions();
    void refusesWhatIsNoCreation_data();
    void refusesWhatIsNoCreation();
    void refusesBytesThatDoNotGoThere();
    void refusesBytesOfAnotherType();
    void refusesFilesThatAreTooLarge();
    void discardsBytesWithAnotherChecksum_data();
    void discardsBytesWithAnotherChecksum();
    void takesTheMethodFromAHeader();
    void endsAnUpload();
    void keepsWhatCameBeforeTheConnectionWasLost();
    void locksWhileBytesCome();
    void goesOnWhileTheOldConnectionHangs();

private:
    // The server may take a moment to see that a connection has gone.
    static void awaitUnlocked(HttpClient &http, const QByteArray &path, qint64 offset)
    {
        QTRY_COMPARE(append(http, path, offset, "").status, 204);
    }
    [[nodiscard]] HttpClient ann() const { return w.client(m_ann); }

    Person m_ann;
};

void tst_Uploads::initTestCase()
{
    m_ann = w.person();
}

void tst_Uploads::saysWhatItCanDo()
{
    const HttpReply options = w.client().send("OPTIONS", "/files/");
    GI_STATUS(options, 204);
    QCOMPARE(options.header("tus-resumable"), QByteArray("1.0.0"));
    QCOMPARE(options.header("tus-version"), QByteArray("1.0.0"));
    QCOMPARE(options.header("tus-max-size"), number(100 << 20));
    QCOMPARE(options.header("tus-checksum-algorithm"), QByteArray("sha1,sha256"));
    const QByteArrayList extensions = options.header("tus-extension").split(',');
    for (const char *extension : { "creation", "creation-with-upload", "expiration", "checksum", "termination" })
        QVERIFY2(extensions.contains(extension), extension);
}

void tst_Uploads::isAnnouncedToClients()
{
    const QJsonValue uploads =
        w.client()
            .get("/api/v2/instance")
            .object()[QLatin1String("configuration")][QLatin1String("graminsta")][QLatin1String("uploads")];
    QCOMPARE(uploads[QLatin1String("tus")].toString(), QStringLiteral("/files/"));
    QCOMPARE(uploads[QLatin1String("max_size")].toInt(), 100 << 20);
    QVERIFY(uploads[QLatin1String("extensions")].toArray().contains(QStringLiteral("checksum")));
}

void tst_Uploads::answersPreflightsOfWebClients()
{
    const HttpReply preflight =
        w.client().send("OPTIONS", "/files/1", HttpBody::none(),
                        { { "Origin", "https://web.example" },
                          { "Access-Control-Request-Method", "PATCH" },
                          { "Access-Control-Request-Headers", "tus-resumable,upload-offset" } });
    GI_STATUS(preflight, 204);
    for (const char *verb : { "HEAD", "PATCH", "DELETE" })
        QVERIFY2(preflight.header("access-control-allow-methods").contains(verb), verb);
    QCOMPARE(preflight.header("access-control-allow-headers"), QByteArray("tus-resumable,upload-offset"));
    HttpClient http = ann();
    const HttpReply created = http.post("/files/", {}, tus({ { "Upload-Length", "3" } }));
    QCOMPARE(created.header("access-control-allow-origin"), QByteArray("*"));
    const QByteArray exposed = created.header("access-control-expose-headers");
    for (const char *name : { "Location", "Upload-Offset", "Upload-Length", "Upload-Expires", "Upload-Metadata",
                              "Tus-Resumable", "Tus-Version", "Tus-Extension", "Tus-Max-Size" })
        QVERIFY2(exposed.contains(name), name);
}

void tst_Uploads::makesAPhotoOfPieces()
{
    HttpClient http = ann();
    const QByteArray photo = w.photo();
    const HttpReply created = http.post("/files/", {}, tus({ { "Upload-Length", number(photo.size()) } }));
    GI_STATUS(created, 201);
    QCOMPARE(created.header("tus-resumable"), QByteArray("1.0.0"));
    QCOMPARE(created.header("upload-offset"), QByteArray("0"));
    const QByteArray location = created.header("location");
    QVERIFY2(location.startsWith(w.server().url().toEncoded() + "/files/"), location);
    const QDateTime expires = QLocale::c().toDateTime(QString::fromLatin1(created.header("upload-expires")),
                                                      QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"));
    const qint64 left = QDateTime::currentDateTimeUtc().secsTo(QDateTime(expires.date(), expires.time(), Qt::UTC));
    QVERIFY2(left > 23 * 3600 && left <= 24 * 3600, created.header("upload-expires"));

    const QByteArray path = QUrl::fromEncoded(location).path().toUtf8();
    for (qint64 offset = 0; offset < photo.size(); offset += 300) {
        const QByteArray piece = photo.mid(offset, 300);
        const HttpReply appended = append(http, path, offset, piece);
        GI_STATUS(appended, 204);
        QCOMPARE(appended.header("upload-offset"), number(offset + piece.size()));
        QVERIFY(!appended.header("upload-expires").isEmpty());
        const HttpReply head = http.send("HEAD", path, HttpBody::none(), tus());
        GI_STATUS(head, 200);
        QCOMPARE(head.header("upload-offset"), number(offset + piece.size()));
        QCOMPARE(head.header("upload-length"), number(photo.size()));
        QCOMPARE(head.header("cache-control"), QByteArray("no-store"));
    }
    const HttpReply media =
        http.post("/api/v1/media",
                  HttpBody::form({ { "upload", location }, { "description", "a boat" }, { "focus", "0.5,-0.2" } }));
    GI_STATUS(media, 200);
    QCOMPARE(media.text("description"), QStringLiteral("a boat"));
    const HttpReply original = http.get("/api/graminsta/v1/media/" + media.text("id").toUtf8() + "/original");
    QCOMPARE(original.body, photo);
    (void)w.post(http, QStringLiteral("from pieces"),
                 { { QStringLiteral("media_ids"), QJsonArray { media.text("id") } } });
    // All of it is there, though its bytes are the photo's now.
    QCOMPARE(offsetOf(http, path), qint64(photo.size()));
    GI_STATUS(append(http, path, 0, "x"), 409);
}

void tst_Uploads::takesTheFirstBytesWithTheCreation()
{
    HttpClient http = ann();
    const QByteArray photo = w.photo();
    const HttpReply created =
        http.post("/files", bytes(photo.left(100)), tus({ { "Upload-Length", number(photo.size()) } }));
    GI_STATUS(created, 201);
    QCOMPARE(created.header("upload-offset"), QByteArray("100"));
    const QByteArray path = QUrl::fromEncoded(created.header("location")).path().toUtf8();
    GI_STATUS(append(http, path, 100, photo.mid(100)), 204);
    const HttpReply media = http.post("/api/v1/media", HttpBody::json({ { "upload_url", QString::fromUtf8(path) } }));
    GI_STATUS(media, 200);
}

void tst_Uploads::keepsAndGivesBackMetadata()
{
    HttpClient http = ann();
    const QByteArray metadata = "filename c2VhLmpwZw==,filetype aW1hZ2UvanBlZw==,private";
    const QByteArray path = begin(http, 10, { { "Upload-Metadata", metadata } });
    QCOMPARE(http.send("HEAD", path, HttpBody::none(), tus()).header("upload-metadata"), metadata);
}

void tst_Uploads::letsTheLengthBeSaidLater()
{
    HttpClient http = ann();
    const HttpReply created = http.post("/files/", {}, tus({ { "Upload-Defer-Length", "1" } }));
    GI_STATUS(created, 201);
    const QByteArray path = QUrl::fromEncoded(created.header("location")).path().toUtf8();
    GI_STATUS(append(http, path, 0, "abc"), 204);
    const HttpReply open = http.send("HEAD", path, HttpBody::none(), tus());
    QCOMPARE(open.header("upload-defer-length"), QByteArray("1"));
    QVERIFY(open.header("upload-length").isEmpty());
    GI_STATUS(http.post("/api/v2/media", HttpBody::form({ { "upload", path } })), 422);
    GI_STATUS(append(http, path, 3, "de", { { "Upload-Length", "5" } }), 204);
    QCOMPARE(http.send("HEAD", path, HttpBody::none(), tus()).header("upload-length"), QByteArray("5"));
    GI_STATUS(append(http, path, 5, "", { { "Upload-Length", "6" } }), 409);
}

void tst_Uploads::refusesOtherVersions_data()
{
    QTest::addColumn<QByteArray>("verb");
    for (const char *verb : { "POST", "HEAD", "PATCH", "DELETE" })
        QTest::newRow(verb) << QByteArray(verb);
}

void tst_Uploads::refusesOtherVersions()
{
    QFETCH(QByteArray, verb);
    HttpClient http = ann();
    const QByteArray path = verb == "POST" ? QByteArray("/files/") : begin(http, 10);
    const HttpHeaders others { { "Upload-Length", "10" }, { "Upload-Offset", "0" } };
    const HttpBody body = verb == "PATCH" ? bytes("abc") : HttpBody {};
    for (const char *version : { "0.2.2", "" }) {
        const HttpReply refused = http.send(verb, path, body, others + HttpHeaders { { "Tus-Resumable", version } });
        GI_STATUS(refused, 412);
        QCOMPARE(refused.header("tus-version"), QByteArray("1.0.0"));
    }
}

void tst_Uploads::refusesWhatIsNoCreation_data()
{
    QTest::addColumn<HttpHeaders>("headers");
    const auto row = [](const char *label, const HttpHeaders &headers) { QTest::newRow(label) << headers; };
    row("no length", {});
    row("both lengths", { { "Upload-Length", "1" }, { "Upload-Defer-Length", "1" } });
    row("deferred twice", { { "Upload-Defer-Length", "2" } });
    row("no number", { { "Upload-Length", "ten" } });
    row("negative", { { "Upload-Length", "-1" } });
    row("beyond numbers", { { "Upload-Length", "99999999999999999999" } });
    row("broken metadata", { { "Upload-Length", "1" }, { "Upload-Metadata", "filename !!!" } });
    row("nameless metadata", { { "Upload-Length", "1" }, { "Upload-Metadata", "a YQ==,,b YQ==" } });
    row("much metadata", { { "Upload-Length", "1" }, { "Upload-Metadata", "a " + QByteArray(5000, 'A') } });
    row("unknown checksum", { { "Upload-Length", "1" }, { "Upload-Checksum", "md5 YQ==" } });
    row("short checksum", { { "Upload-Length", "1" }, { "Upload-Checksum", "sha1 YQ==" } });
    row("parts of nothing", { { "Upload-Concat", "final;" } });
    row("parts elsewhere", { { "Upload-Concat", "final;/media/1" } });
    row("unknown concatenation", { { "Upload-Length", "1" }, { "Upload-Concat", "all" } });
}

void tst_Uploads::refusesWhatIsNoCreation()
{
    QFETCH(HttpHeaders, headers);
    HttpClient http = ann();
    const HttpReply refused = http.post("/files/", {}, tus(headers));
    GI_STATUS(refused, 400);
    QVERIFY2(refused.text("error").contains(QLatin1String("Upload-")), refused.summary());
}

void tst_Uploads::refusesBytesThatDoNotGoThere()
{
    HttpClient http = ann();
    const QByteArray path = begin(http, 10);
    GI_STATUS(append(http, path, 1, "abc"), 409);
    GI_STATUS(append(http, path, 0, "abc"), 204);
    GI_STATUS(append(http, path, 0, "abc"), 409);
    GI_STATUS(http.send("PATCH", path, bytes("abc"), tus()), 400);
    const HttpReply tooMuch = append(http, path, 3, QByteArray(8, 'x'));
    GI_STATUS(tooMuch, 413);
    // Larger than what is drained politely: refused before it comes.
    GI_STATUS(append(http, path, 3, QByteArray(1 << 20, 'x')), 413);
    QCOMPARE(offsetOf(http, path), 3);
}

void tst_Uploads::refusesBytesOfAnotherType()
{
    HttpClient http = ann();
    const QByteArray path = begin(http, 10);
    GI_STATUS(http.send("PATCH", path, { "application/octet-stream", "abc" }, tus({ { "Upload-Offset", "0" } })), 415);
    GI_STATUS(http.post("/files/", { "image/jpeg", "abc" }, tus({ { "Upload-Length", "3" } })), 415);
    QCOMPARE(offsetOf(http, path), 0);
}

void tst_Uploads::refusesFilesThatAreTooLarge()
{
    HttpClient http = ann();
    const HttpReply refused = http.post("/files/", {}, tus({ { "Upload-Length", number((100 << 20) + 1) } }));
    GI_STATUS(refused, 413);
    QVERIFY2(refused.text("error").contains(QLatin1String("104857600")), refused.summary());
    QCOMPARE(refused.header("tus-resumable"), QByteArray("1.0.0"));
}

void tst_Uploads::discardsBytesWithAnotherChecksum_data()
{
    QTest::addColumn<QByteArray>("right");
    QTest::newRow("sha1") << "sha1 " + QCryptographicHash::hash("right", QCryptographicHash::Sha1).toBase64();
    QTest::newRow("sha256") << sha256("right");
}

void tst_Uploads::discardsBytesWithAnotherChecksum()
{
    QFETCH(QByteArray, right);
    HttpClient http = ann();
    const QByteArray path = begin(http, 8);
    GI_STATUS(append(http, path, 0, "abc"), 204);
    GI_STATUS(append(http, path, 3, "wrong", { { "Upload-Checksum", right } }), 460);
    QCOMPARE(offsetOf(http, path), 3);
    GI_STATUS(append(http, path, 3, "right", { { "Upload-Checksum", right } }), 204);
    QCOMPARE(offsetOf(http, path), 8);
}

void tst_Uploads::takesTheMethodFromAHeader()
{
    HttpClient http = ann();
    const QByteArray path = begin(http, 3);
    const HttpReply appended =
        http.send("POST", path, bytes("abc"), tus({ { "Upload-Offset", "0" }, { "X-HTTP-Method-Override", "PATCH" } }));
    GI_STATUS(appended, 204);
    GI_STATUS(http.send("POST", path, {}, tus({ { "X-HTTP-Method-Override", "DELETE" } })), 204);
    GI_STATUS(http.send("HEAD", path, HttpBody::none(), tus()), 404);
    // Nowhere else.
    GI_STATUS(http.send("POST", "/api/v1/statuses/1", {}, { { "X-HTTP-Method-Override", "DELETE" } }), 405);
}

void tst_Uploads::endsAnUpload()
{
    HttpClient http = ann();
    const QByteArray path = begin(http, 10);
    GI_STATUS(append(http, path, 0, "abc"), 204);
    GI_STATUS(http.send("DELETE", path, HttpBody::none(), tus()), 204);
    GI_STATUS(http.send("HEAD", path, HttpBody::none(), tus()), 404);
    GI_STATUS(append(http, path, 3, "def"), 404);
    GI_STATUS(http.send("DELETE", path, HttpBody::none(), tus()), 404);
    const QString id = QString::fromUtf8(path).section(QLatin1Char('/'), -1);
    QVERIFY(!QFile::exists(w.server().dataFolder() + QStringLiteral("/media/uploads/") + id));
}

void tst_Uploads::keepsWhatCameBeforeTheConnectionWasLost()
{
    HttpClient http = ann();
    const QByteArray path = begin(http, 100'000);
    const auto cut = [&](qint64 offset, qsizetype sent, const QByteArray &more) {
        awaitUnlocked(http, path, offset);
        QTcpSocket socket;
        socket.connectToHost(w.server().url().host(), quint16(w.server().url().port()));
        QVERIFY(socket.waitForConnected());
        socket.write("PATCH " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + m_ann.token
                     + "\r\nTus-Resumable: 1.0.0\r\nContent-Type: " + kBytes + "\r\nUpload-Offset: " + number(offset)
                     + "\r\n" + more + "Content-Length: " + number(100'000 - offset) + "\r\n\r\n"
                     + QByteArray(sent, 'x'));
        while (socket.bytesToWrite() > 0)
            QVERIFY(socket.waitForBytesWritten());
        // Read by the server before the end comes, or the kernel could drop it.
        if (more.isEmpty())
            QTRY_COMPARE(offsetOf(http, path), offset + sent);
        else
            QTest::qWait(100);
        socket.abort();
    };
    cut(0, 40'000, {});
    cut(40'000, 7, {});
    // Nobody knows whether these are right: none of them counts.
    cut(40'007, 30'000, "Upload-Checksum: " + sha256("other") + "\r\n");
    QCOMPARE(offsetOf(http, path), 40'007);
    awaitUnlocked(http, path, 40'007);
    GI_STATUS(append(http, path, 40'007, QByteArray(59'993, 'y')), 204);
    QCOMPARE(offsetOf(http, path), 100'000);
}

void tst_Uploads::locksWhileBytesCome()
{
    HttpClient http = ann();
    const QByteArray path = begin(http, 1000);
    QTcpSocket slow;
    slow.connectToHost(w.server().url().host(), quint16(w.server().url().port()));
    QVERIFY(slow.waitForConnected());
    slow.write("PATCH " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + m_ann.token
               + "\r\nTus-Resumable: 1.0.0\r\nContent-Type: " + kBytes
               + "\r\nUpload-Offset: 0\r\nContent-Length: 1000\r\n\r\nabc");
    QVERIFY(slow.waitForBytesWritten());
    QTRY_COMPARE(offsetOf(http, path), 3);
    GI_STATUS(append(http, path, 3, "def"), 423);
    GI_STATUS(http.send("DELETE", path, HttpBody::none(), tus()), 423);
    slow.abort();
    awaitUnlocked(http, path, 3);
    GI_STATUS(append(http, path, 3, "def"), 204);
}

// As a phone that has changed networks: its old connection is dead, but nobody has said so.
void tst_Uploads::goesOnWhileTheOldConnectionHangs()
{
    HttpClient http = ann();
    const QByteArray path = begin(http, 1000);
    QTcpSocket hanging;
    hanging.connectToHost(w.server().url().host(), quint16(w.server().url().port()));
    QVERIFY(hanging.waitForConnected());
    hanging.write("PATCH " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + m_ann.token
                  + "\r\nTus-Resumable: 1.0.0\r\nContent-Type: " + kBytes
                  + "\r\nUpload-Offset: 0\r\nContent-Length: 1000\r\n\r\nabc");
    QVERIFY(hanging.waitForBytesWritten());
    QTRY_COMPARE(offsetOf(http, path), 3);
    QElapsedTimer timer;
    timer.start();
    int status = 423;
    while (status == 423 && timer.elapsed() < 10'000) {
        QTest::qWait(100);
        status = append(http, path, 3, "def").status;
    }
    QCOMPARE(status, 204);
    // Sooner than the server would have given up the old request.
    QVERIFY(timer.elapsed() < 10'000);
    // What still comes on the old connection changes nothing.
    hanging.write("late");
    hanging.waitForBytesWritten();
    QTest::qWait(200);
    QCOMPARE(offsetOf(http, path), 6);
}

SuitePointer makeUploadsSuite(World &world)
{
    return std::make_unique<tst_Uploads>(world);
}

} // namespace graminsta::api_test

#include "tst_uploads.moc"
