// SPDX-License-Identifier: GPL-3.0-or-later
// An empty, migrated database for one test, on the database that the test's data row names: "sqlite" or "postgres". One
// PostgreSQL serves the whole program. For one thread.
#pragma once

#include <graminsta/core/idgenerator.h>
#include <graminsta/sql/sqldatabase.h>
#include <rig/postgresserver.h>

#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace graminsta::test
{

inline const Deadline kSoon = Deadline::after(std::chrono::hours { 1 });

// The databases as data rows: call it from a test's _data().
void addDatabaseRows();

// Keeps what is published. Thread-safe.
class Recorder final : public ports::EventPublisher
{
public:
    void publish(const QList<ports::Event> &events) override
    {
        const std::lock_guard lock(m_mutex);
        m_events += events;
    }
    [[nodiscard]] QList<ports::Event> take()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_events, {});
    }

private:
    std::mutex m_mutex;
    QList<ports::Event> m_events; // protected by m_mutex
};

class TestDatabase
{
public:
    // Skips the test (or fails it where CI is set in the environment) if there is no such database here: then open() is
    // false, and the test must return.
    TestDatabase();

    [[nodiscard]] bool open() const { return m_database != nullptr; }
    sql::SqlDatabase *operator->() const { return m_database.get(); }
    sql::SqlDatabase &operator*() const { return *m_database; }

    [[nodiscard]] const QString &url() const { return m_options.url; }
    [[nodiscard]] bool isPostgres() const { return m_isPostgres; }
    // Another door to the same database, as another server process would have.
    [[nodiscard]] std::unique_ptr<sql::SqlDatabase> openAgain() const;
    [[nodiscard]] static rig::PostgresServer *postgres();

    template<typename AnyId> [[nodiscard]] AnyId newId() { return m_ids.next<AnyId>(); }

    // What has been published since the last call.
    [[nodiscard]] QList<ports::Event> takeEvents() { return m_recorder.take(); }
    // Writes in one unit; fails the test if it does not succeed.
    void write(const ports::UnitOfWork::Work &work);
    // A statement past all rules: what only damage, or an older version, leaves.
    void sql(const QByteArray &statement);
    // An account with a user, stored.
    entities::Account addAccount(const QString &username);
    void follow(AccountId follower, AccountId followed, ports::FollowState state = ports::FollowState::Accepted,
                bool showReblogs = true);
    // A public post, not stored.
    [[nodiscard]] entities::Status draft(AccountId author, const QString &text = QStringLiteral("text"));
    // Stored with counters, as reblogging does. The reblog, which is not there if there was one.
    entities::Status reblog(AccountId account, StatusId original);
    // Stored with counters and last status, as posting does.
    entities::Status post(const entities::Status &status);

private:
    bool m_isPostgres = false;
    QTemporaryDir m_folder;
    sql::SqlOptions m_options;
    Recorder m_recorder;
    SystemClock m_clock;
    IdGenerator m_ids { m_clock, 1 };
    std::unique_ptr<sql::SqlDatabase> m_database;
};

// The value of a Result, or the end of the test program: a test goes on with right data only.
template<typename T> T must(Result<T> result)
{
    if (!result)
        qFatal("%s", qPrintable(describe(result.error())));
    if constexpr (!std::is_void_v<T>)
        return std::move(result).value();
}

} // namespace graminsta::test
