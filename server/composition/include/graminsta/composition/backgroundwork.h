// SPDX-License-Identifier: GPL-3.0-or-later
// Work that nobody waits for, step by step on a thread of its own: while there is something to do after a short pause,
// else now and then. A step that fails is logged and tried again later.
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace graminsta::composition
{

class BackgroundWork
{
public:
    struct Pace {
        std::chrono::milliseconds busy; // between two steps while there is more to do
        std::optional<std::chrono::milliseconds> idle; // until the next look; none: the work ends when it is done
    };
    // Gives whether there is more to do at once. It must be safe to run again after a kill.
    using Step = std::function<Result<bool>(const Deadline &)>;

    // `name` is for the log and must be a literal. Starts at once.
    BackgroundWork(const char *name, Pace pace, Step step);
    // Waits for the step that is under way.
    ~BackgroundWork();
    BackgroundWork(const BackgroundWork &) = delete;
    BackgroundWork &operator=(const BackgroundWork &) = delete;

private:
    void run();
    // False when it is time to stop.
    [[nodiscard]] bool wait(std::chrono::milliseconds time);

    const char *const m_name;
    const Pace m_pace;
    const Step m_step;
    std::mutex m_mutex;
    std::condition_variable m_stopping;
    bool m_isStopping = false; // protected by m_mutex
    std::thread m_thread; // last: it uses all the above
};

} // namespace graminsta::composition
