// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/pushview.h"

#include "views/views.h"

namespace graminsta::handlers
{

using entities::PushPolicy;

namespace
{

constexpr int kMaxTitle = 120;
constexpr int kMaxBody = 140;

QString policyName(PushPolicy policy)
{
    switch (policy) {
    case PushPolicy::All:
        return QStringLiteral("all");
    case PushPolicy::Followed:
        return QStringLiteral("followed");
    case PushPolicy::Follower:
        return QStringLiteral("follower");
    case PushPolicy::None:
        return QStringLiteral("none");
    }
    return QStringLiteral("all");
}

QString shortened(const QString &text, int most)
{
    const QString line = text.simplified();
    if (line.size() <= most)
        return line;
    // Not between the two halves of a character.
    const int end = line.at(most - 2).isHighSurrogate() ? most - 2 : most - 1;
    return line.left(end) + QChar(0x2026);
}

QString titleOf(const QString &type, const QString &name)
{
    if (type == QLatin1String("mention"))
        return QStringLiteral("%1 mentioned you").arg(name);
    if (type == QLatin1String("favourite"))
        return QStringLiteral("%1 liked your post").arg(name);
    if (type == QLatin1String("reblog"))
        return QStringLiteral("%1 boosted your post").arg(name);
    if (type == QLatin1String("follow"))
        return QStringLiteral("%1 now follows you").arg(name);
    if (type == QLatin1String("follow_request"))
        return QStringLiteral("%1 asks to follow you").arg(name);
    return name;
}

} // namespace

model::PushMessage pushMessageView(const domain::NotificationSet &set, const QString &baseUrl)
{
    model::PushMessage message;
    const QList<model::Notification> views = notificationViews(set, baseUrl);
    if (views.isEmpty())
        return message;
    const entities::Notification &notification = set.notifications.first();
    const model::Account &sender = views.first().account;
    message.preferredLocale = QStringLiteral("en");
    message.notificationId = notification.id.number();
    message.notificationType = views.first().type;
    // Without a public address there is none that a client could follow.
    if (!baseUrl.isEmpty())
        message.icon = sender.avatar;
    message.title = shortened(
        titleOf(message.notificationType, sender.displayName.isEmpty() ? sender.username : sender.displayName),
        kMaxTitle);
    // What has a warning is hidden until it is asked for, here too.
    for (const entities::Status &status : set.statuses.statuses)
        message.body = shortened(status.spoilerText.isEmpty() ? status.text : status.spoilerText, kMaxBody);
    return message;
}

model::PushSubscription pushSubscriptionView(const entities::PushSubscription &subscription, const QString &serverKey)
{
    return { subscription.id.toString(), subscription.endpoint,           subscription.standard,
             subscription.alerts,        policyName(subscription.policy), serverKey };
}

std::optional<PushPolicy> pushPolicyFromName(const QString &name)
{
    for (const PushPolicy policy : { PushPolicy::All, PushPolicy::Followed, PushPolicy::Follower, PushPolicy::None }) {
        if (name == policyName(policy))
            return policy;
    }
    return std::nullopt;
}

} // namespace graminsta::handlers
