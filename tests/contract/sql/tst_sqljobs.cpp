// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of JobWriter and JobQueue on both databases.
#include "testdatabase.h"

#include <QSet>

#include <atomic>
#include <mutex>

using namespace graminsta;
using namespace graminsta::test;
using entities::Job;
using entities::JobId;

class tst_SqlJobs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isThereIfAndOnlyIfWhatAsksForItIs_data() { addDatabaseRows(); }
    void isThereIfAndOnlyIfWhatAsksForItIs();
    void keepsOneOfAKey_data() { addDatabaseRows(); }
    void keepsOneOfAKey();
    void isClaimedOnceByManyAtOnce_data() { addDatabaseRows(); }
    void isClaimedOnceByManyAtOnce();
    void comesBackWhenItsClaimEnds_data() { addDatabaseRows(); }
    void comesBackWhenItsClaimEnds();
    void leavesAJobToItsNewHolder_data() { addDatabaseRows(); }
    void leavesAJobToItsNewHolder();
    void staysWithWhoProlongsTheClaim_data() { addDatabaseRows(); }
    void staysWithWhoProlongsTheClaim();
    void goesOnAsIfNeverTried_data() { addDatabaseRows(); }
    void goesOnAsIfNeverTried();
    void keepsWhatWasGivenUpForAPerson_data() { addDatabaseRows(); }
    void keepsWhatWasGivenUpForAPerson();
    void tellsWhenAJobIsThereAndNotBefore_data() { addDatabaseRows(); }
    void tellsWhenAJobIsThereAndNotBefore();
};

namespace
{

const QString kKind = QStringLiteral("test.kind");

JobId enqueue(TestDatabase &database, qint64 dueAt, const QString &key = {}, const QByteArray &payload = {})
{
    const JobId id = database.newId<JobId>();
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.jobs.enqueue({ id, kKind, payload, fromUnixMs(dueAt), key }, fromUnixMs(0)));
        return {};
    });
    return id;
}

QList<Job> claim(TestDatabase &database, qint64 now, qint64 until, int limit = 10)
{
    return must(database->jobs().claim(kKind, fromUnixMs(now), fromUnixMs(until), limit, kSoon));
}

} // namespace

void tst_SqlJobs::isThereIfAndOnlyIfWhatAsksForItIs()
{
    TestDatabase database;
    if (!database.open())
        return;
    const JobId id = enqueue(database, 100, {}, QByteArray("\0\xff", 2));
    const Result<> failed = database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.jobs.enqueue({ database.newId<JobId>(), kKind, {}, fromUnixMs(0), {} }, fromUnixMs(0)));
        return makeError(Fault::Invalid, QStringLiteral("no"));
    });
    QVERIFY(!failed);

    const auto due = must(database->jobs().nextDue({ kKind, QStringLiteral("another") }, kSoon));
    QCOMPARE(due.size(), 1);
    QCOMPARE(due.value(kKind), fromUnixMs(100));
    QVERIFY(claim(database, 99, 200).isEmpty());
    const QList<Job> jobs = claim(database, 100, 200);
    QCOMPARE(jobs.size(), 1);
    QCOMPARE(jobs.first().id, id);
    QCOMPARE(jobs.first().kind, kKind);
    QCOMPARE(jobs.first().payload, QByteArray("\0\xff", 2));
    QCOMPARE(jobs.first().attempts, 1);
    must(database->jobs().finish(jobs.first(), kSoon));
    QVERIFY(must(database->jobs().counts(kSoon)).isEmpty());
}

void tst_SqlJobs::keepsOneOfAKey()
{
    TestDatabase database;
    if (!database.open())
        return;
    const QString key = QStringLiteral("key");
    enqueue(database, 5, key);
    enqueue(database, 1, key);
    enqueue(database, 2);
    enqueue(database, 3);
    QCOMPARE(must(database->jobs().nextDue({ kKind }, kSoon)).value(kKind), fromUnixMs(2));
    QCOMPARE(must(database->jobs().counts(kSoon)).first().waiting, 3);
    database.write([&](ports::WriteSet &writers) { return writers.jobs.cancel(kKind, key); });
    QCOMPARE(must(database->jobs().counts(kSoon)).first().waiting, 2);
}

void tst_SqlJobs::isClaimedOnceByManyAtOnce()
{
    TestDatabase database;
    if (!database.open())
        return;
    constexpr int kJobs = 200;
    for (int i = 0; i < kJobs; ++i)
        enqueue(database, i);
    std::mutex mutex;
    QSet<JobId> claimed;
    int times = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            const auto own = database.openAgain();
            for (QList<Job> jobs; true;) {
                jobs = must(own->jobs().claim(kKind, fromUnixMs(kJobs), fromUnixMs(1'000'000), 7, kSoon));
                if (jobs.isEmpty())
                    return;
                const std::lock_guard lock(mutex);
                times += static_cast<int>(jobs.size());
                for (const Job &job : jobs)
                    claimed.insert(job.id);
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    // Whom locks hide a job from may come back empty-handed; the rest is one more claim away.
    for (const Job &job : claim(database, kJobs, 1'000'000, kJobs)) {
        claimed.insert(job.id);
        ++times;
    }
    QCOMPARE(times, kJobs);
    QCOMPARE(claimed.size(), kJobs);
}

void tst_SqlJobs::comesBackWhenItsClaimEnds()
{
    TestDatabase database;
    if (!database.open())
        return;
    enqueue(database, 0);
    QCOMPARE(claim(database, 0, 100).size(), 1);
    QVERIFY(claim(database, 99, 200).isEmpty());
    const QList<Job> again = claim(database, 100, 200);
    QCOMPARE(again.size(), 1);
    QCOMPARE(again.first().attempts, 2);
}

void tst_SqlJobs::leavesAJobToItsNewHolder()
{
    TestDatabase database;
    if (!database.open())
        return;
    enqueue(database, 0);
    const Job late = claim(database, 0, 100).first();
    const Job now = claim(database, 100, 200).first();
    must(database->jobs().finish(late, kSoon));
    must(database->jobs().bury(late, QStringLiteral("late"), kSoon));
    must(database->jobs().retry(late, fromUnixMs(0), QStringLiteral("late"), kSoon));
    const Result<> effect = database->unitOfWork().write(
        kSoon, [&](ports::WriteSet &writers) -> Result<> { return writers.jobs.finish(late); });
    QCOMPARE(effect.error().fault, Fault::Conflict);
    QVERIFY(claim(database, 199, 300).isEmpty());
    database.write([&](ports::WriteSet &writers) { return writers.jobs.finish(now); });
    QVERIFY(must(database->jobs().counts(kSoon)).isEmpty());
}

void tst_SqlJobs::staysWithWhoProlongsTheClaim()
{
    TestDatabase database;
    if (!database.open())
        return;
    enqueue(database, 0);
    const Job held = claim(database, 0, 100).first();
    must(database->jobs().prolong(held, fromUnixMs(300), kSoon));
    QVERIFY(claim(database, 299, 400).isEmpty());
    const Job taken = claim(database, 300, 400).first();
    // Too late: somebody else has it.
    QCOMPARE(database->jobs().prolong(held, fromUnixMs(900), kSoon).error().fault, Fault::Conflict);
    QVERIFY(claim(database, 399, 500).isEmpty());
    database.write([&](ports::WriteSet &writers) { return writers.jobs.finish(taken); });
    QCOMPARE(database->jobs().prolong(taken, fromUnixMs(900), kSoon).error().fault, Fault::Conflict);
}

void tst_SqlJobs::goesOnAsIfNeverTried()
{
    TestDatabase database;
    if (!database.open())
        return;
    enqueue(database, 0);
    const Job first = claim(database, 0, 100).first();
    must(database->jobs().retry(first, fromUnixMs(10), QStringLiteral("why"), kSoon));
    const Job second = claim(database, 10, 100).first();
    QCOMPARE(second.attempts, 2);
    QCOMPARE(second.lastError, QStringLiteral("why"));
    must(database->jobs().goOn(second, fromUnixMs(20), kSoon));
    QVERIFY(claim(database, 19, 100).isEmpty());
    const Job third = claim(database, 20, 100).first();
    QCOMPARE(third.attempts, 1);
    QVERIFY(third.lastError.isEmpty());
    // The first holder's number has not come back with the attempts.
    must(database->jobs().finish(first, kSoon));
    QCOMPARE(must(database->jobs().counts(kSoon)).size(), 1);
}

void tst_SqlJobs::keepsWhatWasGivenUpForAPerson()
{
    TestDatabase database;
    if (!database.open())
        return;
    const QString key = QStringLiteral("key");
    const JobId id = enqueue(database, 0, key);
    must(database->jobs().bury(claim(database, 0, 100).first(), QStringLiteral("never works"), kSoon));
    QVERIFY(claim(database, 1000, 2000).isEmpty());
    const QList<Job> dead = must(database->jobs().dead({}, 10, kSoon));
    QCOMPARE(dead.size(), 1);
    QCOMPARE(dead.first().id, id);
    QCOMPARE(dead.first().lastError, QStringLiteral("never works"));
    QVERIFY(must(database->jobs().dead(id, 10, kSoon)).isEmpty());

    // What was given up does not keep the next one out, and does not come back beside it.
    const JobId other = enqueue(database, 0, key);
    QCOMPARE(database->jobs().revive(id, fromUnixMs(0), kSoon).error().fault, Fault::Conflict);
    must(database->jobs().finish(claim(database, 0, 100).first(), kSoon));
    must(database->jobs().revive(id, fromUnixMs(0), kSoon));
    QCOMPARE(claim(database, 0, 100).first().attempts, 1);
    QCOMPARE(database->jobs().discard(other, kSoon).error().fault, Fault::NotFound);
    must(database->jobs().bury(must(database->jobs().claim(kKind, fromUnixMs(100), fromUnixMs(200), 1, kSoon)).first(),
                               QStringLiteral("again"), kSoon));
    must(database->jobs().discard(id, kSoon));
    QVERIFY(must(database->jobs().counts(kSoon)).isEmpty());
}

void tst_SqlJobs::tellsWhenAJobIsThereAndNotBefore()
{
    TestDatabase database;
    if (!database.open())
        return;
    std::atomic_int told = 0;
    database->jobs().setListener([&told] { ++told; });
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.jobs.enqueue({ database.newId<JobId>(), kKind, {}, fromUnixMs(0), QStringLiteral("key") },
                                    fromUnixMs(0)));
        if (told != 0)
            return makeError(Fault::Internal, QStringLiteral("told before the commit"));
        return {};
    });
    QCOMPARE(told.load(), 1);
    enqueue(database, 0, QStringLiteral("key")); // nothing new
    database.addAccount(QStringLiteral("anna")); // no job
    QCOMPARE(told.load(), 1);
    database->jobs().setListener({});
}

QTEST_GUILESS_MAIN(tst_SqlJobs)

#include "tst_sqljobs.moc"
