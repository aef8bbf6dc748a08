// SPDX-License-Identifier: GPL-3.0-or-later
#include "integrity.h"

#include "blobcheck.h"
#include "search.h"

namespace graminsta::sql
{

namespace
{

constexpr int kMaxLines = 20; // of each check

struct CounterCheck {
    const char *counter;
    QByteArray wrong; // gives: id, stored, counted
    QByteArray repair {}; // sets what is ?2 of ?1 to ?3; empty: no counter that can be set
};

const QByteArray kAtMost = " LIMIT ";
constexpr int kRepairedAtOnce = 1000;

// `counted` gives pairs (id, number of facts).
QByteArray wrongCounters(const QByteArray &table, const QByteArray &column, const QByteArray &counted)
{
    return "SELECT c.id, c." + column + ", coalesce(f.number, 0) FROM " + table + " c LEFT JOIN (" + counted
        + ") f ON f.id = c.id WHERE c." + column + " <> coalesce(f.number, 0) ORDER BY c.id";
}

QByteArray setCounter(const QByteArray &table, const QByteArray &column)
{
    return "UPDATE " + table + " SET " + column + " = ?3 WHERE id = ?1 AND " + column + " = ?2";
}

QList<CounterCheck> counterChecks()
{
    return {
        { "followers_count of account",
          wrongCounters("accounts", "followers_count",
                        "SELECT followed_id AS id, count(*) AS number FROM follows WHERE state = 0"
                        " GROUP BY followed_id"),
          setCounter("accounts", "followers_count") },
        { "following_count of account",
          wrongCounters("accounts", "following_count",
                        "SELECT follower_id AS id, count(*) AS number FROM follows WHERE state = 0"
                        " GROUP BY follower_id"),
          setCounter("accounts", "following_count") },
        { "statuses_count of account",
          wrongCounters("accounts", "statuses_count",
                        "SELECT account_id AS id, count(*) AS number FROM statuses GROUP BY account_id"),
          setCounter("accounts", "statuses_count") },
        { "favourites_count of status",
          wrongCounters("statuses", "favourites_count",
                        "SELECT status_id AS id, count(*) AS number FROM favourites GROUP BY status_id"),
          setCounter("statuses", "favourites_count") },
        { "reblogs_count of status",
          wrongCounters("statuses", "reblogs_count",
                        "SELECT reblog_of_id AS id, count(*) AS number FROM statuses"
                        " WHERE reblog_of_id IS NOT NULL GROUP BY reblog_of_id"),
          setCounter("statuses", "reblogs_count") },
        { "replies_count of status",
          wrongCounters("statuses", "replies_count",
                        "SELECT in_reply_to_id AS id, count(*) AS number FROM statuses"
                        " WHERE in_reply_to_id IS NOT NULL GROUP BY in_reply_to_id"),
          setCounter("statuses", "replies_count") },
        { "media_bytes of user",
          "SELECT u.account_id, u.media_bytes, coalesce(f.number, 0) FROM users u LEFT JOIN ("
          "SELECT account_id AS id, CAST(sum(original_bytes) AS bigint) AS number FROM media GROUP BY account_id"
          ") f ON f.id = u.account_id WHERE u.media_bytes <> coalesce(f.number, 0) ORDER BY u.account_id",
          "UPDATE users SET media_bytes = ?3 WHERE account_id = ?1 AND media_bytes = ?2" },
        { "last_status_id of account",
          "SELECT a.id, coalesce(a.last_status_id, 0), coalesce(f.newest, 0) FROM accounts a LEFT JOIN ("
          "SELECT home_account_id, max(id) AS newest FROM statuses WHERE home_account_id IS NOT NULL GROUP BY "
          "home_account_id"
          ") f ON f.home_account_id = a.id WHERE coalesce(a.last_status_id, 0) <> coalesce(f.newest, 0)"
          " ORDER BY a.id",
          "UPDATE accounts SET last_status_id = nullif(CAST(?3 AS bigint), 0)"
          " WHERE id = ?1 AND coalesce(last_status_id, 0) = ?2" },
        { "number of follows across a block of account",
          "SELECT x.id, count(*), 0 FROM ("
          "SELECT f.follower_id AS id FROM follows f"
          " JOIN blocks b ON b.account_id = f.follower_id AND b.target_id = f.followed_id"
          " UNION ALL SELECT g.follower_id FROM follows g"
          " JOIN blocks c ON c.account_id = g.followed_id AND c.target_id = g.follower_id"
          ") x GROUP BY x.id ORDER BY x.id" },
        { "number of pushes by somebody else's token of account",
          "SELECT p.account_id, count(*), 0 FROM push_subscriptions p JOIN access_tokens t ON t.id = p.token_id"
          " WHERE t.account_id IS NULL OR t.account_id <> p.account_id"
          " GROUP BY p.account_id ORDER BY p.account_id" },
    };
}

Result<> checkSqliteFile(Connection &connection, const Deadline &deadline, QStringList &damage)
{
    GI_TRY(connection.run("PRAGMA integrity_check(20)", Bindings(), deadline, [&damage](const Row &row) {
        if (row.utf8(0) != "ok")
            damage.append(QStringLiteral("file: ") + row.text(0));
    }));
    int lines = 0;
    GI_TRY(connection.run("PRAGMA foreign_key_check", Bindings(), deadline, [&](const Row &row) {
        if (++lines <= kMaxLines)
            damage.append(QStringLiteral("row %1 of %2 refers to a row of %3 that does not exist")
                              .arg(row.text(1), row.text(0), row.text(2)));
    }));
    return {};
}

} // namespace

Result<QStringList> findDamage(Connection &connection, const Deadline &deadline)
{
    QStringList damage;
    if (connection.dialect() == Dialect::Sqlite)
        GI_TRY(checkSqliteFile(connection, deadline, damage));
    const QList<CounterCheck> checks = counterChecks();
    for (const CounterCheck &check : checks) {
        GI_TRY(connection.run(check.wrong + kAtMost + QByteArray::number(kMaxLines), Bindings(), deadline,
                              [&](const Row &row) {
                                  damage.append(QStringLiteral("%1 %2 is %3, the facts say %4")
                                                    .arg(QLatin1String(check.counter))
                                                    .arg(row.integer(0))
                                                    .arg(row.integer(1))
                                                    .arg(row.integer(2)));
                              }));
    }
    GI_TRY(findMiscounted(connection, kMaxLines, deadline, damage));
    GI_TRY(findUnindexed(connection, kMaxLines, deadline, damage));
    return damage;
}

Result<QStringList> repairCounters(Connection &connection, const Deadline &deadline)
{
    struct Wrong {
        qint64 id;
        qint64 stored;
        qint64 counted;
    };
    QStringList repaired;
    const QList<CounterCheck> checks = counterChecks();
    for (const CounterCheck &check : checks) {
        bool again = !check.repair.isEmpty();
        while (again) {
            QList<Wrong> wrong;
            GI_TRY(connection.run(check.wrong + kAtMost + QByteArray::number(kRepairedAtOnce), Bindings(), deadline,
                                  [&wrong](const Row &row) {
                                      wrong.append({ row.integer(0), row.integer(1), row.integer(2) });
                                  }));
            again = wrong.size() == kRepairedAtOnce;
            for (const Wrong &one : wrong) {
                if (GI_TRY(connection.run(check.repair, Bindings(one.id, one.stored, one.counted), deadline)) > 0)
                    repaired.append(QStringLiteral("%1 %2 was %3, and is %4 now")
                                        .arg(QLatin1String(check.counter))
                                        .arg(one.id)
                                        .arg(one.stored)
                                        .arg(one.counted));
            }
        }
    }
    GI_TRY(repairCounts(connection, deadline, repaired));
    return repaired;
}

} // namespace graminsta::sql
