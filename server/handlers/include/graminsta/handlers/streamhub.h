// SPDX-License-Identifier: GPL-3.0-or-later
// Who listens to what, and the thread that tells them: for each event it reads once what there is to show, asks the
// visibility policy for everybody who listens, makes the bytes once for all who see the same, and hands them to the
// streams. Thread-safe. It never slows down what it tells of: events that it cannot keep up with are dropped.
#pragma once

#include <graminsta/domain/notifications/listnotifications.h>
#include <graminsta/domain/streaming/statusaudience.h>
#include <graminsta/http/stream.h>
#include <graminsta/ports/events.h>

#include <QHash>
#include <QSet>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace graminsta::handlers
{

struct Channel;

struct StreamLimits {
    int streams = 5000;
    int ofAccount = 20; // with all its tokens
    int channelsOfStream = 100;
    int queuedEvents = 10'000;
};

class StreamHub final : public ports::EventListener
{
public:
    using ListenerId = quint64;

    // All must outlive it; `events` tells it what happens.
    StreamHub(ports::EventSource &events, const domain::StatusAudience &audience,
              const domain::ListNotifications &notifications, const ports::OAuthReader &oauth,
              const StreamLimits &limits);
    ~StreamHub() override; // no stream is open any more

    // A place for one more stream, until leave(). Fault::Unavailable if all are taken, RateLimited if the account has
    // as many as it may.
    [[nodiscard]] Result<ListenerId> enter(const entities::Viewer &viewer, const QString &baseUrl);
    void opened(ListenerId listener, const std::shared_ptr<http::Stream> &stream);
    // From opened() on. Fault::Invalid if it listens to too many already; success also if it listens to this one.
    [[nodiscard]] Result<> listen(ListenerId listener, const Channel &channel);
    void ignore(ListenerId listener, const Channel &channel);
    void leave(ListenerId listener);

    // EventListener
    void happened(const QList<ports::Event> &events) override;

    StreamHub(const StreamHub &) = delete;
    StreamHub &operator=(const StreamHub &) = delete;

private:
    struct Listener;
    struct Message;
    // Those who listen to one channel.
    struct Listening {
        std::shared_ptr<const Channel> channel;
        QHash<ListenerId, std::shared_ptr<Listener>> listeners;
    };
    using Channels = QHash<QString, Listening>; // by Channel::key()

    void run();
    void tell(const ports::Event &event);
    void tellOf(StatusId id, domain::News news);
    void tellOf(const ports::StatusDeleted &deleted);
    void tellOf(const ports::NotificationCreated &notification);
    void endStreamsOf(const QSet<TokenId> &tokens);
    // Ends the streams of tokens that are gone, should nobody have told.
    void checkTokens();

    // Whose home timelines and which feeds are listened to.
    [[nodiscard]] domain::Watchers watchers();
    void sendHome(const domain::Audience &audience, const QString &event);
    void sendFeeds(const domain::Audience &audience, const QString &event);
    void drop(Listener &listener, ListenerId id, const QString &key);
    [[nodiscard]] QString baseUrl();

    ports::EventSource &m_events;
    const domain::StatusAudience &m_audience;
    const domain::ListNotifications &m_notifications;
    const ports::OAuthReader &m_oauth;
    const StreamLimits m_limits;

    std::mutex m_mutex; // of who listens; held while bytes are handed out, never while anything is read
    QHash<ListenerId, std::shared_ptr<Listener>> m_listeners;
    QHash<AccountId, int> m_streamsOf;
    QHash<AccountId, Channels> m_personal; // Home and Notifications
    Channels m_common; // Public and Tag
    ListenerId m_lastId = 0;
    QString m_baseUrl;

    std::mutex m_queueMutex; // of the queue
    std::condition_variable m_wake;
    std::deque<ports::Event> m_queue;
    bool m_stopping = false;
    bool m_dropping = false;
    std::atomic<int> m_open { 0 };
    std::thread m_thread;
};

} // namespace graminsta::handlers
