// SPDX-License-Identifier: GPL-3.0-or-later
// What this process holds of the queue. A claim is short, so that the job of a process that died comes back soon, and
// is renewed for as long as its attempt may last. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/ports/jobs.h>

#include <QHash>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace graminsta::jobs
{

class Claims
{
public:
    // Each claim is of this length.
    Claims(ports::JobQueue &queue, const Clock &clock, std::chrono::milliseconds length);

    // Until when something that may last to `end` is to be claimed first.
    [[nodiscard]] Timestamp firstEnd(Timestamp now, Timestamp end) const { return std::min(now + m_length, end); }
    // It was claimed until its firstEnd().
    void add(const entities::Job &job, Timestamp until, Timestamp end);
    // Waits for the renewal that is under way, if it is of this job: none comes after what is said of its end.
    void remove(const entities::Job &job);

    // Those that end soon; to be called several times in the length of a claim, by one thread. What the queue does not
    // renew (somebody else has it, it does not answer) is left to its end: the job's own conditions notice.
    void renew();
    // To the end of what they may last, for nobody will renew them.
    void renewForGood();

private:
    struct Held {
        entities::Job job;
        Timestamp until;
        Timestamp end;
    };

    // Null if it is not held, or not by this claim: a job that was late may have been claimed here once more.
    [[nodiscard]] Held *held(const entities::Job &job); // with m_mutex held
    // All whose claim ends before `before`, by `length`.
    void renew(Timestamp before, std::chrono::milliseconds length);

    ports::JobQueue &m_queue;
    const Clock &m_clock;
    const std::chrono::milliseconds m_length;
    std::mutex m_mutex;
    std::condition_variable m_renewed;
    QHash<entities::JobId, Held> m_held; // protected by m_mutex
    entities::JobId m_renewing; // invalid: none; protected by m_mutex
};

} // namespace graminsta::jobs
