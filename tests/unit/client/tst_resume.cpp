// SPDX-License-Identifier: GPL-3.0-or-later
// Going on with what a server has already, by the record that an earlier Uploader has left.
#include <graminsta/client/networktransport.h>
#include <graminsta/client/uploader.h>
#include <rig/fakeserver.h>

#include <QEventLoop>
#include <QFileInfo>
#include <QSignalSpy>
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
constexpr qint64 kSize = 350'001;
const QString kOwner = QStringLiteral("ann@https://example.org");
const QByteArray kReady = R"({"id":"7","type":"image","url":"https://x/a.jpg"})";
const QByteArray kUnready = R"({"id":"7","type":"image","url":null})";

FakeReply empty(int status)
{
    FakeReply reply;
    reply.status = status;
    reply.body.clear();
    return reply;
}

} // namespace

class TestResume : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void tellsTheRecordAsSoonAsItIsKnown();
    void sendsTheRestOnly();
    void namesAnUploadThatIsWhole();
    void sendsAnewWhatTheServerHasLost_data();
    void sendsAnewWhatTheServerHasLost();
    void sendsAnewForAnotherOwner_data();
    void sendsAnewForAnotherOwner();
    void sendsAnewAndTakesBackWhenTheFileHasChanged();
    void asksItsOwnServerOnly();
    void goesOnWhenTriedAgain();
    void sendsNothingOfWhatIsReady();
    void goesOnWaiting();
    void sendsAnewWhatIsNotKnownAnyMore_data();
    void sendsAnewWhatIsNotKnownAnyMore();
    void keepsTheRecordWhenTheServerIsAway();
    void dropsTheRecordOfABrokenFile();
    void tellsTheDescriptionOfNow();
    void takesBackWhatIsCancelled();
    void takesBackWhatHasFailed();

private:
    void write(char filling);
    [[nodiscard]] MediaFile photo() const;
    [[nodiscard]] UploadRecord recordWith(const QString &upload, const QString &mediaId) const;
    [[nodiscard]] std::unique_ptr<Uploader> uploader(const QString &owner = kOwner) const;
    [[nodiscard]] static bool waitIdle(Uploader &uploader);
    // A server that has begun with `arrived` bytes of the upload.
    void serveUploads(qint64 arrived = 0);

    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_photo;
    QByteArray m_received;
    bool m_silent = false; // to the second piece
    int m_unanswered = 0;
};

void TestResume::init()
{
    m_server = std::make_unique<FakeServer>();
    m_folder = std::make_unique<QTemporaryDir>();
    m_silent = false;
    m_unanswered = 0;
    write('x');
    m_server->expect("POST /api/v2/media", FakeReply::json(kReady));
}

void TestResume::cleanup()
{
    QVERIFY2(m_server->unexpected().isEmpty(), m_server->unexpected().join(" ").constData());
}

void TestResume::write(char filling)
{
    m_photo = "\xff\xd8\xff\xe0" + QByteArray(kSize - 4, filling);
    QFile file(m_folder->filePath(QStringLiteral("sea.jpg")));
    if (!file.open(QIODevice::WriteOnly) || file.write(m_photo) != m_photo.size())
        qFatal("cannot write a test file");
}

MediaFile TestResume::photo() const
{
    MediaFile media;
    media.path = m_folder->filePath(QStringLiteral("sea.jpg"));
    return media;
}

UploadRecord TestResume::recordWith(const QString &upload, const QString &mediaId) const
{
    UploadRecord record = recordOf(kOwner, photo().path);
    record.upload = upload;
    record.mediaId = mediaId;
    return record;
}

std::unique_ptr<Uploader> TestResume::uploader(const QString &owner) const
{
    ClientOptions options;
    options.idleTime = 2s;
    options.retry.firstPause = 10ms;
    options.retry.longestPause = 20ms;
    options.piecesFrom = kPiece;
    options.pieceBytes = kPiece;
    model::InstanceLimits limits;
    limits.tusPath = QStringLiteral("/files/");
    return std::make_unique<Uploader>(Client(m_server->url(), "secret", std::make_shared<NetworkTransport>(), options),
                                      limits, owner);
}

bool TestResume::waitIdle(Uploader &uploader)
{
    QEventLoop loop;
    connect(&uploader, &Uploader::idle, &loop, &QEventLoop::quit);
    QTimer::singleShot(15s, &loop, &QEventLoop::quit);
    if (!uploader.isIdle())
        loop.exec();
    return uploader.isIdle();
}

void TestResume::serveUploads(qint64 arrived)
{
    m_received = m_photo.left(arrived);
    m_server->expectBy("POST /files/", [this](const FakeRequest &) {
        m_received.clear();
        return empty(201).with("Location", "/files/77");
    });
    m_server->expectBy("PATCH /files/77", [this](const FakeRequest &request) {
        if (request.header("upload-offset").toLongLong() != m_received.size())
            return empty(409);
        if (m_silent && !m_received.isEmpty()) {
            ++m_unanswered;
            return FakeReply::bad(Behaviour::Stall);
        }
        m_received += request.body;
        return empty(204).with("Upload-Offset", QByteArray::number(m_received.size()));
    });
    m_server->expectBy("HEAD /files/77", [this](const FakeRequest &) {
        return empty(200).with("Upload-Offset", QByteArray::number(m_received.size()));
    });
    m_server->expectBy("DELETE /files/77", [](const FakeRequest &) { return empty(204); });
}

void TestResume::tellsTheRecordAsSoonAsItIsKnown()
{
    serveUploads();
    const auto uploads = uploader();
    QList<UploadRecord> told;
    connect(uploads.get(), &Uploader::recorded, this, [&](int index) {
        // No byte was sent before the first, and no other answer came before the second.
        QCOMPARE(m_server->count("PATCH /files/77"), told.isEmpty() ? 0 : 4);
        told += uploads->item(index).record;
    });
    uploads->add(photo());
    QVERIFY(waitIdle(*uploads));
    QCOMPARE(told.size(), 2);
    QCOMPARE(told[0], recordWith(QStringLiteral("/files/77"), {}));
    QCOMPARE(told[1], recordWith({}, QStringLiteral("7")));
}

void TestResume::sendsTheRestOnly()
{
    serveUploads();
    m_silent = true;
    auto first = uploader();
    first->add(photo());
    QTRY_COMPARE(m_unanswered, 1);
    const UploadRecord record = first->item(0).record;
    first.reset();
    m_silent = false;
    const auto second = uploader();
    QList<qint64> seen;
    connect(second.get(), &Uploader::changed, this, [&](int index) {
        if (second->item(index).total > 0)
            seen += second->item(index).sent;
    });
    second->add(photo(), record);
    QVERIFY(waitIdle(*second));
    QCOMPARE(second->mediaIds(), QStringList { QStringLiteral("7") });
    QCOMPARE(m_received, m_photo);
    QCOMPARE(m_server->count("POST /files/"), 1);
    QCOMPARE(m_server->count("PATCH /files/77"), 2 + 3);
    QCOMPARE(seen.first(), kPiece);
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
}

void TestResume::namesAnUploadThatIsWhole()
{
    serveUploads(kSize);
    const auto uploads = uploader();
    uploads->add(photo(), recordWith(QStringLiteral("/files/77"), {}));
    QVERIFY(waitIdle(*uploads));
    QCOMPARE(uploads->mediaIds().size(), 1);
    QCOMPARE(m_server->count("PATCH /files/77"), 0);
    QCOMPARE(m_server->requests().last().parameter(QStringLiteral("upload")), QStringLiteral("77"));
}

void TestResume::sendsAnewWhatTheServerHasLost_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("swept, or another account's") << 404;
    QTest::newRow("expired") << 410;
}

void TestResume::sendsAnewWhatTheServerHasLost()
{
    QFETCH(int, status);
    serveUploads();
    m_server->expect("HEAD /files/66", empty(status));
    const auto uploads = uploader();
    uploads->add(photo(), recordWith(QStringLiteral("/files/66"), {}));
    QVERIFY(waitIdle(*uploads));
    QCOMPARE(m_received, m_photo);
    QCOMPARE(uploads->item(0).record, recordWith({}, QStringLiteral("7")));
}

void TestResume::sendsAnewForAnotherOwner_data()
{
    QTest::addColumn<QString>("owner");
    QTest::newRow("another account") << QStringLiteral("bob@https://example.org");
    QTest::newRow("another server") << QStringLiteral("ann@https://example.com");
    QTest::newRow("nobody says") << QString();
}

void TestResume::sendsAnewForAnotherOwner()
{
    QFETCH(QString, owner);
    serveUploads(kPiece);
    const auto uploads = uploader(owner);
    uploads->add(photo(), recordWith(QStringLiteral("/files/77"), {}));
    QVERIFY(waitIdle(*uploads));
    uploads->add(photo(), recordWith({}, QStringLiteral("8")));
    QVERIFY(waitIdle(*uploads));
    QCOMPARE(uploads->mediaIds().size(), 2);
    QCOMPARE(m_server->count("HEAD /files/77"), 0);
    QCOMPARE(m_server->count("DELETE /files/77"), 0);
    QCOMPARE(m_server->count("POST /files/"), 2);
}

void TestResume::sendsAnewAndTakesBackWhenTheFileHasChanged()
{
    serveUploads();
    m_server->expect("DELETE /files/66", empty(204));
    m_server->expect("DELETE /api/v1/media/8", empty(200));
    const auto before = recordWith(QStringLiteral("/files/66"), {});
    write('y');
    QFile file(photo().path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime::currentDateTime().addSecs(5), QFileDevice::FileModificationTime));
    file.close();
    const auto uploads = uploader();
    uploads->add(photo(), before);
    QVERIFY(waitIdle(*uploads));
    QCOMPARE(m_received, m_photo);
    QTRY_COMPARE(m_server->count("DELETE /files/66"), 1);
    UploadRecord shorter = recordOf(kOwner, file.fileName());
    shorter.fileSize -= 1;
    shorter.mediaId = QStringLiteral("8");
    uploads->add(photo(), shorter);
    QVERIFY(waitIdle(*uploads));
    QTRY_COMPARE(m_server->count("DELETE /api/v1/media/8"), 1);
    QCOMPARE(uploads->mediaIds().size(), 2);
}

// Whatever the file says in which it was kept.
void TestResume::asksItsOwnServerOnly()
{
    serveUploads();
    FakeServer elsewhere;
    const QString stranger = elsewhere.url().toString() + QStringLiteral("/files/77");
    m_server->expect("HEAD /" + stranger.toUtf8(), empty(404));
    m_server->expect("HEAD " + stranger.toUtf8().mid(6), empty(404)); // Qt takes one of the slashes away
    const auto uploads = uploader();
    uploads->add(photo(), recordWith(stranger, {}));
    QVERIFY(waitIdle(*uploads));
    uploads->add(photo(), recordWith(stranger.mid(5), {}));
    QVERIFY(waitIdle(*uploads));
    QCOMPARE(uploads->mediaIds().size(), 2);
    QCOMPARE(elsewhere.requests().size(), 0);
}

void TestResume::goesOnWhenTriedAgain()
{
    serveUploads();
    m_server->expect("POST /api/v2/media",
                     { FakeReply::json(R"({"error":"Busy"})", 503), FakeReply::json(R"({"error":"Busy"})", 503),
                       FakeReply::json(R"({"error":"Busy"})", 503), FakeReply::json(R"({"error":"Busy"})", 503),
                       FakeReply::json(kReady) });
    const auto uploads = uploader();
    uploads->add(photo());
    QVERIFY(waitIdle(*uploads));
    QCOMPARE(uploads->item(0).state, UploadState::Failed);
    uploads->retry(0);
    QVERIFY(waitIdle(*uploads));
    QCOMPARE(uploads->item(0).state, UploadState::Ready);
    QCOMPARE(m_server->count("POST /files/"), 1);
    QCOMPARE(m_server->count("PATCH /files/77"), 4);
}

void TestResume::sendsNothingOfWhatIsReady()
{
    m_server->expect("GET /api/v1/media/7", FakeReply::json(kReady));
    const auto uploads = uploader();
    uploads->add(photo(), recordWith({}, QStringLiteral("7")));
    QVERIFY(waitIdle(*uploads));
    QCOMPARE(uploads->mediaIds(), QStringList { QStringLiteral("7") });
    QCOMPARE(m_server->requests().size(), 1);
}

void TestResume::goesOnWaiting()
{
    m_server->expect("GET /api/v1/media/7", { FakeReply::json(kUnready, 206), FakeReply::json(kReady) });
    const auto uploads = uploader();
    uploads->add(photo(), recordWith({}, QStringLiteral("7")));
    QCOMPARE(uploads->item(0).state, UploadState::Processing);
    QVERIFY(waitIdle(*uploads));
    QCOMPARE(uploads->item(0).state, UploadState::Ready);
    QCOMPARE(m_server->requests().size(), 2);
}

void TestResume::sendsAnewWhatIsNotKnownAnyMore_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("swept, posted, or another account's") << 404;
    QTest::newRow("not allowed") << 403;
    QTest::newRow("a server that cannot be asked") << 405;
}

void TestResume::sendsAnewWhatIsNotKnownAnyMore()
{
    QFETCH(int, status);
    serveUploads();
    m_server->expect("GET /api/v1/media/6", FakeReply::json(R"({"error":"no"})", status));
    const auto uploads = uploader();
    uploads->add(photo(), recordWith({}, QStringLiteral("6")));
    QVERIFY(waitIdle(*uploads));
    QCOMPARE(uploads->mediaIds(), QStringList { QStringLiteral("7") });
    QCOMPARE(m_received, m_photo);
}

void TestResume::keepsTheRecordWhenTheServerIsAway()
{
    m_server->expect("GET /api/v1/media/7", FakeReply::json(R"({"error":"Down"})", 503));
    const auto uploads = uploader();
    const UploadRecord record = recordWith({}, QStringLiteral("7"));
    uploads->add(photo(), record);
    QVERIFY(waitIdle(*uploads));
    QCOMPARE(uploads->item(0).state, UploadState::Failed);
    QCOMPARE(uploads->item(0).record.mediaId, record.mediaId);
    m_server->expect("GET /api/v1/media/7", FakeReply::json(kReady));
    uploads->retry(0);
    QVERIFY(waitIdle(*uploads));
    QCOMPARE(uploads->item(0).state, UploadState::Ready);
    QCOMPARE(m_server->count("POST /api/v2/media"), 0);
}

void TestResume::dropsTheRecordOfABrokenFile()
{
    m_server->expect("GET /api/v1/media/7", FakeReply::json(R"({"error":"The file is broken."})", 422));
    m_server->expect("DELETE /api/v1/media/7", empty(200));
    const auto uploads = uploader();
    uploads->add(photo(), recordWith({}, QStringLiteral("7")));
    QVERIFY(waitIdle(*uploads));
    QCOMPARE(uploads->item(0).error.safe, QStringLiteral("The file is broken."));
    QVERIFY(uploads->item(0).record.isEmpty());
    QTRY_COMPARE(m_server->count("DELETE /api/v1/media/7"), 1);
}

void TestResume::tellsTheDescriptionOfNow()
{
    m_server->expect("GET /api/v1/media/7",
                     FakeReply::json(R"({"id":"7","type":"image","url":"u","description":"Fog"})"));
    m_server->expect("PUT /api/v1/media/7", FakeReply::json(kReady));
    const auto uploads = uploader();
    MediaFile same = photo();
    same.description = QStringLiteral("Fog");
    same.license = 1; // of which the server says nothing
    uploads->add(same, recordWith({}, QStringLiteral("7")));
    QVERIFY(waitIdle(*uploads));
    QCOMPARE(m_server->count("PUT /api/v1/media/7"), 0);
    MediaFile other = same;
    other.description = QStringLiteral("Thick fog");
    uploads->add(other, recordWith({}, QStringLiteral("7")));
    QVERIFY(waitIdle(*uploads));
    QCOMPARE(m_server->requests().last().parameter(QStringLiteral("description")), QStringLiteral("Thick fog"));
}

void TestResume::takesBackWhatIsCancelled()
{
    m_server->expect("GET /api/v1/media/7", FakeReply::json(kReady));
    m_server->expect("DELETE /api/v1/media/7", empty(405)); // as servers that do not know this say
    const auto uploads = uploader();
    uploads->add(photo(), recordWith({}, QStringLiteral("7")));
    QVERIFY(waitIdle(*uploads));
    QSignalSpy recorded(uploads.get(), &Uploader::recorded);
    uploads->cancel(0);
    QVERIFY(uploads->item(0).record.isEmpty());
    QCOMPARE(recorded.count(), 1);
    QTRY_COMPARE(m_server->count("DELETE /api/v1/media/7"), 1);
    QCOMPARE(uploads->item(0).state, UploadState::Cancelled);
}

void TestResume::takesBackWhatHasFailed()
{
    serveUploads();
    m_server->expect("POST /api/v2/media", FakeReply::json(R"({"error":"Down"})", 503));
    const auto uploads = uploader();
    uploads->add(photo());
    QVERIFY(waitIdle(*uploads));
    QCOMPARE(uploads->item(0).state, UploadState::Failed);
    QCOMPARE(m_server->count("DELETE /files/77"), 0);
    uploads->cancel(0);
    QTRY_COMPARE(m_server->count("DELETE /files/77"), 1);
    QCOMPARE(uploads->item(0).state, UploadState::Failed);
}

QTEST_GUILESS_MAIN(TestResume)
#include "tst_resume.moc"
