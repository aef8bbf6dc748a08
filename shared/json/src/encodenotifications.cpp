// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/json/notificationgroups.h>

#include "entitywriter.h"

namespace graminsta::json
{

namespace
{

constexpr qsizetype kGroupBytes = 1024;

void write(JsonWriter &out, const model::PartialAccount &account)
{
    out.beginObject();
    out.field("id", account.id);
    out.field("acct", account.acct);
    out.field("locked", account.locked);
    out.field("bot", account.bot);
    out.field("url", account.url);
    out.field("avatar", account.avatar);
    out.field("avatar_static", account.avatarStatic);
    out.endObject();
}

void write(JsonWriter &out, const model::NotificationGroup &group)
{
    out.beginObject();
    out.field("group_key", group.groupKey);
    out.field("notifications_count", group.count);
    out.field("type", group.type);
    out.field("most_recent_notification_id", group.mostRecentId);
    if (group.place) {
        out.field("page_min_id", group.place->minId);
        out.field("page_max_id", group.place->maxId);
        out.field("latest_page_notification_at", group.place->latestAt);
    }
    out.key("sample_account_ids");
    json::write(out, group.sampleAccountIds);
    if (!group.statusId.isEmpty())
        out.field("status_id", group.statusId);
    out.endObject();
}

template<typename T> void writeOwn(JsonWriter &out, const QList<T> &list)
{
    out.beginArray();
    for (const T &item : list) {
        out.element();
        write(out, item);
    }
    out.endArray();
}

} // namespace

// https://docs.joinmastodon.org/methods/grouped_notifications/#GroupedNotificationsResults
QByteArray encode(const model::GroupedNotifications &notifications)
{
    JsonWriter out(kGroupBytes * (notifications.groups.size() + notifications.accounts.size() + 1));
    out.beginObject();
    out.key("accounts");
    json::write(out, notifications.accounts);
    if (notifications.partialAccounts) {
        out.key("partial_accounts");
        writeOwn(out, *notifications.partialAccounts);
    }
    out.key("statuses");
    json::write(out, notifications.statuses);
    out.key("notification_groups");
    writeOwn(out, notifications.groups);
    out.endObject();
    return out.take();
}

} // namespace graminsta::json
