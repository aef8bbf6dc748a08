// SPDX-License-Identifier: GPL-3.0-or-later
// Which use case each kind of job is. The names are kept in the database: they never change.
#include <graminsta/composition/application.h>

namespace graminsta::composition
{

using entities::Job;
using jobs::JobKind;
using jobs::Outcome;

namespace
{

// Of what is done in parts and says whether there is more.
Result<Outcome> partDone(const Result<bool> &more)
{
    if (!more)
        return more.error();
    return *more ? Outcome::Again : Outcome::Done;
}

} // namespace

QList<JobKind> Application::jobKinds(const profile::Profile &profile) const
{
    JobKind forgetExpired;
    forgetExpired.name = QStringLiteral("expired.forget");
    forgetExpired.every = std::chrono::minutes { 10 };
    forgetExpired.handler = [this](const Job &, const Deadline &deadline) -> Result<Outcome> {
        const bool hasMoreKeys = GI_TRY(m_forgetExpired.run(deadline));
        const bool hasMoreExports = GI_TRY(m_accountExports.forgetExpired(deadline));
        return hasMoreKeys || hasMoreExports ? Outcome::Again : Outcome::Done;
    };
    JobKind sweepUploads;
    sweepUploads.name = QStringLiteral("uploads.sweep");
    sweepUploads.every = std::chrono::minutes { 10 };
    sweepUploads.handler = [this](const Job &, const Deadline &deadline) {
        return partDone(m_sweepUploads.run(deadline));
    };
    // Ends at once where nothing waits. It comes round for what another program has put into the database.
    JobKind indexBacklog;
    indexBacklog.name = QStringLiteral("search.index");
    indexBacklog.every = std::chrono::hours { 1 };
    indexBacklog.handler = [this](const Job &, const Deadline &deadline) {
        return partDone(m_indexBacklog.run(deadline));
    };
    JobKind publish;
    publish.name = domain::kPublishJob;
    publish.concurrency = 2;
    publish.handler = [this](const Job &job, const Deadline &deadline) -> Result<Outcome> {
        GI_TRY(m_publishScheduled.run(job, deadline));
        return Outcome::Done;
    };
    JobKind removeAccount;
    removeAccount.name = QLatin1String(domain::kRemoveAccountJob);
    removeAccount.handler = [this](const Job &job, const Deadline &deadline) -> Result<Outcome> {
        const std::optional<AccountId> account = AccountId::fromString(QString::fromLatin1(job.payload));
        if (!account)
            return makeError(Fault::Invalid, QStringLiteral("The job names no account"));
        return partDone(m_removeAccount.run(*account, deadline));
    };
    JobKind push;
    push.name = QLatin1String(ports::kPushJob);
    push.concurrency = kPushThreads;
    push.timeLimit = std::chrono::seconds { 20 };
    push.handler = [this](const Job &job, const Deadline &deadline) -> Result<Outcome> {
        const std::optional<std::chrono::seconds> again = GI_TRY(m_pushDelivery.run(job, deadline));
        return again ? Outcome::later(*again) : Outcome::Done;
    };
    JobKind processMedia;
    processMedia.name = QLatin1String(domain::kProcessMediaJob);
    processMedia.concurrency = profile.server.mediaWorkers;
    processMedia.maxAttempts = domain::kProcessMediaAttempts;
    processMedia.timeLimit = profile.limits.mediaRequestTime;
    processMedia.handler = [this](const Job &job, const Deadline &deadline) -> Result<Outcome> {
        GI_TRY(m_processMedia.run(job, deadline));
        return Outcome::Done;
    };
    // Both prolong their claims and give themselves up: how long they take, and how often a server may stop meanwhile,
    // says nothing of them.
    JobKind exportAccount;
    exportAccount.name = QLatin1String(domain::kExportJob);
    exportAccount.maxAttempts = 1000;
    exportAccount.handler = [this](const Job &job, const Deadline &) -> Result<Outcome> {
        GI_TRY(m_accountExports.run(job));
        return Outcome::Done;
    };
    JobKind importAccount;
    importAccount.name = QLatin1String(domain::kImportJob);
    importAccount.timeLimit = std::chrono::seconds { 30 };
    importAccount.maxAttempts = 1000;
    importAccount.handler = [this](const Job &job, const Deadline &) -> Result<Outcome> {
        switch (GI_TRY(m_accountImports.run(job))) {
        case domain::ImportStep::More:
            return Outcome::Again;
        case domain::ImportStep::NotYet:
            return Outcome::later(std::chrono::seconds { 1 });
        case domain::ImportStep::Done:
            break;
        }
        return Outcome::Done;
    };
    JobKind processVideo = processMedia;
    processVideo.name = QLatin1String(domain::kProcessVideoJob);
    processVideo.concurrency = kVideoThreads;
    processVideo.timeLimit = kVideoTime;

    const profile::ServerRole role = profile.server.role;
    QList<JobKind> kinds { forgetExpired, sweepUploads, indexBacklog, push };
    kinds += tidyingJobKinds();
    if (role != profile::ServerRole::Api)
        kinds.append({ processMedia, processVideo, exportAccount, importAccount });
    // What streams must hear of at once happens where streams are: events stay within their process.
    if (role != profile::ServerRole::Worker)
        kinds.append({ publish, removeAccount });
    return kinds;
}

QList<JobKind> Application::tidyingJobKinds() const
{
    JobKind settle;
    settle.name = QLatin1String(domain::kSettleMediaJob);
    settle.handler = [this](const Job &job, const Deadline &deadline) -> Result<Outcome> {
        const std::optional<AccountId> account = AccountId::fromString(QString::fromLatin1(job.payload));
        if (!account)
            return makeError(Fault::Invalid, QStringLiteral("The job names no account"));
        return partDone(m_publishMedia.settle(*account, deadline));
    };
    // At once where something is not used any more, and every now and then for what was broken off.
    JobKind tidy;
    tidy.name = QLatin1String(ports::kTidyJob);
    tidy.handler = [this](const Job &, const Deadline &deadline) {
        return partDone(m_tidyMedia.removeUnused(deadline));
    };
    JobKind sweep;
    sweep.name = QStringLiteral("media.sweep");
    sweep.every = std::chrono::minutes { 5 };
    sweep.handler = [this](const Job &, const Deadline &deadline) -> Result<Outcome> {
        const bool moreLoose = GI_TRY(m_tidyMedia.removeLoose(deadline));
        const bool moreUnused = GI_TRY(m_tidyMedia.removeUnused(deadline));
        return moreLoose || moreUnused ? Outcome::Again : Outcome::Done;
    };
    JobKind strays;
    strays.name = QStringLiteral("media.strays");
    strays.every = std::chrono::hours { 24 };
    strays.handler = [this](const Job &, const Deadline &deadline) {
        return partDone(m_tidyMedia.findStrays(deadline));
    };
    // Ends at once where all are counted.
    JobKind backlog;
    backlog.name = QStringLiteral("media.count");
    backlog.every = std::chrono::hours { 1 };
    backlog.handler = [this](const Job &, const Deadline &deadline) -> Result<Outcome> {
        // What they had in the public area and should not have goes when the last is counted.
        const bool more = GI_TRY(m_tidyMedia.countBacklog(deadline)) || GI_TRY(m_tidyMedia.removeUnused(deadline));
        return more ? Outcome::Again : Outcome::Done;
    };
    return { settle, tidy, sweep, strays, backlog };
}

} // namespace graminsta::composition
