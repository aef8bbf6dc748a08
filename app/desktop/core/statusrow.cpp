// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/core/statusrow.h>

#include <desktop/core/wording.h>

#include <QStringList>

namespace graminsta
{

namespace
{

Photo photoOf(const model::MediaAttachment &attachment)
{
    Photo photo { attachment.url.isEmpty() ? attachment.remoteUrl : attachment.url,
                  attachment.previewUrl,
                  attachment.description.value_or(QString()),
                  attachment.blurhash,
                  {},
                  attachment.license ? attachment.license->title : QString() };
    if (attachment.original) {
        photo.size = QSize(attachment.original->width, attachment.original->height);
    }
    return photo;
}

} // namespace

std::shared_ptr<const Author> StatusRows::authorOf(const model::Account &account)
{
    const Author author { account.id, account.acct,
                          account.displayName.isEmpty() ? account.username : account.displayName,
                          account.avatarStatic.isEmpty() ? account.avatar : account.avatarStatic };
    std::shared_ptr<const Author> &known = m_authors[account.id];
    if (!known || *known != author) {
        known = std::make_shared<const Author>(author);
    }
    return known;
}

StatusRow StatusRows::rowOf(const model::Status &status)
{
    if (status.reblog) {
        StatusRow row = rowOf(*status.reblog);
        row.reblogger = authorOf(status.account);
        return row;
    }
    StatusRow row;
    row.id = status.id;
    row.author = authorOf(status.account);
    row.caption = plainText(status.content);
    row.mentions.reserve(status.mentions.size());
    for (const model::Mention &mention : status.mentions) {
        row.mentions.append({ mention.id, mention.username, mention.acct });
    }
    row.spoilerText = status.spoilerText;
    row.url = status.url;
    row.visibility = status.visibility;
    row.createdAt = status.createdAt;
    row.favouritesCount = status.favouritesCount;
    row.repliesCount = status.repliesCount;
    row.favourited = status.favourited.value_or(false);
    row.sensitive = status.sensitive;
    row.photos.reserve(status.mediaAttachments.size());
    for (const model::MediaAttachment &attachment : status.mediaAttachments) {
        row.photos.append(photoOf(attachment));
    }
    return row;
}

QString spokenText(const StatusRow &row, Timestamp now)
{
    QStringList parts { QStringLiteral("%1, %2").arg(row.author->name, briefAge(row.createdAt, now)) };
    for (const Photo &photo : row.photos) {
        parts += photo.description.isEmpty() ? QStringLiteral("Photo without description")
                                             : QStringLiteral("Photo: %1").arg(photo.description);
    }
    if (!row.caption.isEmpty()) {
        parts += row.caption;
    }
    parts += counted(row.favouritesCount, QStringLiteral("like"), QStringLiteral("likes"));
    parts += counted(row.repliesCount, QStringLiteral("comment"), QStringLiteral("comments"));
    if (row.favourited) {
        parts += QStringLiteral("liked by you");
    }
    return parts.join(QStringLiteral(". "));
}

} // namespace graminsta
