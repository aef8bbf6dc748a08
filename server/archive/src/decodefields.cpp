// SPDX-License-Identifier: GPL-3.0-or-later
#include "fieldnames.h"
#include "formatfields.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

namespace graminsta::archive
{

using namespace entities;

namespace
{

Error wrong(const char *field, const QString &right)
{
    return makeError(Fault::Unprocessable, QStringLiteral("\"%1\" must be %2").arg(QLatin1String(field), right));
}

QString textOf(const QJsonObject &object, const char *field)
{
    return object.value(QLatin1String(field)).toString();
}

bool flagOf(const QJsonObject &object, const char *field, bool otherwise = false)
{
    return object.value(QLatin1String(field)).toBool(otherwise);
}

bool isNull(const QJsonObject &object, const char *field)
{
    const QJsonValue value = object.value(QLatin1String(field));
    return value.isNull() || value.isUndefined();
}

template<typename AnyId> Result<AnyId> idOf(const QJsonObject &object, const char *field)
{
    if (const std::optional<AnyId> id = AnyId::fromString(textOf(object, field)))
        return *id;
    return wrong(field, QStringLiteral("an id: digits in a text"));
}

template<typename AnyId> Result<AnyId> idOrNull(const QJsonObject &object, const char *field)
{
    return isNull(object, field) ? Result<AnyId>(AnyId {}) : idOf<AnyId>(object, field);
}

Result<Timestamp> timeOf(const QJsonObject &object, const char *field)
{
    if (const std::optional<Timestamp> time = fromRfc3339(textOf(object, field)))
        return *time;
    return wrong(field, QStringLiteral("a time as \"2026-11-23T19:02:53.120Z\""));
}

Result<std::optional<Timestamp>> timeOrNull(const QJsonObject &object, const char *field)
{
    if (isNull(object, field))
        return std::optional<Timestamp>();
    return std::optional<Timestamp>(GI_TRY(timeOf(object, field)));
}

template<size_t N> std::optional<int> indexOf(const char *const (&names)[N], const QString &name)
{
    for (size_t i = 0; i < N; ++i) {
        if (name == QLatin1String(names[i]))
            return int(i);
    }
    return std::nullopt;
}

Result<Visibility> visibilityOf(const QJsonObject &object, const char *field)
{
    if (const std::optional<int> index = indexOf(kVisibilities, textOf(object, field)))
        return static_cast<Visibility>(*index);
    return wrong(field, QStringLiteral("public, unlisted, private or direct"));
}

Result<ArchivedPerson> personOf(const QJsonObject &object)
{
    return ArchivedPerson { GI_TRY(idOf<AccountId>(object, "id")), textOf(object, "username") };
}

Result<QList<ArchivedMedia>> mediaOf(const QJsonObject &object)
{
    QList<ArchivedMedia> media;
    for (const auto &value : object.value(QLatin1String("media_attachments")).toArray()) {
        const QJsonObject one = value.toObject();
        const QJsonObject focus = one.value(QLatin1String("meta")).toObject().value(QLatin1String("focus")).toObject();
        ArchivedMedia read;
        read.id = GI_TRY(idOf<MediaId>(one, "id"));
        read.path = textOf(one, "file");
        read.sha256 = textOf(one, "sha256");
        if (read.path.isEmpty() || read.sha256.size() != 64)
            return wrong("media_attachments", QStringLiteral("a list with the \"file\" and the \"sha256\" of each"));
        read.bytes = one.value(QLatin1String("bytes")).toInteger();
        read.mimeType = textOf(one, "mime_type");
        read.description = textOf(one, "description");
        read.focus = { std::clamp(focus.value(QLatin1String("x")).toDouble(), -1.0, 1.0),
                       std::clamp(focus.value(QLatin1String("y")).toDouble(), -1.0, 1.0) };
        // A licence that this server does not know is none that it could keep to.
        const int license = one.value(QLatin1String("license")).toInt();
        if (std::any_of(std::begin(kLicenses), std::end(kLicenses),
                        [license](License known) { return static_cast<int>(known) == license; }))
            read.license = License { license };
        media.append(read);
    }
    return media;
}

Result<ArchivedItem> profileOf(const QJsonObject &object)
{
    const QJsonObject source = object.value(QLatin1String("source")).toObject();
    ArchivedProfile profile;
    profile.account.id = GI_TRY(idOf<AccountId>(object, "id"));
    profile.account.username = textOf(object, "username");
    profile.account.displayName = textOf(object, "display_name");
    profile.account.note = textOf(source, "note");
    for (const auto &field : source.value(QLatin1String("fields")).toArray())
        profile.account.fields.append({ textOf(field.toObject(), "name"), textOf(field.toObject(), "value") });
    profile.account.locked = flagOf(object, "locked");
    profile.account.bot = flagOf(object, "bot");
    profile.account.discoverable = flagOf(object, "discoverable", true);
    profile.avatarPath = textOf(object, "avatar");
    profile.headerPath = textOf(object, "header");
    profile.user.defaultVisibility =
        isNull(source, "privacy") ? Visibility::Public : GI_TRY(visibilityOf(source, "privacy"));
    profile.user.defaultSensitive = flagOf(source, "sensitive");
    profile.user.defaultLanguage = textOf(source, "language");
    profile.user.locale = textOf(object, "locale");
    return ArchivedItem(profile);
}

Result<ArchivedItem> filterOf(const QJsonObject &object)
{
    Filter filter;
    filter.title = textOf(object, "title");
    const QJsonArray contexts = object.value(QLatin1String("context")).toArray();
    for (const ContextName &context : kContexts) {
        if (contexts.contains(QLatin1String(context.name)))
            filter.contexts |= static_cast<int>(context.context);
    }
    const std::optional<int> action = indexOf(kFilterActions, textOf(object, "filter_action"));
    if (!action)
        return wrong("filter_action", QStringLiteral("warn, hide or blur"));
    filter.action = static_cast<FilterAction>(*action);
    filter.expiresAt = GI_TRY(timeOrNull(object, "expires_at"));
    for (const auto &keyword : object.value(QLatin1String("keywords")).toArray())
        filter.keywords.append(
            { {}, textOf(keyword.toObject(), "keyword"), flagOf(keyword.toObject(), "whole_word", true) });
    for (const auto &status : object.value(QLatin1String("statuses")).toArray())
        filter.statuses.append({ {}, GI_TRY(idOf<StatusId>(status.toObject(), "status_id")) });
    return ArchivedItem(filter);
}

Result<QList<StatusEdit>> editsOf(const QJsonObject &object)
{
    QList<StatusEdit> edits;
    for (const auto &value : object.value(QLatin1String("edits")).toArray()) {
        const QJsonObject one = value.toObject();
        StatusEdit edit;
        edit.createdAt = GI_TRY(timeOf(one, "created_at"));
        edit.text = textOf(one, "text");
        edit.spoilerText = textOf(one, "spoiler_text");
        edit.sensitive = flagOf(one, "sensitive");
        for (const auto &media : one.value(QLatin1String("media_attachments")).toArray())
            edit.media.append(
                { GI_TRY(idOf<MediaId>(media.toObject(), "id")), textOf(media.toObject(), "description") });
        edits.append(edit);
    }
    return edits;
}

Result<ArchivedItem> statusOf(const QJsonObject &object)
{
    ArchivedStatus archived;
    Status &status = archived.status;
    status.id = GI_TRY(idOf<StatusId>(object, "id"));
    status.createdAt = GI_TRY(timeOf(object, "created_at"));
    status.editedAt = GI_TRY(timeOrNull(object, "edited_at"));
    status.visibility = GI_TRY(visibilityOf(object, "visibility"));
    status.sensitive = flagOf(object, "sensitive");
    status.spoilerText = textOf(object, "spoiler_text");
    status.language = textOf(object, "language");
    if (!object.value(QLatin1String("text")).isString())
        return wrong("text", QStringLiteral("a text"));
    status.text = textOf(object, "text");
    status.inReplyToId = GI_TRY(idOrNull<StatusId>(object, "in_reply_to_id"));
    status.inReplyToAccountId = GI_TRY(idOrNull<AccountId>(object, "in_reply_to_account_id"));
    status.commentsDisabled = flagOf(object, "comments_disabled");
    archived.isComment = flagOf(object, "is_comment") || !status.inReplyToId.isNull();
    archived.isPinned = flagOf(object, "pinned");
    for (const auto &value : object.value(QLatin1String("mentions")).toArray()) {
        const ArchivedPerson person = GI_TRY(personOf(value.toObject()));
        status.mentions.append({ person.id, person.username });
    }
    archived.media = GI_TRY(mediaOf(object));
    archived.edits = GI_TRY(editsOf(object));
    return ArchivedItem(archived);
}

Result<ArchivedItem> relationOf(const QJsonObject &object)
{
    ArchivedRelation relation;
    relation.person = GI_TRY(personOf(object));
    relation.showReblogs = flagOf(object, "showing_reblogs", true);
    relation.notify = flagOf(object, "notifying");
    relation.hideNotifications = flagOf(object, "muting_notifications", true);
    relation.endsAt = GI_TRY(timeOrNull(object, "mute_expires_at"));
    relation.note = textOf(object, "note");
    return ArchivedItem(relation);
}

Result<ArchivedItem> markOf(const QJsonObject &object)
{
    ArchivedMark mark;
    mark.statusId = GI_TRY(idOf<StatusId>(object, "id"));
    mark.author = GI_TRY(personOf(object.value(QLatin1String("account")).toObject()));
    return ArchivedItem(mark);
}

Result<ArchivedItem> scheduledOf(const QJsonObject &object)
{
    const QJsonObject params = object.value(QLatin1String("params")).toObject();
    ArchivedScheduled archived;
    archived.scheduled.id = GI_TRY(idOf<ScheduledStatusId>(object, "id"));
    archived.scheduled.scheduledAt = GI_TRY(timeOf(object, "scheduled_at"));
    archived.scheduled.text = textOf(params, "text");
    archived.scheduled.spoilerText = textOf(params, "spoiler_text");
    if (!isNull(params, "sensitive"))
        archived.scheduled.sensitive = flagOf(params, "sensitive");
    if (!isNull(params, "visibility"))
        archived.scheduled.visibility = GI_TRY(visibilityOf(params, "visibility"));
    archived.scheduled.language = textOf(params, "language");
    archived.scheduled.inReplyToId = GI_TRY(idOrNull<StatusId>(params, "in_reply_to_id"));
    archived.scheduled.commentsDisabled = flagOf(params, "comments_disabled");
    archived.media = GI_TRY(mediaOf(object));
    return ArchivedItem(archived);
}

} // namespace

Result<ArchivedItem> decodeFields(ArchivePart part, const QJsonObject &object)
{
    switch (part) {
    case ArchivePart::Profile:
        return profileOf(object);
    case ArchivePart::Filters:
        return filterOf(object);
    case ArchivePart::Blocks:
    case ArchivePart::Mutes:
    case ArchivePart::Notes:
    case ArchivePart::Following:
    case ArchivePart::Followers:
        return relationOf(object);
    case ArchivePart::FollowedTags:
        return ArchivedItem(ArchivedTag { textOf(object, "name") });
    case ArchivePart::Statuses:
        return statusOf(object);
    case ArchivePart::Bookmarks:
    case ArchivePart::Favourites:
    case ArchivePart::Reblogs:
        return markOf(object);
    case ArchivePart::ScheduledStatuses:
        return scheduledOf(object);
    }
    return makeError(Fault::Internal, QStringLiteral("An archive has no such part"));
}

} // namespace graminsta::archive
