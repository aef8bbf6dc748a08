// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/epolldispatcher.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <sys/socket.h>
#include <unistd.h>

using namespace graminsta::http;
using namespace std::chrono_literals;

class tst_EpollDispatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firesTimersInOrderAndAgain();
    void firesZeroTimersBesideSockets();
    void letsATimerStopItself();
    void deliversReadAndWrite();
    void survivesANotifierThatRemovesItsSibling();
    void takesADescriptorNumberAgain();
    void wakesFromOtherThreads();

private:
    // Runs `body` on a thread with this dispatcher; it ends when `body` calls QThread::quit().
    template<typename Body> bool run(Body body)
    {
        QThread thread;
        thread.setEventDispatcher(new EpollDispatcher);
        QObject context;
        context.moveToThread(&thread);
        thread.start();
        QMetaObject::invokeMethod(
            &context, [&] { body(&context); }, Qt::QueuedConnection);
        const bool ended = thread.wait(5000);
        if (!ended) {
            thread.quit();
            thread.wait();
        }
        return ended;
    }
};

void tst_EpollDispatcher::firesTimersInOrderAndAgain()
{
    QStringList fired;
    QVERIFY(run([&fired](QObject *context) {
        auto *repeating = new QTimer;
        QObject::connect(repeating, &QTimer::timeout, context, [&fired, repeating] {
            fired.append(QStringLiteral("r"));
            if (fired.count(QStringLiteral("r")) == 3) {
                delete repeating;
                QThread::currentThread()->quit();
            }
        });
        repeating->start(20ms);
        QTimer::singleShot(30ms, context, [&fired] { fired.append(QStringLiteral("30")); });
        QTimer::singleShot(5ms, context, [&fired] { fired.append(QStringLiteral("5")); });
    }));
    QCOMPARE(fired.constFirst(), QStringLiteral("5"));
    QCOMPARE(fired.count(QStringLiteral("r")), 3);
    QCOMPARE(fired.count(QStringLiteral("30")), 1);
}

void tst_EpollDispatcher::firesZeroTimersBesideSockets()
{
    int pair[2];
    QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    int turns = 0;
    QVERIFY(run([&](QObject *context) {
        auto *busy = new QTimer(context);
        QObject::connect(busy, &QTimer::timeout, context, [&] {
            if (++turns == 100)
                (void)!::write(pair[1], "x", 1);
        });
        busy->start(0);
        auto *notifier = new QSocketNotifier(pair[0], QSocketNotifier::Read);
        QObject::connect(notifier, &QSocketNotifier::activated, context, [notifier, busy] {
            delete notifier;
            busy->stop();
            QThread::currentThread()->quit();
        });
    }));
    QVERIFY(turns >= 100);
    ::close(pair[0]);
    ::close(pair[1]);
}

void tst_EpollDispatcher::letsATimerStopItself()
{
    int fired = 0;
    QVERIFY(run([&fired](QObject *context) {
        auto *timer = new QTimer(context);
        QObject::connect(timer, &QTimer::timeout, context, [&fired, timer] {
            ++fired;
            timer->stop();
        });
        timer->start(5ms);
        QTimer::singleShot(60ms, context, [] { QThread::currentThread()->quit(); });
    }));
    QCOMPARE(fired, 1);
}

void tst_EpollDispatcher::deliversReadAndWrite()
{
    int pair[2];
    QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    bool writable = false;
    bool readable = false;
    QVERIFY(run([&](QObject *context) {
        auto *write = new QSocketNotifier(pair[0], QSocketNotifier::Write, context);
        auto *read = new QSocketNotifier(pair[0], QSocketNotifier::Read, context);
        QObject::connect(write, &QSocketNotifier::activated, context, [&writable, write, pair] {
            writable = true;
            write->setEnabled(false);
            ::close(pair[1]); // a hang-up must be readable
        });
        QObject::connect(read, &QSocketNotifier::activated, context, [&readable, read] {
            readable = true;
            read->setEnabled(false);
            QThread::currentThread()->quit();
        });
    }));
    QVERIFY(writable && readable);
    ::close(pair[0]);
}

void tst_EpollDispatcher::survivesANotifierThatRemovesItsSibling()
{
    int pair[2];
    QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    QCOMPARE(::write(pair[1], "x", 1), 1);
    bool wrote = false;
    QVERIFY(run([&](QObject *context) {
        auto *write = new QSocketNotifier(pair[0], QSocketNotifier::Write);
        auto *read = new QSocketNotifier(pair[0], QSocketNotifier::Read);
        QObject::connect(write, &QSocketNotifier::activated, context, [&wrote] { wrote = true; });
        QObject::connect(read, &QSocketNotifier::activated, context, [read, write] {
            delete write;
            delete read;
            QThread::currentThread()->quit();
        });
    }));
    QVERIFY(!wrote);
    ::close(pair[0]);
    ::close(pair[1]);
}

void tst_EpollDispatcher::takesADescriptorNumberAgain()
{
    int rounds = 0;
    QVERIFY(run([&rounds](QObject *context) {
        for (int i = 0; i < 50; ++i) {
            int pair[2];
            if (::socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
                return;
            (void)!::write(pair[1], "x", 1);
            QSocketNotifier notifier(pair[0], QSocketNotifier::Read);
            bool got = false;
            QObject::connect(&notifier, &QSocketNotifier::activated, context, [&got] { got = true; });
            for (int turn = 0; turn < 10 && !got; ++turn)
                QCoreApplication::processEvents();
            rounds += got ? 1 : 0;
            notifier.setEnabled(false);
            ::close(pair[0]);
            ::close(pair[1]);
        }
        QThread::currentThread()->quit();
    }));
    QCOMPARE(rounds, 50);
}

void tst_EpollDispatcher::wakesFromOtherThreads()
{
    constexpr int kCalls = 20'000;
    QThread thread;
    thread.setEventDispatcher(new EpollDispatcher);
    QObject context;
    context.moveToThread(&thread);
    thread.start();
    std::atomic<int> called { 0 };
    for (int i = 0; i < kCalls; ++i)
        QMetaObject::invokeMethod(
            &context, [&called] { ++called; }, Qt::QueuedConnection);
    QTRY_COMPARE(called.load(), kCalls);
    thread.quit();
    QVERIFY(thread.wait(5000));
}

QTEST_GUILESS_MAIN(tst_EpollDispatcher)
#include "tst_epolldispatcher.moc"
