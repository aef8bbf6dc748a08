// SPDX-License-Identifier: GPL-3.0-or-later
// What the runner must know of each kind of job. Values.
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/job.h>

#include <QString>

#include <chrono>
#include <functional>
#include <optional>

namespace graminsta::jobs
{

// How an attempt ended that did not fail.
struct Outcome {
    enum class State { Done, Again, Later };
    State state = State::Done;
    std::chrono::milliseconds pause { 0 };

    static const Outcome Done;
    // A part is done, and there is more: it goes on soon, and this was no failed attempt.
    static const Outcome Again;
    // Not yet, by what the handler knows of whom it waits for. It counts as an attempt, but the job is not given up for
    // it: when to stop is the handler's to say.
    [[nodiscard]] static Outcome later(std::chrono::milliseconds pause) { return { State::Later, pause }; }
};

inline constexpr Outcome Outcome::Done { State::Done };
inline constexpr Outcome Outcome::Again { State::Again };

// Runs on one of the runner's threads, also several of a kind at once. It may run again after it was done (a process
// that died before it could say so), unless it took the job off itself (ports::JobWriter::finish). It must end soon
// after its deadline: by then others may have the job.
using Handler = std::function<Result<Outcome>(const entities::Job &job, const Deadline &deadline)>;

struct JobKind {
    QString name;
    Handler handler;
    int concurrency = 1; // in this process
    int maxAttempts = 10; // then it is given up; without meaning for what comes round by itself
    std::chrono::milliseconds timeLimit { 60'000 }; // of one attempt
    // What comes round by itself: one job of this kind is always there, whichever process runs it. It is never given
    // up.
    std::optional<std::chrono::milliseconds> every;
};

} // namespace graminsta::jobs
