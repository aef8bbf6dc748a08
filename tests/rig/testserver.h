// SPDX-License-Identifier: GPL-3.0-or-later
// The real graminsta-server as a child process, on a free port of the loopback address, with a data folder of its own.
// Not thread-safe. The destructor stops the server and removes the folder.
#pragma once

#include <graminsta/core/result.h>

#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

#include <memory>

namespace graminsta::rig
{

struct TestServerOptions {
    QString databaseUrl {}; // empty: SQLite in the data folder
    QString profile {}; // a file; empty: none
    // Settings as environment variables; sign-up is open, limits are off and pushes may go to the tests' own
    // services, unless these say otherwise.
    QList<QPair<QString, QString>> settings {};
    QString dataFolder {}; // that of another server, which must outlive this one; empty: one of its own
};

class TestServer
{
public:
    explicit TestServer(TestServerOptions options = {});
    ~TestServer();

    // Starts it and waits until it can serve. Fault::Unavailable with all that it wrote if it does not. After a stop()
    // or kill() it starts again on the same data, on another port.
    [[nodiscard]] Result<> start();
    // SIGTERM; the exit code. Fault::Timeout if it is still there after 15 s (then it is killed).
    [[nodiscard]] Result<int> stop();
    // SIGKILL: as if the power went.
    void kill();

    // Runs another command of the program on the same data: "doctor", "user create". Gives what it wrote to standard
    // output; Fault::Internal with its exit code and standard error if that is not 0.
    [[nodiscard]] Result<QByteArray> run(const QStringList &arguments, const QByteArray &input = {}) const;

    [[nodiscard]] QUrl url() const { return m_url; }
    [[nodiscard]] qint64 processId() const { return m_process ? m_process->processId() : 0; }
    [[nodiscard]] QString dataFolder() const;
    // What it has written to standard error so far: the log.
    [[nodiscard]] QByteArray log() const;

    // Where the program is: GRAMINSTA_SERVER_BIN, or where this build puts it.
    [[nodiscard]] static QString program();

private:
    [[nodiscard]] QProcessEnvironment environment() const;
    [[nodiscard]] QString logFile() const { return m_folder.filePath(QStringLiteral("server.log")); }

    TestServerOptions m_options;
    QTemporaryDir m_folder;
    std::unique_ptr<QProcess> m_process;
    QUrl m_url;
};

} // namespace graminsta::rig
