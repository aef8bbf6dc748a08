// SPDX-License-Identifier: GPL-3.0-or-later
// A server of recorded data, in memory: it answers what the app asks, and remembers likes, comments and posts until the
// program ends. GUI thread only.
#pragma once

#include <desktop/core/mediasource.h>
#include <desktop/offline/pictures.h>
#include <desktop/offline/recordedarchives.h>

#include <graminsta/client/recordedtransport.h>
#include <graminsta/model/entities.h>
#include <graminsta/model/instance.h>

#include <QHash>

#include <functional>

namespace graminsta
{

class Recording
{
public:
    // `posts`: the recorded ones come again and again until there are so many.
    Recording(const Pictures &pictures, int posts);

    // The transport keeps using this recording, which must outlive it.
    void answerOn(client::RecordedTransport &transport);
    [[nodiscard]] Result<QByteArray> mediaBytes(const QUrl &url) const;

    [[nodiscard]] static QUrl baseUrl();

private:
    using Request = client::HttpRequest;
    using Reply = Result<client::HttpReply>;

    void readAccounts(const QJsonArray &accounts);
    void readPosts(const QJsonArray &posts, int count);
    void readNotifications(const QJsonArray &notifications);
    [[nodiscard]] model::Status statusOf(const QJsonObject &json, Timestamp createdAt);
    [[nodiscard]] model::MediaAttachment attachmentOf(const QString &file, const QString &alt);
    [[nodiscard]] model::Instance instance() const;
    [[nodiscard]] QString nextId() { return QString::number(++m_lastId); }

    using Filter = std::function<bool(const model::Status &)>;
    [[nodiscard]] Reply timeline(const Request &request, const Filter &shows) const;
    [[nodiscard]] Reply search(const Request &request) const;
    [[nodiscard]] Reply accountCall(const Request &request);
    [[nodiscard]] Reply statusCall(const Request &request);
    [[nodiscard]] Reply createStatus(const Request &request);
    [[nodiscard]] Reply createMedia(const Request &request);
    [[nodiscard]] Reply changeMedia(const Request &request);
    [[nodiscard]] model::Relationship relationship(const QString &id) const;
    [[nodiscard]] model::Status *find(const QString &id);

    const Pictures &m_pictures;
    RecordedArchives m_archives;
    qint64 m_lastId = 1'000'000;
    QHash<QString, model::Account> m_accounts; // by id
    QHash<QString, QString> m_accountIds; // by name
    QHash<QString, QString> m_blurhashes; // by file
    QString m_ownId;
    QSet<QString> m_followed;
    QList<model::Status> m_statuses; // the newest first
    QHash<QString, QList<model::Status>> m_comments; // by status id
    QList<model::Notification> m_notifications;
    QHash<QString, model::MediaAttachment> m_uploads;
    QHash<QString, QByteArray> m_uploadedBytes; // by path
};

// The pictures of a recording, and of this computer's files. The recording must outlive it.
class RecordedMediaSource final : public MediaSource
{
public:
    explicit RecordedMediaSource(const Recording &recording);
    [[nodiscard]] std::unique_ptr<MediaFetch> fetch(const QUrl &url) override;

private:
    const Recording &m_recording;
};

} // namespace graminsta
