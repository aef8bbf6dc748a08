// SPDX-License-Identifier: GPL-3.0-or-later
#include "views.h"

#include <graminsta/core/idgenerator.h>

#include <QUrl>

namespace graminsta::handlers
{

using entities::MarkedTimeline;
using entities::ReportCategory;

model::Relationship relationshipView(const entities::Relationship &relationship)
{
    model::Relationship view;
    view.id = relationship.accountId.toString();
    view.following = relationship.following;
    view.followedBy = relationship.followedBy;
    view.requested = relationship.requested;
    view.requestedBy = relationship.requestedBy;
    view.showingReblogs = relationship.following && relationship.showingReblogs;
    view.notifying = relationship.notifying;
    view.blocking = relationship.blocking;
    view.blockedBy = relationship.blockedBy;
    view.muting = relationship.muting;
    view.mutingNotifications = relationship.mutingNotifications;
    view.mutingExpiresAt = relationship.muteEndsAt;
    view.note = relationship.note;
    return view;
}

QList<model::Account> mutedAccountViews(const QList<domain::MutedAccount> &accounts, const QString &baseUrl)
{
    QList<model::Account> views;
    for (const domain::MutedAccount &muted : accounts) {
        model::Account view = accountView(muted.account, baseUrl);
        view.mute = model::MuteEnd { muted.endsAt };
        views.append(std::move(view));
    }
    return views;
}

model::Tag tagView(const entities::TagInfo &tag, const QString &baseUrl)
{
    model::Tag view { tag.name, baseUrl + QStringLiteral("/tags/") + tag.name, tag.following, {} };
    for (const entities::TagDay &day : tag.history)
        view.history.append({ day.day, day.uses, day.accounts });
    return view;
}

QList<model::Tag> tagViews(const QList<entities::TagInfo> &tags, const QString &baseUrl)
{
    QList<model::Tag> views;
    for (const entities::TagInfo &tag : tags)
        views.append(tagView(tag, baseUrl));
    return views;
}

model::FeaturedTag featuredTagView(const entities::FeaturedTag &tag, const QString &username, const QString &baseUrl)
{
    model::FeaturedTag view;
    view.id = tag.id.toString();
    view.name = tag.name;
    view.url = baseUrl + QStringLiteral("/@") + username + QStringLiteral("/tagged/")
        + QString::fromLatin1(QUrl::toPercentEncoding(tag.name));
    view.statusesCount = tag.statusesCount;
    if (!tag.lastStatusId.isNull())
        view.lastStatusAt = dayOf(idTime(tag.lastStatusId.number()));
    return view;
}

QString markedTimelineName(MarkedTimeline timeline)
{
    return timeline == MarkedTimeline::Home ? QStringLiteral("home") : QStringLiteral("notifications");
}

QList<model::Marker> markerViews(const QList<entities::Marker> &markers)
{
    QList<model::Marker> views;
    for (const entities::Marker &marker : markers)
        views.append({ markedTimelineName(marker.timeline), QString::number(marker.lastReadId), marker.version,
                       marker.updatedAt });
    return views;
}

QString reportCategoryName(ReportCategory category)
{
    switch (category) {
    case ReportCategory::Other:
        return QStringLiteral("other");
    case ReportCategory::Spam:
        return QStringLiteral("spam");
    case ReportCategory::Legal:
        return QStringLiteral("legal");
    case ReportCategory::Violation:
        return QStringLiteral("violation");
    }
    return QStringLiteral("other");
}

model::Report reportView(const domain::FiledReport &filed, const QString &baseUrl)
{
    model::Report view;
    view.id = filed.report.id.toString();
    view.actionTakenAt = filed.report.actionTakenAt;
    view.category = reportCategoryName(filed.report.category);
    view.comment = filed.report.comment;
    view.createdAt = filed.report.createdAt;
    for (const StatusId id : filed.report.statuses)
        view.statusIds.append(id.toString());
    view.ruleIds = filed.report.rules;
    view.targetAccount = accountView(filed.target, baseUrl);
    return view;
}

std::optional<ReportCategory> reportCategoryFromName(const QString &name)
{
    for (const ReportCategory category :
         { ReportCategory::Other, ReportCategory::Spam, ReportCategory::Legal, ReportCategory::Violation }) {
        if (name == reportCategoryName(category))
            return category;
    }
    return std::nullopt;
}

} // namespace graminsta::handlers
