// SPDX-License-Identifier: GPL-3.0-or-later
// npm's tus-js-client against the real server: in pieces, in parallel, stopped, resumed and ended.
#include "../client.h"

#include <rig/httpclient.h>
#include <rig/photo.h>
#include <rig/testserver.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace graminsta;
using rig::HttpBody;
using rig::HttpReply;

namespace
{

const QStringList kSteps {
    QStringLiteral("in one request"),         QStringLiteral("in chunks"),
    QStringLiteral("with the creation"),      QStringLiteral("by POST alone"),

    QStringLiteral("in parallel parts"),      QStringLiteral("several at once"),
    QStringLiteral("stopped and resumed"),    QStringLiteral("ended"),
    QStringLiteral("refused when too large"),
};

constexpr qsizetype kPhotoBytes = 400'000;

} // namespace

class tst_TusClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void uploadsInEveryWay();

private:
    // Why there is no client; empty if there is one.
    [[nodiscard]] QByteArray install() const;
    [[nodiscard]] static QByteArray tokenAt(rig::TestServer &server);

    QDir m_modules { QStringLiteral(GRAMINSTA_TUS_MODULES) };
};

QByteArray tst_TusClient::install() const
{
    const QString npm = QStandardPaths::findExecutable(QStringLiteral("npm"));
    if (QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty() || npm.isEmpty())
        return "node and npm are not installed: apt install nodejs npm";
    // Imports are resolved from where the script is, so it runs beside its modules.
    m_modules.mkpath(QStringLiteral("."));
    for (const char *name : { "package.json", "package-lock.json", "tus.mjs" }) {
        const QString target = m_modules.filePath(QLatin1String(name));
        QFile::remove(target);
        QFile::copy(QStringLiteral(GRAMINSTA_TUS_SCRIPTS "/") + QLatin1String(name), target);
    }
    const QFileInfo installed(m_modules.filePath(QStringLiteral("node_modules/.package-lock.json")));
    const QFileInfo wanted(QStringLiteral(GRAMINSTA_TUS_SCRIPTS "/package-lock.json"));
    if (installed.exists() && installed.lastModified() >= wanted.lastModified())
        return {};
    QProcess process;
    process.setWorkingDirectory(m_modules.path());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(npm,
                  { QStringLiteral("ci"), QStringLiteral("--no-audit"), QStringLiteral("--no-fund"),
                    QStringLiteral("--ignore-scripts") });
    if (process.waitForFinished(120'000) && process.exitCode() == 0)
        return {};
    return "npm ci failed: " + process.readAll().right(600);
}

QByteArray tst_TusClient::tokenAt(rig::TestServer &server)
{
    const Result<QByteArray> made =
        server.run({ QStringLiteral("user"), QStringLiteral("create"), QStringLiteral("--username"),
                     QStringLiteral("ann"), QStringLiteral("--password-stdin") },
                   "correct horse battery\n");
    rig::HttpClient guest(server.url());
    const HttpReply app = guest.post("/api/v1/apps",
                                     HttpBody::form({ { "client_name", "tus" },
                                                      { "redirect_uris", "urn:ietf:wg:oauth:2.0:oob" },
                                                      { "scopes", "read write" } }));
    const HttpReply token = guest.post("/oauth/token",
                                       HttpBody::form({ { "grant_type", "password" },
                                                        { "client_id", app.text("client_id").toUtf8() },
                                                        { "client_secret", app.text("client_secret").toUtf8() },
                                                        { "username", "ann" },
                                                        { "password", "correct horse battery" },
                                                        { "scope", "read write" } }));
    return made ? token.text("access_token").toUtf8() : QByteArray();
}

void tst_TusClient::uploadsInEveryWay()
{
    const QByteArray missing = install();
    if (!missing.isEmpty() && qEnvironmentVariableIsEmpty("CI"))
        QSKIP(missing.constData());
    QVERIFY2(missing.isEmpty(), missing);
    rig::TestServer server;
    const Result<> started = server.start();
    QVERIFY2(started, started ? "" : qPrintable(describe(started.error())));
    const QByteArray token = tokenAt(server);
    QVERIFY(!token.isEmpty());
    const QTemporaryDir folder;
    QFile photo(folder.filePath(QStringLiteral("photo.jpg")));
    const QByteArray jpeg = rig::makePhoto(1);
    // What stands behind its end makes it large enough for pieces.
    const QByteArray content = jpeg + QByteArray(kPhotoBytes - jpeg.size(), 'x');
    QVERIFY(photo.open(QIODevice::WriteOnly) && photo.write(content) == content.size());
    photo.close();
    clients_test::Client client(QStringLiteral("node"),
                                { m_modules.filePath(QStringLiteral("tus.mjs")), server.url().toString(),
                                  QString::fromUtf8(token), photo.fileName() },
                                folder.path(), m_modules.path());
    QVERIFY2(client.finish(), client.output() + server.log().right(2000));
    QCOMPARE(client.said("step: "), kSteps);
}

QTEST_GUILESS_MAIN(tst_TusClient)
#include "tst_tusclient.moc"
