// SPDX-License-Identifier: GPL-3.0-or-later
// An upload in pieces that is cut again and again, by its client and by kill -9 of the server: what the server has said
// to have it keeps, and in the end the file is the same, byte for byte, and one photo.
//
// Cuts: 8 times GRAMINSTA_FAULT_SCALE (1 by default; 25 makes the 200 of a full run), on each database.
#include <graminsta/sql/sqldatabase.h>
#include <rig/httpclient.h>
#include <rig/photo.h>
#include <rig/postgresserver.h>
#include <rig/testserver.h>

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QRandomGenerator>
#include <QTest>

#include <thread>

using namespace graminsta;
using rig::HttpBody;
using rig::HttpHeaders;
using rig::HttpReply;

namespace
{

constexpr int kCutsAtScaleOne = 8;
// A photo whose job had a server that was killed is gone on with when the claim has ended.
constexpr int kClaimTime = 60000;
constexpr qint64 kFileBytes = 20 << 20;
const QByteArray kBytes = "application/offset+octet-stream";

QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

// A JPEG, with as much behind its end as makes it large.
QByteArray largePhoto()
{
    QByteArray photo = rig::makePhoto(1);
    QByteArray rest(kFileBytes - photo.size(), Qt::Uninitialized);
    QRandomGenerator random(7);
    for (char &byte : rest)
        byte = char(random.generate());
    return photo + rest;
}

enum class Cut { ByClient, ByKill, ByKillAfterAnswer };

} // namespace

class tst_UploadKills : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsInTheSameFileAndOnePhoto_data();
    void endsInTheSameFileAndOnePhoto();

private:
    void start();
    void restart();
    void signUp();
    [[nodiscard]] rig::HttpClient client() const { return rig::HttpClient(m_server->url(), m_token); }
    // How much the server says to have.
    [[nodiscard]] qint64 ask();
    // Sends the next `size` bytes, and cuts that after `sent` of them; or kills the server when it has all of them.
    void sendAndCut(qint64 offset, qint64 size, qint64 sent, Cut cut);
    // The next `size` bytes, with their checksum, to the end.
    [[nodiscard]] HttpReply sendWhole(qint64 size);
    void sendAndKill(qint64 size);
    void sendRest();
    // Names the upload until somebody answers, with kills in between. The attachment's id.
    [[nodiscard]] QString redeem();
    void verify(const QString &mediaId);

    std::unique_ptr<rig::PostgresServer> m_postgres;
    std::unique_ptr<rig::TestServer> m_server;
    QString m_databaseUrl;
    QByteArray m_token;
    AccountId m_account;
    QByteArray m_photo = largePhoto();
    QByteArray m_path;
    qint64 m_claimed = 0; // the most that the server has ever said to have
    int m_kills = 0;
    int m_lost = 0; // cuts after which the server had less than was sent
};

void tst_UploadKills::start()
{
    const Result<> started = m_server->start();
    QVERIFY2(started, started ? "" : qPrintable(describe(started.error())));
}

void tst_UploadKills::restart()
{
    ++m_kills;
    start();
}

void tst_UploadKills::signUp()
{
    const Result<QByteArray> made =
        m_server->run({ QStringLiteral("user"), QStringLiteral("create"), QStringLiteral("--username"),
                        QStringLiteral("ann"), QStringLiteral("--password-stdin") },
                      "correct horse battery\n");
    QVERIFY2(made, made ? "" : qPrintable(describe(made.error())));
    rig::HttpClient guest(m_server->url());
    const HttpReply app = guest.post("/api/v1/apps",
                                     HttpBody::form({ { "client_name", "uploads" },
                                                      { "redirect_uris", "urn:ietf:wg:oauth:2.0:oob" },
                                                      { "scopes", "read write" } }));
    const HttpReply token = guest.post("/oauth/token",
                                       HttpBody::form({ { "grant_type", "password" },
                                                        { "client_id", app.text("client_id").toUtf8() },
                                                        { "client_secret", app.text("client_secret").toUtf8() },
                                                        { "username", "ann" },
                                                        { "password", "correct horse battery" },
                                                        { "scope", "read write" } }));
    QVERIFY2(token.status == 200, token.summary());
    m_token = token.text("access_token").toUtf8();
    rig::HttpClient own = client();
    m_account = AccountId::fromString(own.get("/api/v1/accounts/verify_credentials").text("id")).value_or(AccountId {});
}

qint64 tst_UploadKills::ask()
{
    rig::HttpClient http = client();
    const HttpReply head = http.send("HEAD", m_path, HttpBody::none(), { { "Tus-Resumable", "1.0.0" } });
    if (head.status != 200)
        QTest::qFail(head.summary().constData(), __FILE__, __LINE__);
    return head.header("upload-offset").toLongLong();
}

void tst_UploadKills::sendAndCut(qint64 offset, qint64 size, qint64 sent, Cut cut)
{
    if (cut == Cut::ByKillAfterAnswer)
        return sendAndKill(size);
    const QByteArray piece = m_photo.mid(offset, size);
    QTcpSocket socket;
    socket.connectToHost(m_server->url().host(), quint16(m_server->url().port()));
    QVERIFY(socket.waitForConnected());
    socket.write("PATCH " + m_path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + m_token
                 + "\r\nTus-Resumable: 1.0.0\r\nContent-Type: " + kBytes
                 + "\r\nUpload-Offset: " + QByteArray::number(offset)
                 + "\r\nContent-Length: " + QByteArray::number(piece.size()) + "\r\n\r\n" + piece.left(sent));
    while (socket.bytesToWrite() > 0 && socket.waitForBytesWritten()) { }
    // Half of the time before the server can have read it.
    if (QRandomGenerator::global()->bounded(2) == 0)
        QTest::qSleep(QRandomGenerator::global()->bounded(40));
    if (cut == Cut::ByKill)
        m_server->kill();
    socket.abort();
}

HttpReply tst_UploadKills::sendWhole(qint64 size)
{
    rig::HttpClient http = client();
    const auto patch = [&](qint64 offset, const QByteArray &piece) {
        return http.send("PATCH", m_path, { kBytes, piece },
                         { { "Tus-Resumable", "1.0.0" },
                           { "Upload-Offset", QByteArray::number(offset) },
                           { "Upload-Checksum", "sha256 " + sha256(piece).toBase64() } });
    };
    // What the last connection has brought may still be on its way into the file.
    const bool isFree = QTest::qWaitFor([&] { return patch(ask(), {}).status == 204; }, 20'000);
    if (!isFree)
        QTest::qFail("the last connection keeps its lock", __FILE__, __LINE__);
    const qint64 offset = ask();
    return patch(offset, m_photo.mid(offset, size));
}

void tst_UploadKills::sendAndKill(qint64 size)
{
    const HttpReply reply = sendWhole(size);
    m_server->kill();
    QVERIFY2(reply.status == 204, reply.summary());
    m_claimed = reply.header("upload-offset").toLongLong();
}

void tst_UploadKills::sendRest()
{
    const HttpReply reply = sendWhole(kFileBytes);
    QVERIFY2(reply.status == 204, reply.summary());
    QCOMPARE(reply.header("upload-offset").toLongLong(), kFileBytes);
}

QString tst_UploadKills::redeem()
{
    const HttpBody form = HttpBody::form({ { "upload", m_path } });
    for (int attempt = 0; attempt < 5; ++attempt) {
        std::thread unlucky([this, form] { (void)client().post("/api/v2/media", form); });
        QTest::qSleep(QRandomGenerator::global()->bounded(5, 150));
        m_server->kill();
        unlucky.join();
        restart();
    }
    rig::HttpClient http = client();
    const HttpReply media = http.post("/api/v2/media", form);
    if (media.status != 200 && media.status != 202)
        QTest::qFail(media.summary().constData(), __FILE__, __LINE__);
    return media.text("id");
}

void tst_UploadKills::verify(const QString &mediaId)
{
    rig::HttpClient http = client();
    QTRY_COMPARE_WITH_TIMEOUT(http.get("/api/v1/media/" + mediaId.toUtf8()).status, 200, kClaimTime);
    const HttpReply original = http.get("/api/graminsta/v1/media/" + mediaId.toUtf8() + "/original");
    QCOMPARE(original.body.size(), m_photo.size());
    QCOMPARE(sha256(original.body).toHex(), sha256(m_photo).toHex());
    QCOMPARE(http.post("/api/v2/media", HttpBody::form({ { "upload", m_path } })).text("id"), mediaId);
    QCOMPARE(ask(), kFileBytes);
    QCOMPARE(QDir(m_server->dataFolder() + QStringLiteral("/media/uploads")).entryList(QDir::Files).size(), 0);
    const Result<int> ended = m_server->stop();
    QVERIFY2(ended && *ended == 0, ended ? "exit code" : qPrintable(describe(ended.error())));
    // What the account's attachments take together: of one of them.
    const QString url = m_databaseUrl.isEmpty()
        ? sql::sqliteUrl(m_server->dataFolder() + QStringLiteral("/graminsta.db"))
        : m_databaseUrl;
    const Deadline deadline = Deadline::after(std::chrono::minutes { 1 });
    const auto database = sql::SqlDatabase::open({ url }, deadline);
    QVERIFY2(database, database ? "" : qPrintable(describe(database.error())));
    QCOMPARE((*database)->media().bytesOf(m_account, deadline).value_or(-1), kFileBytes);
    QVERIFY(m_server->run({ QStringLiteral("doctor") }));
}

void tst_UploadKills::endsInTheSameFileAndOnePhoto_data()
{
    QTest::addColumn<bool>("postgres");
    QTest::newRow("sqlite") << false;
    QTest::newRow("postgres") << true;
}

void tst_UploadKills::endsInTheSameFileAndOnePhoto()
{
    QFETCH(bool, postgres);
    m_server.reset();
    m_postgres.reset();
    m_databaseUrl.clear();
    m_claimed = m_kills = m_lost = 0;
    if (postgres) {
        Result<std::unique_ptr<rig::PostgresServer>> started =
            rig::PostgresServer::start(rig::PostgresServer::Disk::Durable);
        if (!started && qEnvironmentVariableIsEmpty("CI"))
            QSKIP(qPrintable(started.error().safe));
        QVERIFY2(started, started ? "" : qPrintable(describe(started.error())));
        m_postgres = std::move(*started);
        const Result<QString> database = m_postgres->createDatabase();
        QVERIFY2(database, database ? "" : qPrintable(describe(database.error())));
        m_databaseUrl = *database;
    }
    m_server = std::make_unique<rig::TestServer>(rig::TestServerOptions { m_databaseUrl });
    start();
    signUp();
    rig::HttpClient http = client();
    const HttpReply created =
        http.post("/files/", {}, { { "Tus-Resumable", "1.0.0" }, { "Upload-Length", QByteArray::number(kFileBytes) } });
    QVERIFY2(created.status == 201, created.summary());
    m_path = QUrl::fromEncoded(created.header("location")).path().toUtf8();

    const double scale = qEnvironmentVariable("GRAMINSTA_FAULT_SCALE", QStringLiteral("1")).toDouble();
    const int cuts = std::max(1, int(kCutsAtScaleOne * scale));
    QRandomGenerator &random = *QRandomGenerator::global();
    for (int cut = 1; cut <= cuts && !QTest::currentTestFailed(); ++cut) {
        const qint64 offset = ask();
        QVERIFY2(offset >= m_claimed, qPrintable(QStringLiteral("%1 < %2").arg(offset).arg(m_claimed)));
        m_claimed = offset;
        // So that there is enough for all cuts.
        const qint64 size = 2 * (kFileBytes - offset) / (cuts - cut + 2);
        const qint64 sent = random.bounded(size + 1);
        const auto how = static_cast<Cut>(random.bounded(3));
        sendAndCut(offset, size, sent, how);
        if (how != Cut::ByClient)
            restart();
        else // the lock goes with the connection, which the server sees soon
            QTest::qSleep(20);
        m_lost += how != Cut::ByKillAfterAnswer && ask() < offset + sent ? 1 : 0;
    }
    sendRest();
    verify(redeem());
    qInfo("%d cuts, %d kills of the server; after %d of the cuts it had less than was sent", cuts, m_kills, m_lost);
}

QTEST_GUILESS_MAIN(tst_UploadKills)
#include "tst_uploadkills.moc"
