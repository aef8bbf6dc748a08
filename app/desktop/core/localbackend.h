// SPDX-License-Identifier: GPL-3.0-or-later
// The bundled server as a child process on a loopback port. GUI thread only.
//
//   Stopped --ensureRunning()--> Starting --> Running --(dies)--> Waiting --> Starting …
//                                   |                                            |
//                                   +--------------> Failed <--(too often)-------+
//
// No orphan survives: the child leaves when its standard input closes, which the system does however this process ends.
// The one-time secret for signing in goes the same way, so that it is neither on a command line nor in an environment.
#pragma once

#include <desktop/core/apppaths.h>

#include <graminsta/core/result.h>

#include <QCoroTask>
#include <QElapsedTimer>
#include <QProcess>
#include <QTimer>
#include <QUrl>

namespace graminsta
{

struct RunningServer {
    QUrl url;
    QString secret;
};

// Emits its signal once: QCoro delivers a second one to an awaiter that has gone.
class SettledWait final : public QObject
{
    Q_OBJECT
Q_SIGNALS:
    void done();
};

class LocalBackend final : public QObject
{
    Q_OBJECT
public:
    enum class State { Stopped, Starting, Running, Waiting, Failed };

    // `program`: the path of graminsta-server. `profile`: a file that replaces the one in the data folder; may be
    // empty.
    LocalBackend(QString program, AppPaths paths, QString profile, QObject *parent = nullptr);
    // Stops the server.
    ~LocalBackend() override;

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }
    [[nodiscard]] const QString &program() const { return m_program; }
    [[nodiscard]] const AppPaths &paths() const { return m_paths; }
    // The profile in use; empty if there is none: then everything is on this computer.
    [[nodiscard]] QString profileInUse() const;
    [[nodiscard]] bool isProfileGiven() const { return !m_givenProfile.isEmpty(); }

    // Starts the server if it does not run, and waits until it serves. Fault::Unavailable with the server's own words
    // if it does not come up.
    [[nodiscard]] QCoro::Task<Result<RunningServer>> ensureRunning();
    // SIGTERM, a while to finish, then SIGKILL. Blocks for at most a few seconds.
    void stop();

Q_SIGNALS:
    void stateChanged();
    // The server had died and runs again; `moved`: at another port, so that sessions must be made anew.
    void recovered(bool moved);
    // Starting has ended, one way or the other.
    void settled();

private:
    void start();
    void settle();
    void setState(State state);
    void readOutput();
    void processEnded();
    void failedToStart(const QString &reason);
    [[nodiscard]] QStringList arguments() const;
    [[nodiscard]] QString lastWords() const;

    QString m_program;
    AppPaths m_paths;
    QString m_givenProfile;
    QProcess m_process;
    QList<SettledWait *> m_waits; // of those who await the end of starting
    State m_state = State::Stopped;
    RunningServer m_running;
    Error m_error;
    quint16 m_lastPort = 0; // taken again after a crash, so that sessions go on
    bool m_recovering = false;
    int m_crashes = 0;
    QElapsedTimer m_uptime;
    QTimer m_restart;
    QTimer m_startLimit;
};

// Beside this program, else in PATH; empty if there is none.
[[nodiscard]] QString findServerProgram();

} // namespace graminsta
