// SPDX-License-Identifier: GPL-3.0-or-later
#include "fieldnames.h"
#include "formatfields.h"

#include <QJsonArray>
#include <QUrl>

namespace graminsta::archive
{

using namespace entities;

namespace
{

QJsonValue timeValue(const std::optional<Timestamp> &time)
{
    return time ? QJsonValue(toRfc3339(*time)) : QJsonValue();
}

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

template<typename AnyId> QJsonValue idOrNull(AnyId id)
{
    return id.isNull() ? QJsonValue() : QJsonValue(id.toString());
}

QJsonValue visibilityValue(Visibility visibility)
{
    return QLatin1String(kVisibilities[size_t(visibility)]);
}

// "anna@photos.example", or without a server "anna".
QString handleOf(const QString &username, const QString &server)
{
    const QString host = QUrl(server).host();
    return host.isEmpty() ? username : username + QLatin1Char('@') + host;
}

QJsonObject personObject(const ArchivedPerson &person, const QString &server)
{
    return { { QStringLiteral("id"), person.id.toString() },
             { QStringLiteral("username"), person.username },
             { QStringLiteral("acct"), handleOf(person.username, server) } };
}

QString typeOf(const ArchivedMedia &media)
{
    return media.mimeType.startsWith(QLatin1String("video/")) ? QStringLiteral("video") : QStringLiteral("image");
}

QJsonArray mediaArray(const QList<ArchivedMedia> &media)
{
    QJsonArray array;
    for (const ArchivedMedia &one : media) {
        const QJsonObject focus { { QStringLiteral("x"), one.focus.x }, { QStringLiteral("y"), one.focus.y } };
        array.append(QJsonObject { { QStringLiteral("id"), one.id.toString() },
                                   { QStringLiteral("type"), typeOf(one) },
                                   { QStringLiteral("file"), one.path },
                                   { QStringLiteral("sha256"), one.sha256 },
                                   { QStringLiteral("bytes"), one.bytes },
                                   { QStringLiteral("mime_type"), one.mimeType },
                                   { QStringLiteral("description"), textOrNull(one.description) },
                                   { QStringLiteral("license"), static_cast<int>(one.license) },
                                   { QStringLiteral("meta"), QJsonObject { { QStringLiteral("focus"), focus } } } });
    }
    return array;
}

QJsonObject object(const ArchivedProfile &profile, const QString &server)
{
    const Account &account = profile.account;
    const User &user = profile.user;
    QJsonArray fields;
    for (const ProfileField &field : account.fields)
        fields.append(QJsonObject { { QStringLiteral("name"), field.name }, { QStringLiteral("value"), field.value } });
    const QJsonObject source { { QStringLiteral("note"), account.note },
                               { QStringLiteral("fields"), fields },
                               { QStringLiteral("privacy"), visibilityValue(user.defaultVisibility) },
                               { QStringLiteral("sensitive"), user.defaultSensitive },
                               { QStringLiteral("language"), textOrNull(user.defaultLanguage) } };
    return { { QStringLiteral("id"), account.id.toString() },
             { QStringLiteral("username"), account.username },
             { QStringLiteral("acct"), handleOf(account.username, server) },
             { QStringLiteral("display_name"), account.displayName },
             { QStringLiteral("created_at"), toRfc3339(account.createdAt) },
             { QStringLiteral("locked"), account.locked },
             { QStringLiteral("bot"), account.bot },
             { QStringLiteral("discoverable"), account.discoverable },
             { QStringLiteral("avatar"), textOrNull(profile.avatarPath) },
             { QStringLiteral("header"), textOrNull(profile.headerPath) },
             { QStringLiteral("locale"), textOrNull(user.locale) },
             { QStringLiteral("source"), source } };
}

QJsonObject object(const Filter &filter)
{
    QJsonArray contexts;
    for (const ContextName &context : kContexts) {
        if (filter.covers(context.context))
            contexts.append(QLatin1String(context.name));
    }
    QJsonArray keywords;
    for (const FilterKeyword &keyword : filter.keywords)
        keywords.append(QJsonObject { { QStringLiteral("keyword"), keyword.keyword },
                                      { QStringLiteral("whole_word"), keyword.wholeWord } });
    QJsonArray statuses;
    for (const FilterStatus &status : filter.statuses)
        statuses.append(QJsonObject { { QStringLiteral("status_id"), status.statusId.toString() } });
    return { { QStringLiteral("id"), filter.id.toString() },
             { QStringLiteral("title"), filter.title },
             { QStringLiteral("context"), contexts },
             { QStringLiteral("filter_action"), QLatin1String(kFilterActions[size_t(filter.action)]) },
             { QStringLiteral("expires_at"), timeValue(filter.expiresAt) },
             { QStringLiteral("keywords"), keywords },
             { QStringLiteral("statuses"), statuses } };
}

QJsonArray editsArray(const QList<StatusEdit> &edits)
{
    QJsonArray array;
    for (const StatusEdit &edit : edits) {
        QJsonArray media;
        for (const StatusEdit::Media &one : edit.media)
            media.append(QJsonObject { { QStringLiteral("id"), one.id.toString() },
                                       { QStringLiteral("description"), textOrNull(one.description) } });
        array.append(QJsonObject { { QStringLiteral("created_at"), toRfc3339(edit.createdAt) },
                                   { QStringLiteral("text"), edit.text },
                                   { QStringLiteral("spoiler_text"), edit.spoilerText },
                                   { QStringLiteral("sensitive"), edit.sensitive },
                                   { QStringLiteral("media_attachments"), media } });
    }
    return array;
}

QJsonObject object(const ArchivedStatus &archived, const QString &server)
{
    const Status &status = archived.status;
    QJsonArray tags;
    for (const QString &tag : status.tags)
        tags.append(QJsonObject { { QStringLiteral("name"), tag } });
    QJsonArray mentions;
    for (const Mention &mention : status.mentions)
        mentions.append(personObject({ mention.accountId, mention.username }, server));
    return { { QStringLiteral("id"), status.id.toString() },
             { QStringLiteral("created_at"), toRfc3339(status.createdAt) },
             { QStringLiteral("edited_at"), timeValue(status.editedAt) },
             { QStringLiteral("visibility"), visibilityValue(status.visibility) },
             { QStringLiteral("sensitive"), status.sensitive },
             { QStringLiteral("spoiler_text"), status.spoilerText },
             { QStringLiteral("language"), textOrNull(status.language) },
             { QStringLiteral("text"), status.text },
             { QStringLiteral("in_reply_to_id"), idOrNull(status.inReplyToId) },
             { QStringLiteral("in_reply_to_account_id"), idOrNull(status.inReplyToAccountId) },
             { QStringLiteral("is_comment"), archived.isComment },
             { QStringLiteral("comments_disabled"), status.commentsDisabled },
             { QStringLiteral("pinned"), archived.isPinned },
             { QStringLiteral("tags"), tags },
             { QStringLiteral("mentions"), mentions },
             { QStringLiteral("media_attachments"), mediaArray(archived.media) },
             { QStringLiteral("edits"), editsArray(archived.edits) } };
}

QJsonObject object(ArchivePart part, const ArchivedRelation &relation, const QString &server)
{
    QJsonObject object = personObject(relation.person, server);
    if (part == ArchivePart::Following) {
        object.insert(QStringLiteral("showing_reblogs"), relation.showReblogs);
        object.insert(QStringLiteral("notifying"), relation.notify);
    } else if (part == ArchivePart::Mutes) {
        object.insert(QStringLiteral("muting_notifications"), relation.hideNotifications);
        object.insert(QStringLiteral("mute_expires_at"), timeValue(relation.endsAt));
    } else if (part == ArchivePart::Notes) {
        object.insert(QStringLiteral("note"), relation.note);
    }
    return object;
}

QJsonObject object(const ArchivedMark &mark, const QString &server)
{
    QJsonObject object { { QStringLiteral("id"), mark.statusId.toString() },
                         { QStringLiteral("account"), personObject(mark.author, server) } };
    if (!server.isEmpty())
        object.insert(QStringLiteral("url"),
                      server + QStringLiteral("/@%1/%2").arg(mark.author.username, mark.statusId.toString()));
    return object;
}

QJsonObject object(const ArchivedScheduled &archived)
{
    const ScheduledStatus &status = archived.scheduled;
    const QJsonObject params {
        { QStringLiteral("text"), status.text },
        { QStringLiteral("spoiler_text"), status.spoilerText },
        { QStringLiteral("sensitive"), status.sensitive ? QJsonValue(*status.sensitive) : QJsonValue() },
        { QStringLiteral("visibility"), status.visibility ? visibilityValue(*status.visibility) : QJsonValue() },
        { QStringLiteral("language"), textOrNull(status.language) },
        { QStringLiteral("in_reply_to_id"), idOrNull(status.inReplyToId) },
        { QStringLiteral("comments_disabled"), status.commentsDisabled },
    };
    return { { QStringLiteral("id"), status.id.toString() },
             { QStringLiteral("scheduled_at"), toRfc3339(status.scheduledAt) },
             { QStringLiteral("params"), params },
             { QStringLiteral("media_attachments"), mediaArray(archived.media) } };
}

} // namespace

QJsonObject encodeFields(ArchivePart part, const ArchivedItem &item, const QString &server)
{
    switch (part) {
    case ArchivePart::Profile:
        return object(std::get<ArchivedProfile>(item), server);
    case ArchivePart::Filters:
        return object(std::get<Filter>(item));
    case ArchivePart::Blocks:
    case ArchivePart::Mutes:
    case ArchivePart::Notes:
    case ArchivePart::Following:
    case ArchivePart::Followers:
        return object(part, std::get<ArchivedRelation>(item), server);
    case ArchivePart::FollowedTags:
        return { { QStringLiteral("name"), std::get<ArchivedTag>(item).name } };
    case ArchivePart::Statuses:
        return object(std::get<ArchivedStatus>(item), server);
    case ArchivePart::Bookmarks:
    case ArchivePart::Favourites:
    case ArchivePart::Reblogs:
        return object(std::get<ArchivedMark>(item), server);
    case ArchivePart::ScheduledStatuses:
        return object(std::get<ArchivedScheduled>(item));
    }
    return {};
}

} // namespace graminsta::archive
