// SPDX-License-Identifier: GPL-3.0-or-later
#include "postgresconnection.h"

#include "postgresvalues.h"

#include <QSqlDriver>
#include <QSqlError>
#include <QUrlQuery>
#include <QVariant>

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <atomic>

namespace graminsta::sql
{

namespace
{

// How long a cancelled statement may take to end before the connection is given up.
constexpr std::chrono::milliseconds kCancelGrace { 500 };

// What the URL asks of libpq besides the place and the name, in the form of Qt's driver.
QString connectOptions(const QUrl &url)
{
    QStringList options { QStringLiteral("application_name=graminsta"), QStringLiteral("connect_timeout=5"),
                          QStringLiteral("tcp_user_timeout=15000") };
    const auto items = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    for (const auto &[key, value] : items) {
        if (key != QLatin1String("host") && key != QLatin1String("statements"))
            options.append(key + QLatin1Char('=') + value);
    }
    return options.join(QLatin1Char(';'));
}

} // namespace

void PostgresConnection::ClearResult::operator()(pg_result *result) const
{
    PQclear(result);
}

Result<std::unique_ptr<Connection>> PostgresConnection::open(const QUrl &url, Statements statements,
                                                             const Deadline &deadline)
{
    static std::atomic<int> opened = 0;
    QSqlDatabase database =
        QSqlDatabase::addDatabase(QStringLiteral("QPSQL"), QStringLiteral("graminsta-postgres-%1").arg(++opened));
    // A folder is no host name in a URL: a socket's comes as a parameter, as in libpq's own URLs.
    const QString folder = QUrlQuery(url).queryItemValue(QStringLiteral("host"), QUrl::FullyDecoded);
    database.setHostName(folder.isEmpty() ? url.host(QUrl::FullyDecoded) : folder);
    database.setPort(url.port(5432));
    database.setUserName(url.userName(QUrl::FullyDecoded));
    database.setPassword(url.password(QUrl::FullyDecoded));
    database.setDatabaseName(url.path(QUrl::FullyDecoded).mid(1));
    database.setConnectOptions(connectOptions(url));
    if (!database.open()) {
        const QString name = database.connectionName();
        const QString detail = database.lastError().text().trimmed();
        database = QSqlDatabase();
        QSqlDatabase::removeDatabase(name);
        return unavailableError(detail);
    }
    const QVariant handle = database.driver()->handle();
    std::unique_ptr<PostgresConnection> connection(
        new PostgresConnection(database, *static_cast<pg_conn *const *>(handle.constData()), statements));
    // Notices ("relation already exists, skipping") would go to standard error.
    PQsetNoticeProcessor(
        connection->m_handle, [](void *, const char *) {}, nullptr);
    // Compiling a plan costs more than any of our queries takes, and so does planning anew for each value: what they
    // ask for is told by indexes, not by how often a value occurs. What is planned once must not depend on a guess
    // about a range, though: see hometimeline.cpp.
    GI_TRY(connection->runScript("SET jit = off; SET plan_cache_mode = force_generic_plan", deadline));
    return std::unique_ptr<Connection>(std::move(connection));
}

PostgresConnection::PostgresConnection(QSqlDatabase database, pg_conn *handle, Statements statements)
    : m_database(std::move(database))
    , m_handle(handle)
    , m_mode(statements)
{
}

PostgresConnection::~PostgresConnection()
{
    const QString name = m_database.connectionName();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

bool PostgresConnection::isInTransaction() const
{
    const PGTransactionStatusType status = PQtransactionStatus(m_handle);
    return status != PQTRANS_IDLE && status != PQTRANS_UNKNOWN;
}

Result<qint64> PostgresConnection::doRun(const QByteArray &sql, const Bindings &bindings, const Deadline &deadline,
                                         const RowVisitor &visitor)
{
    const Prepared statement = GI_TRY(prepared(sql, deadline));
    const PostgresParameters parameters(bindings);
    const int sent = m_mode == Statements::Named
        ? PQsendQueryPrepared(m_handle, statement.name.constData(), parameters.count(), parameters.values(),
                              parameters.lengths(), parameters.formats(), 0)
        : PQsendQueryParams(m_handle, statement.text.constData(), parameters.count(), nullptr, parameters.values(),
                            parameters.lengths(), parameters.formats(), 0);
    const Answer rows = GI_TRY(answer(sent, deadline));

    const int count = PQntuples(rows.get());
    if (visitor) {
        PostgresRow row(rows.get());
        for (int index = 0; index < count; ++index) {
            row.moveTo(index);
            visitor(row);
        }
    }
    if (PQnfields(rows.get()) > 0)
        return qint64 { count };
    return QByteArray(PQcmdTuples(rows.get())).toLongLong();
}

Result<> PostgresConnection::doRunScript(const QByteArray &sql, const Deadline &deadline)
{
    GI_TRY(answer(PQsendQuery(m_handle, sql.constData()), deadline));
    return {};
}

Result<PostgresConnection::Prepared> PostgresConnection::prepared(const QByteArray &sql, const Deadline &deadline)
{
    const auto known = m_prepared.constFind(sql);
    if (known != m_prepared.constEnd())
        return *known;
    const Prepared statement { "gi_" + QByteArray::number(m_prepared.size()), translate(Dialect::Postgres, sql) };
    if (m_mode == Statements::Named) {
        const int sent = PQsendPrepare(m_handle, statement.name.constData(), statement.text.constData(), 0, nullptr);
        GI_TRY(answer(sent, deadline));
    }
    m_prepared.insert(sql, statement);
    return statement;
}

Result<PostgresConnection::Answer> PostgresConnection::answer(int sent, const Deadline &deadline)
{
    if (sent == 0)
        return lostError();
    Answer last;
    bool timedOut = false;
    while (true) {
        if (!waitUntilReadable(timedOut ? Deadline::after(kCancelGrace) : deadline)) {
            if (PQstatus(m_handle) != CONNECTION_OK)
                return lostError();
            if (timedOut)
                return failed({ Failure::Lost, timeoutError() });
            timedOut = true;
            cancel();
            continue;
        }
        Answer next(PQgetResult(m_handle));
        if (!next)
            break;
        // The first failure of a script is the one that tells.
        if (!last || PQresultStatus(last.get()) != PGRES_FATAL_ERROR)
            last = std::move(next);
    }
    const ExecStatusType status = PQresultStatus(last.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        return last;
    const auto field = [&last](int code) { return QByteArray(PQresultErrorField(last.get(), code)); };
    return failed(postgresError(PQstatus(m_handle) == CONNECTION_OK ? field(PG_DIAG_SQLSTATE) : QByteArray(),
                                PQresultErrorMessage(last.get()), field(PG_DIAG_CONSTRAINT_NAME)));
}

// False when the deadline has passed or the connection is broken.
bool PostgresConnection::waitUntilReadable(const Deadline &deadline)
{
    while (PQisBusy(m_handle) != 0) {
        pollfd socket { PQsocket(m_handle), POLLIN, 0 };
        const auto wait = std::min<qint64>(deadline.remaining().count(), 60'000);
        if (poll(&socket, 1, static_cast<int>(wait)) == 0 && deadline.expired())
            return false;
        if (socket.revents != 0 && PQconsumeInput(m_handle) == 0)
            return false;
    }
    return true;
}

void PostgresConnection::cancel()
{
    const std::unique_ptr<PGcancel, decltype(&PQfreeCancel)> request(PQgetCancel(m_handle), PQfreeCancel);
    std::array<char, 256> reason {};
    // If it cannot be sent, the grace runs out and the connection is given up.
    if (request)
        PQcancel(request.get(), reason.data(), static_cast<int>(reason.size()));
}

Error PostgresConnection::lostError()
{
    return failed(postgresError({}, PQerrorMessage(m_handle), {}));
}

} // namespace graminsta::sql
