// SPDX-License-Identifier: GPL-3.0-or-later
// A status that is to be posted later.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/ids.h>
#include <graminsta/entities/account.h>

#include <QList>
#include <QString>

#include <optional>

namespace graminsta
{

using ScheduledStatusId = Id<struct ScheduledStatusTag>;

} // namespace graminsta

namespace graminsta::entities
{

struct ScheduledStatus {
    ScheduledStatusId id;
    AccountId accountId;
    ApplicationId applicationId;
    QString text;
    QString spoilerText;
    std::optional<bool> sensitive; // not set: the account's default then
    std::optional<Visibility> visibility; // not set: the account's default then
    QString language;
    StatusId inReplyToId;
    bool commentsDisabled = false;
    QString idempotencyKey;
    QList<MediaId> media; // in their order; reserved for it
    Timestamp scheduledAt;
    Timestamp createdAt;
};

} // namespace graminsta::entities
