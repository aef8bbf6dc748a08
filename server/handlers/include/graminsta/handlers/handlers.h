// SPDX-License-Identifier: GPL-3.0-or-later
// What the handlers call: every use case of the server, built by composition, which owns them all and outlives this.
#pragma once

#include <graminsta/domain/accounts/accountlists.h>
#include <graminsta/domain/accounts/blockaccount.h>
#include <graminsta/domain/accounts/changepassword.h>
#include <graminsta/domain/accounts/deleteaccount.h>
#include <graminsta/domain/accounts/followaccount.h>
#include <graminsta/domain/accounts/followrequests.h>
#include <graminsta/domain/accounts/muteaccount.h>
#include <graminsta/domain/accounts/noteaccount.h>
#include <graminsta/domain/accounts/showaccounts.h>
#include <graminsta/domain/accounts/showrelationships.h>
#include <graminsta/domain/accounts/signup.h>
#include <graminsta/domain/accounts/suggestaccounts.h>
#include <graminsta/domain/accounts/updatecredentials.h>
#include <graminsta/domain/archive/accountexports.h>
#include <graminsta/domain/archive/accountimports.h>
#include <graminsta/domain/collections/editcollections.h>
#include <graminsta/domain/collections/showcollections.h>
#include <graminsta/domain/filters/applyfilters.h>
#include <graminsta/domain/filters/editfilters.h>
#include <graminsta/domain/media/awaitmedia.h>
#include <graminsta/domain/media/mediafile.h>
#include <graminsta/domain/media/ownmedia.h>
#include <graminsta/domain/media/receivemedia.h>
#include <graminsta/domain/moderation/audit.h>
#include <graminsta/domain/moderation/handlereports.h>
#include <graminsta/domain/moderation/invites.h>
#include <graminsta/domain/moderation/managejobs.h>
#include <graminsta/domain/moderation/moderateaccounts.h>
#include <graminsta/domain/moderation/moderatestatuses.h>
#include <graminsta/domain/notifications/forgetnotifications.h>
#include <graminsta/domain/notifications/listnotifications.h>
#include <graminsta/domain/notifications/notificationgroups.h>
#include <graminsta/domain/oauth/authorize.h>
#include <graminsta/domain/oauth/issuetoken.h>
#include <graminsta/domain/oauth/localsignin.h>
#include <graminsta/domain/oauth/managetwofactor.h>
#include <graminsta/domain/oauth/registerapplication.h>
#include <graminsta/domain/oauth/revoketoken.h>
#include <graminsta/domain/oauth/signedinapplications.h>
#include <graminsta/domain/push/pushsubscriptions.h>
#include <graminsta/domain/reports/reportaccount.h>
#include <graminsta/domain/search/searchstatuses.h>
#include <graminsta/domain/settings.h>
#include <graminsta/domain/statuses/bookmarkstatus.h>
#include <graminsta/domain/statuses/deletestatus.h>
#include <graminsta/domain/statuses/editstatus.h>
#include <graminsta/domain/statuses/favouritestatus.h>
#include <graminsta/domain/statuses/mutethread.h>
#include <graminsta/domain/statuses/pinstatus.h>
#include <graminsta/domain/statuses/poststatus.h>
#include <graminsta/domain/statuses/reblogstatus.h>
#include <graminsta/domain/statuses/schedulestatus.h>
#include <graminsta/domain/statuses/showstatus.h>
#include <graminsta/domain/statuses/statushistory.h>
#include <graminsta/domain/tags/featuredtags.h>
#include <graminsta/domain/tags/tags.h>
#include <graminsta/domain/timelines/markers.h>
#include <graminsta/domain/timelines/timelines.h>
#include <graminsta/domain/timelines/trends.h>
#include <graminsta/domain/uploads/appendupload.h>
#include <graminsta/domain/uploads/createupload.h>
#include <graminsta/domain/uploads/ownuploads.h>
#include <graminsta/domain/uploads/redeemupload.h>
#include <graminsta/handlers/streamhub.h>
#include <graminsta/http/requestcontext.h>
#include <graminsta/ports/instance.h>
#include <graminsta/ports/moderation.h>

namespace graminsta::handlers
{

struct Services {
    const domain::InstanceSettings &settings;
    const ports::InstanceStore &instance;
    const ports::MediaStore &mediaStore;
    const ports::ImageProcessor &imageProcessor;
    const ports::VideoProcessor &videoProcessor;
    const ports::OAuthReader &oauth;
    const ports::ModerationReader &moderation;
    const Clock &clock;

    const domain::RegisterApplication &registerApplication;
    const domain::Authorize &authorize;
    const domain::IssueToken &issueToken;
    const domain::RevokeToken &revokeToken;
    const domain::LocalSignIn &localSignIn;

    const domain::SignUp &signUp;
    const domain::ShowAccounts &showAccounts;
    const domain::UpdateCredentials &updateCredentials;
    const domain::FollowAccount &followAccount;
    const domain::AccountLists &accountLists;

    const domain::ReceiveMedia &receiveMedia;
    domain::AwaitMedia &awaitMedia;
    const domain::OwnMedia &ownMedia;
    const domain::MediaFile &mediaFile;

    const domain::CreateUpload &createUpload;
    const domain::AppendUpload &appendUpload;
    const domain::OwnUploads &ownUploads;
    const domain::RedeemUpload &redeemUpload;

    const domain::PostStatus &postStatus;
    const domain::ShowStatus &showStatus;
    const domain::DeleteStatus &deleteStatus;
    const domain::EditStatus &editStatus;
    const domain::StatusHistory &statusHistory;
    const domain::FavouriteStatus &favouriteStatus;
    const domain::BookmarkStatus &bookmarkStatus;
    const domain::PinStatus &pinStatus;
    const domain::ReblogStatus &reblogStatus;
    const domain::MuteThread &muteThread;
    const domain::Timelines &timelines;
    const domain::ListNotifications &listNotifications;
    const domain::NotificationGroups &notificationGroups;

    const domain::ShowRelationships &relationships;
    const domain::FollowRequests &followRequests;
    const domain::BlockAccount &blockAccount;
    const domain::MuteAccount &muteAccount;
    const domain::NoteAccount &noteAccount;
    const domain::SuggestAccounts &suggestAccounts;
    const domain::ReportAccount &reportAccount;
    const domain::ModerateAccounts &moderateAccounts;
    const domain::ModerateStatuses &moderateStatuses;
    const domain::HandleReports &handleReports;
    const domain::Invites &invites;
    const domain::AuditLog &auditLog;
    const domain::ManageJobs &manageJobs;
    const domain::ChangePassword &changePassword;
    const domain::DeleteAccount &deleteAccount;
    const domain::SignedInApplications &signedInApplications;
    const domain::ManageTwoFactor &manageTwoFactor;
    const domain::ForgetNotifications &forgetNotifications;
    const domain::Markers &markers;
    const domain::ScheduleStatus &scheduleStatus;
    const domain::EditFilters &editFilters;
    const domain::ApplyFilters &applyFilters;
    const domain::SearchStatuses &searchStatuses;
    const domain::Tags &tags;
    const domain::FeaturedTags &featuredTags;
    const domain::Trends &trends;
    const domain::ShowCollections &showCollections;
    const domain::EditCollections &editCollections;

    const domain::PushSubscriptions &pushSubscriptions;
    StreamHub &streams;

    const domain::AccountExports &accountExports;
    const domain::AccountImports &accountImports;
};

// A handler for every row of api::endpoints(). `services` must outlive the table.
[[nodiscard]] http::HandlerTable handlerTable(const Services &services);

} // namespace graminsta::handlers
