// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/statuses/editstatus.h>

#include <graminsta/domain/media/receivemedia.h>
#include <graminsta/domain/statuses/composing.h>
#include <graminsta/domain/statuses/statushistory.h>
#include <graminsta/domain/text/statustext.h>
#include <graminsta/ports/search.h>

#include <algorithm>

namespace graminsta::domain
{

using entities::MediaAttachment;
using entities::Mention;
using entities::Status;
using entities::StatusEdit;
using entities::Viewer;

namespace
{

StatusEdit version(StatusEditId id, const Status &status, const QList<MediaAttachment> &media, Timestamp createdAt)
{
    StatusEdit edit { id, status.id, status.text, status.spoilerText, status.sensitive, {}, createdAt };
    for (const MediaAttachment &one : media)
        edit.media.append({ one.id, one.description });
    return edit;
}

bool looksTheSame(const StatusEdit &a, const StatusEdit &b)
{
    return a.text == b.text && a.spoilerText == b.spoilerText && a.sensitive == b.sensitive && a.media == b.media;
}

} // namespace

EditStatus::EditStatus(const InstanceSettings &settings, const ports::AccountReader &accounts,
                       const ShowStatus &showStatus, const PublishMedia &publishMedia, ports::UnitOfWork &unitOfWork,
                       IdGenerator &ids, const Clock &clock)
    : m_settings(settings)
    , m_accounts(accounts)
    , m_showStatus(showStatus)
    , m_publishMedia(publishMedia)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<StatusSet> EditStatus::run(const Viewer &viewer, StatusId id, const StatusChange &change,
                                  const Deadline &deadline) const
{
    const Status present = GI_TRY(source(viewer, id, deadline));
    const QList<Mention> mentions =
        change.text ? GI_TRY(mentionsIn(cleanText(*change.text), m_accounts, deadline)) : present.mentions;
    for (const StatusChange::Media &media : change.mediaChanges) {
        if (media.description)
            GI_TRY(checkDescription(*media.description, m_settings.limits));
        if (media.focus)
            GI_TRY(checkFocus(*media.focus));
    }
    const PublishableMedia publishable = present.isOpen() && change.media
        ? GI_TRY(m_publishMedia.prepare(viewer.account, *change.media, deadline))
        : PublishableMedia {};
    const Result<> written = m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) {
        return apply(writers, id, change, mentions, publishable, deadline);
    });
    if (!written) {
        if (written.error().fault == Fault::Conflict)
            return invalidStatus(QStringLiteral("Cannot attach files that are not yours, are not ready or belong to a "
                                                "post already."));
        return written.error();
    }
    return m_showStatus.run(viewer, id, deadline);
}

Result<Status> EditStatus::source(const Viewer &viewer, StatusId id, const Deadline &deadline) const
{
    Result<Status> status = m_showStatus.visibleStatus(viewer, id, deadline);
    if (status && (status->accountId != viewer.account || status->isReblog()))
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    return status;
}

Result<> EditStatus::apply(ports::WriteSet &writers, StatusId id, const StatusChange &change,
                           const QList<Mention> &mentions, const PublishableMedia &publishable,
                           const Deadline &deadline) const
{
    const Status before = GI_TRY(writers.statuses.lock(id));
    const QList<MediaAttachment> mediaBefore = GI_TRY(writers.media.byStatuses({ id }, deadline));

    Status after = before;
    after.text = change.text ? cleanText(*change.text) : before.text;
    after.spoilerText = change.spoilerText ? cleanText(*change.spoilerText) : before.spoilerText;
    after.language = change.language.value_or(before.language);
    after.sensitive = change.sensitive.value_or(before.sensitive) || !after.spoilerText.isEmpty();
    after.mediaCount = change.media ? int(change.media->size()) : before.mediaCount;
    after.commentsDisabled = change.commentsDisabled.value_or(before.commentsDisabled);
    after.tags = tagsIn(after.text);
    after.mentions = mentions;
    GI_TRY(checkStatus(after, m_settings.limits));
    const QList<MediaAttachment> mediaAfter = GI_TRY(changeMedia(writers, after, change, publishable, deadline));

    const Timestamp now = m_clock.now();
    const StatusEdit first = version(m_ids.next<StatusEditId>(), before, mediaBefore, before.createdAt);
    const StatusEdit next = version(m_ids.next<StatusEditId>(), after, mediaAfter, now);
    if (!looksTheSame(first, next)) {
        const qsizetype known = GI_TRY(writers.statuses.edits(id, kMaxVersions, deadline)).size();
        if (known >= kMaxVersions)
            return invalidStatus(QStringLiteral("A post can be edited %1 times").arg(kMaxVersions - 1));
        if (known == 0)
            GI_TRY(writers.statuses.addEdit(first));
        GI_TRY(writers.statuses.addEdit(next));
        after.editedAt = now;
    }
    GI_TRY(writers.statuses.update(after));
    GI_TRY(writers.search.index(id));

    QList<AccountId> added;
    for (const Mention &mention : after.mentions) {
        const auto isSame = [&mention](const Mention &old) { return old.accountId == mention.accountId; };
        if (std::none_of(before.mentions.cbegin(), before.mentions.cend(), isSame))
            added.append(mention.accountId);
    }
    return tellOfMention(writers, m_ids, after, added, now);
}

Result<QList<MediaAttachment>> EditStatus::changeMedia(ports::WriteSet &writers, const Status &status,
                                                       const StatusChange &change, const PublishableMedia &publishable,
                                                       const Deadline &deadline) const
{
    if (change.media) {
        const Result<> arranged = writers.media.rearrange(status.accountId, status.id, *change.media);
        if (!arranged)
            return whyNotAttached(arranged.error(), writers.media, status.accountId, *change.media, deadline);
    }
    GI_TRY(PublishMedia::publish(writers, publishable));
    QList<MediaAttachment> media = GI_TRY(writers.media.byStatuses({ status.id }, deadline));
    for (MediaAttachment &one : media) {
        const auto wanted =
            std::find_if(change.mediaChanges.cbegin(), change.mediaChanges.cend(),
                         [&one](const StatusChange::Media &candidate) { return candidate.id == one.id; });
        if (wanted == change.mediaChanges.cend())
            continue;
        one.description = wanted->description ? cleanText(*wanted->description) : one.description;
        one.focus = wanted->focus.value_or(one.focus);
        one.license = wanted->license.value_or(one.license);
        GI_TRY(writers.media.describe(one));
    }
    return media;
}

} // namespace graminsta::domain
