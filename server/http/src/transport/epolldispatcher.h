// SPDX-License-Identifier: GPL-3.0-or-later
// An event dispatcher on epoll(7) for threads with thousands of sockets: Qt's own cost O(connections) per turn.
// Belongs to one thread (QThread::setEventDispatcher), except wakeUp() and interrupt(), which any thread may call.
#pragma once

#include <QAbstractEventDispatcher>
#include <QHash>
#include <QSocketNotifier>

#include <array>
#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <vector>

namespace graminsta::http
{

class EpollDispatcher final : public QAbstractEventDispatcher
{
public:
    explicit EpollDispatcher(QObject *parent = nullptr);
    ~EpollDispatcher() override;

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;

    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;

    void registerTimer(int id, qint64 interval, Qt::TimerType type, QObject *object) override;
    bool unregisterTimer(int id) override;
    bool unregisterTimers(QObject *object) override;
    [[nodiscard]] QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int id) override;

    void wakeUp() override;
    void interrupt() override;

private:
    struct Watch {
        std::array<QSocketNotifier *, 3> notifiers {}; // by QSocketNotifier::Type
        quint32 registered = 0; // what epoll knows
        bool dirty = false;
    };
    struct Timer {
        int id = 0;
        qint64 interval = 0;
        qint64 due = 0;
        Qt::TimerType type = Qt::CoarseTimer;
        QObject *object = nullptr;
        bool firing = false;
    };

    [[nodiscard]] qint64 now() const;
    [[nodiscard]] int waitTime() const;
    void markDirty(int descriptor, Watch &watch);
    void applyChanges();
    bool deliver(int descriptor, quint32 events);
    bool fireTimers();
    void enqueue(Timer &timer);
    void dequeue(const Timer &timer);

    int m_epoll = -1;
    int m_wakeDescriptor = -1;
    QHash<int, Watch> m_watches;
    std::vector<int> m_dirty;
    std::map<int, std::unique_ptr<Timer>> m_timers;
    std::multimap<qint64, int> m_queue; // due time -> timer id
    std::chrono::steady_clock::time_point m_origin;
    std::atomic<bool> m_woken { false };
    std::atomic<bool> m_asleep { false }; // waits for the descriptor, or is about to
    std::atomic<bool> m_interrupted { false };
};

} // namespace graminsta::http
