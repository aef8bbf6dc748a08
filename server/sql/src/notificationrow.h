// SPDX-License-Identifier: GPL-3.0-or-later
// A notification as a row. Pure functions.
#pragma once

#include "row.h"

#include <graminsta/ports/notifications.h>

namespace graminsta::sql
{

inline constexpr int kNotificationColumns = 7;
// Of the table as `n`.
[[nodiscard]] QByteArray notificationColumns();
[[nodiscard]] entities::Notification notificationOf(const Row &row);
// The types that a filter lets through.
[[nodiscard]] QList<qint64> wantedTypes(const ports::NotificationFilter &filter);

} // namespace graminsta::sql
