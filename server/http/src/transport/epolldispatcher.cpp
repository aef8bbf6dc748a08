// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/epolldispatcher.h"

#include <QCoreApplication>

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace graminsta::http
{

namespace
{

constexpr std::array<quint32, 3> kEventOf { EPOLLIN, EPOLLOUT, EPOLLPRI };
constexpr int kEventsPerTurn = 256;

// An error or a hang-up must wake whoever waits, be it to read or to write.
quint32 eventsFor(QSocketNotifier::Type type)
{
    const quint32 failure = type == QSocketNotifier::Exception ? 0U : quint32(EPOLLERR) | quint32(EPOLLHUP);
    return kEventOf[type] | failure;
}

} // namespace

EpollDispatcher::EpollDispatcher(QObject *parent)
    : QAbstractEventDispatcher(parent)
    , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_wakeDescriptor(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
    , m_origin(std::chrono::steady_clock::now())
{
    if (m_epoll < 0 || m_wakeDescriptor < 0)
        qFatal("no descriptors left for an event loop");
    epoll_event event {};
    event.events = EPOLLIN;
    event.data.fd = m_wakeDescriptor;
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wakeDescriptor, &event);
}

EpollDispatcher::~EpollDispatcher()
{
    ::close(m_wakeDescriptor);
    ::close(m_epoll);
}

qint64 EpollDispatcher::now() const
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - m_origin).count();
}

int EpollDispatcher::waitTime() const
{
    if (m_queue.empty())
        return -1;
    return static_cast<int>(qBound(qint64(0), m_queue.begin()->first - now(), qint64(1) << 30));
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    m_interrupted.store(false, std::memory_order_relaxed);
    Q_EMIT awake();
    QCoreApplication::sendPostedEvents();
    if (m_interrupted.load(std::memory_order_relaxed))
        return false;

    applyChanges();
    const bool mayBlock = flags.testFlag(QEventLoop::WaitForMoreEvents) && !m_woken.load();
    int timeout = 0;
    if (mayBlock) {
        timeout = flags.testFlag(QEventLoop::X11ExcludeTimers) ? -1 : waitTime();
        Q_EMIT aboutToBlock();
        m_asleep.store(true);
        // Whoever woke it before that has not written.
        if (m_woken.load())
            timeout = 0;
    }
    std::array<epoll_event, kEventsPerTurn> events;
    const int count = ::epoll_wait(m_epoll, events.data(), kEventsPerTurn, timeout);
    m_asleep.store(false);
    // Before what was posted is sent below: what is posted later does not wait.
    m_woken.store(false);
    if (mayBlock)
        Q_EMIT awake();

    bool delivered = false;
    for (int i = 0; i < count; ++i) {
        const epoll_event &event = events[static_cast<size_t>(i)];
        if (event.data.fd == m_wakeDescriptor) {
            quint64 value = 0;
            [[maybe_unused]] const ssize_t read = ::read(m_wakeDescriptor, &value, sizeof value);
            delivered = true;
        } else if (!flags.testFlag(QEventLoop::ExcludeSocketNotifiers)) {
            delivered |= deliver(event.data.fd, event.events);
        }
    }
    if (!flags.testFlag(QEventLoop::X11ExcludeTimers))
        delivered |= fireTimers();
    QCoreApplication::sendPostedEvents();
    return delivered;
}

bool EpollDispatcher::deliver(int descriptor, quint32 events)
{
    bool delivered = false;
    for (const auto type : { QSocketNotifier::Read, QSocketNotifier::Write, QSocketNotifier::Exception }) {
        // Looked up each time: whoever was just called may have taken the others away.
        const auto watch = m_watches.constFind(descriptor);
        if (watch == m_watches.cend())
            break;
        QSocketNotifier *notifier = watch->notifiers[type];
        if (!notifier || !(events & eventsFor(type)))
            continue;
        QEvent event(QEvent::SockAct);
        QCoreApplication::sendEvent(notifier, &event);
        delivered = true;
    }
    return delivered;
}

// A socket that writes switches its notifier on and off within one turn: epoll is told once, before it waits.
void EpollDispatcher::markDirty(int descriptor, Watch &watch)
{
    if (watch.dirty)
        return;
    watch.dirty = true;
    m_dirty.push_back(descriptor);
}

void EpollDispatcher::applyChanges()
{
    for (const int descriptor : m_dirty) {
        const auto watch = m_watches.find(descriptor);
        if (watch == m_watches.end())
            continue;
        watch->dirty = false;
        quint32 wanted = 0;
        for (size_t type = 0; type < kEventOf.size(); ++type) {
            if (watch->notifiers[type])
                wanted |= kEventOf[type];
        }
        if (wanted == watch->registered)
            continue;
        epoll_event event {};
        event.events = wanted;
        event.data.fd = descriptor;
        const int operation = watch->registered == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
        if (::epoll_ctl(m_epoll, operation, descriptor, &event) != 0)
            // The number was closed and given out again between two turns: epoll forgot it with the old socket.
            ::epoll_ctl(m_epoll, operation == EPOLL_CTL_ADD ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, descriptor, &event);
        watch->registered = wanted;
    }
    m_dirty.clear();
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    const int descriptor = static_cast<int>(notifier->socket());
    Watch &watch = m_watches[descriptor];
    watch.notifiers[notifier->type()] = notifier;
    markDirty(descriptor, watch);
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const int descriptor = static_cast<int>(notifier->socket());
    const auto watch = m_watches.find(descriptor);
    if (watch == m_watches.end() || watch->notifiers[notifier->type()] != notifier)
        return;
    watch->notifiers[notifier->type()] = nullptr;
    const bool watched = watch->notifiers[0] || watch->notifiers[1] || watch->notifiers[2];
    if (watched)
        return markDirty(descriptor, *watch);
    // At once, since the descriptor is about to be closed, and its number used again.
    if (watch->registered != 0)
        ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, descriptor, nullptr);
    m_watches.erase(watch);
}

void EpollDispatcher::enqueue(Timer &timer)
{
    m_queue.emplace(timer.due, timer.id);
}

void EpollDispatcher::dequeue(const Timer &timer)
{
    const auto [first, last] = m_queue.equal_range(timer.due);
    for (auto entry = first; entry != last; ++entry) {
        if (entry->second == timer.id) {
            m_queue.erase(entry);
            return;
        }
    }
}

bool EpollDispatcher::fireTimers()
{
    const qint64 turn = now();
    bool fired = false;
    // Only what is due at the beginning of the turn: a timer of zero milliseconds must not starve the sockets.
    std::vector<int> due;
    for (auto entry = m_queue.begin(); entry != m_queue.end() && entry->first <= turn; ++entry)
        due.push_back(entry->second);
    for (const int id : due) {
        const auto found = m_timers.find(id);
        if (found == m_timers.end() || found->second->firing || found->second->due > turn)
            continue;
        Timer &timer = *found->second;
        dequeue(timer);
        timer.due = qMax(timer.due + timer.interval, turn);
        enqueue(timer);
        timer.firing = true;
        QTimerEvent event(id);
        QCoreApplication::sendEvent(timer.object, &event);
        // It may have been stopped, or stopped and another one begun under its number.
        const auto after = m_timers.find(id);
        if (after != m_timers.end())
            after->second->firing = false;
        fired = true;
    }
    return fired;
}

void EpollDispatcher::registerTimer(int id, qint64 interval, Qt::TimerType type, QObject *object)
{
    auto timer = std::make_unique<Timer>(Timer { id, interval, now() + interval, type, object, false });
    enqueue(*timer);
    m_timers[id] = std::move(timer);
}

bool EpollDispatcher::unregisterTimer(int id)
{
    const auto timer = m_timers.find(id);
    if (timer == m_timers.end())
        return false;
    dequeue(*timer->second);
    m_timers.erase(timer);
    return true;
}

bool EpollDispatcher::unregisterTimers(QObject *object)
{
    std::vector<int> ids;
    for (const auto &[id, timer] : m_timers) {
        if (timer->object == object)
            ids.push_back(id);
    }
    for (const int id : ids)
        unregisterTimer(id);
    return !ids.empty();
}

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    QList<TimerInfo> timers;
    for (const auto &[id, timer] : m_timers) {
        if (timer->object == object)
            timers.append(TimerInfo(id, static_cast<int>(timer->interval), timer->type));
    }
    return timers;
}

int EpollDispatcher::remainingTime(int id)
{
    const auto timer = m_timers.find(id);
    return timer == m_timers.end() ? -1 : static_cast<int>(qMax<qint64>(0, timer->second->due - now()));
}

void EpollDispatcher::wakeUp()
{
    // In this order, and the other way round where it falls asleep, with the strictest memory order: one of the two
    // sees the other's flag. A loop that is awake looks before it sleeps, and needs no descriptor; most wake-ups are
    // such.
    if (m_woken.exchange(true) || !m_asleep.load())
        return;
    const quint64 one = 1;
    [[maybe_unused]] const ssize_t written = ::write(m_wakeDescriptor, &one, sizeof one);
}

void EpollDispatcher::interrupt()
{
    m_interrupted.store(true, std::memory_order_relaxed);
    wakeUp();
}

} // namespace graminsta::http
