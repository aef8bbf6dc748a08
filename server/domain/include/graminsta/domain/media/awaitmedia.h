// SPDX-License-Identifier: GPL-3.0-or-later
// Waits until an upload is processed: most are in the time that a client waits for an answer anyway. It hears at once
// of what this process does, and looks from time to time for what another one does. Thread-safe.
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/entities/media.h>
#include <graminsta/ports/events.h>
#include <graminsta/ports/media.h>

#include <condition_variable>
#include <list>
#include <mutex>

namespace graminsta::domain
{

class AwaitMedia final : public ports::EventListener
{
public:
    // `media` and `events` must outlive it. `places`: how many may wait without being in the way of others.
    AwaitMedia(const ports::MediaReader &media, ports::EventSource &events, int places);
    ~AwaitMedia() override;
    AwaitMedia(const AwaitMedia &) = delete;
    AwaitMedia &operator=(const AwaitMedia &) = delete;

    // The attachment when it is processed, or as it is at the deadline. Where it cannot be read it is as it was given:
    // an upload that was taken in must not look as if it was not.
    [[nodiscard]] entities::MediaAttachment run(const entities::MediaAttachment &received, const Deadline &deadline);
    // Whether a place is free. Nobody is held to it: run() takes everybody.
    [[nodiscard]] bool hasRoom() const;

    void happened(const QList<ports::Event> &events) override;

private:
    struct Waiter {
        MediaId id;
        bool hasNews = false;
    };

    const ports::MediaReader &m_media;
    ports::EventSource &m_events;
    const int m_places;

    mutable std::mutex m_mutex;
    std::condition_variable m_settled;
    std::list<Waiter> m_waiters; // protected by m_mutex
};

} // namespace graminsta::domain
