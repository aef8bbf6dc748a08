// SPDX-License-Identifier: GPL-3.0-or-later
// A status that is to be posted later. https://docs.joinmastodon.org/entities/ScheduledStatus/
#pragma once

#include <graminsta/model/entities.h>

namespace graminsta::model
{

struct ScheduledStatus {
    QString id;
    Timestamp scheduledAt;
    QString text;
    QString spoilerText;
    std::optional<bool> sensitive;
    QString visibility; // empty: the default of then
    QString language;
    QString inReplyToId; // empty: none
    qint64 applicationId = 0;
    QString idempotencyKey; // empty: none
    QList<MediaAttachment> mediaAttachments;
};

} // namespace graminsta::model
