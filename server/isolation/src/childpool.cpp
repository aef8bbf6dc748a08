// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/isolation/childpool.h>

#include "child.h"

#include <QDateTime>
#include <QDir>
#include <QLoggingCategory>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace graminsta::isolation
{

namespace
{

Q_LOGGING_CATEGORY(log, "graminsta.isolation", QtInfoMsg)

// A child lives for some hours at most: what is older belongs to no process.
constexpr std::chrono::hours kFolderLife { 24 };

Result<> sweep(const QString &workFolder)
{
    QDir folder(workFolder);
    if (!folder.exists())
        return makeError(Fault::Unavailable, QStringLiteral("Files cannot be processed now."),
                         QStringLiteral("there is no folder ") + workFolder);
    const QDateTime oldest = QDateTime::currentDateTimeUtc().addSecs(-std::chrono::seconds(kFolderLife).count());
    const QFileInfoList left =
        folder.entryInfoList({ kFolderPrefix + QLatin1Char('*') }, QDir::Dirs | QDir::NoSymLinks | QDir::Hidden);
    for (const QFileInfo &entry : left) {
        if (entry.lastModified() < oldest)
            QDir(entry.filePath()).removeRecursively();
    }
    return {};
}

} // namespace

// Has the one thread that starts children (they end with the thread that has started them), ends those that idle, and
// waits for those that were killed. A child that was killed counts until it is gone, so that there are never more.
class ChildPool::Keeper
{
public:
    Keeper(const ChildPoolSettings &settings, std::unique_ptr<Program> program)
        : m_settings(settings)
        , m_program(std::move(program))
        , m_thread([this] { keep(); })
    {
    }
    ~Keeper()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_isStopping = true;
        }
        m_wake.notify_all();
        m_thread.join();
    }
    Q_DISABLE_COPY_MOVE(Keeper)

    Result<std::unique_ptr<Child>> take(const Deadline &deadline);
    void giveBack(std::unique_ptr<Child> child);

private:
    struct Idle {
        std::unique_ptr<Child> child;
        Deadline end;
    };
    using Lock = std::unique_lock<std::mutex>;

    void keep();
    void startOne(Lock &lock);
    void endIdle(Lock &lock);
    void reapKilled();
    [[nodiscard]] bool isOneWanted() const;
    [[nodiscard]] bool hasIdledOut() const { return !m_idle.empty() && m_idle.front().end.expired(); }
    [[nodiscard]] Deadline::SteadyClock::time_point nextTime() const;

    const ChildPoolSettings m_settings;
    const std::unique_ptr<Program> m_program;
    std::mutex m_mutex;
    std::condition_variable m_wake; // of the thread
    std::condition_variable m_given; // of those who wait for a child
    // All below is protected by m_mutex.
    std::vector<Idle> m_idle; // used last: at the end
    std::vector<std::unique_ptr<Child>> m_killed;
    int m_children = 0; // idle, lent, killed and being started
    int m_waiting = 0;
    quint64 m_failures = 0; // starts that failed
    Error m_failure;
    bool m_hasSaid = false; // what is missing
    bool m_isStopping = false;
    std::thread m_thread; // last: it uses all of them
};

Result<std::unique_ptr<Child>> ChildPool::Keeper::take(const Deadline &deadline)
{
    Lock lock(m_mutex);
    const quint64 failures = m_failures;
    ++m_waiting;
    if (m_idle.empty())
        m_wake.notify_one();
    const bool ended =
        m_given.wait_until(lock, deadline.timePoint(), [&] { return !m_idle.empty() || m_failures != failures; });
    if (m_failures == failures)
        --m_waiting;
    if (!m_idle.empty()) {
        std::unique_ptr<Child> child = std::move(m_idle.back().child);
        m_idle.pop_back();
        return child;
    }
    if (ended)
        return m_failure;
    return makeError(Fault::Timeout, QStringLiteral("Processing the file took too long."),
                     QStringLiteral("all child processes were busy"));
}

void ChildPool::Keeper::giveBack(std::unique_ptr<Child> child)
{
    const bool isFit = child->isFit(m_settings);
    if (isFit)
        child->emptyFolders();
    else
        child->kill();
    {
        const std::lock_guard lock(m_mutex);
        if (isFit)
            m_idle.push_back({ std::move(child), Deadline::after(m_settings.idleTime) });
        else
            m_killed.push_back(std::move(child));
    }
    m_given.notify_one();
    m_wake.notify_one();
}

bool ChildPool::Keeper::isOneWanted() const
{
    return m_waiting > static_cast<int>(m_idle.size()) && m_children < m_settings.children;
}

Deadline::SteadyClock::time_point ChildPool::Keeper::nextTime() const
{
    constexpr std::chrono::milliseconds kReapStep { 5 };
    if (!m_killed.empty())
        return Deadline::after(kReapStep).timePoint();
    // The first is the one that has idled longest.
    return m_idle.empty() ? Deadline::after(std::chrono::hours(1)).timePoint() : m_idle.front().end.timePoint();
}

void ChildPool::Keeper::keep()
{
    Lock lock(m_mutex);
    while (!m_isStopping) {
        reapKilled();
        // What unlocks comes back here: before waiting, all is looked at under one lock, or a wake-up would be missed.
        if (hasIdledOut())
            endIdle(lock);
        else if (isOneWanted())
            startOne(lock);
        else
            m_wake.wait_until(lock, nextTime());
    }
    m_idle.clear();
    m_killed.clear();
}

void ChildPool::Keeper::startOne(Lock &lock)
{
    ++m_children;
    lock.unlock();
    const Deadline deadline = Deadline::after(m_settings.startTime);
    Result<std::unique_ptr<Child>> started = Child::start(*m_program, m_settings, deadline);
    // Whoever is short of memory may have killed it: once is no reason to refuse everybody who waits.
    if (!started && !deadline.expired())
        started = Child::start(*m_program, m_settings, deadline);
    if (!started)
        qCWarning(log, "%s", qPrintable(describe(started.error())));
    lock.lock();
    if (!started) {
        --m_children;
        ++m_failures;
        m_waiting = 0; // all of them are told, and none waits for another try
        m_failure = std::move(started).error();
        m_given.notify_all();
        return;
    }
    if (!std::exchange(m_hasSaid, true)) {
        for (const QString &line : (*started)->confinement().missing())
            qCWarning(log, "%s", qPrintable(line));
    }
    m_idle.push_back({ *std::move(started), Deadline::after(m_settings.idleTime) });
    m_given.notify_one();
}

void ChildPool::Keeper::endIdle(Lock &lock)
{
    std::vector<Idle> ending;
    const auto isYoung = [](const Idle &idle) { return !idle.end.expired(); };
    const auto young = std::find_if(m_idle.begin(), m_idle.end(), isYoung);
    std::move(m_idle.begin(), young, std::back_inserter(ending));
    m_idle.erase(m_idle.begin(), young);
    m_children -= static_cast<int>(ending.size());
    lock.unlock();
    ending.clear();
    lock.lock();
}

void ChildPool::Keeper::reapKilled()
{
    const auto isGone = [](const std::unique_ptr<Child> &child) { return child->reap(); };
    m_children -= static_cast<int>(std::erase_if(m_killed, isGone));
}

ChildPool::ChildPool(std::unique_ptr<Keeper> keeper)
    : m_keeper(std::move(keeper))
{
}

ChildPool::~ChildPool() = default;

Result<std::unique_ptr<ChildPool>> ChildPool::create(const ChildPoolSettings &settings)
{
    GI_TRY(sweep(settings.workFolder));
    std::unique_ptr<Program> program = GI_TRY(Program::open(settings.program));
    return std::unique_ptr<ChildPool>(new ChildPool(std::make_unique<Keeper>(settings, std::move(program))));
}

Result<ChildPool::Lease> ChildPool::lease(const Deadline &deadline)
{
    return Lease(this, GI_TRY(m_keeper->take(deadline)));
}

ChildPool::Lease::Lease(ChildPool *pool, std::unique_ptr<Child> child)
    : m_pool(pool)
    , m_child(std::move(child))
{
}

ChildPool::Lease::Lease(Lease &&other) noexcept = default;

ChildPool::Lease::~Lease()
{
    if (m_child)
        m_pool->m_keeper->giveBack(std::move(m_child));
}

QString ChildPool::Lease::inputFolder() const
{
    return m_child->inputFolder();
}

QString ChildPool::Lease::outputFolder() const
{
    return m_child->outputFolder();
}

qint64 ChildPool::Lease::processId() const
{
    return m_child->processId();
}

Confinement ChildPool::Lease::confinement() const
{
    return m_child->confinement();
}

bool ChildPool::Lease::isSound() const
{
    return m_child->isSound();
}

void ChildPool::Lease::distrust()
{
    m_child->distrust();
}

Result<QJsonObject> ChildPool::Lease::ask(const QJsonObject &request, const Deadline &deadline)
{
    return m_child->ask(request, deadline);
}

} // namespace graminsta::isolation
