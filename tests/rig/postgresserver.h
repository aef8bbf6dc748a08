// SPDX-License-Identifier: GPL-3.0-or-later
// A real PostgreSQL of the test's own, on a free port of 127.0.0.1 and in a folder that goes with it. It runs as a
// child in the foreground and dies with the test, also if that crashes. For one thread.
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>

#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

#include <memory>

namespace graminsta::rig
{

class PostgresServer
{
public:
    enum class Disk {
        Forgetful, // no fsync: fast, for all tests but those of durability
        Durable,
    };

    // Fault::Unavailable if no PostgreSQL is installed, or it does not start. Takes one to three seconds.
    [[nodiscard]] static Result<std::unique_ptr<PostgresServer>> start(Disk disk = Disk::Forgetful);
    ~PostgresServer();
    PostgresServer(const PostgresServer &) = delete;
    PostgresServer &operator=(const PostgresServer &) = delete;

    // The URL of a new, empty database, with the password.
    [[nodiscard]] Result<QString> createDatabase();
    // Runs SQL as the superuser, in the database of `url`, or that of maintenance.
    [[nodiscard]] Result<> execute(const QByteArray &sql, const QString &url = {});
    // Ends every connection to the database of `url`, as a failover or an operator would.
    [[nodiscard]] Result<> terminateConnections(const QString &url);

    // SIGKILL to the server and all its children, as the kernel would; resume() starts it again on the same port.
    void kill();
    [[nodiscard]] Result<> resume();

private:
    explicit PostgresServer(QString programs);

    [[nodiscard]] Result<> initialise(Disk disk);
    [[nodiscard]] Result<> run(const QString &program, const QStringList &arguments) const;
    [[nodiscard]] Result<> waitUntilReady(const Deadline &deadline);
    [[nodiscard]] QStringList unprivileged(const QString &program, const QStringList &arguments) const;
    [[nodiscard]] QString urlOf(const QString &database) const;

    const QString m_programs; // the folder of initdb and postgres
    QTemporaryDir m_folder;
    quint16 m_port = 0;
    int m_databases = 0;
    QProcess m_process;
};

} // namespace graminsta::rig
