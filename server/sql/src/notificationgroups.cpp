// SPDX-License-Identifier: GPL-3.0-or-later
#include "notificationrow.h"
#include "notifications.h"
#include "paging.h"

namespace graminsta::sql
{

using entities::Notification;
using entities::NotificationGroupKey;
using entities::NotificationType;
using entities::Page;
using entities::PageRequest;

namespace
{

// By the index notifications_grouped: what is in the same group as `r`, which is in one.
QByteArray sameGroup(const QByteArray &n, const QByteArray &r)
{
    return n + ".account_id = " + r + ".account_id AND " + n + ".type = " + r + ".type AND coalesce(" + n
        + ".status_id, 0) = coalesce(" + r + ".status_id, 0) AND " + n + ".group_hour = " + r + ".group_hour";
}

const PagedSql kGroups("SELECT " + notificationColumns()
                       + " FROM notifications n WHERE n.account_id = ?1 AND n.id > ?2 AND n.id < ?3 AND n.type {in ?5}"
                         " AND (CAST(?6 AS bigint) IS NULL OR n.from_account_id = ?6)"
                         " AND NOT (n.type {in ?7} AND EXISTS (SELECT 1 FROM notifications m WHERE "
                       + sameGroup("m", "n")
                       + " AND m.id > n.id AND (CAST(?6 AS bigint) IS NULL OR m.from_account_id = ?6)))"
                         " ORDER BY n.id {order} LIMIT ?4");
const QByteArray kMembers = "SELECT g.* FROM (SELECT " + notificationColumns()
    + ", r.id AS newest, count(*) OVER w AS total, min(CASE WHEN n.id >= ?4 THEN n.id END) OVER w AS lowest,"
      " row_number() OVER (PARTITION BY r.id ORDER BY n.id DESC) AS place"
      " FROM notifications r JOIN notifications n ON "
    + sameGroup("n", "r")
    + " WHERE r.account_id = ?1 AND r.id {in ?2} AND (CAST(?3 AS bigint) IS NULL OR n.from_account_id = ?3)"
      " WINDOW w AS (PARTITION BY r.id)) g WHERE g.place <= ?5 ORDER BY g.newest DESC, g.place";
const QByteArray kThisGroup = " n.account_id = ?1 AND n.type = ?2 AND coalesce(n.status_id, 0)"
                              " = coalesce(CAST(?3 AS bigint), 0) AND n.group_hour = ?4";
const PagedSql kOfGroup("SELECT " + notificationColumns() + " FROM notifications n WHERE" + kThisGroup
                        + " AND n.id > ?5 AND n.id < ?6 ORDER BY n.id {order} LIMIT ?7");
const PagedSql kAlone("SELECT " + notificationColumns()
                      + " FROM notifications n WHERE n.account_id = ?1 AND n.id = ?2 AND n.id > ?3 AND n.id < ?4"
                        " ORDER BY n.id {order} LIMIT ?5");
const QByteArray kDismissGroup =
    "DELETE FROM notifications WHERE id IN (SELECT n.id FROM notifications n WHERE" + kThisGroup + ")";

} // namespace

Result<Page<Notification>> SqlNotifications::groups(AccountId account, const ports::NotificationFilter &filter,
                                                    const QList<NotificationType> &grouped, const PageRequest &page,
                                                    const Deadline &deadline) const
{
    const PageWindow window(page);
    QList<qint64> together;
    together.reserve(grouped.size());
    for (const NotificationType type : grouped)
        together.append(static_cast<qint64>(type));
    return readPage<Notification>(
        m_executor, kGroups, window,
        Bindings(account, window.low, window.high, window.limit, wantedTypes(filter), filter.from, together), deadline,
        notificationOf, [](const Notification &notification) { return notification.id.number(); });
}

Result<QList<ports::GroupMember>> SqlNotifications::members(AccountId account, const QList<NotificationId> &newest,
                                                            AccountId from, NotificationId lowest, int most,
                                                            const Deadline &deadline) const
{
    return m_executor.list<ports::GroupMember>(
        kMembers, Bindings(account, newest, from, lowest.number(), most), deadline, [](const Row &row) {
            return ports::GroupMember { notificationOf(row), row.id<NotificationId>(kNotificationColumns),
                                        static_cast<int>(row.integer(kNotificationColumns + 1)),
                                        row.id<NotificationId>(kNotificationColumns + 2) };
        });
}

Result<Page<Notification>> SqlNotifications::ofGroup(AccountId account, const NotificationGroupKey &group,
                                                     const PageRequest &page, const Deadline &deadline) const
{
    const PageWindow window(page);
    const auto cursor = [](const Notification &notification) { return notification.id.number(); };
    if (!group.alone.isNull())
        return readPage<Notification>(m_executor, kAlone, window,
                                      Bindings(account, group.alone, window.low, window.high, window.limit), deadline,
                                      notificationOf, cursor);
    return readPage<Notification>(
        m_executor, kOfGroup, window,
        Bindings(account, group.type, group.statusId, group.hour, window.low, window.high, window.limit), deadline,
        notificationOf, cursor);
}

Result<> SqlNotifications::dismissGroup(AccountId account, const NotificationGroupKey &group)
{
    if (!group.alone.isNull()) {
        GI_TRY(dismiss(account, group.alone));
        return {};
    }
    GI_TRY(m_executor.change(kDismissGroup, Bindings(account, group.type, group.statusId, group.hour)));
    return {};
}

} // namespace graminsta::sql
