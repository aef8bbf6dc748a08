// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/core/statusrow.h>

#include <desktop/core/wording.h>

#include <QStringList>

#include <utility>

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
                  {},
                  {},
                  {},
                  attachment.license ? attachment.license->title : QString() };
    if (attachment.type == QLatin1String("video") || attachment.type == QLatin1String("gifv")) {
        photo.videoUrl = std::exchange(photo.url, photo.previewUrl);
        photo.duration = attachment.video ? attachment.video->duration : std::chrono::milliseconds { 0 };
    }
    if (attachment.original) {
        photo.size = QSize(attachment.original->width, attachment.original->height);
    }
    if (attachment.small) {
        photo.previewSize = QSize(attachment.small->width, attachment.small->height);
    }
    return photo;
}

// A picture drawn this much larger than it is still looks sharp.
constexpr double kMostEnlarged = 1 / 0.85;

} // namespace

QString pictureUrl(const Photo &photo, QSize devicePixels)
{
    const QSizeF reach = QSizeF(photo.previewSize) * kMostEnlarged;
    const bool suffices = !photo.previewSize.isEmpty() && reach.width() >= devicePixels.width()
        && reach.height() >= devicePixels.height();
    return suffices && !photo.previewUrl.isEmpty() ? photo.previewUrl : photo.url;
}

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
        const QString kind = photo.videoUrl.isEmpty() ? QStringLiteral("Photo") : QStringLiteral("Video");
        parts += photo.description.isEmpty() ? kind + QStringLiteral(" without description")
                                             : QStringLiteral("%1: %2").arg(kind, photo.description);
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
