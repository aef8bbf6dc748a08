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

enum class Outcome {
    Done,
    Again, // a part is done, and there is more: it goes on soon, and this was no failed attempt
};

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
