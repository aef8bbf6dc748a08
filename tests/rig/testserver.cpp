// SPDX-License-Identifier: GPL-3.0-or-later
#include "testserver.h"

#include <graminsta/core/deadline.h>

#include <QFile>

#include <csignal>
#include <sys/prctl.h>

namespace graminsta::rig
{

namespace
{

constexpr int kStartMs = 30'000;
constexpr int kStopMs = 15'000;
constexpr int kCommandMs = 120'000;
const char *const kReadyLine = "listening on ";

} // namespace

TestServer::TestServer(TestServerOptions options)
    : m_options(std::move(options))
{
}

TestServer::~TestServer()
{
    if (m_process && m_process->state() != QProcess::NotRunning && !stop())
        kill();
}

QString TestServer::dataFolder() const
{
    return m_options.dataFolder.isEmpty() ? m_folder.path() : m_options.dataFolder;
}

QString TestServer::program()
{
    return qEnvironmentVariable("GRAMINSTA_SERVER_BIN", QStringLiteral(GRAMINSTA_SERVER_PROGRAM));
}

QProcessEnvironment TestServer::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("GRAMINSTA_REGISTRATIONS_MODE"), QStringLiteral("open"));
    environment.insert(QStringLiteral("GRAMINSTA_LIMITS_ENABLED"), QStringLiteral("false"));
    environment.insert(QStringLiteral("GRAMINSTA_PUSH_ALLOW_PRIVATE_ENDPOINTS"), QStringLiteral("true"));
    if (!m_options.databaseUrl.isEmpty())
        environment.insert(QStringLiteral("GRAMINSTA_DATABASE_URL"), m_options.databaseUrl);
    for (const auto &[name, value] : m_options.settings)
        environment.insert(name, value);
    return environment;
}

Result<> TestServer::start()
{
    QStringList arguments { QStringLiteral("serve"), QStringLiteral("--data"), dataFolder(), QStringLiteral("--listen"),
                            QStringLiteral("127.0.0.1:0") };
    if (!m_options.profile.isEmpty())
        arguments += { QStringLiteral("--profile"), m_options.profile };
    m_process = std::make_unique<QProcess>();
    m_process->setProcessEnvironment(environment());
    // Into a file: a pipe that nobody reads while a test waits would stop the server.
    m_process->setStandardErrorFile(logFile(), QIODevice::Append);
    // A test that crashes must not leave a server behind.
    m_process->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process->start(program(), arguments);
    const Deadline deadline = Deadline::after(std::chrono::milliseconds(kStartMs));
    while (!deadline.expired() && m_process->state() != QProcess::NotRunning) {
        m_process->waitForReadyRead(int(std::min<qint64>(100, deadline.remaining().count())));
        while (m_process->canReadLine()) {
            const QByteArray line = m_process->readLine().trimmed();
            if (!line.startsWith(kReadyLine))
                continue;
            m_url = QUrl(QString::fromUtf8(line.mid(qstrlen(kReadyLine))));
            return {};
        }
    }
    const QByteArray written = log();
    const QString reason = m_process->errorString();
    kill();
    return makeError(Fault::Unavailable,
                     QStringLiteral("%1 did not start (%2): %3").arg(program(), reason, QString::fromUtf8(written)));
}

Result<int> TestServer::stop()
{
    if (!m_process || m_process->state() == QProcess::NotRunning)
        return makeError(Fault::NotFound, QStringLiteral("the server is not running"));
    m_process->terminate();
    if (!m_process->waitForFinished(kStopMs)) {
        kill();
        return makeError(Fault::Timeout, QStringLiteral("the server did not stop"), QString::fromUtf8(log()));
    }
    return m_process->exitStatus() == QProcess::NormalExit ? m_process->exitCode() : -1;
}

void TestServer::kill()
{
    if (!m_process)
        return;
    m_process->kill();
    m_process->waitForFinished(kStopMs);
}

QByteArray TestServer::log() const
{
    QFile file(logFile());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Result<QByteArray> TestServer::run(const QStringList &arguments, const QByteArray &input) const
{
    QProcess command;
    command.setProcessEnvironment(environment());
    command.start(program(), arguments + QStringList { QStringLiteral("--data"), dataFolder() });
    command.write(input);
    command.closeWriteChannel();
    const bool ended = command.waitForFinished(kCommandMs);
    const QByteArray output = command.readAllStandardOutput();
    if (ended && command.exitStatus() == QProcess::NormalExit && command.exitCode() == 0)
        return output;
    command.kill();
    command.waitForFinished(kStopMs);
    return makeError(Fault::Internal,
                     QStringLiteral("%1: exit code %2: %3 %4")
                         .arg(arguments.join(QLatin1Char(' ')))
                         .arg(command.exitCode())
                         .arg(QString::fromUtf8(output), QString::fromUtf8(command.readAllStandardError())));
}

} // namespace graminsta::rig
