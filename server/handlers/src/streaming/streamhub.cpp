// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/handlers/streamhub.h>

#include "streaming/channel.h"
#include "streaming/listener.h"

#include <QLoggingCategory>

namespace graminsta::handlers
{

namespace
{

Q_LOGGING_CATEGORY(log, "graminsta.streams")

constexpr std::chrono::seconds kTokenCheck { 60 };
constexpr std::chrono::seconds kReadTime { 10 };
constexpr qsizetype kTokenBatch = 1000; // in one query

} // namespace

StreamHub::StreamHub(ports::EventSource &events, const domain::StatusAudience &audience,
                     const domain::ListNotifications &notifications, const ports::OAuthReader &oauth,
                     const StreamLimits &limits)
    : m_events(events)
    , m_audience(audience)
    , m_notifications(notifications)
    , m_oauth(oauth)
    , m_limits(limits)
    , m_thread([this] { run(); })
{
    m_events.add(this);
}

StreamHub::~StreamHub()
{
    m_events.remove(this);
    {
        const std::lock_guard lock(m_queueMutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

Result<StreamHub::ListenerId> StreamHub::enter(const entities::Viewer &viewer, const QString &baseUrl)
{
    const std::lock_guard lock(m_mutex);
    if (m_listeners.size() >= m_limits.streams)
        return makeError(Fault::Unavailable, QStringLiteral("Too many streams are open; try again later"));
    if (viewer.hasAccount()) {
        int &taken = m_streamsOf[viewer.account];
        if (taken >= m_limits.ofAccount)
            return makeError(Fault::RateLimited, QStringLiteral("This account has too many streams open"));
        ++taken;
    }
    m_baseUrl = baseUrl;
    const ListenerId id = ++m_lastId;
    m_listeners.insert(id, std::make_shared<Listener>(viewer.account, viewer.token));
    m_open.fetch_add(1, std::memory_order_relaxed);
    return id;
}

void StreamHub::opened(ListenerId id, const std::shared_ptr<http::Stream> &stream)
{
    const std::lock_guard lock(m_mutex);
    const std::shared_ptr<Listener> listener = m_listeners.value(id);
    if (!listener)
        return;
    listener->stream = stream;
    if (listener->isRevoked)
        stream->end(http::StreamEnd::PolicyViolation);
}

Result<> StreamHub::listen(ListenerId id, const Channel &channel)
{
    const std::lock_guard lock(m_mutex);
    const std::shared_ptr<Listener> listener = m_listeners.value(id);
    if (!listener || listener->channels.contains(channel.key()))
        return {};
    if (listener->channels.size() >= m_limits.channelsOfStream)
        return makeError(Fault::Invalid, QStringLiteral("Too many subscriptions"));
    listener->channels.insert(channel.key(), channel.kind);
    if (channel.kind == ChannelKind::Silent)
        return {};
    Channels &channels = isPersonal(channel.kind) ? m_personal[listener->account] : m_common;
    Listening &listening = channels[channel.key()];
    if (!listening.channel)
        listening.channel = std::make_shared<Channel>(channel);
    listening.listeners.insert(id, listener);
    if (channel.kind == ChannelKind::Home)
        listener->withNotifications = channel.withNotifications;
    return {};
}

void StreamHub::ignore(ListenerId id, const Channel &channel)
{
    const std::lock_guard lock(m_mutex);
    if (const std::shared_ptr<Listener> listener = m_listeners.value(id))
        drop(*listener, id, channel.key());
}

void StreamHub::leave(ListenerId id)
{
    const std::lock_guard lock(m_mutex);
    const std::shared_ptr<Listener> listener = m_listeners.take(id);
    if (!listener)
        return;
    m_open.fetch_sub(1, std::memory_order_relaxed);
    for (const QString &key : listener->channels.keys())
        drop(*listener, id, key);
    if (!listener->account.isNull() && --m_streamsOf[listener->account] == 0)
        m_streamsOf.remove(listener->account);
}

void StreamHub::drop(Listener &listener, ListenerId id, const QString &key)
{
    const auto kind = listener.channels.constFind(key);
    if (kind == listener.channels.cend())
        return;
    Channels &channels = isPersonal(*kind) ? m_personal[listener.account] : m_common;
    listener.channels.erase(kind);
    if (const auto listening = channels.find(key); listening != channels.end()) {
        listening->listeners.remove(id);
        if (listening->listeners.isEmpty())
            channels.erase(listening);
    }
    if (const auto personal = m_personal.constFind(listener.account);
        personal != m_personal.cend() && personal->isEmpty())
        m_personal.erase(personal);
}

QString StreamHub::baseUrl()
{
    const std::lock_guard lock(m_mutex);
    return m_baseUrl;
}

void StreamHub::happened(const QList<ports::Event> &events)
{
    if (m_open.load(std::memory_order_relaxed) == 0)
        return;
    {
        const std::lock_guard lock(m_queueMutex);
        for (const ports::Event &event : events) {
            const bool full = m_queue.size() >= static_cast<size_t>(m_limits.queuedEvents);
            if (full && !m_dropping)
                qCWarning(log) << "more happens than streams can be told of: some of it is left out";
            m_dropping = full;
            if (!full)
                m_queue.push_back(event);
        }
    }
    m_wake.notify_one();
}

void StreamHub::run()
{
    using Clock = std::chrono::steady_clock;
    Clock::time_point nextCheck = Clock::now() + kTokenCheck;
    std::unique_lock lock(m_queueMutex);
    for (;;) {
        m_wake.wait_until(lock, nextCheck, [this] { return m_stopping || !m_queue.empty(); });
        if (m_stopping)
            return;
        std::optional<ports::Event> event;
        if (!m_queue.empty()) {
            event = m_queue.front();
            m_queue.pop_front();
        }
        lock.unlock();
        if (event)
            tell(*event);
        if (Clock::now() >= nextCheck) {
            checkTokens();
            nextCheck = Clock::now() + kTokenCheck;
        }
        lock.lock();
    }
}

void StreamHub::tell(const ports::Event &event)
{
    if (const auto *created = std::get_if<ports::StatusCreated>(&event))
        tellOf(created->id, domain::News::Status);
    else if (const auto *edited = std::get_if<ports::StatusEdited>(&event))
        tellOf(edited->id, domain::News::Edit);
    else if (const auto *deleted = std::get_if<ports::StatusDeleted>(&event))
        tellOf(*deleted);
    else if (const auto *notification = std::get_if<ports::NotificationCreated>(&event))
        tellOf(*notification);
    else if (const auto *revoked = std::get_if<ports::TokenRevoked>(&event))
        endStreamsOf({ revoked->id });
}

void StreamHub::checkTokens()
{
    QSet<TokenId> gone;
    {
        const std::lock_guard lock(m_mutex);
        for (const std::shared_ptr<Listener> &listener : std::as_const(m_listeners)) {
            if (!listener->token.isNull())
                gone.insert(listener->token);
        }
    }
    const QList<TokenId> tokens = gone.values();
    for (qsizetype at = 0; at < tokens.size(); at += kTokenBatch) {
        const Result<QList<TokenId>> valid =
            m_oauth.tokensAmong(tokens.mid(at, kTokenBatch), Deadline::after(kReadTime));
        if (!valid) {
            qCWarning(log).noquote() << "tokens cannot be looked up:" << describe(valid.error());
            return;
        }
        for (const TokenId token : *valid)
            gone.remove(token);
    }
    endStreamsOf(gone);
}

void StreamHub::endStreamsOf(const QSet<TokenId> &tokens)
{
    const std::lock_guard lock(m_mutex);
    for (const std::shared_ptr<Listener> &listener : std::as_const(m_listeners)) {
        if (!tokens.contains(listener->token))
            continue;
        // Where it is not open yet, it must never be.
        listener->isRevoked = true;
        if (listener->stream)
            listener->stream->end(http::StreamEnd::PolicyViolation);
    }
}

} // namespace graminsta::handlers
