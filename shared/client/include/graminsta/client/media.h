// SPDX-License-Identifier: GPL-3.0-or-later
// https://docs.joinmastodon.org/methods/media/
#pragma once

#include <graminsta/client/session.h>
#include <graminsta/model/entities.h>

#include <functional>
#include <optional>

namespace graminsta::client
{

struct FocusPoint {
    double x = 0; // -1 (left) to 1
    double y = 0; // -1 (bottom) to 1
};

struct MediaFile {
    QString path;
    QString fileName; // as the server is told; empty: that of the path
    QString mimeType; // empty: by the content
    QString description;
    std::optional<FocusPoint> focus;
    int license = 0; // of model::Instance::licenses; 0: nothing is said
};

// How a file goes in pieces.
struct InPieces {
    QString tusPath; // where uploads are made (model::InstanceLimits::tusPath)
    QString upload; // the path of one to go on with; empty: none
    std::function<void(const QString &upload)> begun; // called with the path of each that has been made
};

class Media
{
public:
    explicit Media(SessionPtr session)
        : m_session(std::move(session))
    {
    }

    // Sends the file from disk, and again if the connection is lost (an upload that no status uses is swept by the
    // server). The answer may still be without a `url`: waitUntilReady().
    [[nodiscard]] QCoro::Task<Result<model::MediaAttachment>> upload(MediaFile file, Progress progress = {},
                                                                     CancelToken cancel = {}) const;
    // The same in pieces, at a server that takes them: what has arrived is not sent again after a lost connection, nor
    // of an upload that is gone on with. One that the server does not know any more is begun anew. Failed or cancelled,
    // what has arrived stays there: endUpload().
    [[nodiscard]] QCoro::Task<Result<model::MediaAttachment>>
    uploadInPieces(MediaFile file, InPieces pieces, Progress progress = {}, CancelToken cancel = {}) const;
    // Removes an upload in pieces that is not to become a photo.
    [[nodiscard]] QCoro::Task<Result<>> endUpload(QString upload) const;
    // As it is at the server now: without a `url` while it is processed. Fault::NotFound also for what is another
    // account's, and at some servers for what has been posted.
    [[nodiscard]] QCoro::Task<Result<model::MediaAttachment>> show(QString id, CancelToken cancel = {}) const;
    // Of what has not been posted. Mastodon can since 4.4; other servers say that they do not know how, and sweep it.
    [[nodiscard]] QCoro::Task<Result<>> remove(QString id) const;
    // Asks until the server has processed it; Fault::Timeout after ClientOptions::processingTime, or
    // videoProcessingTime.
    [[nodiscard]] QCoro::Task<Result<model::MediaAttachment>> waitUntilReady(model::MediaAttachment media,
                                                                             CancelToken cancel = {}) const;
    [[nodiscard]] QCoro::Task<Result<model::MediaAttachment>> update(QString id, QString description,
                                                                     std::optional<FocusPoint> focus = {},
                                                                     int license = 0, CancelToken cancel = {}) const;
    // The bytes at a media URL, from any host; the token goes to none of them.
    [[nodiscard]] QCoro::Task<Result<QByteArray>> download(QUrl url, CancelToken cancel = {}) const;

private:
    SessionPtr m_session;
};

} // namespace graminsta::client
