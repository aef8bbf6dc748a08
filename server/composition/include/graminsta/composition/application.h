// SPDX-License-Identifier: GPL-3.0-or-later
// The server's object graph: every use case with what it needs, built in order and destroyed in reverse.
#pragma once

#include <graminsta/composition/adapters.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/accounts/removeaccount.h>
#include <graminsta/domain/archive/accountexports.h>
#include <graminsta/domain/archive/accountimports.h>
#include <graminsta/domain/housekeeping/forgetexpired.h>
#include <graminsta/domain/media/processmedia.h>
#include <graminsta/domain/media/publishmedia.h>
#include <graminsta/domain/media/tidymedia.h>
#include <graminsta/domain/oauth/authenticate.h>
#include <graminsta/domain/search/indexbacklog.h>
#include <graminsta/domain/statuses/publishscheduled.h>
#include <graminsta/domain/uploads/sweepuploads.h>
#include <graminsta/handlers/handlers.h>
#include <graminsta/handlers/pushdelivery.h>
#include <graminsta/http/server.h>
#include <graminsta/jobs/jobkind.h>

namespace graminsta::composition
{

[[nodiscard]] domain::InstanceSettings instanceSettings(const profile::Profile &profile);
[[nodiscard]] handlers::StreamLimits streamLimits(const profile::Profile &profile);
// Fault::Invalid for an address that is none.
[[nodiscard]] Result<http::ServerOptions> serverOptions(const profile::Profile &profile, const QString &stagingFolder);

// How many pushes are under way at once: besides the threads of other jobs, so that neither waits for the other.
inline constexpr int kPushThreads = 4;
// The same for one export and one import, which may take hours.
inline constexpr int kArchiveThreads = 2;

// Videos that are converted at once, each on as many cores as the adapter says, and how long one may take.
inline constexpr int kVideoThreads = 1;
inline constexpr std::chrono::minutes kVideoTime { 32 };

// Threads for the requests that bring pictures. They mostly wait: profile pictures for their turn, uploads for the jobs
// that process them.
inline constexpr int kUploadThreads = 8;

// Thread-safe once built. Members are in the order in which they need each other.
class Application
{
public:
    // `adapters` and `clock` must outlive it. `node` is this process's leased node number.
    Application(const profile::Profile &profile, Adapters &adapters, const Clock &clock, int node,
                QByteArray localSecret);

    // For those endpoints, which are all or, of a worker, those of its health.
    [[nodiscard]] http::HandlerTable handlers(std::span<const api::Endpoint> endpoints) const;
    [[nodiscard]] http::ServerHooks hooks() const;

    // What is done after the request that asked for it, or without one, as far as it is for this process's role.
    [[nodiscard]] QList<jobs::JobKind> jobKinds(const profile::Profile &profile) const;
    [[nodiscard]] IdGenerator &ids() { return m_ids; }

    // What is long and is not done in parts ends soon, and is begun again by whoever runs jobs next.
    void stopLongJobs()
    {
        m_accountExports.stop();
        m_accountImports.stop();
    }

    const domain::CreateAccount &createAccount() const { return m_createAccount; }
    const domain::WriteArchive &writeArchive() const { return m_writeArchive; }
    const domain::AccountImports &accountImports() const { return m_accountImports; }

    Application(const Application &) = delete;
    Application &operator=(const Application &) = delete;

private:
    [[nodiscard]] QList<jobs::JobKind> tidyingJobKinds() const;

    const domain::InstanceSettings m_settings;
    IdGenerator m_ids;

    const domain::VisibilityPolicy m_visibility;
    const domain::MediaGrants m_mediaGrants;
    const domain::BringFiles m_bringFiles;
    const domain::PublishMedia m_publishMedia;
    const domain::TidyMedia m_tidyMedia;
    const domain::GatherStatuses m_gather;
    const domain::ShowRelationships m_relationships;

    const domain::PasswordSignIn m_passwordSignIn;
    const domain::Authenticate m_authenticate;
    const domain::RegisterApplication m_registerApplication;
    const domain::Authorize m_authorize;
    const domain::IssueToken m_issueToken;
    const domain::RevokeToken m_revokeToken;

    const domain::CreateAccount m_createAccount;
    const domain::LocalSignIn m_localSignIn;
    const domain::SignUp m_signUp;
    const domain::ShowAccounts m_showAccounts;
    const domain::ProfileImage m_profileImage;
    const domain::UpdateCredentials m_updateCredentials;
    const domain::FollowAccount m_followAccount;
    const domain::AccountLists m_accountLists;

    const domain::ReceiveMedia m_receiveMedia;
    const domain::ProcessMedia m_processMedia;
    domain::AwaitMedia m_awaitMedia;
    const domain::OwnMedia m_ownMedia;
    const domain::MediaFile m_mediaFile;

    const domain::CreateUpload m_createUpload;
    const domain::AppendUpload m_appendUpload;
    const domain::OwnUploads m_ownUploads;
    const domain::RedeemUpload m_redeemUpload;
    const domain::SweepUploads m_sweepUploads;

    const domain::ShowStatus m_showStatus;
    const domain::PostStatus m_postStatus;
    const domain::DeleteStatus m_deleteStatus;
    const domain::EditStatus m_editStatus;
    const domain::StatusHistory m_statusHistory;
    const domain::FavouriteStatus m_favouriteStatus;
    const domain::BookmarkStatus m_bookmarkStatus;
    const domain::PinStatus m_pinStatus;
    const domain::ReblogStatus m_reblogStatus;
    const domain::MuteThread m_muteThread;
    const domain::Timelines m_timelines;
    const domain::ListNotifications m_listNotifications;
    const domain::NotificationGroups m_notificationGroups;

    const domain::FollowRequests m_followRequests;
    const domain::BlockAccount m_blockAccount;
    const domain::MuteAccount m_muteAccount;
    const domain::NoteAccount m_noteAccount;
    const domain::SuggestAccounts m_suggestAccounts;
    const domain::ReportAccount m_reportAccount;
    const domain::ModerateAccounts m_moderateAccounts;
    const domain::ModerateStatuses m_moderateStatuses;
    const domain::HandleReports m_handleReports;
    const domain::Invites m_invites;
    const domain::AuditLog m_auditLog;
    const domain::ManageJobs m_manageJobs;
    const domain::ChangePassword m_changePassword;
    const domain::DeleteAccount m_deleteAccount;
    const domain::RemoveAccount m_removeAccount;
    const domain::SignedInApplications m_signedInApplications;
    const domain::ManageTwoFactor m_manageTwoFactor;
    const domain::ForgetNotifications m_forgetNotifications;
    const domain::Markers m_markers;
    const domain::ScheduleStatus m_scheduleStatus;
    const domain::PublishScheduled m_publishScheduled;
    const domain::EditFilters m_editFilters;
    const domain::ApplyFilters m_applyFilters;
    const domain::IndexBacklog m_indexBacklog;
    const domain::SearchStatuses m_searchStatuses;
    const domain::Tags m_tags;
    const domain::FeaturedTags m_featuredTags;
    const domain::Trends m_trends;
    const domain::ShowCollections m_showCollections;
    const domain::EditCollections m_editCollections;

    const domain::WriteArchive m_writeArchive;
    domain::AccountExports m_accountExports;
    const domain::ImportStatuses m_importStatuses;
    const domain::ImportRelations m_importRelations;
    const domain::ImportArchive m_importArchive;
    domain::AccountImports m_accountImports;
    const domain::ForgetExpired m_forgetExpired;
    const domain::StatusAudience m_audience;
    handlers::StreamHub m_streams;
    const domain::PushSubscriptions m_pushSubscriptions;
    const domain::GatherPushNews m_pushNews;
    const handlers::PushDelivery m_pushDelivery;

    const handlers::Services m_services;
};

} // namespace graminsta::composition
