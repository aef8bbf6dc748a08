// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/composition/application.h>

#include <graminsta/sql/querycounter.h>

#include <algorithm>
#include <vector>

namespace graminsta::composition
{

namespace
{

domain::RegistrationMode registrationMode(profile::RegistrationMode mode)
{
    switch (mode) {
    case profile::RegistrationMode::Open:
        return domain::RegistrationMode::Open;
    case profile::RegistrationMode::Approval:
        return domain::RegistrationMode::Approval;
    case profile::RegistrationMode::Invite:
        return domain::RegistrationMode::Invite;
    case profile::RegistrationMode::Closed:
        return domain::RegistrationMode::Closed;
    }
    return domain::RegistrationMode::Closed;
}

} // namespace

domain::InstanceSettings instanceSettings(const profile::Profile &profile)
{
    domain::InstanceSettings settings;
    settings.title = profile.instance.title;
    settings.description = profile.instance.description;
    settings.contactEmail = profile.instance.contactEmail;
    settings.sourceUrl = profile.instance.sourceUrl;
    settings.rules = profile.instance.rules;
    settings.languages = profile.instance.languages;
    settings.registrations = registrationMode(profile.registrations.mode);
    settings.guestsMayRead = profile.access.reading == profile::ReadingAccess::Public;
    settings.limits.maxCharacters = profile.limits.maxCharacters;
    settings.limits.maxMediaAttachments = profile.limits.maxMediaAttachments;
    settings.limits.maxDescription = profile.limits.description;
    settings.limits.accountMediaBytes = profile.limits.accountMedia;
    settings.uploads.life = profile.limits.uploadLife;
    settings.uploads.perAccount = profile.limits.unfinishedUploads;
    settings.uploads.bytesPerAccount = profile.limits.unfinishedBytes;
    settings.limits.image.maxBytes = profile.limits.imageSize;
    settings.limits.image.maxPixels = profile.limits.imagePixels;
    settings.limits.video.maxBytes = profile.limits.videoSize;
    settings.limits.video.maxDuration = profile.limits.videoDuration;
    return settings;
}

handlers::StreamLimits streamLimits(const profile::Profile &profile)
{
    handlers::StreamLimits limits;
    limits.streams = profile.limits.maxStreams;
    limits.ofAccount = profile.limits.maxStreamsPerAccount;
    return limits;
}

namespace
{

http::RateLimits rateLimits(const profile::LimitSettings &limits)
{
    constexpr std::chrono::minutes kShort { 5 };
    constexpr std::chrono::minutes kLong { 30 };
    if (!limits.enabled)
        return {};
    http::RateLimits rates;
    rates.token = { limits.requestsOfToken, kShort };
    rates.account = { limits.requestsOfAccount, kShort };
    rates.address = { limits.requestsOfAddress, kShort };
    rates.signIns = { limits.signInsOfAddress, kShort };
    rates.uploads = { limits.uploads, kLong };
    rates.deletions = { limits.deletions, kLong };
    rates.signUps = { limits.signUpsOfAddress, kLong };
    return rates;
}

// What a balancer or an operator asks of a process that serves nobody else.
std::span<const api::Endpoint> healthEndpoints()
{
    static const std::vector<api::Endpoint> endpoints = [] {
        std::vector<api::Endpoint> found;
        for (const api::Endpoint &endpoint : api::endpoints()) {
            if (QByteArrayView(endpoint.name).startsWith("health."))
                found.push_back(endpoint);
        }
        return found;
    }();
    return endpoints;
}

} // namespace

Result<http::ServerOptions> serverOptions(const profile::Profile &profile, const QString &stagingFolder)
{
    const std::optional<profile::ListenAddress> listen = profile::parseListenAddress(profile.server.listen);
    if (!listen)
        return makeError(Fault::Invalid,
                         QStringLiteral("\"%1\" is not an address to listen on; right would be \"127.0.0.1:8080\".")
                             .arg(profile.server.listen));
    http::ServerOptions options;
    if (profile.server.role == profile::ServerRole::Worker)
        options.endpoints = healthEndpoints();
    options.address =
        listen->host == QLatin1String("localhost") ? QHostAddress(QHostAddress::LocalHost) : QHostAddress(listen->host);
    if (options.address.isNull())
        return makeError(Fault::Invalid,
                         QStringLiteral("\"%1\" is not an address of this computer; give numbers, as \"127.0.0.1\".")
                             .arg(listen->host));
    options.port = listen->port;
    options.loops = profile.server.loops;
    options.workers = profile.server.workers;
    options.mediaWorkers = kUploadThreads;
    options.publicUrl = profile.server.publicUrl;
    options.stagingFolder = stagingFolder;
    options.accessLog = profile.log.access;
    for (const QString &proxy : profile.server.trustedProxies)
        options.trustedProxies.append(QHostAddress::parseSubnet(proxy));
    http::ServerLimits &limits = options.limits;
    // A multipart body is a little more than the file in it. Which of the two it is, is known when it is here.
    limits.maxUploadBytes = std::max(profile.limits.imageSize, profile.limits.videoSize) + (1 << 20);
    limits.maxArchiveBytes = profile.limits.archiveSize;
    limits.requestTime = profile.limits.requestTime;
    limits.mediaRequestTime = profile.limits.mediaRequestTime;
    limits.maxConnections = profile.limits.maxConnections;
    limits.maxConnectionsPerAddress = profile.limits.maxConnectionsPerAddress;
    options.rates = rateLimits(profile.limits);
    if (profile.access.reading == profile::ReadingAccess::Authenticated)
        options.guests = http::Guests::Refused;
    return options;
}

Application::Application(const profile::Profile &profile, Adapters &adapters, const Clock &clock, int node,
                         QByteArray localSecret)
    : m_settings(instanceSettings(profile))
    , m_ids(clock, node)
    , m_visibility(adapters.database->relations(), clock)
    , m_mediaGrants(adapters.mediaKey, clock)
    , m_bringFiles(*adapters.mediaStore, adapters.database->unitOfWork(), m_ids, clock)
    , m_publishMedia(adapters.database->media(), m_bringFiles, adapters.database->unitOfWork())
    , m_tidyMedia(adapters.database->media(), *adapters.mediaStore, m_bringFiles, adapters.database->unitOfWork(),
                  m_ids, clock, profile.limits.looseMedia)
    , m_gather(m_visibility, adapters.database->accounts(), adapters.database->media(), adapters.database->oauth(),
               adapters.database->statuses(), m_mediaGrants)
    , m_relationships(adapters.database->relations(), clock)
    , m_passwordSignIn(adapters.database->accounts(), adapters.database->twoFactor(), *adapters.passwordHasher,
                       adapters.database->unitOfWork(), clock)
    , m_authenticate(adapters.database->oauth())
    , m_registerApplication(adapters.database->unitOfWork(), m_ids, clock)
    , m_authorize(adapters.database->oauth(), adapters.database->unitOfWork(), m_passwordSignIn, clock)
    , m_issueToken(adapters.database->oauth(), adapters.database->unitOfWork(), m_passwordSignIn, m_ids, clock)
    , m_revokeToken(adapters.database->oauth(), adapters.database->unitOfWork())
    , m_createAccount(adapters.database->unitOfWork(), *adapters.passwordHasher, m_ids, clock)
    , m_localSignIn(std::move(localSecret), adapters.database->accounts(), adapters.database->oauth(),
                    adapters.database->unitOfWork(), m_createAccount, m_issueToken, m_ids, clock)
    , m_signUp(m_settings, m_createAccount, m_issueToken)
    , m_showAccounts(adapters.database->accounts(), adapters.database->follows(), m_visibility)
    , m_profileImage(m_settings, *adapters.imageProcessor, *adapters.mediaStore, m_bringFiles)
    , m_updateCredentials(m_settings, m_profileImage, adapters.database->unitOfWork())
    , m_followAccount(m_showAccounts, m_relationships, adapters.database->unitOfWork(), m_ids, clock)
    , m_accountLists(adapters.database->accounts(), adapters.database->follows(), m_visibility)
    , m_receiveMedia(m_settings, adapters.database->accounts(), adapters.database->media(), *adapters.imageProcessor,
                     *adapters.videoProcessor, m_bringFiles, adapters.database->unitOfWork(), m_ids, clock)
    , m_processMedia(m_settings, adapters.database->media(), *adapters.imageProcessor, *adapters.videoProcessor,
                     *adapters.mediaStore, m_bringFiles, adapters.database->unitOfWork())
    , m_awaitMedia(adapters.database->media(), m_mediaGrants, *adapters.events, kUploadThreads - 2)
    , m_ownMedia(m_settings, adapters.database->media(), *adapters.mediaStore, m_mediaGrants,
                 adapters.database->unitOfWork())
    , m_mediaFile(*adapters.mediaStore, m_mediaGrants)
    , m_createUpload(m_settings, adapters.database->uploads(), *adapters.uploadStore, adapters.database->unitOfWork(),
                     m_ids, clock)
    , m_appendUpload(m_settings, adapters.database->uploads(), *adapters.uploadStore, adapters.database->unitOfWork(),
                     clock)
    , m_ownUploads(adapters.database->uploads(), *adapters.uploadStore, adapters.database->unitOfWork(), clock)
    , m_redeemUpload(adapters.database->uploads(), *adapters.uploadStore, m_receiveMedia, adapters.database->media(),
                     clock)
    , m_sweepUploads(m_settings, adapters.database->uploads(), *adapters.uploadStore, adapters.database->unitOfWork(),
                     clock)
    , m_showStatus(adapters.database->statuses(), m_visibility, m_gather)
    , m_postStatus(m_settings, adapters.database->accounts(), adapters.database->statuses(), m_showStatus, m_gather,
                   m_publishMedia, adapters.database->unitOfWork(), m_ids, clock)
    , m_deleteStatus(adapters.database->statuses(), m_gather, m_mediaGrants, adapters.database->unitOfWork())
    , m_editStatus(m_settings, adapters.database->accounts(), m_showStatus, m_publishMedia,
                   adapters.database->unitOfWork(), m_ids, clock)
    , m_statusHistory(m_showStatus, adapters.database->statuses())
    , m_favouriteStatus(m_showStatus, adapters.database->statuses(), adapters.database->accounts(), m_visibility,
                        adapters.database->unitOfWork(), m_ids, clock)
    , m_bookmarkStatus(m_showStatus, adapters.database->unitOfWork(), m_ids, clock)
    , m_pinStatus(m_showStatus, adapters.database->unitOfWork(), m_ids, clock)
    , m_reblogStatus(m_showStatus, adapters.database->statuses(), adapters.database->accounts(), m_visibility,
                     adapters.database->unitOfWork(), m_ids, clock)
    , m_muteThread(m_showStatus, adapters.database->unitOfWork(), clock)
    , m_timelines(adapters.database->statuses(), m_visibility, m_gather)
    , m_listNotifications(adapters.database->notifications(), adapters.database->markers(),
                          adapters.database->accounts(), m_visibility, m_gather)
    , m_notificationGroups(adapters.database->notifications(), adapters.database->markers(), m_listNotifications,
                           adapters.database->unitOfWork())
    , m_followRequests(adapters.database->accounts(), adapters.database->follows(), m_relationships,
                       adapters.database->unitOfWork(), m_ids, clock)
    , m_blockAccount(adapters.database->accounts(), adapters.database->relations(), m_relationships,
                     adapters.database->unitOfWork(), m_ids, clock)
    , m_muteAccount(adapters.database->accounts(), adapters.database->relations(), m_relationships,
                    adapters.database->unitOfWork(), m_ids, clock)
    , m_noteAccount(m_relationships, adapters.database->unitOfWork())
    , m_suggestAccounts(adapters.database->accounts(), adapters.database->relations(), m_visibility)
    , m_reportAccount(m_settings, m_showAccounts, adapters.database->statuses(), m_visibility,
                      adapters.database->unitOfWork(), m_ids, clock)
    , m_moderateAccounts(adapters.database->accounts(), adapters.database->moderation(),
                         adapters.database->unitOfWork(), m_ids, clock)
    , m_moderateStatuses(adapters.database->statuses(), adapters.database->unitOfWork(), m_ids, clock)
    , m_handleReports(m_settings, adapters.database->reports(), adapters.database->accounts(),
                      adapters.database->statuses(), m_gather, adapters.database->unitOfWork(), m_ids, clock)
    , m_invites(adapters.database->moderation(), adapters.database->unitOfWork(), m_ids, clock)
    , m_auditLog(adapters.database->moderation())
    , m_manageJobs(adapters.database->jobs(), clock)
    , m_changePassword(m_passwordSignIn, adapters.database->unitOfWork(), *adapters.passwordHasher, m_ids, clock)
    , m_deleteAccount(m_passwordSignIn, adapters.database->unitOfWork(), m_ids, clock)
    , m_removeAccount(adapters.database->unitOfWork())
    , m_signedInApplications(adapters.database->oauth(), adapters.database->unitOfWork())
    , m_manageTwoFactor(m_settings, adapters.database->accounts(), adapters.database->twoFactor(), m_passwordSignIn,
                        adapters.database->unitOfWork(), m_ids, clock)
    , m_forgetNotifications(adapters.database->unitOfWork())
    , m_markers(adapters.database->markers(), adapters.database->unitOfWork(), clock)
    , m_scheduleStatus(m_postStatus, adapters.database->scheduledStatuses(), adapters.database->media(), m_mediaGrants,
                       adapters.database->unitOfWork(), m_ids, clock)
    , m_publishScheduled(m_postStatus, adapters.database->scheduledStatuses(), adapters.database->unitOfWork())
    , m_editFilters(adapters.database->filters(), m_showStatus, adapters.database->unitOfWork(), m_ids, clock)
    , m_applyFilters(adapters.database->filters(), clock)
    , m_indexBacklog(adapters.database->unitOfWork())
    , m_searchStatuses(adapters.database->search(), adapters.database->accounts(), adapters.database->statuses(),
                       m_visibility, m_gather)
    , m_tags(adapters.database->tags(), adapters.database->unitOfWork(), m_ids, clock)
    , m_featuredTags(m_showAccounts, adapters.database->tags(), m_tags, adapters.database->unitOfWork(), m_ids, clock)
    , m_trends(adapters.database->statuses(), m_gather, clock)
    , m_showCollections(adapters.database->collections(), adapters.database->accounts(), adapters.database->media(),
                        m_visibility, m_gather)
    , m_editCollections(m_showCollections, adapters.database->unitOfWork(), m_ids, clock)
    , m_writeArchive({ adapters.database->accounts(), adapters.database->statuses(), adapters.database->media(),
                       adapters.database->follows(), adapters.database->relations(), adapters.database->filters(),
                       adapters.database->tags(), adapters.database->scheduledStatuses(),
                       adapters.database->transfers(), *adapters.mediaStore },
                     adapters.archives, clock, profile.server.publicUrl)
    , m_accountExports(m_writeArchive, adapters.database->transfers(), adapters.database->accounts(),
                       *adapters.mediaStore, m_bringFiles, adapters.database->unitOfWork(), adapters.database->jobs(),
                       m_ids, clock)
    , m_importStatuses(m_settings, adapters.database->accounts(), adapters.database->statuses(),
                       adapters.database->transfers(), m_receiveMedia, m_awaitMedia, m_publishMedia,
                       *adapters.mediaStore, adapters.database->unitOfWork(), m_ids, clock)
    , m_importRelations({ m_updateCredentials, m_editFilters, m_blockAccount, m_muteAccount, m_noteAccount, m_tags,
                          m_followAccount, m_scheduleStatus, m_showStatus, m_relationships },
                        m_importStatuses, adapters.database->accounts(), adapters.database->tags(),
                        adapters.database->transfers(), *adapters.mediaStore, adapters.database->unitOfWork(), m_ids,
                        clock)
    , m_importArchive(m_settings, adapters.archives, adapters.database->accounts(), adapters.database->media(),
                      adapters.database->transfers(), m_importStatuses, m_importRelations,
                      adapters.database->unitOfWork())
    , m_accountImports(m_importArchive, adapters.database->transfers(), *adapters.mediaStore, m_bringFiles,
                       adapters.database->unitOfWork(), adapters.database->jobs(), m_ids, clock)
    , m_forgetExpired(adapters.database->unitOfWork(), clock)
    , m_audience(adapters.database->statuses(), m_visibility, m_gather)
    , m_streams(*adapters.events, m_audience, m_listNotifications, adapters.database->oauth(), streamLimits(profile))
    , m_pushSubscriptions(adapters.database->push(), *adapters.push, m_ids, clock)
    , m_pushNews(adapters.database->push(), m_listNotifications, adapters.database->relations(), clock)
    , m_pushDelivery(m_pushNews, adapters.database->push(), *adapters.push, adapters.database->unitOfWork(), m_ids,
                     clock, profile.server.publicUrl)
    , m_services { m_settings,
                   adapters.database->instance(),
                   *adapters.mediaStore,
                   *adapters.imageProcessor,
                   *adapters.videoProcessor,
                   adapters.database->oauth(),
                   adapters.database->moderation(),
                   clock,
                   m_registerApplication,
                   m_authorize,
                   m_issueToken,
                   m_revokeToken,
                   m_localSignIn,
                   m_signUp,
                   m_showAccounts,
                   m_updateCredentials,
                   m_followAccount,
                   m_accountLists,
                   m_receiveMedia,
                   m_awaitMedia,
                   m_ownMedia,
                   m_mediaFile,
                   m_createUpload,
                   m_appendUpload,
                   m_ownUploads,
                   m_redeemUpload,
                   m_postStatus,
                   m_showStatus,
                   m_deleteStatus,
                   m_editStatus,
                   m_statusHistory,
                   m_favouriteStatus,
                   m_bookmarkStatus,
                   m_pinStatus,
                   m_reblogStatus,
                   m_muteThread,
                   m_timelines,
                   m_listNotifications,
                   m_notificationGroups,
                   m_relationships,
                   m_followRequests,
                   m_blockAccount,
                   m_muteAccount,
                   m_noteAccount,
                   m_suggestAccounts,
                   m_reportAccount,
                   m_moderateAccounts,
                   m_moderateStatuses,
                   m_handleReports,
                   m_invites,
                   m_auditLog,
                   m_manageJobs,
                   m_changePassword,
                   m_deleteAccount,
                   m_signedInApplications,
                   m_manageTwoFactor,
                   m_forgetNotifications,
                   m_markers,
                   m_scheduleStatus,
                   m_editFilters,
                   m_applyFilters,
                   m_searchStatuses,
                   m_tags,
                   m_featuredTags,
                   m_trends,
                   m_showCollections,
                   m_editCollections,
                   m_pushSubscriptions,
                   m_streams,
                   m_accountExports,
                   m_accountImports }
{
}

http::HandlerTable Application::handlers(std::span<const api::Endpoint> endpoints) const
{
    const http::HandlerTable all = handlers::handlerTable(m_services);
    http::HandlerTable served;
    for (const api::Endpoint &endpoint : endpoints) {
        if (const auto handler = all.constFind(endpoint.name); handler != all.cend())
            served.insert(handler.key(), handler.value());
    }
    return served;
}

http::ServerHooks Application::hooks() const
{
    http::ServerHooks hooks;
    hooks.authenticate = [this](const QByteArray &token, const Deadline &deadline) {
        return m_authenticate.run(token, deadline);
    };
    hooks.queries = &sql::queriesByThisThread;
    return hooks;
}

} // namespace graminsta::composition
