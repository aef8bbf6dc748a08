// SPDX-License-Identifier: GPL-3.0-or-later
// Notifications and groups of them in the words of the wire. Pure functions.
#pragma once

#include <graminsta/domain/notifications/notificationgroups.h>
#include <graminsta/model/notificationgroups.h>

#include <optional>

namespace graminsta::handlers
{

// Names that are none of ours are left out.
[[nodiscard]] QList<entities::NotificationType> notificationTypes(const QStringList &names);

// "favourite-113010503322889311-479000", "follow-479000", "ungrouped-196014".
[[nodiscard]] QString groupKeyText(const entities::NotificationGroupKey &key);
// Nothing if it is none.
[[nodiscard]] std::optional<entities::NotificationGroupKey> groupKeyFromText(const QString &text);

// How much of the people is said.
enum class Expand {
    Full,
    PartialAvatars, // of those who did not do it last only what a row of pictures takes
};
[[nodiscard]] model::GroupedNotifications groupedNotificationsView(const domain::NotificationGroupSet &groups,
                                                                   Expand expand, const QString &baseUrl);

} // namespace graminsta::handlers
