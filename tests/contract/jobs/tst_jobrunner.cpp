// SPDX-License-Identifier: GPL-3.0-or-later
// What a JobRunner promises, on the real queues: several runners stand for several processes.
#include "../sql/testdatabase.h"

#include <graminsta/jobs/jobrunner.h>

#include <atomic>
#include <mutex>

using namespace graminsta;
using namespace graminsta::test;
using namespace std::chrono_literals;
using entities::Job;
using entities::JobId;
using jobs::JobKind;
using jobs::JobRunner;
using jobs::Outcome;

namespace
{

const QString kKind = QStringLiteral("test.kind");

// A process: its own door to the database, its own runner.
struct Process {
    std::unique_ptr<sql::SqlDatabase> database;
    std::unique_ptr<IdGenerator> ids;
    std::unique_ptr<JobRunner> runner;
};

// The time of day as the test sets it; waits go by the real one.
class SetClock final : public Clock
{
public:
    Timestamp now() const override { return fromUnixMs(m_ms); }
    void set(qint64 ms) { m_ms = ms; }

private:
    std::atomic<qint64> m_ms = 1'800'000'000'000;
};

Process process(TestDatabase &database, const Clock &clock, QList<JobKind> kinds, int node = 7, int threads = 3)
{
    Process made;
    made.database = database.openAgain();
    made.ids = std::make_unique<IdGenerator>(clock, node);
    jobs::JobRunnerOptions options;
    options.threads = threads;
    options.poll = 20ms;
    made.runner = std::make_unique<JobRunner>(made.database->jobs(), made.database->unitOfWork(), *made.ids, clock,
                                              std::move(kinds), options);
    return made;
}

JobKind kind(jobs::Handler handler)
{
    JobKind made;
    made.name = kKind;
    made.handler = std::move(handler);
    return made;
}

JobId enqueue(TestDatabase &database, Timestamp dueAt, const QByteArray &payload = {})
{
    const JobId id = database.newId<JobId>();
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.jobs.enqueue({ id, kKind, payload, dueAt, {} }, dueAt));
        return {};
    });
    return id;
}

qint64 waiting(TestDatabase &database)
{
    qint64 sum = 0;
    for (const ports::JobCount &count : must(database->jobs().counts(kSoon)))
        sum += count.waiting;
    return sum;
}

} // namespace

class tst_JobRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasEachEffectOnceWhateverFails_data() { addDatabaseRows(); }
    void hasEachEffectOnceWhateverFails();
    void runsNoMoreOfAKindAtOnceThanAllowed_data() { addDatabaseRows(); }
    void runsNoMoreOfAKindAtOnceThanAllowed();
    void triesAgainLaterAndGivesUpInTheEnd_data() { addDatabaseRows(); }
    void triesAgainLaterAndGivesUpInTheEnd();
    void triesAgainWhenTheHandlerSays_data() { addDatabaseRows(); }
    void triesAgainWhenTheHandlerSays();
    void goesOnUntilAllPartsAreDone_data() { addDatabaseRows(); }
    void goesOnUntilAllPartsAreDone();
    void bringsRoundWhatComesRoundByItselfOnceForAll_data() { addDatabaseRows(); }
    void bringsRoundWhatComesRoundByItselfOnceForAll();
    void takesOverWhatADeadProcessHadClaimed_data() { addDatabaseRows(); }
    void takesOverWhatADeadProcessHadClaimed();
    void renewsItsShortClaims_data() { addDatabaseRows(); }
    void renewsItsShortClaims();
    void survivesAHandlerThatThrows_data() { addDatabaseRows(); }
    void survivesAHandlerThatThrows();
    void finishesWhatIsUnderWayWhenItStops_data() { addDatabaseRows(); }
    void finishesWhatIsUnderWayWhenItStops();
};

void tst_JobRunner::hasEachEffectOnceWhateverFails()
{
    TestDatabase database;
    if (!database.open())
        return;
    // The effect: a post that the job's transaction counts.
    const AccountId author = database.addAccount(QStringLiteral("anna")).id;
    SetClock clock;
    constexpr int kJobs = 60;
    for (int i = 0; i < kJobs; ++i)
        enqueue(database, clock.now(), QByteArray::number(i));
    std::atomic_int runs = 0;
    const auto handlerOf = [&](sql::SqlDatabase *&own) {
        return [&, &own = own](const Job &job, const Deadline &deadline) -> Result<Outcome> {
            const int run = ++runs;
            if (run % 5 == 0)
                return makeError(Fault::Unavailable, QStringLiteral("before the effect"));
            GI_TRY(own->unitOfWork().write(deadline, [&](ports::WriteSet &writers) -> Result<> {
                GI_TRY(writers.jobs.finish(job));
                return writers.accounts.changeCounters(author, { 0, 0, 1 });
            }));
            if (run % 7 == 0)
                return makeError(Fault::Unavailable, QStringLiteral("after the effect"));
            return Outcome::Done;
        };
    };
    std::array<sql::SqlDatabase *, 3> doors {};
    std::vector<Process> processes;
    for (int i = 0; i < 3; ++i) {
        JobKind made = kind(handlerOf(doors[size_t(i)]));
        made.concurrency = 2;
        made.maxAttempts = 1000;
        processes.push_back(process(database, clock, { made }, 10 + i));
        doors[size_t(i)] = processes.back().database.get();
    }
    for (Process &each : processes)
        each.runner->start();
    // What failed waits for its turn: time goes on.
    QTRY_VERIFY_WITH_TIMEOUT((clock.set(toUnixMs(clock.now()) + 600'000), waiting(database) == 0), 60'000);
    for (Process &each : processes)
        each.runner->stop(kSoon);
    QCOMPARE(must(database->accounts().byId(author, kSoon)).statusesCount, kJobs);
    QVERIFY2(runs >= kJobs + 10, "the test has made nothing fail");
}

void tst_JobRunner::runsNoMoreOfAKindAtOnceThanAllowed()
{
    TestDatabase database;
    if (!database.open())
        return;
    SetClock clock;
    std::atomic_int running = 0;
    std::atomic_int most = 0;
    std::atomic_int done = 0;
    JobKind made = kind([&](const Job &, const Deadline &) -> Result<Outcome> {
        const int now = ++running;
        int seen = most;
        while (seen < now && !most.compare_exchange_weak(seen, now)) { }
        std::this_thread::sleep_for(5ms); // so that they would meet
        --running;
        ++done;
        return Outcome::Done;
    });
    made.concurrency = 2;
    for (int i = 0; i < 30; ++i)
        enqueue(database, clock.now());
    const Process one = process(database, clock, { made }, 7, 6);
    one.runner->start();
    QTRY_COMPARE_WITH_TIMEOUT(done.load(), 30, 30'000);
    one.runner->stop(kSoon);
    QCOMPARE(most.load(), 2);
    QCOMPARE(waiting(database), 0);
}

void tst_JobRunner::triesAgainLaterAndGivesUpInTheEnd()
{
    TestDatabase database;
    if (!database.open())
        return;
    SetClock clock;
    std::mutex mutex;
    QList<int> attempts;
    JobKind made = kind([&](const Job &job, const Deadline &) -> Result<Outcome> {
        const std::lock_guard lock(mutex);
        attempts.append(job.attempts);
        return makeError(Fault::Unavailable, QStringLiteral("never works"));
    });
    made.maxAttempts = 3;
    enqueue(database, clock.now());
    const Process one = process(database, clock, { made });
    one.runner->start();
    const auto tried = [&] {
        const std::lock_guard lock(mutex);
        return attempts.size();
    };
    QTRY_COMPARE_WITH_TIMEOUT(tried(), 1, 30'000);
    QTest::qWait(100); // several polls, and the time of day stands still
    QCOMPARE(tried(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(
        (clock.set(toUnixMs(clock.now()) + 60'000), must(database->jobs().dead({}, 10, kSoon)).size() == 1), 30'000);
    one.runner->stop(kSoon);
    QCOMPARE(attempts, (QList<int> { 1, 2, 3 }));
    QVERIFY(must(database->jobs().dead({}, 10, kSoon)).first().lastError.contains(QStringLiteral("never works")));
}

void tst_JobRunner::triesAgainWhenTheHandlerSays()
{
    TestDatabase database;
    if (!database.open())
        return;
    SetClock clock;
    std::atomic_int attempts = 0;
    JobKind made = kind([&](const Job &job, const Deadline &) -> Result<Outcome> {
        attempts = job.attempts;
        return job.attempts < 4 ? Outcome::later(7min) : Outcome::Done;
    });
    made.maxAttempts = 2; // of failures, which these are not
    enqueue(database, clock.now());
    const Process one = process(database, clock, { made });
    one.runner->start();
    for (int attempt = 1; attempt < 4; ++attempt) {
        const auto next = [&] { return must(database->jobs().nextDue({ kKind }, kSoon)).value(kKind); };
        QTRY_VERIFY_WITH_TIMEOUT(attempts == attempt && next() == clock.now() + 7min, 30'000);
        clock.set(toUnixMs(clock.now() + 7min));
    }
    QTRY_COMPARE_WITH_TIMEOUT(waiting(database), 0, 30'000);
    one.runner->stop(kSoon);
    QCOMPARE(attempts.load(), 4);
    QVERIFY(must(database->jobs().dead({}, 10, kSoon)).isEmpty());
}

void tst_JobRunner::goesOnUntilAllPartsAreDone()
{
    TestDatabase database;
    if (!database.open())
        return;
    SetClock clock;
    std::atomic_int parts = 0;
    JobKind made = kind([&](const Job &job, const Deadline &) -> Result<Outcome> {
        if (job.attempts != 1)
            return makeError(Fault::Internal, QStringLiteral("a part counted as a failure"));
        return ++parts == 20 ? Outcome::Done : Outcome::Again;
    });
    made.maxAttempts = 2;
    enqueue(database, clock.now());
    const Process one = process(database, clock, { made });
    one.runner->start();
    QTRY_COMPARE_WITH_TIMEOUT(waiting(database), 0, 30'000);
    one.runner->stop(kSoon);
    QCOMPARE(parts.load(), 20);
    QVERIFY(must(database->jobs().dead({}, 10, kSoon)).isEmpty());
}

void tst_JobRunner::bringsRoundWhatComesRoundByItselfOnceForAll()
{
    TestDatabase database;
    if (!database.open())
        return;
    SetClock clock;
    std::atomic_int rounds = 0;
    JobKind made = kind([&](const Job &, const Deadline &) -> Result<Outcome> {
        ++rounds;
        return Outcome::Done;
    });
    made.every = 1h;
    std::vector<Process> processes;
    for (int i = 0; i < 3; ++i) {
        processes.push_back(process(database, clock, { made }, 10 + i));
        processes.back().runner->start();
    }
    const auto isSettled = [&] {
        return must(database->jobs().nextDue({ kKind }, kSoon)).value(kKind) == clock.now() + 1h;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isSettled(), 30'000);
    QCOMPARE(rounds.load(), 1);
    clock.set(toUnixMs(clock.now()) + 3'600'000);
    QTRY_VERIFY_WITH_TIMEOUT(isSettled(), 30'000);
    for (Process &each : processes)
        each.runner->stop(kSoon);
    QCOMPARE(rounds.load(), 2);
    QCOMPARE(waiting(database), 1);
}

void tst_JobRunner::takesOverWhatADeadProcessHadClaimed()
{
    TestDatabase database;
    if (!database.open())
        return;
    SetClock clock;
    std::atomic_int done = 0;
    const JobKind made = kind([&](const Job &, const Deadline &) -> Result<Outcome> {
        ++done;
        return Outcome::Done;
    });
    enqueue(database, clock.now());
    // A process that dies after this never says anything.
    QCOMPARE(must(database->jobs().claim(kKind, clock.now(), clock.now() + 90s, 1, kSoon)).size(), 1);
    const Process one = process(database, clock, { made });
    one.runner->start();
    QTest::qWait(100);
    QCOMPARE(done.load(), 0);
    clock.set(toUnixMs(clock.now()) + 90'000);
    QTRY_COMPARE_WITH_TIMEOUT(waiting(database), 0, 30'000);
    one.runner->stop(kSoon);
    QCOMPARE(done.load(), 1);
}

// However long an attempt may last, the job of a process that dies comes back soon.
void tst_JobRunner::renewsItsShortClaims()
{
    TestDatabase database;
    if (!database.open())
        return;
    SetClock clock;
    std::atomic_bool mayEnd = false;
    std::atomic_int runs = 0;
    JobKind made = kind([&](const Job &, const Deadline &) -> Result<Outcome> {
        ++runs;
        while (!mayEnd)
            std::this_thread::sleep_for(1ms);
        return Outcome::Done;
    });
    made.timeLimit = 60s;
    enqueue(database, clock.now());
    const auto claimed = [&] {
        const Timestamp due = must(database->jobs().nextDue({ kKind }, kSoon)).value(kKind);
        return std::chrono::duration_cast<std::chrono::seconds>(due - clock.now());
    };
    const Process one = process(database, clock, { made });
    const Process other = process(database, clock, { made }, 8);
    one.runner->start();
    QTRY_COMPARE_WITH_TIMEOUT(runs.load(), 1, 30'000);
    other.runner->start();
    QCOMPARE(claimed(), 30s);
    for (int i = 0; i < 3; ++i) {
        clock.set(toUnixMs(clock.now()) + 25'000);
        QTRY_COMPARE_WITH_TIMEOUT(claimed(), std::min(30s, 90s - (i + 1) * 25s), 30'000);
    }
    QCOMPARE(runs.load(), 1);
    // Beyond what an attempt may take nobody holds it.
    clock.set(toUnixMs(clock.now()) + 16'000);
    QTRY_COMPARE_WITH_TIMEOUT(runs.load(), 2, 30'000);
    mayEnd = true;
    one.runner->stop(kSoon);
    other.runner->stop(kSoon);
    QCOMPARE(waiting(database), 0);
}

void tst_JobRunner::survivesAHandlerThatThrows()
{
    TestDatabase database;
    if (!database.open())
        return;
    SetClock clock;
    JobKind made = kind([](const Job &, const Deadline &) -> Result<Outcome> { throw std::runtime_error("oops"); });
    made.maxAttempts = 1;
    enqueue(database, clock.now());
    const Process one = process(database, clock, { made });
    one.runner->start();
    QTRY_COMPARE_WITH_TIMEOUT(must(database->jobs().dead({}, 10, kSoon)).size(), 1, 30'000);
    one.runner->stop(kSoon);
    QVERIFY(must(database->jobs().dead({}, 10, kSoon)).first().lastError.contains(QStringLiteral("oops")));
}

void tst_JobRunner::finishesWhatIsUnderWayWhenItStops()
{
    TestDatabase database;
    if (!database.open())
        return;
    SetClock clock;
    std::atomic_bool begun = false;
    std::atomic_bool mayEnd = false;
    const JobKind made = kind([&](const Job &, const Deadline &) -> Result<Outcome> {
        begun = true;
        while (!mayEnd)
            std::this_thread::sleep_for(1ms);
        return Outcome::Done;
    });
    enqueue(database, clock.now());
    const Process one = process(database, clock, { made });
    one.runner->start();
    QTRY_VERIFY_WITH_TIMEOUT(begun.load(), 30'000);
    std::thread ending([&] {
        std::this_thread::sleep_for(50ms);
        mayEnd = true;
    });
    one.runner->stop(kSoon);
    ending.join();
    QCOMPARE(waiting(database), 0);
}

QTEST_GUILESS_MAIN(tst_JobRunner)

#include "tst_jobrunner.moc"
