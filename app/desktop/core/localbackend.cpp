// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/core/localbackend.h>

#include <graminsta/core/logging.h>
#include <graminsta/core/secrets.h>

#include <QCoreApplication>
#include <QCoroSignal>
#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QStandardPaths>

#include <array>

namespace graminsta
{

namespace
{

Q_LOGGING_CATEGORY(logBackend, "graminsta.app.server")

constexpr std::chrono::seconds kStartLimit { 30 };
constexpr int kStopMs = 5'000;
constexpr qint64 kHealthyMs = 60'000; // a server that ran that long has earned a fresh count
constexpr std::array<std::chrono::milliseconds, 5> kPauses { std::chrono::milliseconds(200),
                                                             std::chrono::milliseconds(500), std::chrono::seconds(1),
                                                             std::chrono::seconds(3), std::chrono::seconds(8) };
constexpr qint64 kMaxLogBytes = 5'000'000;
constexpr qint64 kLastWords = 600;

// The log of the run before is kept, no more.
void rotateLog(const QString &log)
{
    if (QFileInfo(log).size() > kMaxLogBytes) {
        const QString old = log + QStringLiteral(".1");
        QFile::remove(old);
        QFile::rename(log, old);
    }
}

} // namespace

QString findServerProgram()
{
    const QString name = QStringLiteral("graminsta-server");
    const QString beside = QStandardPaths::findExecutable(name, { QCoreApplication::applicationDirPath() });
    return beside.isEmpty() ? QStandardPaths::findExecutable(name) : beside;
}

LocalBackend::LocalBackend(QString program, AppPaths paths, QString profile, QObject *parent)
    : QObject(parent)
    , m_program(std::move(program))
    , m_paths(std::move(paths))
    , m_givenProfile(std::move(profile))
{
    m_restart.setSingleShot(true);
    connect(&m_restart, &QTimer::timeout, this, &LocalBackend::start);
    m_startLimit.setSingleShot(true);
    m_startLimit.setInterval(kStartLimit);
    connect(&m_startLimit, &QTimer::timeout, this, [this] {
        failedToStart(QStringLiteral("It was not ready after %1 seconds.").arg(kStartLimit.count()));
        m_process.kill();
        m_process.waitForFinished(kStopMs);
    });
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &LocalBackend::readOutput);
    connect(&m_process, &QProcess::finished, this, &LocalBackend::processEnded);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            failedToStart(m_process.errorString());
        }
    });
}

LocalBackend::~LocalBackend()
{
    disconnect(&m_process, nullptr, this, nullptr);
    stop();
}

QString LocalBackend::profileInUse() const
{
    if (isProfileGiven()) {
        return m_givenProfile;
    }
    return QFileInfo::exists(m_paths.serverProfile()) ? m_paths.serverProfile() : QString();
}

QStringList LocalBackend::arguments() const
{
    QStringList arguments { QStringLiteral("serve"),
                            QStringLiteral("--data"),
                            m_paths.serverData(),
                            QStringLiteral("--listen"),
                            QStringLiteral("127.0.0.1:%1").arg(m_lastPort),
                            QStringLiteral("--local-secret-stdin") };
    if (const QString profile = profileInUse(); !profile.isEmpty()) {
        arguments << QStringLiteral("--profile") << profile;
    }
    return arguments;
}

void LocalBackend::setState(State state)
{
    if (m_state != state) {
        m_state = state;
        Q_EMIT stateChanged();
    }
}

QCoro::Task<Result<RunningServer>> LocalBackend::ensureRunning()
{
    const QPointer<LocalBackend> self(this);
    if (m_state == State::Stopped || m_state == State::Failed) {
        m_crashes = 0;
        start();
    }
    while (m_state == State::Starting || m_state == State::Waiting) {
        auto *const wait = new SettledWait;
        m_waits.append(wait);
        co_await qCoro(wait, &SettledWait::done);
        wait->deleteLater();
        if (!self) {
            co_return makeError(Fault::Cancelled, {});
        }
    }
    if (m_state == State::Running) {
        co_return m_running;
    }
    co_return m_error;
}

void LocalBackend::settle()
{
    for (SettledWait *wait : std::exchange(m_waits, {})) {
        Q_EMIT wait->done();
    }
    Q_EMIT settled();
}

void LocalBackend::start()
{
    setState(State::Starting);
    if (m_program.isEmpty()) {
        failedToStart(QStringLiteral("The program graminsta-server is neither beside this one nor in PATH."));
        return;
    }
    QDir().mkpath(m_paths.serverData());
    rotateLog(m_paths.serverLog());
    m_running = { {}, QString::fromLatin1(randomToken()) };
    m_process.setStandardErrorFile(m_paths.serverLog(), QIODevice::Append);
    m_process.start(m_program, arguments(), QIODevice::ReadWrite);
    m_process.write(m_running.secret.toLatin1() + '\n');
    m_uptime.start();
    m_startLimit.start();
}

void LocalBackend::readOutput()
{
    while (m_process.canReadLine()) {
        const QByteArray line = m_process.readLine().trimmed();
        const QByteArray announced = "listening on ";
        if (m_state != State::Starting || !line.startsWith(announced)) {
            continue;
        }
        m_running.url = QUrl(QString::fromUtf8(line.mid(announced.size())));
        const auto port = static_cast<quint16>(m_running.url.port(0));
        const bool moved = m_lastPort != port;
        m_lastPort = port;
        m_startLimit.stop();
        setState(State::Running);
        settle();
        if (std::exchange(m_recovering, false)) {
            Q_EMIT recovered(moved);
        }
    }
}

void LocalBackend::processEnded()
{
    m_startLimit.stop();
    if (m_state != State::Starting && m_state != State::Running) {
        return;
    }
    qCWarning(logBackend) << "the server ended:" << m_process.exitStatus() << m_process.exitCode();
    if (m_state == State::Starting && m_lastPort != 0) {
        // The port may have been taken by somebody else meanwhile.
        m_lastPort = 0;
    } else if (m_state == State::Starting) {
        failedToStart(lastWords());
        return;
    }
    m_recovering = true;
    m_crashes = m_uptime.elapsed() > kHealthyMs ? 0 : m_crashes;
    if (static_cast<size_t>(m_crashes) >= kPauses.size()) {
        failedToStart(QStringLiteral("It ended %1 times in a row. %2").arg(m_crashes + 1).arg(lastWords()));
        return;
    }
    setState(State::Waiting);
    m_restart.start(kPauses[static_cast<size_t>(m_crashes++)]);
}

void LocalBackend::failedToStart(const QString &reason)
{
    m_startLimit.stop();
    m_recovering = false;
    m_error = makeError(Fault::Unavailable, reason.isEmpty() ? QStringLiteral("The server ended at once.") : reason);
    setState(State::Failed);
    settle();
}

// The end of the log, for a person: what the server says of its own failure stands there.
QString LocalBackend::lastWords() const
{
    QFile log(m_paths.serverLog());
    if (!log.open(QIODevice::ReadOnly)) {
        return {};
    }
    log.seek(std::max<qint64>(0, log.size() - kLastWords));
    const QStringList lines = QString::fromUtf8(log.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    return lines.isEmpty() ? QString() : lines.last();
}

void LocalBackend::stop()
{
    m_restart.stop();
    m_startLimit.stop();
    m_recovering = false;
    setState(State::Stopped);
    if (m_process.state() != QProcess::NotRunning) {
        m_process.terminate();
        if (!m_process.waitForFinished(kStopMs)) {
            m_process.kill();
            m_process.waitForFinished(kStopMs);
        }
    }
    m_error = makeError(Fault::Cancelled, QStringLiteral("The server was stopped."));
    settle();
}

} // namespace graminsta
