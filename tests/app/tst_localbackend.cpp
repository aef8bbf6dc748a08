// SPDX-License-Identifier: GPL-3.0-or-later
// The bundled server as the app starts it: the real one, and for the last test the real app.
#include <desktop/core/localbackend.h>
#include <desktop/settings/serverprofile.h>
#include <desktop/signin/connectaccount.h>

#include <graminsta/client/networktransport.h>

#include <rig/awaiting.h>

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace graminsta;

namespace
{

QString programAt(const QString &name)
{
    return QDir(qEnvironmentVariable("GRAMINSTA_BIN")).filePath(name);
}

bool isAlive(qint64 pid)
{
    QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
    // A zombie has ended; only its parent has not looked yet.
    return stat.open(QIODevice::ReadOnly) && !stat.readAll().contains(") Z ");
}

// The child of `parent` that runs graminsta-server; 0 if there is none.
qint64 serverOf(qint64 parent)
{
    QFile children(QStringLiteral("/proc/%1/task/%1/children").arg(parent));
    if (!children.open(QIODevice::ReadOnly)) {
        return 0;
    }
    for (const QByteArray &pid : children.readAll().simplified().split(' ')) {
        QFile command(QStringLiteral("/proc/%1/cmdline").arg(QString::fromLatin1(pid)));
        if (command.open(QIODevice::ReadOnly) && command.readAll().contains("graminsta-server")) {
            return pid.toLongLong();
        }
    }
    return 0;
}

} // namespace

class tst_LocalBackend : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void signsTheLocalPersonIn();
    void startsAgainAtTheSamePortAfterKill();
    void givesUpWithTheServersOwnWords();
    void stopsWithoutATrace();
    void saysWhenThereIsNoServer();
    void leavesNoOrphanWhenTheAppIsKilled();
    void showsNoSecretOnTheCommandLine();
    void testsAProfileWithoutTouchingTheServer();

private:
    [[nodiscard]] Result<RunningServer> start();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LocalBackend> m_backend;
};

void tst_LocalBackend::initTestCase()
{
    if (!QFileInfo(programAt(QStringLiteral("graminsta-server"))).isExecutable()) {
        QSKIP("graminsta-server is not built");
    }
}

void tst_LocalBackend::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_backend = std::make_unique<LocalBackend>(programAt(QStringLiteral("graminsta-server")),
                                               AppPaths { m_folder->path() }, QString());
}

void tst_LocalBackend::cleanup()
{
    m_backend.reset();
    m_folder.reset();
}

Result<RunningServer> tst_LocalBackend::start()
{
    return rig::await(m_backend->ensureRunning());
}

void tst_LocalBackend::signsTheLocalPersonIn()
{
    const auto transport = std::make_shared<client::NetworkTransport>();
    const Result<ConnectedAccount> session = rig::await(connectHere(*m_backend, transport, {}));
    QVERIFY2(session.has_value(), session ? "" : qPrintable(describe(session.error())));
    QVERIFY(!(*session)->account().id.isEmpty());
    QVERIFY(!(*session)->instance().graminstaVersion.isEmpty());
    // The same person the next time.
    const QString id = (*session)->account().id;
    m_backend->stop();
    const Result<ConnectedAccount> again = rig::await(connectHere(*m_backend, transport, {}));
    QVERIFY(again.has_value());
    QCOMPARE((*again)->account().id, id);
}

void tst_LocalBackend::startsAgainAtTheSamePortAfterKill()
{
    const Result<RunningServer> before = start();
    QVERIFY2(before.has_value(), before ? "" : qPrintable(describe(before.error())));
    const qint64 pid = m_backend->processId();
    QSignalSpy recovered(m_backend.get(), &LocalBackend::recovered);
    ::kill(static_cast<pid_t>(pid), SIGKILL);
    QTRY_COMPARE_WITH_TIMEOUT(recovered.count(), 1, 20'000);
    QVERIFY(!recovered.first().first().toBool());
    QVERIFY(m_backend->processId() != pid);
    QCOMPARE(start().value().url, before->url);
}

void tst_LocalBackend::givesUpWithTheServersOwnWords()
{
    QFile profile(m_folder->filePath(QStringLiteral("broken.toml")));
    QVERIFY(profile.open(QIODevice::WriteOnly));
    profile.write("[databass]\nurl = \"x\"\n");
    profile.close();
    m_backend = std::make_unique<LocalBackend>(programAt(QStringLiteral("graminsta-server")),
                                               AppPaths { m_folder->path() }, profile.fileName());
    const Result<RunningServer> running = start();
    QVERIFY(!running.has_value());
    QVERIFY2(running.error().safe.contains(QStringLiteral("databass")), qPrintable(running.error().safe));
    QCOMPARE(m_backend->state(), LocalBackend::State::Failed);
}

void tst_LocalBackend::stopsWithoutATrace()
{
    QVERIFY(start().has_value());
    const qint64 pid = m_backend->processId();
    QVERIFY(isAlive(pid));
    m_backend->stop();
    QVERIFY(!isAlive(pid));
    QCOMPARE(m_backend->state(), LocalBackend::State::Stopped);
}

void tst_LocalBackend::saysWhenThereIsNoServer()
{
    LocalBackend none(QString(), AppPaths { m_folder->path() }, QString());
    const Result<RunningServer> running = rig::await(none.ensureRunning());
    QVERIFY(!running.has_value());
    QVERIFY(running.error().safe.contains(QStringLiteral("graminsta-server")));
}

void tst_LocalBackend::leavesNoOrphanWhenTheAppIsKilled()
{
    QProcess app;
    app.start(programAt(QStringLiteral("graminsta")), { QStringLiteral("--data"), m_folder->path() });
    QVERIFY(app.waitForStarted());
    qint64 server = 0;
    QTRY_VERIFY_WITH_TIMEOUT((server = serverOf(app.processId())) != 0, 20'000);
    QVERIFY(isAlive(server));
    app.kill();
    QVERIFY(app.waitForFinished());
    QTRY_VERIFY_WITH_TIMEOUT(!isAlive(server), 15'000);
}

void tst_LocalBackend::showsNoSecretOnTheCommandLine()
{
    const Result<RunningServer> running = start();
    QVERIFY(running.has_value());
    for (const char *file : { "cmdline", "environ" }) {
        QFile shown(QStringLiteral("/proc/%1/%2").arg(m_backend->processId()).arg(QString::fromLatin1(file)));
        QVERIFY(shown.open(QIODevice::ReadOnly));
        QVERIFY(!shown.readAll().contains(running->secret.toLatin1()));
    }
}

void tst_LocalBackend::testsAProfileWithoutTouchingTheServer()
{
    ProfileTest test(*m_backend);
    QSignalSpy finished(&test, &ProfileTest::finished);
    test.run({ QStringLiteral("postgresql://nobody@127.0.0.1:1/photos") });
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20'000);
    QVERIFY(!finished.first().first().toBool());
    QVERIFY(finished.first().last().toString().contains(QStringLiteral("refused")));
    // SQLite that is not there yet is set up by the start.
    test.run({});
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 2, 20'000);
    QVERIFY2(finished.last().first().toBool(), qPrintable(finished.last().last().toString()));
    QCOMPARE(m_backend->state(), LocalBackend::State::Stopped);
}

QTEST_MAIN(tst_LocalBackend)
#include "tst_localbackend.moc"
