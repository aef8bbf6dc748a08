// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqliteconnection.h"

#include <QFile>
#include <QSqlDriver>
#include <QSqlError>
#include <QVariant>

#include <sqlite3.h>

#include <atomic>
#include <thread>

namespace graminsta::sql
{

namespace
{

// How many steps of the virtual machine pass between two looks at the clock: about 50 microseconds.
constexpr int kStepsPerLook = 2000;

int interruptIfExpired(void *deadline)
{
    const Deadline *const *current = static_cast<const Deadline *const *>(deadline);
    return *current != nullptr && (*current)->expired() ? 1 : 0;
}

// Another process (a backup, sqlite3 at a terminal) holds the lock: wait a little, until the deadline.
int waitWhileBusy(void *deadline, int)
{
    if (interruptIfExpired(deadline) != 0)
        return 0;
    std::this_thread::sleep_for(std::chrono::milliseconds { 2 });
    return 1;
}

class SqliteRow final : public Row
{
public:
    explicit SqliteRow(sqlite3_stmt *statement)
        : m_statement(statement)
    {
    }
    bool isNull(int column) const override { return sqlite3_column_type(m_statement, column) == SQLITE_NULL; }
    qint64 integer(int column) const override { return sqlite3_column_int64(m_statement, column); }
    double real(int column) const override { return sqlite3_column_double(m_statement, column); }
    QByteArrayView utf8(int column) const override
    {
        // The text first: the call may convert, and changes the count of bytes.
        const unsigned char *text = sqlite3_column_text(m_statement, column);
        return QByteArrayView(text, sqlite3_column_bytes(m_statement, column));
    }
    QByteArray blob(int column) const override
    {
        const void *bytes = sqlite3_column_blob(m_statement, column);
        return QByteArray(static_cast<const char *>(bytes), sqlite3_column_bytes(m_statement, column));
    }

private:
    sqlite3_stmt *m_statement;
};

// Leaves a statement ready for its next use: an unfinished one would hold its snapshot, and the WAL would grow.
class ResetAtEnd
{
public:
    explicit ResetAtEnd(sqlite3_stmt *statement)
        : m_statement(statement)
    {
    }
    ~ResetAtEnd()
    {
        sqlite3_reset(m_statement);
        sqlite3_clear_bindings(m_statement);
    }
    Q_DISABLE_COPY_MOVE(ResetAtEnd)

private:
    sqlite3_stmt *m_statement;
};

// Binds one parameter. Texts stay where they are: the bindings outlive the run (null destructor, SQLITE_STATIC).
class BindParameter
{
public:
    BindParameter(sqlite3_stmt *statement, int index, QList<QByteArray> &keptAlive)
        : m_statement(statement)
        , m_index(index)
        , m_keptAlive(keptAlive)
    {
    }
    int operator()(Null) const { return sqlite3_bind_null(m_statement, m_index); }
    int operator()(qint64 number) const { return sqlite3_bind_int64(m_statement, m_index, number); }
    int operator()(double number) const { return sqlite3_bind_double(m_statement, m_index, number); }
    int operator()(const Text &text) const { return bindText(text.utf8); }
    int operator()(const Blob &blob) const
    {
        // A null pointer would bind NULL; data() of an empty QByteArray is not null.
        return sqlite3_bind_blob64(m_statement, m_index, blob.bytes.constData(), sqlite3_uint64(blob.bytes.size()),
                                   nullptr);
    }
    template<typename List> int operator()(const List &list) const
    {
        m_keptAlive.append(listParameter(Dialect::Sqlite, list));
        return bindText(m_keptAlive.last());
    }

private:
    int bindText(const QByteArray &utf8) const
    {
        return sqlite3_bind_text64(m_statement, m_index, utf8.constData(), sqlite3_uint64(utf8.size()), nullptr,
                                   SQLITE_UTF8);
    }

    sqlite3_stmt *m_statement;
    int m_index;
    QList<QByteArray> &m_keptAlive;
};

// Before SQLite is used at all. Its count of the memory it has costs a lock for every allocation, across all
// connections, and nobody asks for it.
bool countNoMemory()
{
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK;
}

Result<> makePrivateFile(const QString &file)
{
    // SQLite gives its WAL and shared-memory files the permissions of the database.
    QFile database(file);
    if (database.exists())
        return {};
    if (!database.open(QIODevice::NewOnly | QIODevice::WriteOnly, QFile::ReadOwner | QFile::WriteOwner))
        return unavailableError(QStringLiteral("%1: %2").arg(file, database.errorString()));
    return {};
}

} // namespace

Result<std::unique_ptr<Connection>> SqliteConnection::open(const QString &file, Mode mode, const Deadline &deadline)
{
    static std::atomic<int> opened = 0;
    [[maybe_unused]] static const bool isCountless = countNoMemory();
    if (mode == Mode::Write)
        GI_TRY(makePrivateFile(file));

    QSqlDatabase database =
        QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("graminsta-sqlite-%1").arg(++opened));
    database.setDatabaseName(file);
    if (!database.open()) {
        const QString name = database.connectionName();
        const QString detail = QStringLiteral("%1: %2").arg(file, database.lastError().text());
        database = QSqlDatabase();
        QSqlDatabase::removeDatabase(name);
        return unavailableError(detail);
    }
    const QVariant handle = database.driver()->handle();
    std::unique_ptr<SqliteConnection> connection(
        new SqliteConnection(database, *static_cast<sqlite3 *const *>(handle.constData())));

    // FULL: in WAL mode NORMAL may lose the last commits when the power fails. The writer's group commit pays for it.
    QByteArray settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                          "PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = MEMORY;"
                          "PRAGMA cache_size = -8192;";
    if (mode == Mode::Read)
        settings += "PRAGMA query_only = ON;";
    GI_TRY(connection->runScript(settings, deadline));
    return std::unique_ptr<Connection>(std::move(connection));
}

SqliteConnection::SqliteConnection(QSqlDatabase database, sqlite3 *handle)
    : m_database(std::move(database))
    , m_handle(handle)
{
    sqlite3_extended_result_codes(m_handle, 1);
    sqlite3_progress_handler(m_handle, kStepsPerLook, interruptIfExpired, &m_deadline);
    sqlite3_busy_handler(m_handle, waitWhileBusy, &m_deadline);
}

SqliteConnection::~SqliteConnection()
{
    // Closing the last connection checkpoints the WAL; there is no deadline to look at any more.
    m_deadline = nullptr;
    for (sqlite3_stmt *statement : std::as_const(m_statements))
        sqlite3_finalize(statement);
    const QString name = m_database.connectionName();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

bool SqliteConnection::isInTransaction() const
{
    return sqlite3_get_autocommit(m_handle) == 0;
}

Result<qint64> SqliteConnection::doRun(const QByteArray &sql, const Bindings &bindings, const Deadline &deadline,
                                       const RowVisitor &visitor)
{
    m_deadline = &deadline;
    sqlite3_stmt *statement = GI_TRY(prepared(sql));
    const ResetAtEnd reset(statement);

    QList<QByteArray> keptAlive;
    int index = 0;
    for (const Binding &binding : bindings) {
        if (std::visit(BindParameter(statement, ++index, keptAlive), binding) != SQLITE_OK)
            return lastError();
    }

    const SqliteRow row(statement);
    qint64 rows = 0;
    int code = sqlite3_step(statement);
    for (; code == SQLITE_ROW; code = sqlite3_step(statement)) {
        ++rows;
        if (visitor)
            visitor(row);
    }
    if (code != SQLITE_DONE)
        return lastError();
    return sqlite3_stmt_readonly(statement) != 0 ? rows : qint64 { sqlite3_changes(m_handle) };
}

Result<> SqliteConnection::doRunScript(const QByteArray &sql, const Deadline &deadline)
{
    m_deadline = &deadline;
    if (sqlite3_exec(m_handle, sql.constData(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return lastError();
    return {};
}

Result<sqlite3_stmt *> SqliteConnection::prepared(const QByteArray &sql)
{
    const auto known = m_statements.constFind(sql);
    if (known != m_statements.constEnd())
        return *known;
    const QByteArray text = translate(Dialect::Sqlite, sql);
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v3(m_handle, text.constData(), int(text.size()), SQLITE_PREPARE_PERSISTENT, &statement, nullptr)
        != SQLITE_OK) {
        return lastError();
    }
    m_statements.insert(sql, statement);
    return statement;
}

Error SqliteConnection::lastError()
{
    return failed(sqliteError(sqlite3_extended_errcode(m_handle), sqlite3_errmsg(m_handle)));
}

} // namespace graminsta::sql
