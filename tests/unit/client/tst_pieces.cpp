// SPDX-License-Identifier: GPL-3.0-or-later
// Files in pieces, at a server that behaves as badly as networks do.
#include <graminsta/client/networktransport.h>
#include <graminsta/client/uploader.h>
#include <rig/fakeserver.h>

#include <QEventLoop>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace graminsta;
using namespace graminsta::client;
using namespace std::chrono_literals;
using rig::Behaviour;
using rig::FakeReply;
using rig::FakeRequest;
using rig::FakeServer;

namespace
{

constexpr qint64 kPiece = 100'000;

FakeReply empty(int status)
{
    FakeReply reply;
    reply.status = status;
    reply.body.clear();
    return reply;
}

} // namespace

class TestPieces : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void sendsLargeFilesInPieces();
    void sendsSmallFilesInOnePiece();
    void sendsInOnePieceWhereItIsNotAnnounced();
    void reportsProgress();
    void goesOnWhereTheServerIs_data();
    void goesOnWhereTheServerIs();
    void startsAnewWhenTheServerHasLostIt();
    void givesUpWhenNothingMoves();
    void givesUpAtOnceWhenItIsNotAllowed();
    void endsTheUploadWhenCancelled();
    void endsTheUploadOnceItIsFree();
    void leavesTheUploadWhenDeletedMidWay();
    void keepsTheTokenFromOtherHosts();

private:
    [[nodiscard]] MediaFile photo(qint64 size);
    [[nodiscard]] Client client() const;
    [[nodiscard]] static model::InstanceLimits limits();
    [[nodiscard]] static bool waitIdle(Uploader &uploader);
    // A server in order, which the tests disturb.
    void serveUploads();

    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_photo;
    QByteArray m_received;
    QByteArray m_location;
    std::function<std::optional<FakeReply>(const FakeRequest &)> m_disturb; // each PATCH
};

void TestPieces::init()
{
    m_server = std::make_unique<FakeServer>();
    m_folder = std::make_unique<QTemporaryDir>();
    m_received.clear();
    m_location = "/files/77";
    m_disturb = {};
}

void TestPieces::cleanup()
{
    QCOMPARE(m_server->unexpected(), QByteArrayList());
}

MediaFile TestPieces::photo(qint64 size)
{
    m_photo = "\xff\xd8\xff\xe0" + QByteArray(size - 4, 'x');
    for (qsizetype i = 4; i < m_photo.size(); ++i)
        m_photo[i] = char('a' + i % 23);
    QFile file(m_folder->filePath(QStringLiteral("sea.jpg")));
    if (!file.open(QIODevice::WriteOnly) || file.write(m_photo) != m_photo.size())
        qFatal("cannot write a test file");
    MediaFile media;
    media.path = file.fileName();
    media.description = QStringLiteral("The sea");
    return media;
}

Client TestPieces::client() const
{
    ClientOptions options;
    options.idleTime = 2s;
    options.retry.firstPause = 10ms;
    options.retry.longestPause = 20ms;
    options.piecesFrom = kPiece;
    options.pieceBytes = kPiece;
    return Client(m_server->url(), "secret", std::make_shared<NetworkTransport>(), options);
}

model::InstanceLimits TestPieces::limits()
{
    model::InstanceLimits limits;
    limits.tusPath = QStringLiteral("/files/");
    return limits;
}

bool TestPieces::waitIdle(Uploader &uploader)
{
    QEventLoop loop;
    connect(&uploader, &Uploader::idle, &loop, &QEventLoop::quit);
    QTimer::singleShot(15s, &loop, &QEventLoop::quit);
    if (!uploader.isIdle())
        loop.exec();
    return uploader.isIdle();
}

void TestPieces::serveUploads()
{
    m_server->expectBy("POST /files/", [this](const FakeRequest &request) {
        m_received.clear();
        if (request.header("upload-length").toLongLong() != m_photo.size()
            || request.header("tus-resumable") != "1.0.0")
            return empty(400);
        return empty(201).with("Location", m_location);
    });
    m_server->expectBy("PATCH /files/77", [this](const FakeRequest &request) {
        if (m_disturb) {
            if (const std::optional<FakeReply> reply = m_disturb(request))
                return *reply;
        }
        if (request.header("upload-offset").toLongLong() != m_received.size()
            || request.header("content-type") != "application/offset+octet-stream")
            return empty(409);
        m_received += request.body;
        return empty(204).with("Upload-Offset", QByteArray::number(m_received.size()));
    });
    m_server->expectBy("HEAD /files/77", [this](const FakeRequest &) {
        return empty(200).with("Upload-Offset", QByteArray::number(m_received.size()));
    });
    m_server->expectBy("DELETE /files/77", [](const FakeRequest &) { return empty(204); });
    m_server->expectBy("POST /api/v2/media", [](const FakeRequest &) {
        return FakeReply::json(R"({"id":"7","type":"image","url":"https://x/a.jpg"})");
    });
}

void TestPieces::sendsLargeFilesInPieces()
{
    serveUploads();
    Uploader uploader(client(), limits());
    uploader.add(photo(350'001));
    QVERIFY(waitIdle(uploader));
    QCOMPARE(uploader.mediaIds(), QStringList { QStringLiteral("7") });
    QCOMPARE(m_received, m_photo);
    QCOMPARE(m_server->count("PATCH /files/77"), 4);
    const FakeRequest &last = m_server->requests().last();
    QCOMPARE(last.parameter(QStringLiteral("upload")), QStringLiteral("77"));
    QCOMPARE(last.parameter(QStringLiteral("description")), QStringLiteral("The sea"));
}

void TestPieces::sendsSmallFilesInOnePiece()
{
    serveUploads();
    Uploader uploader(client(), limits());
    uploader.add(photo(kPiece));
    QVERIFY(waitIdle(uploader));
    QCOMPARE(m_server->requests().size(), 1);
    QVERIFY(m_server->requests().first().header("content-type").startsWith("multipart/form-data"));
}

void TestPieces::sendsInOnePieceWhereItIsNotAnnounced()
{
    serveUploads();
    Uploader uploader(client(), {});
    uploader.add(photo(350'001));
    QVERIFY(waitIdle(uploader));
    QCOMPARE(m_server->requests().size(), 1);
    QCOMPARE(uploader.mediaIds().size(), 1);
}

void TestPieces::reportsProgress()
{
    serveUploads();
    Uploader uploader(client(), limits());
    QList<qint64> seen;
    connect(&uploader, &Uploader::changed, this, [&](int index) { seen.append(uploader.item(index).sent); });
    uploader.add(photo(2'000'000));
    QVERIFY(waitIdle(uploader));
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
    QCOMPARE(uploader.item(0).total, 2'000'000);
    QCOMPARE(uploader.item(0).sent, 2'000'000);
}

void TestPieces::goesOnWhereTheServerIs_data()
{
    QTest::addColumn<FakeReply>("trouble");
    QTest::addColumn<qint64>("arrived"); // of the second piece
    QTest::newRow("cut before any of it") << FakeReply::bad(Behaviour::CutBeforeAnswer) << qint64(0);
    QTest::newRow("cut in the middle") << FakeReply::bad(Behaviour::CutBeforeAnswer) << qint64(12'345);
    QTest::newRow("cut after all of it") << FakeReply::bad(Behaviour::CutBeforeAnswer) << kPiece;
    QTest::newRow("locked") << empty(423) << qint64(10);
    QTest::newRow("elsewhere") << empty(409) << qint64(10);
    QTest::newRow("too busy") << empty(503) << qint64(0);
    QTest::newRow("silent") << FakeReply::bad(Behaviour::Stall) << qint64(100);
}

void TestPieces::goesOnWhereTheServerIs()
{
    QFETCH(FakeReply, trouble);
    QFETCH(qint64, arrived);
    serveUploads();
    int piece = 0;
    m_disturb = [&](const FakeRequest &request) -> std::optional<FakeReply> {
        if (++piece != 2)
            return std::nullopt;
        m_received += request.body.left(arrived);
        return trouble;
    };
    Uploader uploader(client(), limits());
    uploader.add(photo(350'001));
    QVERIFY(waitIdle(uploader));
    QCOMPARE(uploader.mediaIds().size(), 1);
    QCOMPARE(m_received, m_photo);
    QCOMPARE(m_server->count("HEAD /files/77"), 1);
    QCOMPARE(m_server->count("POST /files/"), 1);
}

void TestPieces::startsAnewWhenTheServerHasLostIt()
{
    serveUploads();
    int piece = 0;
    m_disturb = [&](const FakeRequest &) { return ++piece == 2 ? std::optional(empty(404)) : std::nullopt; };
    Uploader uploader(client(), limits());
    uploader.add(photo(350'001));
    QVERIFY(waitIdle(uploader));
    QCOMPARE(m_received, m_photo);
    QCOMPARE(m_server->count("POST /files/"), 2);
    QCOMPARE(uploader.mediaIds().size(), 1);
}

void TestPieces::givesUpWhenNothingMoves()
{
    serveUploads();
    m_disturb = [](const FakeRequest &) { return std::optional(empty(503)); };
    Uploader uploader(client(), limits());
    uploader.add(photo(350'001));
    QVERIFY(waitIdle(uploader));
    QCOMPARE(uploader.item(0).state, UploadState::Failed);
    QCOMPARE(uploader.item(0).error.fault, Fault::Unavailable);
    QCOMPARE(m_server->count("PATCH /files/77"), 8);
    // And again, when a person says so.
    m_disturb = {};
    uploader.retry(0);
    QVERIFY(waitIdle(uploader));
    QCOMPARE(uploader.mediaIds().size(), 1);
}

void TestPieces::givesUpAtOnceWhenItIsNotAllowed()
{
    m_server->expect("POST /files/", FakeReply::json(R"({"error":"A file may have 25 MB; this one has more."})", 413));
    Uploader uploader(client(), limits());
    uploader.add(photo(350'001));
    QVERIFY(waitIdle(uploader));
    QCOMPARE(m_server->requests().size(), 1);
    QCOMPARE(uploader.item(0).error.safe, QStringLiteral("A file may have 25 MB; this one has more."));
}

void TestPieces::endsTheUploadWhenCancelled()
{
    serveUploads();
    m_disturb = [](const FakeRequest &) { return std::optional(FakeReply::bad(Behaviour::Stall)); };
    Uploader uploader(client(), limits());
    uploader.add(photo(350'001));
    QTRY_COMPARE(m_server->count("PATCH /files/77"), 1);
    uploader.cancel(0);
    QCOMPARE(uploader.item(0).state, UploadState::Cancelled);
    QTRY_COMPARE(m_server->count("DELETE /files/77"), 1);
}

void TestPieces::endsTheUploadOnceItIsFree()
{
    serveUploads();
    m_disturb = [](const FakeRequest &) { return std::optional(FakeReply::bad(Behaviour::Stall)); };
    int asked = 0;
    m_server->expectBy("DELETE /files/77", [&](const FakeRequest &) { return empty(++asked == 1 ? 423 : 204); });
    Uploader uploader(client(), limits());
    uploader.add(photo(350'001));
    QTRY_COMPARE(m_server->count("PATCH /files/77"), 1);
    uploader.cancel(0);
    QTRY_COMPARE(asked, 2);
}

void TestPieces::leavesTheUploadWhenDeletedMidWay()
{
    serveUploads();
    m_disturb = [](const FakeRequest &) { return std::optional(FakeReply::bad(Behaviour::Stall)); };
    auto uploader = std::make_unique<Uploader>(client(), limits());
    uploader->add(photo(350'001));
    QTRY_COMPARE(m_server->count("PATCH /files/77"), 1);
    uploader.reset();
    QTest::qWait(200);
    QCOMPARE(m_server->count("DELETE /files/77"), 0);
}

void TestPieces::keepsTheTokenFromOtherHosts()
{
    serveUploads();
    m_location = "https://elsewhere.example/files/77";
    Uploader uploader(client(), limits());
    uploader.add(photo(350'001));
    QVERIFY(waitIdle(uploader));
    QCOMPARE(m_received, m_photo);
}

QTEST_GUILESS_MAIN(TestPieces)
#include "tst_pieces.moc"
