// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/notificationview.h"

#include "views/views.h"

#include <algorithm>

namespace graminsta::handlers
{

using entities::NotificationGroupKey;
using entities::NotificationType;

namespace
{

struct NamedType {
    NotificationType type;
    const char *name;
};

constexpr NamedType kTypes[] = {
    { NotificationType::Mention, "mention" },
    { NotificationType::Favourite, "favourite" },
    { NotificationType::Follow, "follow" },
    { NotificationType::Reblog, "reblog" },
    { NotificationType::FollowRequest, "follow_request" },
};

QString typeName(NotificationType type)
{
    const auto *const found =
        std::find_if(std::begin(kTypes), std::end(kTypes), [type](const NamedType &one) { return one.type == type; });
    return found == std::end(kTypes) ? QString() : QString(QLatin1String(found->name));
}

const QString kAlone = QStringLiteral("ungrouped");

model::PartialAccount partialView(const model::Account &account)
{
    return { account.id, account.acct, account.url, account.avatar, account.avatarStatic, account.locked, account.bot };
}

} // namespace

QList<NotificationType> notificationTypes(const QStringList &names)
{
    QList<NotificationType> types;
    for (const NamedType &one : kTypes) {
        if (names.contains(QLatin1String(one.name)))
            types.append(one.type);
    }
    return types;
}

QString groupKeyText(const NotificationGroupKey &key)
{
    if (!key.alone.isNull())
        return kAlone + QLatin1Char('-') + key.alone.toString();
    QStringList parts { typeName(key.type) };
    if (!key.statusId.isNull())
        parts.append(key.statusId.toString());
    parts.append(QString::number(key.hour));
    return parts.join(QLatin1Char('-'));
}

std::optional<NotificationGroupKey> groupKeyFromText(const QString &text)
{
    const QStringList parts = text.split(QLatin1Char('-'));
    NotificationGroupKey key;
    if (parts.size() == 2 && parts[0] == kAlone) {
        const std::optional<NotificationId> id = NotificationId::fromString(parts[1]);
        if (!id)
            return std::nullopt;
        key.alone = *id;
        return key;
    }
    const QList<NotificationType> types = notificationTypes({ parts.first() });
    if (types.isEmpty() || !entities::isGroupable(types.first()))
        return std::nullopt;
    key.type = types.first();
    const bool hasStatus = key.type != NotificationType::Follow;
    if (parts.size() != (hasStatus ? 3 : 2))
        return std::nullopt;
    if (hasStatus) {
        const std::optional<StatusId> status = StatusId::fromString(parts[1]);
        if (!status)
            return std::nullopt;
        key.statusId = *status;
    }
    bool isNumber = false;
    key.hour = parts.last().toLongLong(&isNumber);
    return isNumber && key.hour > 0 ? std::optional(key) : std::nullopt;
}

QList<model::Notification> notificationViews(const domain::NotificationSet &set, const QString &baseUrl)
{
    QHash<QString, model::Status> statuses;
    for (const model::Status &status : statusViews(set.statuses, baseUrl))
        statuses.insert(status.id, status);
    QList<model::Notification> views;
    views.reserve(set.notifications.size());
    for (const entities::Notification &notification : set.notifications) {
        model::Notification view;
        view.id = notification.id.toString();
        view.type = typeName(notification.type);
        view.createdAt = notification.createdAt;
        view.groupKey = groupKeyText(notification.groupKey());
        view.account = accountView(set.accounts.value(notification.fromAccountId), baseUrl);
        if (!notification.statusId.isNull())
            view.status = statuses.value(notification.statusId.toString());
        views.append(std::move(view));
    }
    return views;
}

model::GroupedNotifications groupedNotificationsView(const domain::NotificationGroupSet &groups, Expand expand,
                                                     const QString &baseUrl)
{
    model::GroupedNotifications view;
    view.statuses = statusViews(groups.set.statuses, baseUrl);
    QList<AccountId> whole; // in their order
    QList<AccountId> partial;
    for (const entities::Notification &notification : groups.set.notifications) {
        const domain::NotificationGroup group = groups.groups.value(notification.id);
        model::NotificationGroup one;
        one.groupKey = groupKeyText(group.key);
        one.count = group.count;
        one.type = typeName(notification.type);
        one.mostRecentId = notification.id.toString();
        if (!group.pageMax.isNull())
            one.place = { group.pageMin.toString(), group.pageMax.toString(), notification.createdAt };
        if (!notification.statusId.isNull())
            one.statusId = notification.statusId.toString();
        for (const AccountId account : group.sample) {
            if (!groups.set.accounts.contains(account))
                continue;
            const bool isWhole = expand == Expand::Full || account == notification.fromAccountId;
            QList<AccountId> &list = isWhole ? whole : partial;
            if (!list.contains(account))
                list.append(account);
            one.sampleAccountIds.append(account.toString());
        }
        view.groups.append(std::move(one));
    }
    for (const AccountId account : std::as_const(whole))
        view.accounts.append(accountView(groups.set.accounts.value(account), baseUrl));
    if (expand == Expand::Full)
        return view;
    view.partialAccounts.emplace();
    for (const AccountId account : std::as_const(partial)) {
        if (!whole.contains(account))
            view.partialAccounts->append(partialView(accountView(groups.set.accounts.value(account), baseUrl)));
    }
    return view;
}

} // namespace graminsta::handlers
