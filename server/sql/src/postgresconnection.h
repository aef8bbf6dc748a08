// SPDX-License-Identifier: GPL-3.0-or-later
// A connection to PostgreSQL. Every wait is on the socket with the deadline, so that a server that hangs cannot hold a
// thread; what runs too long is cancelled.
#pragma once

#include "connection.h"

#include <QHash>
#include <QSqlDatabase>
#include <QUrl>

#include <memory>

struct pg_conn;
struct pg_result;

namespace graminsta::sql
{

class PostgresConnection final : public Connection
{
public:
    // Whether statements are prepared by name on the server: twice as fast, but not behind a pooler that gives each
    // transaction another backend.
    enum class Statements { Named, Unnamed };

    // `url` as of SqlOptions. Fault::Unavailable if the server does not answer or refuses.
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const QUrl &url, Statements statements,
                                                                  const Deadline &deadline);
    ~PostgresConnection() override;

    [[nodiscard]] Dialect dialect() const override { return Dialect::Postgres; }
    [[nodiscard]] bool isInTransaction() const override;

private:
    struct ClearResult {
        void operator()(pg_result *result) const;
    };
    using Answer = std::unique_ptr<pg_result, ClearResult>;
    struct Prepared {
        QByteArray name;
        QByteArray text;
    };

    PostgresConnection(QSqlDatabase database, pg_conn *handle, Statements statements);

    [[nodiscard]] Result<qint64> doRun(const QByteArray &sql, const Bindings &bindings, const Deadline &deadline,
                                       const RowVisitor &visitor) override;
    [[nodiscard]] Result<> doRunScript(const QByteArray &sql, const Deadline &deadline) override;

    [[nodiscard]] Result<Prepared> prepared(const QByteArray &sql, const Deadline &deadline);
    // Waits for the answer to what was sent; `sent` is libpq's word on the sending.
    [[nodiscard]] Result<Answer> answer(int sent, const Deadline &deadline);
    [[nodiscard]] bool waitUntilReadable(const Deadline &deadline);
    void cancel();
    [[nodiscard]] Error lostError();

    QSqlDatabase m_database;
    pg_conn *const m_handle; // owned by m_database
    const Statements m_mode;
    QHash<QByteArray, Prepared> m_prepared; // by text before translation
};

} // namespace graminsta::sql
