// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of InstanceStore on both databases; and opening, migrating, checking and seeding a database.
#include "testdatabase.h"

#include <graminsta/sql/seed.h>

#include <QSet>

using namespace graminsta;
using namespace graminsta::test;

class tst_SqlInstance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leasesEachNodeToOneHolder_data() { addDatabaseRows(); }
    void leasesEachNodeToOneHolder();
    void givesParallelHoldersDifferentNodes_data() { addDatabaseRows(); }
    void givesParallelHoldersDifferentNodes();
    void countsUsersAndActivity_data() { addDatabaseRows(); }
    void countsUsersAndActivity();
    void migratesOnceWhenManyStartTogether_data() { addDatabaseRows(); }
    void migratesOnceWhenManyStartTogether();
    void seedsAWholeWorld_data() { addDatabaseRows(); }
    void seedsAWholeWorld();
    void refusesUrlsThatAreNotOurs();
    void hidesThePassword();
};

void tst_SqlInstance::leasesEachNodeToOneHolder()
{
    TestDatabase database;
    if (!database.open())
        return;
    ports::InstanceStore &instance = database->instance();
    const auto lease = [&](const char *holder, qint64 now, qint64 until) {
        return instance.leaseNode(QString::fromLatin1(holder), fromUnixMs(now), fromUnixMs(until), kSoon);
    };
    QCOMPARE(must(lease("one", 0, 100)), 0);
    QCOMPARE(must(lease("two", 0, 100)), 1);
    must(instance.renewNode(1, QStringLiteral("two"), fromUnixMs(300), kSoon));
    QCOMPARE(must(lease("three", 200, 300)), 0); // its lease has ended
    QCOMPARE(instance.renewNode(0, QStringLiteral("one"), fromUnixMs(300), kSoon).error().fault, Fault::Conflict);
    must(instance.releaseNode(1, QStringLiteral("one"), kSoon)); // not its own: nothing happens
    QCOMPARE(must(lease("four", 200, 300)), 2);
    must(instance.releaseNode(1, QStringLiteral("two"), kSoon));
    QCOMPARE(must(lease("five", 200, 300)), 1);
    for (int node = 3; node <= kMaxIdNode; ++node)
        QCOMPARE(must(lease(QByteArray::number(node).constData(), 200, 300)), node);
    QCOMPARE(lease("late", 200, 300).error().fault, Fault::Unavailable);
}

void tst_SqlInstance::givesParallelHoldersDifferentNodes()
{
    TestDatabase database;
    if (!database.open())
        return;
    std::vector<int> nodes(20);
    std::vector<std::thread> threads;
    for (size_t index = 0; index < nodes.size(); ++index) {
        threads.emplace_back([&, index] {
            nodes[index] =
                must(database->instance().leaseNode(QString::number(index), fromUnixMs(0), fromUnixMs(100), kSoon));
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(QSet<int>(nodes.begin(), nodes.end()).size(), 20);
}

void tst_SqlInstance::countsUsersAndActivity()
{
    TestDatabase database;
    if (!database.open())
        return;
    const Timestamp now = SystemClock().now();
    using std::chrono::days;
    const auto postAt = [&](const char *name, days ago) {
        entities::Status status = database.draft(database.addAccount(QString::fromLatin1(name)).id);
        status.id = StatusId { firstIdAt(now - ago) + 1 + status.accountId.number() % 100 };
        database.post(status);
    };
    QCOMPARE(must(database->instance().usage(now, kSoon)).statuses, 0);
    postAt("today", days { 1 });
    postAt("spring", days { 90 });
    postAt("once", days { 400 });
    database.addAccount(QStringLiteral("never"));
    const ports::Usage usage = must(database->instance().usage(now, kSoon));
    QCOMPARE(usage.users, 4);
    QCOMPARE(usage.activeMonth, 1);
    QCOMPARE(usage.activeHalfyear, 2);
    QCOMPARE(usage.statuses, 3);
}

void tst_SqlInstance::migratesOnceWhenManyStartTogether()
{
    QFETCH(bool, isPostgres);
    QTemporaryDir folder;
    sql::SqlOptions options;
    options.url = sql::sqliteUrl(folder.filePath(QStringLiteral("new.db")));
    if (isPostgres) {
        if (TestDatabase::postgres() == nullptr)
            QSKIP("There is no PostgreSQL here");
        options.url = must(TestDatabase::postgres()->createDatabase());
    }
    QCOMPARE(must(must(sql::SqlDatabase::open(options, kSoon))->schemaVersion(kSoon)), 0);
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 6; ++thread) {
        threads.emplace_back([&] {
            const std::unique_ptr<sql::SqlDatabase> database = must(sql::SqlDatabase::open(options, kSoon));
            must(database->migrate(kSoon));
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    const std::unique_ptr<sql::SqlDatabase> database = must(sql::SqlDatabase::open(options, kSoon));
    QVERIFY(must(database->schemaVersion(kSoon)) >= 1);
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
}

void tst_SqlInstance::seedsAWholeWorld()
{
    TestDatabase database;
    if (!database.open())
        return;
    sql::SeedOptions options;
    options.accounts = 30;
    options.statuses = 500;
    options.followsPerAccount = 10;
    options.sparseShare = 0.2;
    qint64 done = 0;
    qint64 total = 0;
    must(sql::seed(*database, options, [&](qint64 now, qint64 all) {
        done = now;
        total = all;
    }));
    QCOMPARE(done, total);
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
    const entities::Account first = must(database->accounts().byUsername(QStringLiteral("user1"), kSoon));
    QCOMPARE(first.followingCount, 10);
    const auto page = must(database->statuses().home(first.id, {}, kSoon));
    QCOMPARE(page.rows.size(), 20);
    QCOMPARE(must(database->media().byStatuses(page.rows, kSoon)).size(), 20);
    QCOMPARE(must(database->instance().usage(SystemClock().now(), kSoon)).statuses, 500);
    QCOMPARE(sql::seed(*database, options).error().fault, Fault::Conflict);
}

void tst_SqlInstance::refusesUrlsThatAreNotOurs()
{
    for (const char *url : { "", "mysql://host/db", "sqlite:relative.db", "sqlite://host/file.db", "postgresql://host",
                             "/plain/path.db" }) {
        sql::SqlOptions options;
        options.url = QString::fromLatin1(url);
        QCOMPARE(sql::SqlDatabase::open(options, kSoon).error().fault, Fault::Invalid);
    }
    sql::SqlOptions options;
    options.url = QStringLiteral("sqlite:///no/such/folder/a.db");
    QCOMPARE(sql::SqlDatabase::open(options, kSoon).error().fault, Fault::Unavailable);
    options.url = QStringLiteral("postgresql://someone:hidden@127.0.0.1:1/db");
    const auto refused = sql::SqlDatabase::open(options, kSoon);
    QCOMPARE(refused.error().fault, Fault::Unavailable);
    QVERIFY(!describe(refused.error()).contains(QStringLiteral("hidden")));
}

void tst_SqlInstance::hidesThePassword()
{
    QCOMPARE(sql::redactedUrl(QStringLiteral("postgresql://me:secret@host:1/db?sslmode=require")),
             QStringLiteral("postgresql://me@host:1/db?sslmode=require"));
}

QTEST_GUILESS_MAIN(tst_SqlInstance)
#include "tst_sqlinstance.moc"
