// SPDX-License-Identifier: GPL-3.0-or-later
// Entities to the wire's model. Pure functions; `baseUrl` is the server's public URL without a slash at its end.
#pragma once

#include <graminsta/domain/accounts/muteaccount.h>
#include <graminsta/domain/accounts/showaccounts.h>
#include <graminsta/domain/collections/showcollections.h>
#include <graminsta/domain/moderation/handlereports.h>
#include <graminsta/domain/notifications/listnotifications.h>
#include <graminsta/domain/reports/reportaccount.h>
#include <graminsta/domain/statuses/gatherstatuses.h>
#include <graminsta/domain/statuses/schedulestatus.h>
#include <graminsta/domain/statuses/statushistory.h>
#include <graminsta/entities/marker.h>
#include <graminsta/entities/tag.h>
#include <graminsta/model/admin.h>
#include <graminsta/model/collection.h>
#include <graminsta/model/entities.h>
#include <graminsta/model/featuredtag.h>
#include <graminsta/model/scheduledstatus.h>

#include <optional>

namespace graminsta::handlers
{

// The host of the public URL, with its port if it has one: what accounts are "@alice@" of.
[[nodiscard]] QString hostOf(const QString &baseUrl);

// Plain text as the paragraphs and links of Mastodon's HTML. Everything that is not ours is escaped.
[[nodiscard]] QString contentHtml(const QString &text, const QList<entities::Mention> &mentions,
                                  const QString &baseUrl);
// The same for what is one line, such as a profile's field: links, but no paragraphs.
[[nodiscard]] QString lineHtml(const QString &text, const QString &baseUrl);

// In UTC.
[[nodiscard]] QDate dayOf(Timestamp time);

[[nodiscard]] model::Account accountView(const entities::Account &account, const QString &baseUrl);
[[nodiscard]] model::Account ownAccountView(const domain::OwnAccount &own, const QString &baseUrl);
[[nodiscard]] QList<model::Account> accountViews(const QList<entities::Account> &accounts, const QString &baseUrl);
// Ids as Mastodon numbers its built-in roles.
[[nodiscard]] model::Role roleView(entities::Role role);
[[nodiscard]] model::Relationship relationshipView(const entities::Relationship &relationship);

[[nodiscard]] QList<model::Account> mutedAccountViews(const QList<domain::MutedAccount> &accounts,
                                                      const QString &baseUrl);

[[nodiscard]] model::Tag tagView(const entities::TagInfo &tag, const QString &baseUrl);
[[nodiscard]] QList<model::Tag> tagViews(const QList<entities::TagInfo> &tags, const QString &baseUrl);
// On the profile of `username`.
[[nodiscard]] model::FeaturedTag featuredTagView(const entities::FeaturedTag &tag, const QString &username,
                                                 const QString &baseUrl);

[[nodiscard]] QString markedTimelineName(entities::MarkedTimeline timeline);
[[nodiscard]] QList<model::Marker> markerViews(const QList<entities::Marker> &markers);

[[nodiscard]] model::Report reportView(const domain::FiledReport &filed, const QString &baseUrl);
[[nodiscard]] QString reportCategoryName(entities::ReportCategory category);
// Nothing if it is not the name of one.
[[nodiscard]] std::optional<entities::ReportCategory> reportCategoryFromName(const QString &name);

[[nodiscard]] model::AdminAccount adminAccountView(const domain::ModeratedAccount &account, const QString &baseUrl);
// `rules` are the instance's texts.
[[nodiscard]] QList<model::AdminReport> adminReportViews(const domain::ReportSet &set, const QStringList &rules,
                                                         const QString &baseUrl);
[[nodiscard]] model::AuditEntry auditEntryView(const entities::AuditEntry &entry);
[[nodiscard]] model::Invite inviteView(const entities::Invite &invite);
[[nodiscard]] model::Strike strikeView(const entities::Strike &strike);

[[nodiscard]] model::License licenseView(entities::License license);
// All that there are.
[[nodiscard]] QList<model::License> licenseViews();
// By its number or its title. Nothing if it is neither.
[[nodiscard]] std::optional<entities::License> licenseFromText(const QString &text);

[[nodiscard]] model::MediaAttachment mediaView(const entities::MediaAttachment &media, const QString &baseUrl);

[[nodiscard]] QList<model::Status> statusViews(const domain::StatusSet &set, const QString &baseUrl);
// The only one of a set of one.
[[nodiscard]] model::Status statusView(const domain::StatusSet &set, const QString &baseUrl);

[[nodiscard]] QList<model::Collection> collectionViews(const domain::CollectionSet &set, const QString &baseUrl);
// The only one of a set of one.
[[nodiscard]] model::Collection collectionView(const domain::CollectionSet &set, const QString &baseUrl);
// Nothing if it is not the name of one.
[[nodiscard]] std::optional<entities::CollectionVisibility> collectionVisibilityFromName(const QString &name);

[[nodiscard]] QList<model::StatusEdit> statusEditViews(const domain::StatusVersions &history, const QString &baseUrl);

[[nodiscard]] QList<model::Notification> notificationViews(const domain::NotificationSet &set, const QString &baseUrl);

[[nodiscard]] QList<model::ScheduledStatus> scheduledViews(const domain::ScheduledSet &set, const QString &baseUrl);

// 0 if it is not the name of one.
[[nodiscard]] int filterContextFromName(const QString &name);
// Nothing if it is not the name of one.
[[nodiscard]] std::optional<entities::FilterAction> filterActionFromName(const QString &name);
[[nodiscard]] model::FilterKeyword filterKeywordView(const entities::FilterKeyword &keyword);
[[nodiscard]] model::FilterStatus filterStatusView(const entities::FilterStatus &status);
[[nodiscard]] model::Filter filterView(const entities::Filter &filter);
[[nodiscard]] model::FilterV1 filterV1View(const entities::Filter &filter, const entities::FilterKeyword &keyword);
[[nodiscard]] QList<model::FilterResult> filterResultViews(const QList<entities::FilterResult> &results);

[[nodiscard]] QString visibilityName(entities::Visibility visibility);
// Nothing if it is not the name of one.
[[nodiscard]] std::optional<entities::Visibility> visibilityFromName(const QString &name);

} // namespace graminsta::handlers
