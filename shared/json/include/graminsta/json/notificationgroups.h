// SPDX-License-Identifier: GPL-3.0-or-later
// Grouped notifications as JSON. Pure functions.
#pragma once

#include <graminsta/model/notificationgroups.h>

#include <QByteArray>

namespace graminsta::json
{

[[nodiscard]] QByteArray encode(const model::GroupedNotifications &notifications);

} // namespace graminsta::json
