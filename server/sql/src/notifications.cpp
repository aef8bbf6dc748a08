// SPDX-License-Identifier: GPL-3.0-or-later
#include "notifications.h"

#include "notificationrow.h"
#include "paging.h"

#include <graminsta/ports/push.h>

namespace graminsta::sql
{

using entities::Notification;
using entities::NotificationType;
using entities::Page;
using entities::PageRequest;

namespace
{

const QByteArray kSelect = "SELECT " + notificationColumns() + " FROM notifications n ";
const QByteArray kById = kSelect + "WHERE n.account_id = ?1 AND n.id = ?2";
const PagedSql kList(kSelect
                     + "WHERE n.account_id = ?1 AND n.id > ?2 AND n.id < ?3 AND n.type {in ?5}"
                       " AND (CAST(?6 AS bigint) IS NULL OR n.from_account_id = ?6) ORDER BY n.id {order} LIMIT ?4");

const QByteArray kInsert =
    "INSERT INTO notifications (id, account_id, type, from_account_id, status_id, created_at,"
    " group_hour) SELECT CAST(?1 AS bigint), CAST(?2 AS bigint), CAST(?3 AS smallint), CAST(?4 AS bigint),"
    " CAST(?5 AS bigint), CAST(?6 AS bigint),"
    // The group that is open for it, or one that it begins.
    " coalesce((SELECT g.group_hour FROM notifications g WHERE g.account_id = ?2 AND g.type = ?3"
    " AND coalesce(g.status_id, 0) = coalesce(CAST(?5 AS bigint), 0) AND g.group_hour > ?8"
    " ORDER BY g.group_hour DESC LIMIT 1), CAST(?7 AS bigint))"
    " WHERE NOT EXISTS (SELECT 1 FROM statuses s JOIN conversation_mutes m"
    " ON m.account_id = ?2 AND m.conversation_id = coalesce(s.conversation_id, s.id)"
    " WHERE s.id = ?5)"
    " AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.account_id = ?2 AND b.target_id = ?4)"
    " AND NOT EXISTS (SELECT 1 FROM blocks c WHERE c.account_id = ?4 AND c.target_id = ?2)"
    " AND NOT EXISTS (SELECT 1 FROM mutes m WHERE m.account_id = ?2 AND m.target_id = ?4"
    " AND m.hide_notifications = 1 AND (m.ends_at IS NULL OR m.ends_at > ?6))"
    " ON CONFLICT DO NOTHING";
const QByteArray kRemove = "DELETE FROM notifications WHERE account_id = ?1 AND type = ?2 AND from_account_id = ?3"
                           " AND coalesce(status_id, 0) = coalesce(CAST(?4 AS bigint), 0)";
// By the index of what is told once, hence with all types.
const QByteArray kRemoveFrom =
    "DELETE FROM notifications WHERE account_id = ?1 AND type {in ?3} AND from_account_id = ?2";
const QByteArray kDismiss = "DELETE FROM notifications WHERE account_id = ?1 AND id = ?2";
const QByteArray kClear = "DELETE FROM notifications WHERE account_id = ?1";

} // namespace

QByteArray notificationColumns()
{
    return "n.id, n.account_id, n.type, n.from_account_id, n.status_id, n.created_at, coalesce(n.group_hour, 0)"
           " AS group_hour";
}

Notification notificationOf(const Row &row)
{
    return { row.id<NotificationId>(0),
             row.id<AccountId>(1),
             row.enumerator<NotificationType>(2),
             row.id<AccountId>(3),
             row.id<StatusId>(4),
             row.time(5),
             row.integer(6) };
}

QList<qint64> wantedTypes(const ports::NotificationFilter &filter)
{
    QList<qint64> wanted;
    for (const NotificationType type :
         { NotificationType::Mention, NotificationType::Favourite, NotificationType::Follow, NotificationType::Reblog,
           NotificationType::FollowRequest }) {
        if ((filter.types.isEmpty() || filter.types.contains(type)) && !filter.excludedTypes.contains(type))
            wanted.append(static_cast<qint64>(type));
    }
    return wanted;
}

Result<Notification> SqlNotifications::byId(AccountId account, NotificationId id, const Deadline &deadline) const
{
    return m_executor.one<Notification>(kById, Bindings(account, id), deadline, notificationOf,
                                        QStringLiteral("There is no such notification"));
}

Result<Page<Notification>> SqlNotifications::list(AccountId account, const ports::NotificationFilter &filter,
                                                  const PageRequest &page, const Deadline &deadline) const
{
    const PageWindow window(page);
    return readPage<Notification>(
        m_executor, kList, window,
        Bindings(account, window.low, window.high, window.limit, wantedTypes(filter), filter.from), deadline,
        notificationOf, [](const Notification &notification) { return notification.id.number(); });
}

Result<> SqlNotifications::insert(const Notification &notification)
{
    const qint64 hour = toUnixMs(notification.createdAt) / std::chrono::milliseconds(std::chrono::hours { 1 }).count();
    const auto ifGrouped = [&](qint64 value) {
        return entities::isGroupable(notification.type) ? std::optional(value) : std::nullopt;
    };
    const qint64 stored =
        GI_TRY(m_executor.change(kInsert,
                                 Bindings(notification.id, notification.accountId, notification.type,
                                          notification.fromAccountId, notification.statusId, notification.createdAt,
                                          ifGrouped(hour), ifGrouped(hour - entities::kGroupHours))));
    if (stored == 0)
        return {};
    if (m_events)
        m_events->append(ports::NotificationCreated { notification.id, notification.accountId });
    if (!m_jobs)
        return {};
    // There is one such job a notification, hence it has its number.
    const ports::PushErrand errand { notification.accountId, notification.id, {} };
    GI_TRY(m_jobs->enqueueForSubscriber(notification.accountId,
                                        { entities::JobId { notification.id.number() },
                                          QLatin1String(ports::kPushJob),
                                          errand.payload(),
                                          notification.createdAt,
                                          {} },
                                        notification.createdAt));
    return {};
}

Result<> SqlNotifications::remove(AccountId account, NotificationType type, AccountId from, StatusId status)
{
    GI_TRY(m_executor.change(kRemove, Bindings(account, type, from, status)));
    return {};
}

Result<> SqlNotifications::removeBetween(AccountId one, AccountId other)
{
    const QList<qint64> all = wantedTypes({});
    GI_TRY(m_executor.change(kRemoveFrom, Bindings(one, other, all)));
    GI_TRY(m_executor.change(kRemoveFrom, Bindings(other, one, all)));
    return {};
}

Result<bool> SqlNotifications::dismiss(AccountId account, NotificationId id)
{
    return GI_TRY(m_executor.change(kDismiss, Bindings(account, id))) > 0;
}

Result<> SqlNotifications::clear(AccountId account)
{
    GI_TRY(m_executor.change(kClear, Bindings(account)));
    return {};
}

} // namespace graminsta::sql
