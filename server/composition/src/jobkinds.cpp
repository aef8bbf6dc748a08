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
    forgetExpired.handler = [this](const Job &, const Deadline &deadline) {
        return partDone(m_forgetExpired.run(deadline));
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
    return { forgetExpired, sweepUploads, indexBacklog, publish, removeAccount, push, processMedia };
}

} // namespace graminsta::composition
