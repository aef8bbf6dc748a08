// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/statuses/composing.h>

#include <graminsta/domain/text/statustext.h>
#include <graminsta/ports/notifications.h>

namespace graminsta::domain
{

using entities::Mention;
using entities::NotificationType;
using entities::Status;

namespace
{

constexpr int kMaxMentions = 50;
constexpr int kMaxTags = 60;

} // namespace

Error invalidStatus(const QString &message)
{
    return makeError(Fault::Unprocessable, QStringLiteral("Validation failed: ") + message);
}

Result<> checkStatus(const Status &status, const ContentLimits &limits)
{
    if (status.text.trimmed().isEmpty() && status.mediaCount == 0)
        return invalidStatus(QStringLiteral("Text can't be blank"));
    const int length = countedLength(status.text) + countedLength(status.spoilerText);
    if (length > limits.maxCharacters)
        return invalidStatus(QStringLiteral("Text is too long (maximum is %1 characters, these are %2)")
                                 .arg(limits.maxCharacters)
                                 .arg(length));
    if (status.mediaCount > limits.maxMediaAttachments)
        return invalidStatus(QStringLiteral("A post has at most %1 photos (these are %2)")
                                 .arg(limits.maxMediaAttachments)
                                 .arg(status.mediaCount));
    if (status.language.size() > 35)
        return invalidStatus(QStringLiteral("Language must be a language tag, as \"en\" or \"pt-BR\""));
    return {};
}

QStringList tagsIn(const QString &text)
{
    return hashtagsOf(text).mid(0, kMaxTags);
}

Result<QList<Mention>> mentionsIn(const QString &text, const ports::AccountReader &accounts, const Deadline &deadline)
{
    QList<Mention> mentions;
    const QStringList names = mentionsOf(text).mid(0, kMaxMentions);
    if (names.isEmpty())
        return mentions;
    for (const entities::Account &account : GI_TRY(accounts.byUsernames(names, deadline)))
        mentions.append({ account.id, account.username });
    return mentions;
}

Error whyNotAttached(const Error &refusal, const ports::MediaReader &media, AccountId owner, const QList<MediaId> &ids,
                     const Deadline &deadline)
{
    if (refusal.fault != Fault::Conflict)
        return refusal;
    for (const entities::MediaAttachment &one : media.byIds(ids, deadline).value_or({})) {
        if (one.accountId != owner)
            return refusal;
        if (one.state == entities::MediaState::Received)
            return makeError(Fault::Unprocessable,
                             QStringLiteral("Some of these files are still being processed. Post them in a moment."));
        if (one.state == entities::MediaState::Failed)
            return makeError(Fault::Unprocessable,
                             QStringLiteral("One of these files could not be processed. %1").arg(one.failure));
    }
    return refusal;
}

Result<> tellOfMention(ports::WriteSet &writers, IdGenerator &ids, const Status &status,
                       const QList<AccountId> &accounts, Timestamp now)
{
    for (const AccountId account : accounts) {
        if (account == status.accountId)
            continue;
        GI_TRY(writers.notifications.insert(
            { ids.next<NotificationId>(), account, NotificationType::Mention, status.accountId, status.id, now }));
    }
    return {};
}

} // namespace graminsta::domain
