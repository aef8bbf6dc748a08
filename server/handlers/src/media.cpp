// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources.h"

#include "common.h"
#include "uploads/tusrequest.h"
#include "views/views.h"

#include <graminsta/api/tus.h>
#include <graminsta/json/encode.h>

namespace graminsta::handlers
{

using http::RequestContext;
using http::Response;

namespace
{

// A name with its content in it never changes.
constexpr char kImmutable[] = "public, max-age=31536000, immutable";

Response mediaResponse(const RequestContext &context, const entities::MediaAttachment &media)
{
    return Response::json(json::encode(mediaView(media, context.baseUrl)));
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

Result<Response> create(const RequestContext &context, const Services &services)
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
    if (upload)
        return mediaResponse(
            context, GI_TRY(services.redeemUpload.run(context.viewer, *upload, std::move(request), context.deadline)));
    request.file = file->path;
    return mediaResponse(context, GI_TRY(services.receiveMedia.run(context.viewer, request, context.deadline)));
}

Result<Response> show(const RequestContext &context, const Services &services)
{
    const MediaId id = GI_TRY(context.pathId<MediaId>());
    return mediaResponse(context, GI_TRY(services.ownMedia.show(context.viewer, id, context.deadline)));
}

Result<Response> update(const RequestContext &context, const Services &services)
{
    const MediaId id = GI_TRY(context.pathId<MediaId>());
    const domain::MediaChange change { context.parameters.text(QStringLiteral("description")),
                                       GI_TRY(focusParameter(context)) };
    return mediaResponse(context, GI_TRY(services.ownMedia.update(context.viewer, id, change, context.deadline)));
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
    const bool acceptsWebp = context.header("accept").contains("image/webp");
    const domain::MediaFileAnswer answer =
        GI_TRY(services.mediaFile.run(context.pathParameters.value(0), acceptsWebp, context.deadline));
    Response response;
    response.contentType = answer.mimeType;
    response.file = http::FileBody { answer.path, '"' + answer.name.toLatin1() + '"' };
    if (answer.varies)
        response.headers.append(QPair<QByteArray, QByteArray>("Vary", "Accept"));
    return std::move(response)
        .withHeader("Cache-Control", kImmutable)
        .withHeader("X-Content-Type-Options", "nosniff")
        .withHeader("Content-Security-Policy", "default-src 'none'; sandbox");
}

} // namespace

void addMediaHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("media.create", [&](const RequestContext &context) { return create(context, services); });
    table.insert("media.createV2", [&](const RequestContext &context) { return create(context, services); });
    table.insert("media.show", [&](const RequestContext &context) { return show(context, services); });
    table.insert("media.update", [&](const RequestContext &context) { return update(context, services); });
    table.insert("media.original", [&](const RequestContext &context) { return original(context, services); });
    table.insert("media.file", [&](const RequestContext &context) { return file(context, services); });
}

} // namespace graminsta::handlers
