// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/composition/backgroundwork.h>

#include <graminsta/core/logging.h>

namespace graminsta::composition
{

namespace
{

Q_LOGGING_CATEGORY(log, "graminsta.background")

constexpr std::chrono::seconds kStepTime { 10 };
constexpr std::chrono::seconds kAfterFailure { 5 };

} // namespace

BackgroundWork::BackgroundWork(const char *name, Pace pace, Step step)
    : m_name(name)
    , m_pace(pace)
    , m_step(std::move(step))
    , m_thread([this] { run(); })
{
}

BackgroundWork::~BackgroundWork()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
    }
    m_stopping.notify_all();
    m_thread.join();
}

void BackgroundWork::run()
{
    std::chrono::milliseconds pause { 0 };
    while (wait(pause)) {
        const Result<bool> isMore = m_step(Deadline::after(kStepTime));
        if (!isMore) {
            qCWarning(log).noquote() << m_name << "will be tried again:" << describe(isMore.error());
            pause = kAfterFailure;
        } else if (*isMore) {
            pause = m_pace.busy;
        } else if (m_pace.idle) {
            pause = *m_pace.idle;
        } else {
            return;
        }
    }
}

bool BackgroundWork::wait(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    return !m_stopping.wait_for(lock, time, [this] { return m_isStopping; });
}

} // namespace graminsta::composition
