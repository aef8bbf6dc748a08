// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/offline/recording.h>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

namespace graminsta
{

namespace
{

constexpr std::chrono::minutes kBetweenPosts { 97 };

Timestamp monthsAgo(int months)
{
    return SystemClock().now() - std::chrono::hours(24 * 30 * months);
}

} // namespace

QUrl Recording::baseUrl()
{
    return QUrl(QStringLiteral("https://offline.invalid"));
}

Recording::Recording(const Pictures &pictures, int posts)
    : m_pictures(pictures)
{
    QFile file(QStringLiteral(":/offline/recording.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("the recorded data is not in the program");
    }
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    readAccounts(json[QLatin1String("accounts")].toArray());
    readPosts(json[QLatin1String("posts")].toArray(), posts);
    readNotifications(json[QLatin1String("notifications")].toArray());
}

void Recording::readAccounts(const QJsonArray &accounts)
{
    for (const auto &json : accounts) {
        model::Account account;
        account.id = nextId();
        account.username = json[QLatin1String("name")].toString();
        account.acct = account.username;
        account.displayName = json[QLatin1String("display")].toString();
        account.note = QStringLiteral("<p>%1</p>").arg(json[QLatin1String("note")].toString().toHtmlEscaped());
        account.avatar =
            baseUrl().toString() + QStringLiteral("/pictures/") + json[QLatin1String("portrait")].toString();
        account.avatarStatic = account.avatar;
        account.createdAt = monthsAgo(20);
        account.followersCount = json[QLatin1String("followers")].toInteger();
        account.followingCount = json[QLatin1String("following")].toInteger();
        if (json[QLatin1String("own")].toBool()) {
            m_ownId = account.id;
            account.source.emplace().note = json[QLatin1String("note")].toString();
        }
        if (json[QLatin1String("followed")].toBool()) {
            m_followed.insert(account.id);
        }
        m_accountIds.insert(account.username, account.id);
        m_accounts.insert(account.id, account);
    }
}

model::MediaAttachment Recording::attachmentOf(const QString &file, const QString &alt)
{
    model::MediaAttachment attachment;
    attachment.id = nextId();
    attachment.type = QStringLiteral("image");
    attachment.url = baseUrl().toString() + QStringLiteral("/pictures/") + file;
    attachment.previewUrl = attachment.url;
    attachment.description = alt;
    QString &blurhash = m_blurhashes[file];
    if (blurhash.isEmpty()) {
        blurhash = m_pictures.blurhash(file);
    }
    attachment.blurhash = blurhash;
    const QSize size = m_pictures.size(file);
    attachment.original = model::MediaSize { size.width(), size.height() };
    return attachment;
}

model::Status Recording::statusOf(const QJsonObject &json, Timestamp createdAt)
{
    model::Status status;
    status.id = nextId();
    status.uri = baseUrl().toString() + QStringLiteral("/statuses/") + status.id;
    status.url = status.uri;
    status.createdAt = createdAt;
    status.account = m_accounts.value(m_accountIds.value(json[QLatin1String("by")].toString()));
    const QString text = json[QLatin1String("caption")].toString() + json[QLatin1String("text")].toString();
    for (auto name = m_accountIds.cbegin(); name != m_accountIds.cend(); ++name) {
        if (text.contains(QLatin1Char('@') + name.key())) {
            status.mentions.append({ *name, name.key(), name.key(), {} });
        }
    }
    const QString html = text.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
    status.content = QStringLiteral("<p>%1</p>").arg(html);
    status.visibility = QStringLiteral("public");
    status.favouritesCount = json[QLatin1String("likes")].toInteger();
    status.favourited = json[QLatin1String("liked")].toBool();
    const QJsonArray photos = json[QLatin1String("photos")].toArray();
    for (const auto &photo : photos) {
        status.mediaAttachments.append(
            attachmentOf(photo[QLatin1String("file")].toString(), photo[QLatin1String("alt")].toString()));
    }
    return status;
}

void Recording::readPosts(const QJsonArray &posts, int count)
{
    // Ids rise with time, hence from the oldest on.
    const Timestamp now = SystemClock().now() - std::chrono::minutes(23);
    for (int i = count - 1; i >= 0; --i) {
        const QJsonObject json = posts[i % posts.size()].toObject();
        model::Status status = statusOf(json, now - i * kBetweenPosts);
        QList<model::Status> &comments = m_comments[status.id];
        const QJsonArray answers = json[QLatin1String("comments")].toArray();
        for (const auto &said : answers) {
            comments.append(
                statusOf(said.toObject(), status.createdAt + std::chrono::minutes(4 + 9 * comments.size())));
            comments.last().inReplyToId = status.id;
        }
        status.repliesCount = comments.size();
        ++m_accounts[status.account.id].statusesCount;
        m_statuses.prepend(status);
    }
}

void Recording::readNotifications(const QJsonArray &notifications)
{
    Timestamp at = SystemClock().now() - std::chrono::minutes(6);
    for (const auto &json : notifications) {
        model::Notification notification;
        notification.id = nextId();
        notification.type = json[QLatin1String("type")].toString();
        notification.createdAt = at;
        at -= std::chrono::minutes(171);
        notification.account = m_accounts.value(m_accountIds.value(json[QLatin1String("by")].toString()));
        const int post = json[QLatin1String("post")].toInt(-1);
        if (post >= 0 && post < m_statuses.size()) {
            model::Status status = m_statuses[post];
            const int comment = json[QLatin1String("comment")].toInt(-1);
            if (comment >= 0) {
                status.content = m_comments.value(status.id).value(comment).content;
            }
            notification.status = status;
        }
        m_notifications.append(notification);
    }
}

Result<QByteArray> Recording::mediaBytes(const QUrl &url) const
{
    const QString path = url.path();
    const auto uploaded = m_uploadedBytes.constFind(path);
    return uploaded != m_uploadedBytes.cend() ? Result<QByteArray>(*uploaded) : m_pictures.bytes(url.fileName());
}

RecordedMediaSource::RecordedMediaSource(const Recording &recording)
    : m_recording(recording)
{
}

std::unique_ptr<MediaFetch> RecordedMediaSource::fetch(const QUrl &url)
{
    auto fetch = std::make_unique<MediaFetch>();
    QTimer::singleShot(0, fetch.get(), [this, url, pointer = fetch.get()] {
        if (!url.isLocalFile()) {
            Q_EMIT pointer->finished(m_recording.mediaBytes(url));
            return;
        }
        QFile file(url.toLocalFile());
        if (file.open(QIODevice::ReadOnly)) {
            Q_EMIT pointer->finished(file.readAll());
        } else {
            Q_EMIT pointer->finished(makeError(Fault::NotFound, file.errorString()));
        }
    });
    return fetch;
}

} // namespace graminsta
