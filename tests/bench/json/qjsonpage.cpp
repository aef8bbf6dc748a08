// SPDX-License-Identifier: GPL-3.0-or-later
#include "qjsonpage.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace graminsta::bench
{

namespace
{

#define KEY(name) QStringLiteral(name)

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

template<typename T> QJsonValue orNull(const std::optional<T> &value)
{
    return value ? QJsonValue(*value) : QJsonValue(QJsonValue::Null);
}

QJsonValue orNull(const std::optional<Timestamp> &value)
{
    return value ? QJsonValue(toRfc3339(*value)) : QJsonValue(QJsonValue::Null);
}

QJsonObject accountObject(const model::Account &account)
{
    QJsonArray fields;
    for (const model::Field &field : account.fields)
        fields.append(QJsonObject { { KEY("name"), field.name },
                                    { KEY("value"), field.value },
                                    { KEY("verified_at"), orNull(field.verifiedAt) } });
    return {
        { KEY("id"), account.id },
        { KEY("username"), account.username },
        { KEY("acct"), account.acct },
        { KEY("display_name"), account.displayName },
        { KEY("locked"), account.locked },
        { KEY("bot"), account.bot },
        { KEY("discoverable"), account.discoverable },
        { KEY("indexable"), false },
        { KEY("group"), account.group },
        { KEY("created_at"), toRfc3339(account.createdAt) },
        { KEY("note"), account.note },
        { KEY("url"), account.url },
        { KEY("uri"), account.uri },
        { KEY("avatar"), account.avatar },
        { KEY("avatar_static"), account.avatarStatic },
        { KEY("header"), account.header },
        { KEY("header_static"), account.headerStatic },
        { KEY("followers_count"), account.followersCount },
        { KEY("following_count"), account.followingCount },
        { KEY("statuses_count"), account.statusesCount },
        { KEY("last_status_at"), account.lastStatusAt ? account.lastStatusAt->toString(Qt::ISODate) : QString() },
        { KEY("hide_collections"), QJsonValue::Null },
        { KEY("emojis"), QJsonArray() },
        { KEY("roles"), QJsonArray() },
        { KEY("fields"), fields },
    };
}

QJsonObject sizeObject(const model::MediaSize &size)
{
    return { { KEY("width"), size.width },
             { KEY("height"), size.height },
             { KEY("size"), QString::number(size.width) + QLatin1Char('x') + QString::number(size.height) },
             { KEY("aspect"), double(size.width) / size.height } };
}

QJsonObject mediaObject(const model::MediaAttachment &media)
{
    return { { KEY("id"), media.id },
             { KEY("type"), media.type },
             { KEY("url"), orNull(media.url) },
             { KEY("preview_url"), orNull(media.previewUrl) },
             { KEY("remote_url"), orNull(media.remoteUrl) },
             { KEY("meta"),
               QJsonObject {
                   { KEY("original"), sizeObject(*media.original) },
                   { KEY("small"), sizeObject(*media.small) },
                   { KEY("focus"), QJsonObject { { KEY("x"), media.focusX }, { KEY("y"), media.focusY } } } } },
             { KEY("description"), orNull(media.description) },
             { KEY("blurhash"), orNull(media.blurhash) } };
}

QJsonObject statusObject(const model::Status &status)
{
    QJsonArray media;
    for (const model::MediaAttachment &attachment : status.mediaAttachments)
        media.append(mediaObject(attachment));
    QJsonArray mentions;
    for (const model::Mention &mention : status.mentions)
        mentions.append(QJsonObject { { KEY("id"), mention.id },
                                      { KEY("username"), mention.username },
                                      { KEY("url"), mention.url },
                                      { KEY("acct"), mention.acct } });
    QJsonArray tags;
    for (const model::Tag &tag : status.tags)
        tags.append(QJsonObject { { KEY("name"), tag.name }, { KEY("url"), tag.url } });
    return {
        { KEY("id"), status.id },
        { KEY("created_at"), toRfc3339(status.createdAt) },
        { KEY("in_reply_to_id"), orNull(status.inReplyToId) },
        { KEY("in_reply_to_account_id"), orNull(status.inReplyToAccountId) },
        { KEY("sensitive"), status.sensitive },
        { KEY("spoiler_text"), status.spoilerText },
        { KEY("visibility"), status.visibility },
        { KEY("language"), orNull(status.language) },
        { KEY("uri"), status.uri },
        { KEY("url"), orNull(status.url) },
        { KEY("replies_count"), status.repliesCount },
        { KEY("reblogs_count"), status.reblogsCount },
        { KEY("favourites_count"), status.favouritesCount },
        { KEY("edited_at"), orNull(status.editedAt) },
        { KEY("favourited"), orNull(status.favourited) },
        { KEY("reblogged"), orNull(status.reblogged) },
        { KEY("muted"), orNull(status.muted) },
        { KEY("bookmarked"), orNull(status.bookmarked) },
        { KEY("pinned"), orNull(status.pinned) },
        { KEY("filtered"), QJsonArray() },
        { KEY("content"), status.content },
        { KEY("reblog"), QJsonValue::Null },
        { KEY("application"),
          QJsonObject { { KEY("name"), status.application->name }, { KEY("website"), QJsonValue::Null } } },
        { KEY("account"), accountObject(status.account) },
        { KEY("media_attachments"), media },
        { KEY("mentions"), mentions },
        { KEY("tags"), tags },
        { KEY("emojis"), QJsonArray() },
        { KEY("card"), QJsonValue::Null },
        { KEY("poll"), QJsonValue::Null },
    };
}

#undef KEY

} // namespace

QByteArray encodeByQJson(const QList<model::Status> &statuses)
{
    QJsonArray array;
    for (const model::Status &status : statuses)
        array.append(statusObject(status));
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

} // namespace graminsta::bench
