// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/statuses/poststatus.h>

#include <graminsta/domain/text/statustext.h>
#include <graminsta/ports/notifications.h>

namespace graminsta::domain
{

using entities::NotificationType;
using entities::Status;
using entities::Viewer;
using entities::Visibility;

namespace
{

constexpr std::chrono::hours kIdempotencyLifetime { 1 };
constexpr int kMaxMentions = 50;
constexpr int kMaxTags = 60;

Error invalid(const QString &message)
{
    return makeError(Fault::Unprocessable, QStringLiteral("Validation failed: ") + message);
}

// A post in home timelines is what a profile's grid shows: no comment and no direct message.
bool isHomePost(const Status &status)
{
    return status.inReplyToId.isNull() && status.visibility != Visibility::Direct;
}

} // namespace

PostStatus::PostStatus(const InstanceSettings &settings, const ports::AccountReader &accounts,
                       const ports::StatusReader &statuses, const VisibilityPolicy &visibility,
                       const GatherStatuses &gather, ports::UnitOfWork &unitOfWork, IdGenerator &ids,
                       const Clock &clock)
    : m_settings(settings)
    , m_accounts(accounts)
    , m_statuses(statuses)
    , m_visibility(visibility)
    , m_gather(gather)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<StatusSet> PostStatus::run(const Viewer &viewer, const StatusRequest &request, const Deadline &deadline) const
{
    GI_TRY(validate(request));
    const Status drafted = GI_TRY(draft(viewer, request, deadline));
    StatusId posted;
    const auto work = [&](ports::WriteSet &writers) -> Result<> {
        posted = drafted.id;
        if (!request.idempotencyKey.isEmpty()) {
            const std::optional<StatusId> earlier = GI_TRY(writers.statuses.statusByIdempotencyKey(
                viewer.account, request.idempotencyKey, drafted.createdAt - kIdempotencyLifetime));
            if (earlier) {
                posted = *earlier;
                return {};
            }
        }
        return store(writers, drafted, request);
    };
    Result<> written = m_unitOfWork.write(deadline, work);
    // A parallel request with the same key has won; now its status is there to be found.
    if (!written && written.error().fault == Fault::Conflict && !request.idempotencyKey.isEmpty())
        written = m_unitOfWork.write(deadline, work);
    if (!written) {
        if (written.error().fault == Fault::Conflict)
            return invalid(QStringLiteral("Cannot attach files that are not yours, are not ready or belong to a post "
                                          "already."));
        return std::move(written).error();
    }
    const Status status = GI_TRY(m_statuses.byId(posted, deadline));
    return m_gather.run(viewer, { status }, Detail::Single, deadline);
}

Result<> PostStatus::validate(const StatusRequest &request) const
{
    const ContentLimits &limits = m_settings.limits;
    if (request.text.trimmed().isEmpty() && request.media.isEmpty())
        return invalid(QStringLiteral("Text can't be blank"));
    const int length = countedLength(request.text) + countedLength(request.spoilerText);
    if (length > limits.maxCharacters)
        return invalid(QStringLiteral("Text is too long (maximum is %1 characters, these are %2)")
                           .arg(limits.maxCharacters)
                           .arg(length));
    if (request.media.size() > limits.maxMediaAttachments)
        return invalid(QStringLiteral("A post has at most %1 photos (these are %2)")
                           .arg(limits.maxMediaAttachments)
                           .arg(request.media.size()));
    if (request.language.size() > 35)
        return invalid(QStringLiteral("Language must be a language tag, as \"en\" or \"pt-BR\""));
    if (request.idempotencyKey.size() > 255)
        return invalid(QStringLiteral("Idempotency-Key is too long (maximum is 255 characters)"));
    return {};
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
    status.tags = hashtagsOf(status.text).mid(0, kMaxTags);

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

    const QStringList names = mentionsOf(status.text).mid(0, kMaxMentions);
    if (!names.isEmpty()) {
        for (const entities::Account &account : GI_TRY(m_accounts.byUsernames(names, deadline)))
            status.mentions.append({ account.id, account.username });
    }
    if (!request.inReplyTo.isNull()) {
        const Result<Status> parent = m_statuses.byId(request.inReplyTo, deadline);
        if (!parent && parent.error().fault != Fault::NotFound)
            return parent;
        const bool visible = parent.has_value() && GI_TRY(m_visibility.maySee(viewer, *parent, deadline));
        if (!visible)
            return makeError(Fault::NotFound, QStringLiteral("The post that this one comments on does not exist."));
        status.inReplyToId = parent->id;
        status.inReplyToAccountId = parent->accountId;
    }
    return status;
}

Result<> PostStatus::store(ports::WriteSet &writers, const Status &status, const StatusRequest &request) const
{
    GI_TRY(writers.statuses.insert(status));
    if (!request.media.isEmpty())
        GI_TRY(writers.media.attach(status.accountId, status.id, request.media));
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
    // A comment is news for whom it answers, also without naming them.
    if (!status.inReplyToAccountId.isNull() && !told.contains(status.inReplyToAccountId))
        told.append(status.inReplyToAccountId);
    told.removeAll(status.accountId);
    for (const AccountId account : told) {
        // Whoever may not see a private comment is not told of it.
        const bool mentioned =
            std::any_of(status.mentions.cbegin(), status.mentions.cend(),
                        [&](const entities::Mention &mention) { return mention.accountId == account; });
        if (!mentioned && status.visibility != Visibility::Public && status.visibility != Visibility::Unlisted)
            continue;
        GI_TRY(writers.notifications.insert({ m_ids.next<NotificationId>(), account, NotificationType::Mention,
                                              status.accountId, status.id, status.createdAt }));
    }
    return {};
}

} // namespace graminsta::domain
