// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources.h"

#include "common.h"
#include "pixelfed/dialect.h"
#include "uploads/tusrequest.h"
#include "views/views.h"

#include <graminsta/api/tus.h>
#include <graminsta/json/encode.h>

#include <algorithm>

namespace graminsta::handlers
{

using http::RequestContext;
using http::Response;

namespace
{

// A name with its content in it never changes.
constexpr char kImmutable[] = "public, max-age=31536000, immutable";

// With leave that ends, only who asked may keep it, and not for longer.
QByteArray cacheControl(const domain::MediaFileAnswer &answer, Timestamp now)
{
    if (!answer.grantedUntil)
        return kImmutable;
    const auto left = std::chrono::duration_cast<std::chrono::seconds>(*answer.grantedUntil - now);
    return "private, max-age=" + QByteArray::number(qint64 { std::max<qint64>(left.count(), 0) }) + ", immutable";
}

// What is not processed then is answered with 202, and the client asks again. An answer comes in a second or two
// anyway; the older endpoint knows no 202, and its clients post at once.
constexpr std::chrono::milliseconds kShortWait { 1500 };
constexpr std::chrono::seconds kLongWait { 20 };
// Of the request's time, what is left to answer in.
constexpr std::chrono::seconds kAnswerTime { 2 };

// A video takes minutes: who waits for it waits in vain.
std::chrono::milliseconds waitFor(const entities::MediaAttachment &media, std::chrono::milliseconds wait)
{
    return media.kind == entities::MediaKind::Video ? std::chrono::milliseconds { 0 } : wait;
}

// `unready`: the status of what is not processed yet.
Result<Response> mediaResponse(const RequestContext &context, const entities::MediaAttachment &media, int unready)
{
    if (media.state == entities::MediaState::Failed)
        return makeError(Fault::Unprocessable, media.failure);
    return Response::json(encoded(context, mediaView(media, context.baseUrl)),
                          media.state == entities::MediaState::Ready ? 200 : unready);
}

// What "upload" or "upload_url" names, instead of a file: an upload in pieces that is whole.
// Fault::Unprocessable if it is no upload.
Result<std::optional<entities::UploadId>> namedUpload(const RequestContext &context)
{
    for (const char *name : { "upload", "upload_url" }) {
        const QString text = context.parameters.text(QLatin1String(name)).value_or(QString());
        if (text.isEmpty())
            continue;
        const std::optional<entities::UploadId> id = uploadNamed(text);
        if (!id)
            return makeError(
                Fault::Unprocessable,
                QStringLiteral("Validation failed: Upload must be the address of an upload at %1%2, or its id")
                    .arg(context.baseUrl, QLatin1String(api::tus::kPath)));
        return id;
    }
    return std::optional<entities::UploadId>();
}

Result<Response> create(const RequestContext &context, const Services &services, std::chrono::milliseconds wait)
{
    const http::UploadedFile *file = context.parameters.file(QStringLiteral("file"));
    const std::optional<entities::UploadId> upload = file ? std::nullopt : GI_TRY(namedUpload(context));
    if (!file && !upload)
        return makeError(Fault::Unprocessable,
                         QStringLiteral("Validation failed: File can't be blank (send it as multipart field \"file\", "
                                        "or name an upload as \"upload\")"));
    domain::UploadRequest request;
    request.description = context.parameters.text(QStringLiteral("description")).value_or(QString());
    request.focus = GI_TRY(focusParameter(context)).value_or(entities::FocusPoint {});
    request.license = GI_TRY(licenseParameter(context, QStringLiteral("license")));
    if (file)
        request.file = file->path;
    const entities::MediaAttachment received =
        GI_TRY(upload ? services.redeemUpload.run(context.viewer, *upload, request, context.deadline)
                      : services.receiveMedia.run(context.viewer, request, context.deadline));
    const std::chrono::milliseconds left = std::max<std::chrono::milliseconds>(
        context.deadline.remaining() - kAnswerTime, std::chrono::milliseconds { 0 });
    return mediaResponse(
        context, services.awaitMedia.run(received, Deadline::after(std::min(waitFor(received, wait), left))), 202);
}

Result<Response> show(const RequestContext &context, const Services &services)
{
    const MediaId id = GI_TRY(context.pathId<MediaId>());
    return mediaResponse(context, GI_TRY(services.ownMedia.show(context.viewer, id, context.deadline)), 206);
}

Result<Response> update(const RequestContext &context, const Services &services)
{
    const MediaId id = GI_TRY(context.pathId<MediaId>());
    const domain::MediaChange change { context.parameters.text(QStringLiteral("description")),
                                       GI_TRY(focusParameter(context)),
                                       GI_TRY(licenseParameter(context, QStringLiteral("license"))) };
    return mediaResponse(context, GI_TRY(services.ownMedia.update(context.viewer, id, change, context.deadline)), 206);
}

// Mastodon has it since 4.4: https://docs.joinmastodon.org/methods/media/#delete
Result<Response> remove(const RequestContext &context, const Services &services)
{
    GI_TRY(services.ownMedia.remove(context.viewer, GI_TRY(context.pathId<MediaId>()), context.deadline));
    return Response::json(json::encodeEmpty());
}

Result<Response> original(const RequestContext &context, const Services &services)
{
    const MediaId id = GI_TRY(context.pathId<MediaId>());
    const domain::OriginalFile original = GI_TRY(services.ownMedia.original(context.viewer, id, context.deadline));
    Response response;
    response.contentType = original.media.originalMimeType.toLatin1();
    response.file = http::FileBody { original.path, '"' + original.media.originalKey.toLatin1() + '"' };
    return std::move(response)
        .withHeader("Cache-Control", "private, no-cache")
        .withHeader("Content-Disposition", "attachment; filename=\"" + original.media.originalKey.toLatin1() + '"')
        .withHeader("X-Content-Type-Options", "nosniff");
}

Result<Response> file(const RequestContext &context, const Services &services)
{
    const domain::MediaFileRequest request { context.pathParameters.value(0),
                                             context.header("accept").contains("image/webp"),
                                             context.parameters.text(QStringLiteral("e")),
                                             context.parameters.text(QStringLiteral("s")) };
    const domain::MediaFileAnswer answer = GI_TRY(services.mediaFile.run(request, context.deadline));
    Response response;
    response.contentType = answer.mimeType;
    response.file = http::FileBody { answer.path, '"' + answer.name.toLatin1() + '"' };
    if (answer.varies)
        response.headers.append(QPair<QByteArray, QByteArray>("Vary", "Accept"));
    return std::move(response)
        .withHeader("Cache-Control", cacheControl(answer, services.clock.now()))
        .withHeader("X-Content-Type-Options", "nosniff")
        .withHeader("Content-Security-Policy", "default-src 'none'; sandbox");
}

} // namespace

void addMediaHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("media.create", [&](const RequestContext &context) { return create(context, services, kLongWait); });
    table.insert("media.createV2", [&](const RequestContext &context) {
        // Where many wait already, the threads are for those whose files come in.
        const bool waits = services.awaitMedia.hasRoom();
        return create(context, services, waits ? kShortWait : std::chrono::milliseconds { 0 });
    });
    table.insert("media.show", [&](const RequestContext &context) { return show(context, services); });
    table.insert("media.update", [&](const RequestContext &context) { return update(context, services); });
    table.insert("media.delete", [&](const RequestContext &context) { return remove(context, services); });
    table.insert("media.original", [&](const RequestContext &context) { return original(context, services); });
    table.insert("media.file", [&](const RequestContext &context) { return file(context, services); });
}

} // namespace graminsta::handlers
