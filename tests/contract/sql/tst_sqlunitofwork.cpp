// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of UnitOfWork on both databases: all or nothing, in parallel, with deadlines, and through a lost
// backend.
#include "testdatabase.h"

#include <graminsta/ports/search.h>

#include <QRandomGenerator>
#include <QSemaphore>

#include <atomic>

using namespace graminsta;
using namespace graminsta::test;
using entities::Account;
using entities::Status;

class tst_SqlUnitOfWork : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsNothingOfAUnitThatFails_data() { addDatabaseRows(); }
    void keepsNothingOfAUnitThatFails();
    void keepsNothingWhenAFailedStatementIsIgnored_data() { addDatabaseRows(); }
    void keepsNothingWhenAFailedStatementIsIgnored();
    void keepsTheGoodUnitsBesideAFailingOne_data() { addDatabaseRows(); }
    void keepsTheGoodUnitsBesideAFailingOne();
    void keepsCountersEqualToFactsInParallel_data() { addDatabaseRows(); }
    void keepsCountersEqualToFactsInParallel();
    void refreshesLastStatusRightInParallel_data() { addDatabaseRows(); }
    void refreshesLastStatusRightInParallel();
    void withdrawsAUnitWhoseTurnDoesNotCome_data() { addDatabaseRows(); }
    void withdrawsAUnitWhoseTurnDoesNotCome();
    void refusesWhenTooManyWaitForTheWriter();
    void refusesAUnitInsideAUnit();
    void endsALongReadAtItsDeadline_data() { addDatabaseRows(); }
    void endsALongReadAtItsDeadline();
    void healsAfterLosingItsConnections();
    void triesAgainWhatLostItsConnectionBeforeCommit();
    void triesAgainAfterADeadlock();
};

namespace
{

Result<> failOnPurpose()
{
    return makeError(Fault::Forbidden, QStringLiteral("on purpose"));
}

entities::User userOf(AccountId id)
{
    entities::User user;
    user.accountId = id;
    return user;
}

void runInParallel(int threadCount, const std::function<void(int)> &work)
{
    std::vector<std::thread> threads;
    for (int thread = 0; thread < threadCount; ++thread)
        threads.emplace_back(work, thread);
    for (std::thread &thread : threads)
        thread.join();
}

} // namespace

void tst_SqlUnitOfWork::keepsNothingOfAUnitThatFails()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    const Status status = database.draft(author);
    const Result<> result = database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.statuses.insert(status));
        GI_TRY(writers.accounts.changeCounters(author, { 0, 0, 1 }));
        GI_TRY(writers.statuses.byId(status.id, kSoon)); // it sees what it has written
        return failOnPurpose();
    });
    QCOMPARE(result.error().fault, Fault::Forbidden);
    QCOMPARE(database->statuses().byId(status.id, kSoon).error().fault, Fault::NotFound);
    QCOMPARE(must(database->accounts().byId(author, kSoon)).statusesCount, 0);
}

void tst_SqlUnitOfWork::keepsNothingWhenAFailedStatementIsIgnored()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    const Status status = database.post(database.draft(author));
    const Status other = database.draft(author);
    const Result<> result = database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.statuses.insert(other));
        static_cast<void>(writers.statuses.insert(status)); // its id is taken
        return {};
    });
    QCOMPARE(result.error().fault, Fault::Conflict);
    QCOMPARE(database->statuses().byId(other.id, kSoon).error().fault, Fault::NotFound);
}

void tst_SqlUnitOfWork::keepsTheGoodUnitsBesideAFailingOne()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    std::atomic<int> refused = 0;
    runInParallel(20, [&](int thread) {
        for (int round = 0; round < 10; ++round) {
            const Status status = database.draft(author, QString::number(thread));
            const Result<> result = database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
                GI_TRY(writers.statuses.insert(status));
                GI_TRY(writers.search.index(status.id));
                GI_TRY(writers.accounts.changeCounters(author, { 0, 0, 1 }));
                GI_TRY(writers.accounts.refreshLastStatus(author));
                return thread % 4 == 0 ? failOnPurpose() : Result<>();
            });
            refused += result ? 0 : 1;
        }
    });
    QCOMPARE(refused.load(), 50);
    QCOMPARE(must(database->accounts().byId(author, kSoon)).statusesCount, 150);
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
}

void tst_SqlUnitOfWork::keepsCountersEqualToFactsInParallel()
{
    TestDatabase database;
    if (!database.open())
        return;
    QList<AccountId> accounts;
    for (int index = 0; index < 6; ++index)
        accounts.append(database.addAccount(QStringLiteral("account%1").arg(index)).id);
    QList<StatusId> statuses;
    for (int index = 0; index < 3; ++index)
        statuses.append(database.post(database.draft(accounts.at(index))).id);

    runInParallel(20, [&](int thread) {
        QRandomGenerator random { quint32(thread) };
        for (int round = 0; round < 15; ++round) {
            const AccountId account = accounts.at(random.bounded(int(accounts.size())));
            const AccountId other = accounts.at((accounts.indexOf(account) + 1 + random.bounded(5)) % 6);
            const StatusId status = statuses.at(random.bounded(int(statuses.size())));
            const bool doing = random.bounded(2) == 0;
            must(database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
                if (doing) {
                    GI_TRY(writers.statuses.addFavourite(database.newId<FavouriteId>(), account, status, {}));
                } else {
                    GI_TRY(writers.statuses.removeFavourite(account, status));
                }
                return {};
            }));
            must(database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
                int change = 0;
                if (doing) {
                    const ports::FollowRow row { database.newId<FollowId>(), account, other, {}, true, false, {} };
                    change = GI_TRY(writers.follows.insert(row)) ? 1 : 0;
                } else {
                    change = GI_TRY(writers.follows.remove(account, other)) ? -1 : 0;
                }
                GI_TRY(writers.accounts.changeCounters(account, { 0, change, 0 }));
                return writers.accounts.changeCounters(other, { change, 0, 0 });
            }));
        }
    });
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
}

void tst_SqlUnitOfWork::refreshesLastStatusRightInParallel()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    runInParallel(16, [&](int) {
        for (int round = 0; round < 10; ++round)
            database.post(database.draft(author));
    });
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
}

void tst_SqlUnitOfWork::withdrawsAUnitWhoseTurnDoesNotCome()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    const Account held = database.addAccount(QStringLiteral("held"));
    QSemaphore isHeld;
    QSemaphore mayEnd;
    std::thread holder([&] {
        database.write([&](ports::WriteSet &writers) -> Result<> {
            GI_TRY(writers.accounts.updateProfile(held)); // PostgreSQL: the row is locked
            isHeld.release();
            mayEnd.acquire();
            return {};
        });
    });
    isHeld.acquire();
    bool ran = false;
    const Status status = database.draft(author);
    const Deadline deadline = Deadline::after(std::chrono::milliseconds { 100 });
    const Result<> result = database->unitOfWork().write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        ran = true;
        GI_TRY(writers.statuses.insert(status));
        return writers.accounts.updateProfile(held);
    });
    mayEnd.release();
    holder.join();
    QCOMPARE(result.error().fault, Fault::Timeout);
    QCOMPARE(ran, database.isPostgres()); // there it waited for the row, on SQLite for the writer
    QCOMPARE(database->statuses().byId(status.id, kSoon).error().fault, Fault::NotFound);
    must(
        database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) { return writers.statuses.insert(status); }));
}

void tst_SqlUnitOfWork::refusesWhenTooManyWaitForTheWriter()
{
    QTemporaryDir folder;
    sql::SqlOptions options;
    options.url = sql::sqliteUrl(folder.filePath(QStringLiteral("a.db")));
    options.queueBound = 1;
    const std::unique_ptr<sql::SqlDatabase> database = must(sql::SqlDatabase::open(options, kSoon));
    must(database->migrate(kSoon));
    QSemaphore isHeld;
    QSemaphore mayEnd;
    const auto nothing = [](ports::WriteSet &) { return Result<>(); };
    std::thread holder([&] {
        must(database->unitOfWork().write(kSoon, [&](ports::WriteSet &) -> Result<> {
            isHeld.release();
            mayEnd.acquire();
            return {};
        }));
    });
    isHeld.acquire();
    std::thread waiter([&] {
        // Refused while the other one below has the only place.
        while (!database->unitOfWork().write(kSoon, nothing)) { }
    });
    Result<> refused;
    do {
        refused = database->unitOfWork().write(Deadline::after(std::chrono::milliseconds { 20 }), nothing);
    } while (refused.error().fault == Fault::Timeout);
    mayEnd.release();
    holder.join();
    waiter.join();
    QCOMPARE(refused.error().fault, Fault::Unavailable);
}

void tst_SqlUnitOfWork::refusesAUnitInsideAUnit()
{
    QTemporaryDir folder;
    sql::SqlOptions options;
    options.url = sql::sqliteUrl(folder.filePath(QStringLiteral("a.db")));
    const std::unique_ptr<sql::SqlDatabase> database = must(sql::SqlDatabase::open(options, kSoon));
    const Result<> result = database->unitOfWork().write(kSoon, [&](ports::WriteSet &) {
        return database->unitOfWork().write(kSoon, [](ports::WriteSet &) { return Result<>(); });
    });
    QCOMPARE(result.error().fault, Fault::Internal);
}

void tst_SqlUnitOfWork::endsALongReadAtItsDeadline()
{
    TestDatabase database;
    if (!database.open())
        return;
    // Enough for the check to take longer than it may.
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    database.write([&](ports::WriteSet &writers) -> Result<> {
        for (int index = 0; index < 3000; ++index)
            GI_TRY(writers.statuses.insert(database.draft(author)));
        return {};
    });
    const auto started = std::chrono::steady_clock::now();
    const Result<QStringList> result = database->integrityCheck(Deadline::after(std::chrono::milliseconds { 1 }));
    QVERIFY(std::chrono::steady_clock::now() - started < std::chrono::seconds { 2 });
    QVERIFY(!result);
    QCOMPARE(result.error().fault, Fault::Timeout);
    // The connection is as good as before.
    QCOMPARE(must(database->accounts().byId(author, kSoon)).username, QStringLiteral("author"));
}

void tst_SqlUnitOfWork::healsAfterLosingItsConnections()
{
    if (TestDatabase::postgres() == nullptr) {
        if (qEnvironmentVariableIsSet("CI"))
            QFAIL("There is no PostgreSQL here, and CI must have one");
        QSKIP("There is no PostgreSQL here");
    }
    sql::SqlOptions options;
    options.url = must(TestDatabase::postgres()->createDatabase());
    const std::unique_ptr<sql::SqlDatabase> database = must(sql::SqlDatabase::open(options, kSoon));
    must(database->migrate(kSoon));
    for (int round = 0; round < 5; ++round) {
        // Each pool has an idle connection that is dead now.
        must(TestDatabase::postgres()->terminateConnections(options.url));
        must(database->instance().ping(kSoon));
        must(TestDatabase::postgres()->terminateConnections(options.url));
        QCOMPARE(must(database->instance().leaseNode(QStringLiteral("me"), {}, fromUnixMs(1), kSoon)), 0);
    }
    TestDatabase::postgres()->kill();
    const Result<> dead = database->instance().ping(Deadline::after(std::chrono::seconds { 5 }));
    QCOMPARE(dead.error().fault, Fault::Unavailable);
    QVERIFY(!describe(dead.error()).contains(QStringLiteral("secret")));
    must(TestDatabase::postgres()->resume());
    must(database->instance().ping(kSoon));
}

void tst_SqlUnitOfWork::triesAgainWhatLostItsConnectionBeforeCommit()
{
    if (TestDatabase::postgres() == nullptr)
        QSKIP("There is no PostgreSQL here");
    sql::SqlOptions options;
    options.url = must(TestDatabase::postgres()->createDatabase());
    const std::unique_ptr<sql::SqlDatabase> database = must(sql::SqlDatabase::open(options, kSoon));
    must(database->migrate(kSoon));
    int runs = 0;
    must(database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
        entities::Account account;
        account.id = AccountId { 5 };
        account.username = QStringLiteral("once");
        GI_TRY(writers.accounts.insert(account, userOf(account.id)));
        if (++runs == 1)
            must(TestDatabase::postgres()->terminateConnections(options.url));
        return writers.accounts.updateProfile(account);
    }));
    QCOMPARE(runs, 2);
    QVERIFY(must(database->accounts().byUsername(QStringLiteral("once"), kSoon)).id == AccountId { 5 });
}

void tst_SqlUnitOfWork::triesAgainAfterADeadlock()
{
    if (TestDatabase::postgres() == nullptr)
        QSKIP("There is no PostgreSQL here");
    sql::SqlOptions options;
    options.url = must(TestDatabase::postgres()->createDatabase());
    const std::unique_ptr<sql::SqlDatabase> database = must(sql::SqlDatabase::open(options, kSoon));
    must(database->migrate(kSoon));
    QList<Account> accounts;
    for (int index = 1; index <= 2; ++index) {
        Account account;
        account.id = AccountId { index };
        account.username = QString::number(index);
        accounts.append(account);
        must(database->unitOfWork().write(
            kSoon, [&](ports::WriteSet &writers) { return writers.accounts.insert(account, userOf(account.id)); }));
    }
    std::atomic<int> runs = 0;
    QSemaphore met;
    runInParallel(2, [&](int thread) {
        bool isFirst = true;
        must(database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
            ++runs;
            GI_TRY(writers.accounts.updateProfile(accounts.at(thread)));
            if (std::exchange(isFirst, false)) {
                met.release();
                while (met.available() < 2)
                    std::this_thread::yield();
            }
            return writers.accounts.updateProfile(accounts.at(1 - thread));
        }));
    });
    QVERIFY(runs >= 3);
}

QTEST_GUILESS_MAIN(tst_SqlUnitOfWork)
#include "tst_sqlunitofwork.moc"
