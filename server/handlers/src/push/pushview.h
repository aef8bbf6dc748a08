// SPDX-License-Identifier: GPL-3.0-or-later
// Web Push in the words of the wire. Pure functions.
#pragma once

#include <graminsta/domain/notifications/listnotifications.h>
#include <graminsta/entities/push.h>
#include <graminsta/model/push.h>

#include <optional>

namespace graminsta::handlers
{

// What is pushed of a set of one notification.
[[nodiscard]] model::PushMessage pushMessageView(const domain::NotificationSet &set, const QString &baseUrl);

[[nodiscard]] model::PushSubscription pushSubscriptionView(const entities::PushSubscription &subscription,
                                                           const QString &serverKey);
// Nothing if it is not the name of one.
[[nodiscard]] std::optional<entities::PushPolicy> pushPolicyFromName(const QString &name);

} // namespace graminsta::handlers
