// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/media/awaitmedia.h>

#include <algorithm>

namespace graminsta::domain
{

using entities::MediaAttachment;
using entities::MediaState;

namespace
{

// What another process does is seen this late at most; where it is done here, nobody has to look.
constexpr std::chrono::milliseconds kPoll { 200 };
constexpr std::chrono::seconds kReadTime { 2 };

} // namespace

AwaitMedia::AwaitMedia(const ports::MediaReader &media, ports::EventSource &events, int places)
    : m_media(media)
    , m_events(events)
    , m_places(places)
{
    m_events.add(this);
}

AwaitMedia::~AwaitMedia()
{
    m_events.remove(this);
}

MediaAttachment AwaitMedia::run(const MediaAttachment &received, const Deadline &deadline)
{
    MediaAttachment latest = received;
    std::unique_lock lock(m_mutex);
    // Before the first look, so that no news falls between.
    const auto waiter = m_waiters.insert(m_waiters.end(), { received.id });
    while (true) {
        waiter->hasNews = false;
        lock.unlock();
        const Result<MediaAttachment> read = m_media.byId(received.id, Deadline::after(kReadTime));
        latest = read.value_or(latest);
        lock.lock();
        const bool gone = !read && read.error().fault == Fault::NotFound;
        if (gone || latest.state != MediaState::Received || deadline.expired())
            break;
        const auto until = std::min(deadline.timePoint(), Deadline::after(kPoll).timePoint());
        m_settled.wait_until(lock, until, [&waiter] { return waiter->hasNews; });
    }
    m_waiters.erase(waiter);
    return latest;
}

bool AwaitMedia::hasRoom() const
{
    const std::lock_guard lock(m_mutex);
    return m_waiters.size() < static_cast<size_t>(m_places);
}

void AwaitMedia::happened(const QList<ports::Event> &events)
{
    bool anybody = false;
    const std::lock_guard lock(m_mutex);
    for (const ports::Event &event : events) {
        const auto *settled = std::get_if<ports::MediaSettled>(&event);
        if (!settled)
            continue;
        for (Waiter &waiter : m_waiters) {
            if (waiter.id == settled->id)
                anybody = waiter.hasNews = true;
        }
    }
    if (anybody)
        m_settled.notify_all();
}

} // namespace graminsta::domain
