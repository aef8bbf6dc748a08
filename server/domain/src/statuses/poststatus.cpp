// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/statuses/poststatus.h>

#include <graminsta/domain/collections/editcollections.h>
#include <graminsta/domain/policy/feeds.h>
#include <graminsta/domain/statuses/composing.h>
#include <graminsta/domain/text/statustext.h>
#include <graminsta/ports/search.h>

namespace graminsta::domain
{

using entities::Status;
using entities::Viewer;

namespace
{

Result<> putInto(ports::WriteSet &writers, const QList<CollectionId> &collections, const Status &status,
                 const Deadline &deadline)
{
    for (const CollectionId id : collections) {
        entities::Collection collection = GI_TRY(writers.collections.lock(id));
        if (collection.accountId != status.accountId)
            return makeError(Fault::NotFound, QStringLiteral("Record not found"));
        GI_TRY(addToCollection(writers, collection, { status.id }, deadline));
        collection.updatedAt = status.createdAt;
        GI_TRY(writers.collections.update(collection));
    }
    return {};
}

} // namespace

PostStatus::PostStatus(const InstanceSettings &settings, const ports::AccountReader &accounts,
                       const ports::StatusReader &statuses, const ShowStatus &showStatus, const GatherStatuses &gather,
                       const PublishMedia &publishMedia, ports::UnitOfWork &unitOfWork, IdGenerator &ids,
                       const Clock &clock)
    : m_settings(settings)
    , m_accounts(accounts)
    , m_statuses(statuses)
    , m_showStatus(showStatus)
    , m_gather(gather)
    , m_publishMedia(publishMedia)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<StatusSet> PostStatus::run(const Viewer &viewer, const StatusRequest &request, const Deadline &deadline) const
{
    const StatusId posted = GI_TRY(run(viewer, request, Also(), deadline));
    const Status status = GI_TRY(m_statuses.byId(posted, deadline));
    return m_gather.run(viewer, { status }, Detail::Single, deadline);
}

Result<> PostStatus::check(const Viewer &viewer, const StatusRequest &request, const Deadline &deadline) const
{
    if (request.idempotencyKey.size() > 255)
        return invalidStatus(QStringLiteral("Idempotency-Key is too long (maximum is 255 characters)"));
    GI_TRY(draft(viewer, request, deadline));
    return {};
}

Result<StatusId> PostStatus::run(const Viewer &viewer, const StatusRequest &request, const Also &also,
                                 const Deadline &deadline) const
{
    if (request.idempotencyKey.size() > 255)
        return invalidStatus(QStringLiteral("Idempotency-Key is too long (maximum is 255 characters)"));
    const Status drafted = GI_TRY(draft(viewer, request, deadline));
    // Files before rows: a post that is there has its pictures.
    const PublishableMedia publishable = drafted.isOpen()
        ? GI_TRY(m_publishMedia.prepare(viewer.account, request.media, deadline))
        : PublishableMedia {};
    StatusId posted;
    const auto work = [&](ports::WriteSet &writers) -> Result<> {
        posted = drafted.id;
        if (also)
            GI_TRY(also(writers));
        if (!request.idempotencyKey.isEmpty()) {
            const std::optional<StatusId> earlier = GI_TRY(writers.statuses.statusByIdempotencyKey(
                viewer.account, request.idempotencyKey, drafted.createdAt - kIdempotencyLifetime));
            if (earlier) {
                posted = *earlier;
                return {};
            }
        }
        GI_TRY(store(writers, drafted, request, publishable, deadline));
        return putInto(writers, request.collections, drafted, deadline);
    };
    Result<> written = m_unitOfWork.write(deadline, work);
    // A parallel request with the same key has won; now its status is there to be found.
    if (!written && written.error().fault == Fault::Conflict && !request.idempotencyKey.isEmpty())
        written = m_unitOfWork.write(deadline, work);
    if (!written) {
        if (written.error().fault == Fault::Conflict)
            return invalidStatus(
                QStringLiteral("Cannot attach files that are not yours, are not ready or belong to a post "
                               "already."));
        return std::move(written).error();
    }
    return posted;
}

Result<Status> PostStatus::draft(const Viewer &viewer, const StatusRequest &request, const Deadline &deadline) const
{
    Status status;
    status.id = m_ids.next<StatusId>();
    status.createdAt = m_clock.now();
    status.accountId = viewer.account;
    status.applicationId = viewer.application;
    status.text = cleanText(request.text);
    status.spoilerText = cleanText(request.spoilerText);
    status.language = request.language;
    status.mediaCount = int(request.media.size());
    if (request.collections.size() > kMaxCollectionsOfPost)
        return invalidStatus(
            QStringLiteral("A post goes into at most %1 collections when it is posted").arg(kMaxCollectionsOfPost));
    GI_TRY(checkStatus(status, m_settings.limits));
    status.tags = tagsIn(status.text);

    if (!request.visibility || !request.sensitive) {
        const entities::User user = GI_TRY(m_accounts.user(viewer.account, deadline));
        status.visibility = request.visibility.value_or(user.defaultVisibility);
        status.sensitive = request.sensitive.value_or(user.defaultSensitive && status.mediaCount > 0);
        if (status.language.isEmpty())
            status.language = user.defaultLanguage;
    } else {
        status.visibility = *request.visibility;
        status.sensitive = *request.sensitive;
    }
    // As Mastodon: what has a warning is hidden until it is asked for.
    status.sensitive = status.sensitive || !status.spoilerText.isEmpty();

    status.mentions = GI_TRY(mentionsIn(status.text, m_accounts, deadline));
    status.commentsDisabled = request.commentsDisabled;
    if (!request.inReplyTo.isNull())
        GI_TRY(answer(viewer, request.inReplyTo, status, deadline));
    return status;
}

Result<> PostStatus::answer(const Viewer &viewer, StatusId parent, Status &status, const Deadline &deadline) const
{
    const Result<Status> found = m_showStatus.visibleOriginal(viewer, parent, deadline);
    if (!found) {
        if (found.error().fault == Fault::NotFound)
            return makeError(Fault::NotFound, QStringLiteral("The post that this one comments on does not exist."));
        return found.error();
    }
    if (!GI_TRY(takesComments(*found, deadline)))
        return invalidStatus(QStringLiteral("Comments are off for this post"));
    status.inReplyToId = found->id;
    status.inReplyToAccountId = found->accountId;
    status.conversationId = found->conversation();
    return {};
}

Result<bool> PostStatus::takesComments(const Status &parent, const Deadline &deadline) const
{
    if (parent.commentsDisabled || parent.conversationId.isNull())
        return !parent.commentsDisabled;
    // Where the post takes none, its comments take none either.
    const Result<Status> first = m_statuses.byId(parent.conversationId, deadline);
    if (!first && first.error().fault != Fault::NotFound)
        return first.error();
    return !first || !first->commentsDisabled;
}

Result<> PostStatus::store(ports::WriteSet &writers, const Status &status, const StatusRequest &request,
                           const PublishableMedia &publishable, const Deadline &deadline) const
{
    GI_TRY(writers.statuses.insert(status));
    if (!request.media.isEmpty()) {
        const Result<> attached = writers.media.attach(status.accountId, status.id, request.media);
        if (!attached)
            return whyNotAttached(attached.error(), writers.media, status.accountId, request.media, deadline);
    }
    GI_TRY(PublishMedia::publish(writers, publishable));
    GI_TRY(writers.search.index(status.id));
    if (!request.idempotencyKey.isEmpty())
        GI_TRY(writers.statuses.rememberIdempotencyKey(status.accountId, request.idempotencyKey, status.id,
                                                       status.createdAt));
    // Statuses before accounts, here as everywhere: transactions that cross would wait for each other.
    if (!status.inReplyToId.isNull())
        GI_TRY(writers.statuses.changeRepliesCount(status.inReplyToId, 1));
    GI_TRY(writers.accounts.changeCounters(status.accountId, { 0, 0, 1 }));
    if (isHomePost(status))
        GI_TRY(writers.accounts.refreshLastStatus(status.accountId));
    return notify(writers, status);
}

Result<> PostStatus::notify(ports::WriteSet &writers, const Status &status) const
{
    QList<AccountId> told;
    for (const entities::Mention &mention : status.mentions)
        told.append(mention.accountId);
    // A comment is news for whom it answers, also without naming them; but whoever may not see a private one is not
    // told of it.
    if (status.isOpen() && !status.inReplyToAccountId.isNull() && !told.contains(status.inReplyToAccountId))
        told.append(status.inReplyToAccountId);
    return tellOfMention(writers, m_ids, status, told, status.createdAt);
}

} // namespace graminsta::domain
