// SPDX-License-Identifier: GPL-3.0-or-later
// What the hub says to those who listen.
#include "streaming/channel.h"
#include "streaming/listener.h"
#include "views/views.h"

#include <graminsta/domain/policy/feeds.h>
#include <graminsta/json/encode.h>
#include <graminsta/json/stream.h>

#include <QLoggingCategory>

namespace graminsta::handlers
{

using domain::Audience;
using domain::StatusSet;

namespace
{

Q_LOGGING_CATEGORY(log, "graminsta.streams")

constexpr std::chrono::seconds kReadTime { 10 };

bool isFeedOf(const Channel &channel, const entities::Status &status)
{
    if (channel.kind == ChannelKind::Tag)
        return domain::isTaggedPublicly(status) && status.tags.contains(channel.tag);
    return channel.kind == ChannelKind::Public && domain::isPublicPost(status)
        && (!channel.onlyMedia || status.mediaCount > 0);
}

} // namespace

// One event for all who listen to one channel, made when the first of them is there.
struct StreamHub::Message {
    const QStringList &names;
    const QString &event;
    const QByteArray &payload;
    QByteArray forEvents {};
    QByteArray forSockets {};

    void sendTo(http::Stream &stream)
    {
        const bool isSocket = stream.kind() == http::StreamKind::WebSocket;
        QByteArray &bytes = isSocket ? forSockets : forEvents;
        if (bytes.isEmpty())
            bytes = isSocket ? http::socketBytes(json::encode(model::StreamMessage { names, event, payload }))
                             : http::eventBytes(event.toUtf8(), payload);
        stream.send(bytes);
    }
};

domain::Watchers StreamHub::watchers()
{
    domain::Watchers watchers;
    QSet<AccountId> feeds;
    const std::lock_guard lock(m_mutex);
    watchers.home.reserve(m_personal.size());
    for (auto personal = m_personal.cbegin(); personal != m_personal.cend(); ++personal) {
        if (personal->contains(QStringLiteral("user")))
            watchers.home.append(personal.key());
    }
    for (const Listening &listening : std::as_const(m_common)) {
        for (const std::shared_ptr<Listener> &listener : listening.listeners) {
            if (!listener->account.isNull())
                feeds.insert(listener->account);
        }
    }
    watchers.feeds = feeds.values();
    return watchers;
}

void StreamHub::tellOf(StatusId id, domain::News news)
{
    const Result<Audience> audience = m_audience.run(id, news, watchers(), Deadline::after(kReadTime));
    if (!audience) {
        qCWarning(log).noquote() << "a status is told to nobody:" << describe(audience.error());
        return;
    }
    if (audience->set.statuses.isEmpty())
        return;
    const QString event = news == domain::News::Edit ? QStringLiteral("status.update") : QStringLiteral("update");
    if (!audience->home.isEmpty())
        sendHome(*audience, event);
    sendFeeds(*audience, event);
}

void StreamHub::sendHome(const Audience &audience, const QString &event)
{
    const QString base = baseUrl();
    const entities::Status &status = audience.set.statuses.first();
    const StatusId shown = status.isReblog() ? status.reblogOfId : status.id;
    const auto encoded = [&](AccountId viewer) {
        StatusSet set = audience.set;
        set.viewer = viewer;
        set.flags.insert(shown, audience.flags.value(viewer));
        return json::encode(statusView(set, base));
    };
    // Whoever has done nothing with it sees the same as everybody else.
    const QStringList names { QStringLiteral("user") };
    const QByteArray common = encoded({});
    Message message { names, event, common };
    QHash<AccountId, QByteArray> own;
    for (auto flags = audience.flags.keyBegin(); flags != audience.flags.keyEnd(); ++flags)
        own.insert(*flags, encoded(*flags));
    if (audience.home.contains(status.accountId) && !own.contains(status.accountId))
        own.insert(status.accountId, encoded(status.accountId));

    const std::lock_guard lock(m_mutex);
    for (const AccountId account : audience.home) {
        const auto personal = m_personal.constFind(account);
        if (personal == m_personal.cend())
            continue;
        const auto payload = own.constFind(account);
        Message ownMessage { names, event, payload == own.cend() ? common : *payload };
        for (const std::shared_ptr<Listener> &listener : personal->value(names.first()).listeners)
            (payload == own.cend() ? message : ownMessage).sendTo(*listener->stream);
    }
}

void StreamHub::sendFeeds(const Audience &audience, const QString &event)
{
    const entities::Status &status = audience.set.statuses.first();
    if (!domain::isPublicPost(status) && !domain::isTaggedPublicly(status))
        return;
    // Of the flags of those who listen nothing is said here.
    const QByteArray payload = json::encode(statusView(audience.set, baseUrl()));
    const std::lock_guard lock(m_mutex);
    for (const Listening &listening : std::as_const(m_common)) {
        if (!isFeedOf(*listening.channel, status))
            continue;
        Message message { listening.channel->names, event, payload };
        for (const std::shared_ptr<Listener> &listener : listening.listeners) {
            if (listener->account.isNull() ? audience.isForNobody : audience.feeds.contains(listener->account))
                message.sendTo(*listener->stream);
        }
    }
}

// Whom it was shown to is not known any more. Of what everybody could see, everybody may hear that it is gone; of the
// rest only its author, and the others at their next look.
void StreamHub::tellOf(const ports::StatusDeleted &deleted)
{
    const bool open =
        deleted.visibility == entities::Visibility::Public || deleted.visibility == entities::Visibility::Unlisted;
    const QString event = QStringLiteral("delete");
    const QByteArray payload = QByteArray::number(deleted.id.number());
    const auto sendTo = [&](const Listening &listening) {
        if (!listening.channel || listening.channel->kind == ChannelKind::Notifications)
            return;
        Message message { listening.channel->names, event, payload };
        for (const std::shared_ptr<Listener> &listener : listening.listeners)
            message.sendTo(*listener->stream);
    };
    const std::lock_guard lock(m_mutex);
    for (auto personal = m_personal.cbegin(); personal != m_personal.cend(); ++personal) {
        if (open || personal.key() == deleted.author)
            sendTo(personal->value(QStringLiteral("user")));
    }
    if (!open)
        return;
    for (const Listening &listening : std::as_const(m_common))
        sendTo(listening);
}

void StreamHub::tellOf(const ports::NotificationCreated &created)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_personal.contains(created.account))
            return;
    }
    entities::Viewer viewer;
    viewer.account = created.account;
    const Result<domain::NotificationSet> set = m_notifications.one(viewer, created.id, Deadline::after(kReadTime));
    if (!set && set.error().fault != Fault::NotFound)
        qCWarning(log).noquote() << "a notification is told to nobody:" << describe(set.error());
    const QList<model::Notification> views = set ? notificationViews(*set, baseUrl()) : QList<model::Notification>();
    if (views.isEmpty())
        return;
    const QString event = QStringLiteral("notification");
    const QByteArray payload = json::encode(views.first());
    const std::lock_guard lock(m_mutex);
    for (const Listening &listening : m_personal.value(created.account)) {
        Message message { listening.channel->names, event, payload };
        for (const std::shared_ptr<Listener> &listener : listening.listeners) {
            if (listening.channel->kind == ChannelKind::Notifications || listener->withNotifications)
                message.sendTo(*listener->stream);
        }
    }
}

} // namespace graminsta::handlers
