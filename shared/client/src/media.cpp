// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/client/media.h>

#include "call.h"
#include "multipart.h"
#include "pause.h"
#include "pieces.h"

#include <QFileInfo>
#include <QMimeDatabase>

namespace graminsta::client
{

namespace
{

using std::chrono::milliseconds;

constexpr qint64 kMaxPictureBytes = 64 << 20;
constexpr milliseconds kFirstPoll { 300 };
constexpr milliseconds kLongestPoll { 5'000 };

QString focusText(const FocusPoint &focus)
{
    return QString::number(focus.x, 'f', 3) + QLatin1Char(',') + QString::number(focus.y, 'f', 3);
}

QString nameOf(const MediaFile &file)
{
    return file.fileName.isEmpty() ? QFileInfo(file.path).fileName() : file.fileName;
}

Parameters fieldsOf(const MediaFile &file)
{
    Parameters fields;
    if (!file.description.isEmpty())
        fields.append({ QStringLiteral("description"), file.description });
    if (file.focus)
        fields.append({ QStringLiteral("focus"), focusText(*file.focus) });
    if (file.license > 0)
        fields.append({ QStringLiteral("license"), QString::number(file.license) });
    return fields;
}

ApiCall uploadCall(const SessionPtr &session, const QByteArray &path, const MediaFile &file, Progress progress,
                   CancelToken cancel)
{
    ApiCall call = post(path, std::move(cancel));
    // A file that came twice and is used once is swept by the server.
    call.repeat = Repeat::Always;
    call.time = session->options.uploadTime;
    call.progress = std::move(progress);
    const QString mime = file.mimeType.isEmpty()
        ? QMimeDatabase().mimeTypeForFile(file.path, QMimeDatabase::MatchContent).name()
        : file.mimeType;
    // The fields before the file, so that the server knows them when its bytes begin to come.
    setMultipart(call, fieldsOf(file), { { QStringLiteral("file"), file.path, nameOf(file), mime.toLatin1() } });
    return call;
}

QCoro::Task<Result<model::MediaAttachment>> uploadEither(SessionPtr session, MediaFile file, Progress progress,
                                                         CancelToken cancel)
{
    ApiCall second = uploadCall(session, "/api/v2/media", file, progress, cancel);
    Result<model::MediaAttachment> media =
        co_await performFor<model::MediaAttachment>(session, std::move(second), json::decodeMedia);
    if (media || media.error().fault != Fault::NotFound || !QFileInfo::exists(file.path))
        co_return media;
    // Before Mastodon 3.1.3 there was only this one.
    ApiCall first = uploadCall(session, "/api/v1/media", file, std::move(progress), std::move(cancel));
    co_return co_await performFor<model::MediaAttachment>(session, std::move(first), json::decodeMedia);
}

QCoro::Task<Result<model::MediaAttachment>> uploadByPieces(SessionPtr session, MediaFile file, InPieces pieces,
                                                           Progress progress, CancelToken cancel)
{
    PiecesRequest request { file.path, nameOf(file), std::move(pieces), std::move(progress), cancel };
    const Result<QString> upload = co_await sendInPieces(session, std::move(request));
    if (!upload)
        co_return upload.error();
    ApiCall call = post("/api/v2/media", std::move(cancel), fieldsOf(file));
    // Of the same upload it is the same attachment.
    call.repeat = Repeat::Always;
    call.form.append({ QStringLiteral("upload"), *upload });
    co_return co_await performFor<model::MediaAttachment>(session, std::move(call), json::decodeMedia);
}

QCoro::Task<Result<model::MediaAttachment>> pollUntilReady(SessionPtr session, model::MediaAttachment media,
                                                           CancelToken cancel)
{
    const bool isVideo = media.type == QLatin1String("video") || media.type == QLatin1String("gifv");
    const Deadline deadline =
        Deadline::after(isVideo ? session->options.videoProcessingTime : session->options.processingTime);
    milliseconds wait = kFirstPoll;
    while (media.url.isEmpty()) {
        if (wait >= deadline.remaining())
            co_return makeError(
                Fault::Timeout,
                QStringLiteral("%1 takes too long to process the %2.")
                    .arg(session->baseUrl.host(), isVideo ? QStringLiteral("video") : QStringLiteral("picture")));
        const Result<> waited = co_await pause(wait, cancel);
        if (!waited)
            co_return waited.error();
        Result<model::MediaAttachment> asked = co_await Media(session).show(media.id, cancel);
        if (!asked)
            co_return asked;
        media = std::move(asked).value();
        wait = std::min(wait * 3 / 2, kLongestPoll);
    }
    co_return media;
}

QCoro::Task<Result<>> removeMedia(SessionPtr session, QString id)
{
    ApiCall call = post(pathOf("/api/v1/media/", id), {});
    call.verb = api::Verb::Delete;
    call.repeat = Repeat::Always;
    const Result<HttpReply> reply = co_await perform(std::move(session), std::move(call));
    if (!reply)
        co_return reply.error();
    co_return Result<> {};
}

QCoro::Task<Result<QByteArray>> fetch(SessionPtr session, QUrl url, CancelToken cancel)
{
    HttpRequest request;
    request.url = session->baseUrl.resolved(url);
    request.idleTime = session->options.idleTime;
    request.deadline = Deadline::after(session->options.uploadTime);
    request.maxReplyBytes = kMaxPictureBytes;
    request.cancel = std::move(cancel);
    Result<HttpReply> reply = co_await session->transport->send(request);
    if (!reply)
        co_return std::move(reply).error();
    if (reply->status != 200)
        co_return makeError(reply->status == 404 ? Fault::NotFound : Fault::Unavailable,
                            QStringLiteral("The picture cannot be loaded from %1.").arg(request.url.host()),
                            QStringLiteral("status %1").arg(reply->status));
    co_return std::move(reply->body);
}

} // namespace

QCoro::Task<Result<model::MediaAttachment>> Media::upload(MediaFile file, Progress progress, CancelToken cancel) const
{
    return uploadEither(m_session, std::move(file), std::move(progress), std::move(cancel));
}

QCoro::Task<Result<model::MediaAttachment>> Media::uploadInPieces(MediaFile file, InPieces pieces, Progress progress,
                                                                  CancelToken cancel) const
{
    return uploadByPieces(m_session, std::move(file), std::move(pieces), std::move(progress), std::move(cancel));
}

QCoro::Task<Result<>> Media::endUpload(QString upload) const
{
    return endPieces(m_session, std::move(upload));
}

QCoro::Task<Result<model::MediaAttachment>> Media::show(QString id, CancelToken cancel) const
{
    return performFor<model::MediaAttachment>(m_session, get(pathOf("/api/v1/media/", id), std::move(cancel)),
                                              json::decodeMedia);
}

QCoro::Task<Result<>> Media::remove(QString id) const
{
    return removeMedia(m_session, std::move(id));
}

QCoro::Task<Result<model::MediaAttachment>> Media::waitUntilReady(model::MediaAttachment media,
                                                                  CancelToken cancel) const
{
    return pollUntilReady(m_session, std::move(media), std::move(cancel));
}

QCoro::Task<Result<model::MediaAttachment>>
Media::update(QString id, QString description, std::optional<FocusPoint> focus, int license, CancelToken cancel) const
{
    ApiCall call =
        post(pathOf("/api/v1/media/", id), std::move(cancel), { { QStringLiteral("description"), description } });
    call.verb = api::Verb::Put;
    call.repeat = Repeat::Always;
    if (focus)
        call.form.append({ QStringLiteral("focus"), focusText(*focus) });
    if (license > 0)
        call.form.append({ QStringLiteral("license"), QString::number(license) });
    return performFor<model::MediaAttachment>(m_session, std::move(call), json::decodeMedia);
}

QCoro::Task<Result<QByteArray>> Media::download(QUrl url, CancelToken cancel) const
{
    return fetch(m_session, std::move(url), std::move(cancel));
}

} // namespace graminsta::client
