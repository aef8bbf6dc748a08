// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/compose/composecontroller.h>
#include <desktop/core/statusactions.h>
#include <desktop/offline/recording.h>

#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace graminsta;

class tst_Compose : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void uploadsAtOnceAndPosts();
    void postsInTheOrderThatIsShown();
    void waitsForUploadsBeforePosting();
    void cancelsAndTriesAgain();
    void refusesBeforeSending();
    void leavesOutWhatIsTooMany();
    void keepsTheDraftOverARestart();
    void keepsTheDraftAndItsKeyWhenPostingFails();
    void asksForTheSamePostAfterALostAnswer();
    void sendsTheLicenceToServersThatKnowAny_data();
    void sendsTheLicenceToServersThatKnowAny();

private:
    [[nodiscard]] QString photo(const QString &name, QSize size = { 64, 48 }) const;
    [[nodiscard]] std::unique_ptr<ComposeController> controller() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Pictures> m_pictures;
    std::unique_ptr<Recording> m_recording;
    std::shared_ptr<client::RecordedTransport> m_transport;
    std::shared_ptr<AccountSession> m_session;
    model::Instance m_instance;
};

void tst_Compose::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_pictures = std::make_unique<Pictures>(QString());
    m_recording = std::make_unique<Recording>(*m_pictures, 3);
    m_transport = std::make_shared<client::RecordedTransport>();
    m_recording->answerOn(*m_transport);
    client::ClientOptions options;
    options.retry.attempts = 1;
    m_instance = {};
    m_instance.limits.maxMediaAttachments = 3;
    m_instance.limits.imageSizeLimit = 100'000;
    m_session = std::make_shared<AccountSession>(client::Client(Recording::baseUrl(), "token", m_transport, options),
                                                 model::Account {}, m_instance);
}

QString tst_Compose::photo(const QString &name, QSize size) const
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(QColor::fromHsv(static_cast<int>(qHash(name) % 360), 200, 200));
    const QString path = m_folder->filePath(name);
    image.save(path);
    return path;
}

std::unique_ptr<ComposeController> tst_Compose::controller() const
{
    return std::make_unique<ComposeController>(m_session, m_folder->filePath(QStringLiteral("draft")));
}

void tst_Compose::uploadsAtOnceAndPosts()
{
    const auto compose = controller();
    QVERIFY(!compose->canPost());
    compose->addFiles({ photo(QStringLiteral("a.png")) });
    compose->describe(0, QStringLiteral("A plain colour"));
    compose->setCaption(QStringLiteral("Look at this"));
    QTRY_COMPARE(compose->upload(0).state, client::UploadState::Ready);
    QSignalSpy announced(&m_session->actions(), &StatusActions::posted);
    QSignalSpy posted(compose.get(), &ComposeController::posted);
    compose->post();
    QTRY_COMPARE(posted.count(), 1);
    QCOMPARE(announced.count(), 1);
    const auto status = posted.first().first().value<model::Status>();
    QVERIFY(status.content.contains(QStringLiteral("Look at this")));
    QCOMPARE(status.mediaAttachments.size(), 1);
    QCOMPARE(status.mediaAttachments.first().description, QStringLiteral("A plain colour"));
    QVERIFY(compose->draft().isEmpty());
    QVERIFY(readDraft(m_folder->filePath(QStringLiteral("draft"))).isEmpty());
}

void tst_Compose::postsInTheOrderThatIsShown()
{
    const auto compose = controller();
    compose->addFiles({ photo(QStringLiteral("a.png")), photo(QStringLiteral("b.png")) });
    compose->describe(0, QStringLiteral("A"));
    compose->describe(1, QStringLiteral("B"));
    compose->movePhoto(1, 0);
    QCOMPARE(compose->draft().photos.first().description, QStringLiteral("B"));
    QSignalSpy posted(compose.get(), &ComposeController::posted);
    QTRY_COMPARE(compose->upload(1).state, client::UploadState::Ready);
    QTRY_VERIFY(compose->canPost());
    compose->post();
    QTRY_COMPARE(posted.count(), 1);
    const auto status = posted.first().first().value<model::Status>();
    QCOMPARE(status.mediaAttachments.size(), 2);
    QCOMPARE(status.mediaAttachments.first().description, QStringLiteral("B"));
}

void tst_Compose::waitsForUploadsBeforePosting()
{
    m_transport->setDelay(std::chrono::milliseconds(60));
    const auto compose = controller();
    compose->addFiles({ photo(QStringLiteral("a.png")) });
    QSignalSpy posted(compose.get(), &ComposeController::posted);
    compose->post();
    QCOMPARE(compose->state(), ComposeController::State::WaitingForUploads);
    QTRY_COMPARE(posted.count(), 1);
    QCOMPARE(compose->state(), ComposeController::State::Writing);
}

void tst_Compose::cancelsAndTriesAgain()
{
    m_transport->setDelay(std::chrono::milliseconds(200));
    const auto compose = controller();
    compose->addFiles({ photo(QStringLiteral("a.png")) });
    compose->cancelUpload(0);
    QTRY_COMPARE(compose->upload(0).state, client::UploadState::Cancelled);
    QVERIFY(!compose->canPost());
    QVERIFY(compose->obstacle().contains(QStringLiteral("a.png")));
    compose->retryUpload(0);
    QTRY_COMPARE(compose->upload(0).state, client::UploadState::Ready);
    QVERIFY(compose->canPost());
}

void tst_Compose::refusesBeforeSending()
{
    int sent = 0;
    m_transport->on(api::Verb::Post, QStringLiteral("/api/v2/media"), [&sent](const client::HttpRequest &) {
        ++sent;
        return Result<client::HttpReply>(client::HttpReply { 500, {}, {} });
    });
    QFile large(m_folder->filePath(QStringLiteral("large.jpg")));
    QVERIFY(large.open(QIODevice::WriteOnly));
    large.write(QByteArray("\xff\xd8\xff\xe0", 4) + QByteArray(200'000, 'x'));
    large.close();
    const auto compose = controller();
    compose->addFiles({ large.fileName() });
    QTRY_COMPARE(compose->upload(0).state, client::UploadState::Failed);
    const QString reason = compose->upload(0).error.safe;
    QVERIFY2(reason.contains(QStringLiteral("large.jpg")), qPrintable(reason));
    QCOMPARE(sent, 0);
    compose->removePhoto(0);
    QCOMPARE(compose->photoCount(), 0);
}

void tst_Compose::leavesOutWhatIsTooMany()
{
    const auto compose = controller();
    QSignalSpy failed(compose.get(), &ComposeController::failed);
    QStringList files;
    for (int i = 0; i < 5; ++i) {
        files += photo(QStringLiteral("%1.png").arg(i));
    }
    compose->addFiles(files);
    QCOMPARE(compose->photoCount(), 3);
    QCOMPARE(failed.count(), 1);
    QVERIFY(failed.first().first().toString().contains(QStringLiteral("3 photos")));
    // A photo that was removed makes room for another.
    QTRY_COMPARE(compose->upload(2).state, client::UploadState::Ready);
    compose->removePhoto(0);
    compose->addFiles({ files.last() });
    QTRY_COMPARE(compose->upload(2).state, client::UploadState::Ready);
}

void tst_Compose::keepsTheDraftOverARestart()
{
    {
        const auto compose = controller();
        compose->addFiles({ photo(QStringLiteral("a.png")), photo(QStringLiteral("gone.png")) });
        compose->describe(0, QStringLiteral("A colour"));
        compose->setCaption(QStringLiteral("Not yet"));
        compose->setVisibility(QStringLiteral("private"));
    }
    QFile::remove(m_folder->filePath(QStringLiteral("gone.png")));
    const auto compose = controller();
    QCOMPARE(compose->photoCount(), 1);
    QCOMPARE(compose->draft().photos.first().description, QStringLiteral("A colour"));
    QCOMPARE(compose->draft().caption, QStringLiteral("Not yet"));
    QCOMPARE(compose->draft().visibility, QStringLiteral("private"));
    QTRY_COMPARE(compose->upload(0).state, client::UploadState::Ready);
    compose->discard();
    QVERIFY(controller()->draft().isEmpty());
}

void tst_Compose::keepsTheDraftAndItsKeyWhenPostingFails()
{
    QList<QByteArray> keys;
    m_transport->on(api::Verb::Post, QStringLiteral("/api/v1/statuses"), [&keys](const client::HttpRequest &request) {
        for (const auto &[name, value] : request.headers) {
            if (name.toLower() == "idempotency-key") {
                keys += value;
            }
        }
        return Result<client::HttpReply>(makeError(Fault::Unavailable, QStringLiteral("Lost.")));
    });
    const auto compose = controller();
    compose->addFiles({ photo(QStringLiteral("a.png")) });
    QTRY_COMPARE(compose->upload(0).state, client::UploadState::Ready);
    QSignalSpy failed(compose.get(), &ComposeController::failed);
    compose->post();
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(compose->photoCount(), 1);
    compose->post();
    QTRY_COMPARE(failed.count(), 2);
    QVERIFY(keys.size() >= 2);
    QVERIFY(!keys.first().isEmpty());
    QCOMPARE(keys.first(), keys.last());
    // Another content is another post.
    compose->setCaption(QStringLiteral("Changed"));
    compose->post();
    QTRY_COMPARE(failed.count(), 3);
    QVERIFY(keys.first() != keys.last());
}

void tst_Compose::asksForTheSamePostAfterALostAnswer()
{
    const auto compose = controller();
    compose->addFiles({ photo(QStringLiteral("a.png")) });
    QTRY_COMPARE(compose->upload(0).state, client::UploadState::Ready);
    QSignalSpy failed(compose.get(), &ComposeController::failed);
    m_transport->onJson(api::Verb::Post, QStringLiteral("/api/v1/statuses"), R"({"error":"Duplicate idempotency key"})",
                        400);
    compose->post();
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(compose->photoCount(), 1);
}

void tst_Compose::sendsTheLicenceToServersThatKnowAny_data()
{
    QTest::addColumn<bool>("knows");
    QTest::addColumn<int>("sent");
    QTest::newRow("Graminsta") << true << 12;
    QTest::newRow("Mastodon") << false << 0;
}

void tst_Compose::sendsTheLicenceToServersThatKnowAny()
{
    QFETCH(bool, knows);
    QFETCH(int, sent);
    if (knows) {
        m_instance.licenses = { { 1, QStringLiteral("All Rights Reserved"), {} },
                                { 12, QStringLiteral("CC BY-SA"), {} } };
        m_session = std::make_shared<AccountSession>(m_session->client(), model::Account {}, m_instance);
    }
    const auto compose = controller();
    compose->addFiles({ photo(QStringLiteral("a.png")) });
    compose->setLicense(12); // while it is on its way
    QTRY_COMPARE(compose->upload(0).state, client::UploadState::Ready);
    QSignalSpy posted(compose.get(), &ComposeController::posted);
    compose->post();
    QTRY_COMPARE(posted.count(), 1);
    const auto status = posted.first().first().value<model::Status>();
    const std::optional<model::License> license = status.mediaAttachments.first().license;
    QCOMPARE(license ? license->id : 0, sent);
    // The next post begins anew.
    QCOMPARE(compose->draft().license, 1);
}

QTEST_MAIN(tst_Compose)
#include "tst_compose.moc"
