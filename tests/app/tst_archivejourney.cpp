// SPDX-License-Identifier: GPL-3.0-or-later
// An account's archive out of the real server and into another account, by the controllers of the settings.
#include <desktop/settings/archivewords.h>
#include <desktop/settings/exportcontroller.h>
#include <desktop/settings/importcontroller.h>
#include <desktop/signin/connectaccount.h>

#include <graminsta/client/networktransport.h>
#include <rig/awaiting.h>
#include <rig/photo.h>
#include <rig/testserver.h>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace graminsta;
using rig::await;

namespace
{

// A server that starts, on a busy machine.
constexpr int kPatience = 60'000;
const QString kPassword = QStringLiteral("correct horse battery");
const QString kScopes = QStringLiteral("read write follow");

} // namespace

class tst_ArchiveJourney : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void takesPostsFromOneAccountToAnother();
    void saysWhatTheServerSays();

private:
    // Somebody new; null if a step fails.
    [[nodiscard]] ConnectedAccount person(const QString &name);
    [[nodiscard]] static bool post(AccountSession &session, const QString &text, const QString &photo);
    [[nodiscard]] static QList<model::Status> postsOf(const AccountSession &session);

    QTemporaryDir m_folder;
    std::unique_ptr<rig::TestServer> m_server;
};

void tst_ArchiveJourney::initTestCase()
{
    if (!QFileInfo(rig::TestServer::program()).isExecutable()) {
        QSKIP("graminsta-server is not built");
    }
    m_server = std::make_unique<rig::TestServer>();
    const Result<> started = m_server->start();
    QVERIFY2(started, qPrintable(started ? QString() : describe(started.error())));
}

ConnectedAccount tst_ArchiveJourney::person(const QString &name)
{
    const Result<QByteArray> created = m_server->run(
        { QStringLiteral("user"), QStringLiteral("create"), QStringLiteral("--username"), name,
          QStringLiteral("--email"), name + QStringLiteral("@example.org"), QStringLiteral("--password-stdin") },
        kPassword.toUtf8() + '\n');
    const client::Client nobody(m_server->url(), {}, std::make_shared<client::NetworkTransport>());
    const auto application = await(nobody.oauth().registerApplication(
        QStringLiteral("Graminsta"), QStringLiteral("urn:ietf:wg:oauth:2.0:oob"), kScopes));
    if (!created || !application) {
        return {};
    }
    const auto token = await(nobody.oauth().passwordToken(*application, name, kPassword, kScopes));
    if (!token) {
        return {};
    }
    const auto session = await(openSession(nobody.withToken(token->accessToken.toUtf8()), {}));
    return session ? *session : ConnectedAccount();
}

bool tst_ArchiveJourney::post(AccountSession &session, const QString &text, const QString &photo)
{
    client::MediaFile file;
    file.path = photo;
    file.description = QStringLiteral("a small picture");
    const auto media = await(session.client().media().upload(file));
    const auto ready = media ? await(session.client().media().waitUntilReady(*media)) : media;
    client::NewStatus status;
    status.text = text;
    status.mediaIds = { ready ? ready->id : QString() };
    return ready && await(session.client().statuses().create(status)).has_value();
}

QList<model::Status> tst_ArchiveJourney::postsOf(const AccountSession &session)
{
    const auto page = await(session.client().accounts().statuses(session.account().id));
    return page ? page->items : QList<model::Status>();
}

void tst_ArchiveJourney::takesPostsFromOneAccountToAnother()
{
    const ConnectedAccount anna = person(QStringLiteral("anna"));
    const ConnectedAccount berta = person(QStringLiteral("berta"));
    QVERIFY(anna && berta);
    QVERIFY(!anna->instance().graminstaVersion.isEmpty());
    const QString photo = m_folder.filePath(QStringLiteral("sea.jpg"));
    QFile picture(photo);
    QVERIFY(picture.open(QIODevice::WriteOnly));
    picture.write(rig::makePhoto(1));
    picture.close();
    QVERIFY(post(*anna, QStringLiteral("The old harbour"), photo));

    ExportController exports(anna);
    QSignalSpy saved(&exports, &ExportController::saved);
    QSignalSpy failed(&exports, &ExportController::failed);
    exports.load();
    QTRY_VERIFY_WITH_TIMEOUT(exports.canCreate(), kPatience);
    exports.create();
    QTRY_VERIFY_WITH_TIMEOUT(exports.archives().size() == 1 && isDone(exports.archives().first()), kPatience);
    QCOMPARE(exports.archives().first().statusesCount, 1);
    QVERIFY(exports.suggestedName(exports.archives().first()).startsWith(QStringLiteral("graminsta-anna-20")));
    const QString file = m_folder.filePath(QStringLiteral("anna.zip"));
    exports.save(exports.archives().first().id, file);
    QTRY_COMPARE_WITH_TIMEOUT(saved.count() + failed.count(), 1, kPatience);
    QVERIFY2(failed.isEmpty(), failed.isEmpty() ? "" : qPrintable(failed.first().first().toString()));
    QCOMPARE(QFileInfo(file).size(), exports.archives().first().bytes);

    ImportController imports(berta);
    imports.choose(file);
    QCOMPARE(imports.state(), ImportController::State::Chosen);
    imports.start();
    QTRY_COMPARE_WITH_TIMEOUT(imports.state(), ImportController::State::Over, kPatience);
    QVERIFY2(importSummary(imports.import()).first().contains(QStringLiteral("1 post")),
             qPrintable(importSummary(imports.import()).join(QLatin1Char(' '))));
    const QList<model::Status> posts = postsOf(*berta);
    QCOMPARE(posts.size(), 1);
    QCOMPARE(plainText(posts.first().content), QStringLiteral("The old harbour"));
    QCOMPARE(posts.first().mediaAttachments.size(), 1);
    QCOMPARE(posts.first().mediaAttachments.first().description, QStringLiteral("a small picture"));
    // What the app shows of the account follows.
    QTRY_COMPARE_WITH_TIMEOUT(berta->account().statusesCount, 1, kPatience);

    // The same again brings nothing, and says so.
    imports.choose(file);
    imports.start();
    QTRY_COMPARE_WITH_TIMEOUT(imports.state(), ImportController::State::Over, kPatience);
    QVERIFY(importSummary(imports.import()).first().startsWith(QStringLiteral("There was nothing new in it.")));
    QCOMPARE(postsOf(*berta).size(), 1);

    exports.remove(exports.archives().first().id);
    QTRY_VERIFY_WITH_TIMEOUT(exports.archives().isEmpty(), kPatience);
}

void tst_ArchiveJourney::saysWhatTheServerSays()
{
    const ConnectedAccount carla = person(QStringLiteral("carla"));
    QVERIFY(carla);
    const QString file = m_folder.filePath(QStringLiteral("torn.zip"));
    QFile torn(file);
    QVERIFY(torn.open(QIODevice::WriteOnly));
    torn.write("PK and then nothing of the kind");
    torn.close();
    ImportController imports(carla);
    imports.choose(file);
    imports.start();
    QTRY_COMPARE_WITH_TIMEOUT(imports.state(), ImportController::State::Chosen, kPatience);
    QVERIFY2(imports.message().contains(QStringLiteral("ZIP"), Qt::CaseInsensitive), qPrintable(imports.message()));
    QVERIFY(!imports.message().startsWith(QStringLiteral("Validation")));
}

QTEST_MAIN(tst_ArchiveJourney)
#include "tst_archivejourney.moc"
