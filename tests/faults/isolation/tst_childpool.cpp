// SPDX-License-Identifier: GPL-3.0-or-later
// Children that crash, hang, lie, eat and pry: none of it reaches the parent, and nothing of them is left.
#include "wickedworker.h"

#include <graminsta/isolation/childpool.h>

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <optional>
#include <set>
#include <thread>
#include <vector>

#include <sys/time.h>
#include <unistd.h>

using namespace graminsta;
using namespace graminsta::isolation;
using namespace graminsta::test;
using namespace std::chrono_literals;

namespace
{

constexpr qint64 kMegabyte = 1024 * 1024;

// There is no such process, nor a zombie of it that we have not reaped.
bool isGone(qint64 pid)
{
    QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!stat.open(QIODevice::ReadOnly))
        return true;
    const QByteArray text = stat.readAll();
    // Where the first process does not reap, those whose parent was killed stay zombies.
    return text.isEmpty() || text.mid(text.lastIndexOf(')') + 2, 1) == "Z";
}

int openFiles()
{
    return static_cast<int>(QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::AllEntries | QDir::System).size());
}

} // namespace

class tst_ChildPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void answersAndStaysForTheNextRequest();
    void inheritsNothing();
    void reachesItsFoldersOnly();
    void cannotLeaveItsProcess_data();
    void cannotLeaveItsProcess();
    void mayStartThreads();
    void saysWhatTheChildDiedOf();
    void killsWhoHangs_data();
    void killsWhoHangs();
    void takesNoBabbleForAnAnswer();
    void refusesMemoryAboveTheLimit();
    void refusesFilesAboveTheLimit();
    void endsAChildThatWasKilledBySomebodyElse();
    void replacesTheWornOut_data();
    void replacesTheWornOut();
    void endsTheIdle();
    void emptiesTheFolders();
    void startsNoMoreThanAllowed();
    void saysWhyNoneStarts_data();
    void saysWhyNoneStarts();
    void needsFolderAndProgram();
    void runsTheProgramThatItHasOpened();
    void sweepsWhatACrashLeft();
    void parentsEndTakesTheChildrenAlong();
    void leaksNoFilesAndNoProcesses();

private:
    [[nodiscard]] ChildPoolSettings settings() const { return settingsIn(m_folder->path()); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_ChildPool::answersAndStaysForTheNextRequest()
{
    const auto pool = ChildPool::create(settings()).value();
    qint64 first = 0;
    for (int i = 0; i < 3; ++i) {
        auto lease = pool->lease(Deadline::after(20s)).value();
        const Result<QJsonObject> answer = lease.ask(deed("state"), Deadline::after(5s));
        QVERIFY2(answer, answer ? "" : qPrintable(describe(answer.error())));
        QCOMPARE(answer->value(QLatin1String("pid")).toInteger(), lease.processId());
        QVERIFY(first == 0 || first == lease.processId());
        first = lease.processId();
    }
}

void tst_ChildPool::inheritsNothing()
{
    qputenv("GRAMINSTA_DATABASE_URL", "postgresql://secret@example.org/");
    QFile open(m_folder->filePath(QStringLiteral("open")));
    QVERIFY(open.open(QIODevice::WriteOnly));
    const int inheritable = ::dup(open.handle()); // without close-on-exec
    const auto pool = ChildPool::create(settings()).value();
    auto lease = pool->lease(Deadline::after(20s)).value();
    const QJsonObject state = lease.ask(deed("state"), Deadline::after(5s)).value();
    ::close(inheritable);
    qunsetenv("GRAMINSTA_DATABASE_URL");
    QStringList names;
    for (const auto &variable : state[QLatin1String("environment")].toArray())
        names.append(variable.toString().section(QLatin1Char('='), 0, 0));
    names.sort();
    QCOMPARE(names, (QStringList { QStringLiteral("LC_ALL"), QStringLiteral("PATH"), QStringLiteral("TMPDIR") }));
    QCOMPARE(state[QLatin1String("files")].toArray(), (QJsonArray { 0, 1, 2, 3 }));
    QCOMPARE(state[QLatin1String("core")].toInteger(), 0);
}

void tst_ChildPool::reachesItsFoldersOnly()
{
    const QString secret = m_folder->filePath(QStringLiteral("secret"));
    QFile file(secret);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    const auto pool = ChildPool::create(settings()).value();
    auto lease = pool->lease(Deadline::after(20s)).value();
    QFile source(lease.inputFolder() + QStringLiteral("/source"));
    QVERIFY(source.open(QIODevice::WriteOnly));
    source.close();
    if (!lease.confinement().files)
        QSKIP("this kernel has no Landlock, or not here");
    const auto ok = [&lease](const char *what, const QString &path) {
        return lease.ask(deed(what, path), Deadline::after(5s)).value()[QLatin1String("ok")].toBool();
    };
    QVERIFY(ok("read", source.fileName()));
    QVERIFY(!ok("write", source.fileName()));
    QVERIFY(!ok("write", lease.inputFolder() + QStringLiteral("/more")));
    QVERIFY(ok("write", lease.outputFolder() + QStringLiteral("/made")));
    QVERIFY(ok("read", lease.outputFolder() + QStringLiteral("/made")));
    for (const QString &path : { secret, QStringLiteral("/etc/passwd"), QStringLiteral("/proc/self/environ"),
                                 QStringLiteral("/proc/%1/environ").arg(::getpid()) })
        QVERIFY2(!ok("read", path), qPrintable(path));
    QVERIFY(!ok("write", QStringLiteral("/tmp/graminsta-wicked")));
    QVERIFY(!ok("link", secret));
}

void tst_ChildPool::cannotLeaveItsProcess_data()
{
    QTest::addColumn<QByteArray>("what");
    for (const char *what : { "socket", "fork", "execute", "signalParent", "ptrace" })
        QTest::newRow(what) << QByteArray(what);
}

void tst_ChildPool::cannotLeaveItsProcess()
{
    QFETCH(QByteArray, what);
    const auto pool = ChildPool::create(settings()).value();
    auto lease = pool->lease(Deadline::after(20s)).value();
    if (!lease.confinement().calls)
        QSKIP("this kernel has no seccomp filters, or not here");
    const QJsonObject answer = lease.ask(deed(what), Deadline::after(5s)).value();
    QVERIFY(!answer[QLatin1String("ok")].toBool());
    QCOMPARE(answer[QLatin1String("errno")].toInt(), ENOSYS);
}

void tst_ChildPool::mayStartThreads()
{
    const auto pool = ChildPool::create(settings()).value();
    auto lease = pool->lease(Deadline::after(20s)).value();
    QVERIFY(lease.ask(deed("thread"), Deadline::after(5s)));
}

void tst_ChildPool::saysWhatTheChildDiedOf()
{
    const auto pool = ChildPool::create(settings()).value();
    {
        auto lease = pool->lease(Deadline::after(20s)).value();
        const Result<QJsonObject> answer = lease.ask(deed("crash"), Deadline::after(5s));
        QVERIFY(!answer);
        QVERIFY(answer.error().fault == Fault::Unprocessable);
        QVERIFY2(answer.error().detail.contains(QLatin1String("signal 11 (SEGV)")), qPrintable(answer.error().detail));
        QVERIFY(!lease.isSound());
        QVERIFY(isGone(lease.processId()));
    }
    auto next = pool->lease(Deadline::after(20s)).value();
    QVERIFY(next.ask(deed("state"), Deadline::after(5s)));
}

void tst_ChildPool::killsWhoHangs_data()
{
    QTest::addColumn<QByteArray>("how");
    QTest::newRow("asleep") << QByteArray("hang");
    QTest::newRow("busy") << QByteArray("spin");
    QTest::newRow("stopped") << QByteArray("state");
}

void tst_ChildPool::killsWhoHangs()
{
    QFETCH(QByteArray, how);
    const auto pool = ChildPool::create(settings()).value();
    qint64 pid = 0;
    {
        auto lease = pool->lease(Deadline::after(20s)).value();
        pid = lease.processId();
        if (how == "state")
            ::kill(static_cast<pid_t>(pid), SIGSTOP);
        QElapsedTimer timer;
        timer.start();
        const Result<QJsonObject> answer = lease.ask(deed(how), Deadline::after(300ms));
        QVERIFY(!answer);
        QVERIFY(answer.error().fault == Fault::Timeout);
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    }
    QTRY_VERIFY_WITH_TIMEOUT(isGone(pid), 2000);
    auto next = pool->lease(Deadline::after(20s)).value();
    QVERIFY(next.ask(deed("state"), Deadline::after(5s)));
}

void tst_ChildPool::takesNoBabbleForAnAnswer()
{
    const auto pool = ChildPool::create(settings()).value();
    auto lease = pool->lease(Deadline::after(20s)).value();
    const Result<QJsonObject> answer = lease.ask(deed("babble"), Deadline::after(5s));
    QVERIFY(!answer);
    QVERIFY(answer.error().fault == Fault::Unprocessable);
    QVERIFY(!lease.isSound());
}

void tst_ChildPool::refusesMemoryAboveTheLimit()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("a sanitizer reserves more than any limit");
#endif
    ChildPoolSettings small = settings();
    small.limits.addressSpace = 400 * kMegabyte;
    const auto pool = ChildPool::create(small).value();
    auto lease = pool->lease(Deadline::after(20s)).value();
    const auto ok = [&lease](qint64 bytes) {
        return lease.ask(deed("allocate", {}, bytes), Deadline::after(20s)).value()[QLatin1String("ok")].toBool();
    };
    QVERIFY(ok(50 * kMegabyte));
    QVERIFY(!ok(400 * kMegabyte));
    QVERIFY(lease.isSound()); // what it does about it is its own business
}

void tst_ChildPool::refusesFilesAboveTheLimit()
{
    ChildPoolSettings small = settings();
    small.limits.fileSize = 4 * kMegabyte;
    const auto pool = ChildPool::create(small).value();
    auto lease = pool->lease(Deadline::after(20s)).value();
    const auto ok = [&lease](qint64 bytes) {
        return lease.ask(deed("writeLong", {}, bytes), Deadline::after(20s)).value()[QLatin1String("ok")].toBool();
    };
    QVERIFY(ok(4 * kMegabyte));
    QVERIFY(!ok(5 * kMegabyte));
}

void tst_ChildPool::endsAChildThatWasKilledBySomebodyElse()
{
    const auto pool = ChildPool::create(settings()).value();
    qint64 pid = 0;
    {
        auto lease = pool->lease(Deadline::after(20s)).value();
        pid = lease.processId();
    }
    ::kill(static_cast<pid_t>(pid), SIGKILL); // while it idles
    {
        auto lease = pool->lease(Deadline::after(20s)).value();
        const Result<QJsonObject> answer = lease.ask(deed("state"), Deadline::after(5s));
        QVERIFY(!answer);
        QVERIFY2(answer.error().detail.contains(QLatin1String("signal 9")), qPrintable(answer.error().detail));
    }
    auto next = pool->lease(Deadline::after(20s)).value();
    QVERIFY(next.ask(deed("state"), Deadline::after(5s)));
}

void tst_ChildPool::replacesTheWornOut_data()
{
    QTest::addColumn<bool>("byMemory");
    QTest::newRow("by requests") << false;
    QTest::newRow("by memory") << true;
}

void tst_ChildPool::replacesTheWornOut()
{
    QFETCH(bool, byMemory);
    ChildPoolSettings short_ = settings();
    short_.requestsPerChild = byMemory ? 100 : 3;
    short_.residentBytes = 150 * kMegabyte;
    short_.limits.addressSpace = 2000 * kMegabyte;
    const auto pool = ChildPool::create(short_).value();
    std::set<qint64> pids;
    for (int i = 0; i < 9; ++i) {
        auto lease = pool->lease(Deadline::after(20s)).value();
        pids.insert(lease.processId());
        QJsonObject request = deed(byMemory ? "allocate" : "state", {}, 50 * kMegabyte);
        request.insert(QStringLiteral("keep"), true);
        QVERIFY(lease.ask(request, Deadline::after(20s)));
    }
    QCOMPARE(pids.size(), size_t { 3 });
}

void tst_ChildPool::endsTheIdle()
{
    ChildPoolSettings impatient = settings();
    impatient.idleTime = 200ms;
    const auto pool = ChildPool::create(impatient).value();
    qint64 pid = 0;
    {
        auto lease = pool->lease(Deadline::after(20s)).value();
        pid = lease.processId();
    }
    QVERIFY(!isGone(pid));
    QTRY_VERIFY_WITH_TIMEOUT(isGone(pid), 5000);
    QTRY_COMPARE(QDir(m_folder->path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 0);
    QVERIFY(pool->lease(Deadline::after(20s)));
}

void tst_ChildPool::emptiesTheFolders()
{
    const auto pool = ChildPool::create(settings()).value();
    for (int i = 0; i < 2; ++i) {
        auto lease = pool->lease(Deadline::after(20s)).value();
        QVERIFY(QDir(lease.outputFolder()).isEmpty());
        QVERIFY(lease.ask(deed("litter"), Deadline::after(5s)));
        QVERIFY(!QDir(lease.outputFolder()).isEmpty());
    }
}

void tst_ChildPool::startsNoMoreThanAllowed()
{
    ChildPoolSettings two = settings();
    two.children = 2;
    const auto pool = ChildPool::create(two).value();
    {
        std::optional<ChildPool::Lease> first = pool->lease(Deadline::after(20s)).value();
        const auto second = pool->lease(Deadline::after(20s)).value();
        QVERIFY(first->processId() != second.processId());
        const auto third = pool->lease(Deadline::after(300ms));
        QVERIFY(!third);
        QVERIFY(third.error().fault == Fault::Timeout);
        std::thread giver([&first] {
            std::this_thread::sleep_for(100ms);
            first.reset();
        });
        QVERIFY(pool->lease(Deadline::after(20s)));
        giver.join();
    }
    // Many threads: each comes to its turn, and never are more than two at it.
    std::atomic<int> at = 0;
    std::atomic<int> most = 0;
    std::atomic<int> answered = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 12; ++i) {
        threads.emplace_back([&] {
            for (int n = 0; n < 10; ++n) {
                auto lease = pool->lease(Deadline::after(30s)).value();
                const int now = ++at;
                int seen = most;
                while (now > seen && !most.compare_exchange_weak(seen, now)) { }
                answered += lease.ask(deed(n % 5 == 4 ? "crash" : "state"), Deadline::after(10s)) ? 1 : 0;
                --at;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(answered.load(), 12 * 8);
    QCOMPARE(most.load(), 2);
}

void tst_ChildPool::saysWhyNoneStarts_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("word");
    QTest::newRow("ends at once") << QStringLiteral("/usr/bin/false") << QStringLiteral("exit code 1");
    QTest::newRow("says nothing") << QStringLiteral("/usr/bin/sleep") << QStringLiteral("deadline");
}

void tst_ChildPool::saysWhyNoneStarts()
{
    QFETCH(QString, program);
    QFETCH(QString, word);
    ChildPoolSettings wrong = settings();
    wrong.program = program;
    wrong.arguments = { QStringLiteral("5") };
    wrong.startTime = 500ms;
    const auto pool = ChildPool::create(wrong).value();
    for (int i = 0; i < 2; ++i) {
        const auto lease = pool->lease(Deadline::after(10s));
        QVERIFY(!lease);
        QVERIFY(lease.error().fault == Fault::Unavailable);
        QVERIFY2(lease.error().detail.contains(word), qPrintable(lease.error().detail));
    }
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void tst_ChildPool::needsFolderAndProgram()
{
    ChildPoolSettings nowhere = settings();
    nowhere.workFolder = QStringLiteral("/no/such/folder");
    QVERIFY(!ChildPool::create(nowhere));
    ChildPoolSettings nothing = settings();
    nothing.program = QStringLiteral("/no/such/program");
    const auto pool = ChildPool::create(nothing);
    QVERIFY(!pool && pool.error().fault == Fault::Unavailable);
    QVERIFY2(pool.error().detail.contains(QStringLiteral("/no/such/program")), qPrintable(pool.error().detail));
}

// As an upgrade does under a server that runs.
void tst_ChildPool::runsTheProgramThatItHasOpened()
{
    const QTemporaryDir place;
    const QString program = place.filePath(QStringLiteral("worker"));
    QVERIFY(QFile::copy(QCoreApplication::applicationFilePath(), program));
    ChildPoolSettings settings = this->settings();
    settings.program = program;
    const auto pool = ChildPool::create(settings).value();
    QVERIFY(QFile::remove(program));
    QVERIFY(QFile::copy(QStringLiteral("/usr/bin/false"), program));
    auto lease = pool->lease(Deadline::after(10s));
    QVERIFY(lease && lease->ask(deed("state"), Deadline::after(10s)));
}

void tst_ChildPool::sweepsWhatACrashLeft()
{
    QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("child-old/out")));
    QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("child-new/out")));
    const std::array<struct timeval, 2> longAgo { { { 1'000'000'000, 0 }, { 1'000'000'000, 0 } } };
    QCOMPARE(::utimes(QFile::encodeName(m_folder->filePath(QStringLiteral("child-old"))).constData(), longAgo.data()),
             0);
    QVERIFY(ChildPool::create(settings()));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot),
             QStringList { QStringLiteral("child-new") });
}

void tst_ChildPool::parentsEndTakesTheChildrenAlong()
{
    QProcess parent;
    parent.start(QCoreApplication::applicationFilePath(), { QLatin1String(kParentOfSome), m_folder->path() });
    std::vector<qint64> pids;
    QTRY_VERIFY_WITH_TIMEOUT((parent.waitForReadyRead(100), parent.bytesAvailable() > 0), 20'000);
    QElapsedTimer timer;
    timer.start();
    while (pids.size() < 2 && timer.elapsed() < 20'000) {
        parent.waitForReadyRead(100);
        while (parent.canReadLine())
            pids.push_back(parent.readLine().trimmed().toLongLong());
    }
    QCOMPARE(pids.size(), size_t { 2 });
    for (const qint64 pid : pids)
        QVERIFY(!isGone(pid));
    parent.kill(); // SIGKILL
    QVERIFY(parent.waitForFinished(5000));
    for (const qint64 pid : pids)
        QTRY_VERIFY_WITH_TIMEOUT(isGone(pid), 1000);
}

void tst_ChildPool::leaksNoFilesAndNoProcesses()
{
    const auto pool = ChildPool::create(settings()).value();
    std::vector<qint64> pids;
    int before = 0;
    for (int i = 0; i < 30; ++i) {
        if (i == 5)
            before = openFiles();
        auto lease = pool->lease(Deadline::after(20s)).value();
        pids.push_back(lease.processId());
        (void)lease.ask(deed(i % 3 == 0 ? "crash" : "state"), Deadline::after(5s));
    }
    (void)pool->lease(Deadline::after(20s)).value();
    QCOMPARE(openFiles(), before);
    for (const qint64 pid : pids) {
        if (pid != pids.back())
            QVERIFY(isGone(pid) || pid == pids.back());
    }
}

int main(int argc, char *argv[])
{
    if (argc > 1 && qstrcmp(argv[1], kWickedWorker) == 0)
        return runWickedWorker();
    if (argc > 2 && qstrcmp(argv[1], kParentOfSome) == 0)
        return runParentOfSome(QString::fromLocal8Bit(argv[2]));
    QCoreApplication application(argc, argv);
    tst_ChildPool test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_childpool.moc"
