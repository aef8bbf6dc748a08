// SPDX-License-Identifier: GPL-3.0-or-later
// The uploads of a draft over the end of the app, at a server that is played and at the real one.
#include <desktop/compose/composecontroller.h>
#include <desktop/core/accountstore.h>

#include <graminsta/client/networktransport.h>
#include <rig/awaiting.h>
#include <rig/fakeserver.h>
#include <rig/httpclient.h>
#include <rig/photo.h>
#include <rig/testserver.h>

#include <QEventLoop>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace graminsta;
using client::UploadState;
using rig::Behaviour;
using rig::FakeReply;
using rig::FakeRequest;
using rig::FakeServer;

namespace
{

constexpr int kPatience = 60'000;
constexpr qint64 kPiece = 1 << 20;
constexpr qint64 kLarge = 20 << 20;

// The network, and what went over it.
class Watched final : public client::Transport
{
public:
    QCoro::Task<Result<client::HttpReply>> send(client::HttpRequest request) override
    {
        if (request.verb == api::Verb::Patch) {
            m_pieceBytes += request.body.size();
        }
        m_verbs.append(request.verb);
        return m_network.send(std::move(request));
    }
    [[nodiscard]] qint64 pieceBytes() const { return m_pieceBytes; }
    [[nodiscard]] qsizetype count(api::Verb verb) const { return m_verbs.count(verb); }
    void forget() { m_verbs.clear(), m_pieceBytes = 0; }

private:
    client::NetworkTransport m_network;
    QList<api::Verb> m_verbs;
    qint64 m_pieceBytes = 0;
};

FakeReply empty(int status)
{
    FakeReply reply;
    reply.status = status;
    reply.body.clear();
    return reply;
}

// A JPEG, with as much behind its end as makes it large.
QByteArray photoOf(qint64 size)
{
    QByteArray photo = rig::makePhoto(1);
    QList<quint32> noise(size / static_cast<qint64>(sizeof(quint32)));
    QRandomGenerator(7).fillRange(noise.data(), noise.size());
    return photo + QByteArray(reinterpret_cast<const char *>(noise.constData()), size - photo.size());
}

// Its access token.
QByteArray newPerson(const rig::TestServer &server)
{
    const Result<QByteArray> made =
        server.run({ QStringLiteral("user"), QStringLiteral("create"), QStringLiteral("--username"),
                     QStringLiteral("ann"), QStringLiteral("--password-stdin") },
                   "correct horse battery\n");
    rig::HttpClient guest(server.url());
    const rig::HttpReply app = guest.post("/api/v1/apps",
                                          rig::HttpBody::form({ { "client_name", "resume" },
                                                                { "redirect_uris", "urn:ietf:wg:oauth:2.0:oob" },
                                                                { "scopes", "read write" } }));
    const rig::HttpReply token =
        guest.post("/oauth/token",
                   rig::HttpBody::form({ { "grant_type", "password" },
                                         { "client_id", app.text("client_id").toUtf8() },
                                         { "client_secret", app.text("client_secret").toUtf8() },
                                         { "username", "ann" },
                                         { "password", "correct horse battery" },
                                         { "scope", "read write" } }));
    return made ? token.text("access_token").toUtf8() : QByteArray();
}

} // namespace

class tst_Resume : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void keepsWhatTheServerHasAtOnce();
    void goesOnWithADraftOfBefore();
    void uploadsAnewAtAnotherAccount();
    void takesBackWhatIsRemoved();
    void takesBackWhatIsDiscarded();
    void keepsAtTheServerWhatWasPosted();
    void sendsTheRestToTheRealServer_data();
    void sendsTheRestToTheRealServer();

private:
    void write(qint64 size);
    // With what this computer's server is called, which comes back at another port.
    [[nodiscard]] std::shared_ptr<AccountSession> sessionAt(const QUrl &url, const QByteArray &token,
                                                            const QString &accountId, const QString &server = {});
    [[nodiscard]] std::shared_ptr<AccountSession> fakeSession(const QString &accountId = QStringLiteral("1"));
    [[nodiscard]] std::unique_ptr<ComposeController> compose(const std::shared_ptr<AccountSession> &session) const;
    [[nodiscard]] client::UploadRecord kept() const;
    // A server that never answers to pieces while `m_silent`.
    void playServer();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeServer> m_server;
    std::shared_ptr<Watched> m_network;
    QString m_photo;
    bool m_silent = false;
    qint64 m_received = 0;
};

void tst_Resume::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<FakeServer>();
    m_network = std::make_shared<Watched>();
    m_photo = m_folder->filePath(QStringLiteral("sea.jpg"));
    m_silent = false;
    m_received = 0;
    playServer();
    write(3 * kPiece);
}

void tst_Resume::write(qint64 size)
{
    QFile file(m_photo);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(photoOf(size)), size);
}

void tst_Resume::playServer()
{
    m_server->expectBy("POST /files/", [this](const FakeRequest &) {
        m_received = 0;
        return empty(201).with("Location", "/files/77");
    });
    m_server->expectBy("PATCH /files/77", [this](const FakeRequest &request) {
        if (m_silent) {
            return FakeReply::bad(Behaviour::Stall);
        }
        m_received += request.body.size();
        return empty(204).with("Upload-Offset", QByteArray::number(m_received));
    });
    m_server->expectBy("HEAD /files/77", [this](const FakeRequest &) {
        return empty(200).with("Upload-Offset", QByteArray::number(m_received));
    });
    m_server->expect("DELETE /files/77", empty(204));
    m_server->expect("DELETE /api/v1/media/7", empty(200));
    m_server->expect("POST /api/v2/media", FakeReply::json(R"({"id":"7","type":"image","url":"u"})"));
    m_server->expect("GET /api/v1/media/7", FakeReply::json(R"({"id":"7","type":"image","url":"u"})"));
    m_server->expect("POST /api/v1/statuses", FakeReply::json(R"({"id":"9","account":{"id":"1"},"content":""})"));
}

std::shared_ptr<AccountSession> tst_Resume::sessionAt(const QUrl &url, const QByteArray &token,
                                                      const QString &accountId, const QString &server)
{
    client::ClientOptions options;
    options.piecesFrom = kPiece;
    options.pieceBytes = kPiece;
    model::Account account;
    account.id = accountId;
    model::Instance instance;
    instance.limits.tusPath = QStringLiteral("/files/");
    instance.limits.imageSizeLimit = kLarge;
    return std::make_shared<AccountSession>(client::Client(url, token, m_network, options), account, instance, server);
}

std::shared_ptr<AccountSession> tst_Resume::fakeSession(const QString &accountId)
{
    return sessionAt(m_server->url(), "secret", accountId);
}

std::unique_ptr<ComposeController> tst_Resume::compose(const std::shared_ptr<AccountSession> &session) const
{
    return std::make_unique<ComposeController>(session, m_folder->path());
}

client::UploadRecord tst_Resume::kept() const
{
    const Draft draft = readDraft(m_folder->path());
    return draft.photos.isEmpty() ? client::UploadRecord() : draft.photos.first().upload;
}

void tst_Resume::keepsWhatTheServerHasAtOnce()
{
    const auto controller = compose(fakeSession());
    QStringList states;
    m_server->expectBy("PATCH /files/77", [&](const FakeRequest &request) {
        states += kept().upload;
        m_received += request.body.size();
        return empty(204).with("Upload-Offset", QByteArray::number(m_received));
    });
    m_server->expect("POST /api/v2/media", FakeReply::json(R"({"id":"7","type":"image","url":null})"));
    m_server->expectBy("GET /api/v1/media/7", [&](const FakeRequest &) {
        states += kept().mediaId;
        return FakeReply::json(R"({"id":"7","type":"image","url":"u"})");
    });
    controller->addFiles({ m_photo });
    QTRY_COMPARE(controller->upload(0).state, UploadState::Ready);
    const QString upload = QStringLiteral("/files/77");
    QCOMPARE(states, (QStringList { upload, upload, upload, QStringLiteral("7") }));
    QCOMPARE(kept().fileSize, 3 * kPiece);
    QVERIFY(kept().upload.isEmpty());
}

void tst_Resume::goesOnWithADraftOfBefore()
{
    m_silent = true;
    auto controller = compose(fakeSession());
    controller->addFiles({ m_photo });
    QTRY_COMPARE(m_server->count("PATCH /files/77"), 1);
    QTRY_COMPARE(m_server->requests().last().body.size(), kPiece); // or it would be taken later on
    controller.reset();
    m_silent = false;
    m_received = kPiece; // as if so much had come
    m_network->forget();
    controller = compose(fakeSession());
    QTRY_COMPARE(controller->upload(0).state, UploadState::Ready);
    QCOMPARE(m_network->pieceBytes(), 2 * kPiece);
    QCOMPARE(m_server->count("POST /files/"), 1);
    QCOMPARE(m_server->count("DELETE /files/77"), 0);

    m_network->forget();
    controller = compose(fakeSession());
    QTRY_COMPARE(controller->upload(0).state, UploadState::Ready);
    QCOMPARE(m_network->count(api::Verb::Get), 1);
    QCOMPARE(m_network->count(api::Verb::Post) + m_network->count(api::Verb::Patch), 0);
    QVERIFY(controller->canPost());
}

void tst_Resume::uploadsAnewAtAnotherAccount()
{
    auto controller = compose(fakeSession());
    controller->addFiles({ m_photo });
    QTRY_COMPARE(controller->upload(0).state, UploadState::Ready);
    controller.reset();
    m_network->forget();
    controller = compose(fakeSession(QStringLiteral("2")));
    QTRY_COMPARE(controller->upload(0).state, UploadState::Ready);
    QCOMPARE(m_network->pieceBytes(), 3 * kPiece);
    QCOMPARE(m_network->count(api::Verb::Get) + m_network->count(api::Verb::Delete), 0);
    // The same account's number at another server is another account.
    FakeServer other;
    other.expect("POST /files/", FakeReply::json(R"({"error":"No more room"})", 413));
    controller = compose(sessionAt(other.url(), "secret", QStringLiteral("2")));
    QTRY_COMPARE(controller->upload(0).state, UploadState::Failed);
    QCOMPARE(other.requests().size(), 1);
}

void tst_Resume::takesBackWhatIsRemoved()
{
    m_silent = true;
    const auto controller = compose(fakeSession());
    QSignalSpy failed(controller.get(), &ComposeController::failed);
    controller->addFiles({ m_photo });
    QTRY_COMPARE(m_server->count("PATCH /files/77"), 1);
    QTRY_COMPARE(m_server->requests().last().body.size(), kPiece);
    controller->removePhoto(0);
    QTRY_COMPARE(m_server->count("DELETE /files/77"), 1);
    m_silent = false;
    controller->addFiles({ m_photo });
    QTRY_COMPARE(controller->upload(0).state, UploadState::Ready);
    m_server->expect("DELETE /api/v1/media/7", empty(405)); // it does not know that
    controller->removePhoto(0);
    QTRY_COMPARE(m_server->count("DELETE /api/v1/media/7"), 1);
    QVERIFY(kept().isEmpty());
    QCOMPARE(failed.count(), 0);
}

void tst_Resume::takesBackWhatIsDiscarded()
{
    const auto controller = compose(fakeSession());
    controller->addFiles({ m_photo });
    QTRY_COMPARE(controller->upload(0).state, UploadState::Ready);
    m_silent = true;
    controller->addFiles({ m_photo });
    QTRY_COMPARE(m_server->count("PATCH /files/77"), 4);
    QSignalSpy failed(controller.get(), &ComposeController::failed);
    controller->post();
    QCOMPARE(controller->state(), ComposeController::State::WaitingForUploads);
    controller->discard();
    QTRY_COMPARE(m_server->count("DELETE /files/77"), 1);
    QTRY_COMPARE(m_server->count("DELETE /api/v1/media/7"), 1);
    QCOMPARE(failed.count(), 0);
    QCOMPARE(controller->state(), ComposeController::State::Writing);
    QVERIFY(readDraft(m_folder->path()).isEmpty());
}

void tst_Resume::keepsAtTheServerWhatWasPosted()
{
    const auto controller = compose(fakeSession());
    controller->addFiles({ m_photo });
    QTRY_COMPARE(controller->upload(0).state, UploadState::Ready);
    QSignalSpy posted(controller.get(), &ComposeController::posted);
    controller->post();
    QTRY_COMPARE(posted.count(), 1);
    QTest::qWait(100);
    QCOMPARE(m_network->count(api::Verb::Delete), 0);
}

void tst_Resume::sendsTheRestToTheRealServer_data()
{
    QTest::addColumn<bool>("serverEnds");
    QTest::newRow("the server on this computer ends too, and comes back at another port") << true;
    QTest::newRow("the server stays, and has to see that nobody sends any more") << false;
}

void tst_Resume::sendsTheRestToTheRealServer()
{
    QFETCH(bool, serverEnds);
    if (!QFileInfo(rig::TestServer::program()).isExecutable()) {
        QSKIP("graminsta-server is not built");
    }
    write(kLarge);
    rig::TestServer server;
    QVERIFY(server.start().has_value());
    const QByteArray token = newPerson(server);
    QVERIFY(!token.isEmpty());
    const QString accountId = QStringLiteral("1");
    auto controller = compose(sessionAt(server.url(), token, accountId, thisComputerId()));
    QEventLoop sending;
    connect(controller.get(), &ComposeController::uploadChanged, &sending, [&](int index) {
        if (controller->upload(index).sent > kLarge / 2) {
            sending.quit();
        }
    });
    QTimer::singleShot(kPatience, &sending, &QEventLoop::quit);
    controller->addFiles({ m_photo });
    sending.exec();
    QCOMPARE(controller->upload(0).state, UploadState::Sending);
    controller.reset();
    if (serverEnds) {
        server.kill();
        QVERIFY(server.start().has_value());
    }
    const QString upload = kept().upload;
    QVERIFY(upload.startsWith(QLatin1String("/files/")));
    rig::HttpClient http(server.url(), token);
    const qint64 arrived = http.send("HEAD", upload.toUtf8(), rig::HttpBody::none(), { { "Tus-Resumable", "1.0.0" } })
                               .header("upload-offset")
                               .toLongLong();
    QVERIFY2(arrived > kLarge / 4 && arrived < kLarge, QByteArray::number(arrived).constData());

    m_network->forget();
    qint64 first = 0;
    controller = compose(sessionAt(server.url(), token, accountId, thisComputerId()));
    connect(controller.get(), &ComposeController::uploadChanged, this,
            [&](int index) { first = first > 0 ? first : controller->upload(index).sent; });
    QTRY_COMPARE_WITH_TIMEOUT(controller->upload(0).state, UploadState::Ready, kPatience);
    // While the server was still reading, more may have come after we asked, and a piece may have met its lock.
    QVERIFY2(serverEnds ? first == arrived : first >= arrived, QByteArray::number(first).constData());
    QVERIFY(m_network->pieceBytes() <= kLarge - arrived + (serverEnds ? 0 : 2 * kPiece));
    QVERIFY(!serverEnds || m_network->pieceBytes() == kLarge - arrived);
    const QString id = controller->upload(0).media.id;
    QVERIFY(http.get("/api/graminsta/v1/media/" + id.toUtf8() + "/original").body == photoOf(kLarge));

    // What is ready is not sent again, and can be posted.
    m_network->forget();
    controller = compose(sessionAt(server.url(), token, accountId, thisComputerId()));
    QTRY_COMPARE_WITH_TIMEOUT(controller->upload(0).state, UploadState::Ready, kPatience);
    QCOMPARE(controller->upload(0).media.id, id);
    QCOMPARE(m_network->count(api::Verb::Get), 1);
    QCOMPARE(m_network->count(api::Verb::Post) + m_network->count(api::Verb::Patch), 0);
    QSignalSpy posted(controller.get(), &ComposeController::posted);
    controller->post();
    QTRY_COMPARE_WITH_TIMEOUT(posted.count(), 1, kPatience);
}

QTEST_MAIN(tst_Resume)
#include "tst_resume.moc"
