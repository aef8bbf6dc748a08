// SPDX-License-Identifier: GPL-3.0-or-later
#include "rig/postgresserver.h"

#include <graminsta/core/deadline.h>

#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QThread>

#include <csignal>
#include <libpq-fe.h>
#include <unistd.h>

namespace graminsta::rig
{

namespace
{

const char *const kPassword = "a secret of the test: @/?#%";

Error failed(const QString &what, const QString &detail)
{
    return makeError(Fault::Unavailable, what, detail);
}

// Debian keeps them apart by version: /usr/lib/postgresql/15/bin.
QString findPrograms()
{
    const QDir debian(QStringLiteral("/usr/lib/postgresql"));
    const QStringList versions = debian.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed);
    for (const QString &version : versions) {
        const QString folder = debian.filePath(version + QStringLiteral("/bin"));
        if (QFile::exists(folder + QStringLiteral("/initdb")))
            return folder;
    }
    return {};
}

quint16 freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : quint16 { 0 };
}

} // namespace

Result<std::unique_ptr<PostgresServer>> PostgresServer::start(Disk disk)
{
    const QString programs = findPrograms();
    if (programs.isEmpty())
        return failed(QStringLiteral("PostgreSQL is not installed"), {});
    std::unique_ptr<PostgresServer> server(new PostgresServer(programs));
    GI_TRY(server->initialise(disk));
    GI_TRY(server->resume());
    return server;
}

PostgresServer::PostgresServer(QString programs)
    : m_programs(std::move(programs))
    , m_port(freePort())
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.setStandardOutputFile(QProcess::nullDevice());
}

PostgresServer::~PostgresServer()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    // SIGINT is PostgreSQL's "fast": it ends the connections and does not wait for them.
    ::kill(static_cast<pid_t>(m_process.processId()), SIGINT);
    if (!m_process.waitForFinished(10'000))
        kill();
}

Result<> PostgresServer::initialise(Disk disk)
{
    const QString passwordFile = m_folder.filePath(QStringLiteral("password"));
    QFile password(passwordFile);
    if (!password.open(QIODevice::WriteOnly) || password.write(kPassword) < 0)
        return failed(QStringLiteral("The folder for PostgreSQL cannot be written"), password.errorString());
    password.close();
    // PostgreSQL refuses to run as root; the folder must be its user's then.
    if (geteuid() == 0
        && QProcess::execute(QStringLiteral("chown"),
                             { QStringLiteral("-R"), QStringLiteral("postgres"), m_folder.path() })
            != 0) {
        return failed(QStringLiteral("The folder cannot be given to the user postgres"), m_folder.path());
    }
    GI_TRY(run(QStringLiteral("initdb"),
               { QStringLiteral("-D"), m_folder.filePath(QStringLiteral("data")), QStringLiteral("-U"),
                 QStringLiteral("graminsta"), QStringLiteral("--pwfile"), passwordFile, QStringLiteral("-A"),
                 QStringLiteral("scram-sha-256"), QStringLiteral("-E"), QStringLiteral("UTF8"),
                 QStringLiteral("--locale=C.UTF-8"), QStringLiteral("-N") }));

    QFile settings(m_folder.filePath(QStringLiteral("data/postgresql.conf")));
    if (!settings.open(QIODevice::Append))
        return failed(QStringLiteral("PostgreSQL cannot be configured"), settings.errorString());
    settings.write("listen_addresses = '127.0.0.1'\nport = " + QByteArray::number(m_port)
                   + "\nunix_socket_directories = ''\nmax_connections = 100\nlog_min_messages = panic\n");
    if (disk == Disk::Forgetful)
        settings.write("fsync = off\nfull_page_writes = off\nsynchronous_commit = off\n");
    return {};
}

// The words of a command that drops root and dies with this process.
QStringList PostgresServer::unprivileged(const QString &program, const QStringList &arguments) const
{
    QStringList words { QStringLiteral("--pdeathsig=INT") };
    if (geteuid() == 0) {
        words += { QStringLiteral("--reuid=postgres"), QStringLiteral("--regid=postgres"),
                   QStringLiteral("--init-groups"), QStringLiteral("--reset-env") };
    }
    return words + QStringList { QStringLiteral("--"), m_programs + QLatin1Char('/') + program } + arguments;
}

Result<> PostgresServer::run(const QString &program, const QStringList &arguments) const
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("setpriv"), unprivileged(program, arguments));
    if (!process.waitForFinished(60'000) || process.exitCode() != 0)
        return failed(program + QStringLiteral(" failed"), QString::fromUtf8(process.readAll()));
    return {};
}

Result<> PostgresServer::resume()
{
    m_process.setWorkingDirectory(m_folder.path());
    const Deadline deadline = Deadline::after(std::chrono::seconds { 30 });
    while (true) {
        m_process.start(QStringLiteral("setpriv"),
                        unprivileged(QStringLiteral("postgres"),
                                     { QStringLiteral("-D"), m_folder.filePath(QStringLiteral("data")) }));
        Result<> ready = waitUntilReady(deadline);
        // It refuses to start while children of one that was killed still hold their memory.
        if (ready || deadline.expired())
            return ready;
        m_process.waitForFinished(0);
        QThread::msleep(100);
    }
}

Result<> PostgresServer::waitUntilReady(const Deadline &deadline)
{
    while (true) {
        const Result<> answer = execute("SELECT 1");
        if (answer || deadline.expired() || m_process.waitForFinished(0))
            return answer;
        QThread::msleep(20);
    }
}

void PostgresServer::kill()
{
    // The children of a killed postmaster notice and leave; nothing is written on the way.
    m_process.kill();
    m_process.waitForFinished(10'000);
}

QString PostgresServer::urlOf(const QString &database) const
{
    QUrl url;
    url.setScheme(QStringLiteral("postgresql"));
    url.setUserName(QStringLiteral("graminsta"));
    url.setPassword(QString::fromUtf8(kPassword), QUrl::DecodedMode);
    url.setHost(QStringLiteral("127.0.0.1"));
    url.setPort(m_port);
    url.setPath(QLatin1Char('/') + database);
    return url.toString(QUrl::FullyEncoded);
}

Result<QString> PostgresServer::createDatabase()
{
    const QString name = QStringLiteral("test%1").arg(++m_databases);
    GI_TRY(execute("CREATE DATABASE " + name.toUtf8()));
    return urlOf(name);
}

Result<> PostgresServer::execute(const QByteArray &sql, const QString &url)
{
    const QByteArray database = url.isEmpty() ? QByteArray("postgres") : QUrl(url).path().sliced(1).toUtf8();
    const QByteArray port = QByteArray::number(m_port);
    const char *const keys[] = { "host", "port", "dbname", "user", "password", "connect_timeout", nullptr };
    const char *const values[] = { "127.0.0.1", port.constData(), database.constData(), "graminsta", kPassword,
                                   "5",         nullptr };
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdbParams(keys, values, 0), PQfinish);
    if (PQstatus(connection.get()) != CONNECTION_OK) {
        return failed(QStringLiteral("PostgreSQL does not answer"),
                      QString::fromUtf8(PQerrorMessage(connection.get())));
    }
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection.get(), sql.constData()), PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        return failed(QStringLiteral("PostgreSQL refused"), QString::fromUtf8(PQresultErrorMessage(result.get())));
    }
    return {};
}

Result<> PostgresServer::terminateConnections(const QString &url)
{
    return execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '"
                   + QUrl(url).path().mid(1).toUtf8() + "' AND pid <> pg_backend_pid()");
}

} // namespace graminsta::rig
