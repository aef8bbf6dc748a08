// SPDX-License-Identifier: GPL-3.0-or-later
#include "views.h"

namespace graminsta::handlers
{

QList<model::ScheduledStatus> scheduledViews(const domain::ScheduledSet &set, const QString &baseUrl)
{
    QList<model::ScheduledStatus> views;
    views.reserve(set.statuses.size());
    for (const entities::ScheduledStatus &status : set.statuses) {
        model::ScheduledStatus view;
        view.id = status.id.toString();
        view.scheduledAt = status.scheduledAt;
        view.text = status.text;
        view.spoilerText = status.spoilerText;
        view.sensitive = status.sensitive;
        if (status.visibility)
            view.visibility = visibilityName(*status.visibility);
        view.language = status.language;
        if (!status.inReplyToId.isNull())
            view.inReplyToId = status.inReplyToId.toString();
        view.applicationId = status.applicationId.number();
        view.idempotencyKey = status.idempotencyKey;
        for (const MediaId id : status.media) {
            if (const auto media = set.media.constFind(id); media != set.media.cend())
                view.mediaAttachments.append(mediaView(*media, baseUrl));
        }
        views.append(std::move(view));
    }
    return views;
}

} // namespace graminsta::handlers
