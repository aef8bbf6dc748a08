// SPDX-License-Identifier: GPL-3.0-or-later
// Uploads in pieces: tus 1.0.0 (https://tus.io/protocols/resumable-upload). docs/uploads.md tells the whole of it.
#include "resources.h"
#include "uploads/tusrequest.h"

#include <graminsta/api/tus.h>
#include <graminsta/http/bodysink.h>
#include <graminsta/json/encode.h>

#include <QDateTime>
#include <QLocale>

namespace graminsta::handlers
{

using entities::Upload;
using entities::UploadId;
using entities::UploadKind;
using http::RequestContext;
using http::Response;

namespace
{

// What tus has statuses for, besides those that every fault has.
std::optional<int> tusStatus(const Error &error)
{
    if (error.code == QLatin1String(ports::kUploadLocked))
        return 423;
    if (error.code == QLatin1String(ports::kChecksumMismatch))
        return 460;
    if (error.code == QLatin1String(ports::kNoStorage))
        return 507;
    return std::nullopt;
}

Result<Response> inTheWordsOfTus(Result<Response> result)
{
    if (result)
        return result;
    if (const std::optional<int> status = tusStatus(result.error()))
        return Response::json(json::encodeError(result.error().safe), *status);
    return result;
}

Response done(int status)
{
    Response response;
    response.status = status;
    response.contentType.clear();
    return response;
}

QByteArray httpDate(Timestamp time)
{
    return QLocale::c()
        .toString(QDateTime::fromMSecsSinceEpoch(toUnixMs(time), Qt::UTC),
                  QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"))
        .toLatin1();
}

QPair<QByteArray, QByteArray> field(const char *name, const QByteArray &value)
{
    return { QByteArray(name), value };
}

// Before anything that a handler does: another version may mean other things.
std::optional<Response> refuseOtherVersions(const RequestContext &context)
{
    if (context.header("tus-resumable") == api::tus::kVersion)
        return std::nullopt;
    return Response::json(json::encodeError(QStringLiteral("Tus-Resumable must be %1, the version that is spoken here")
                                                .arg(QLatin1String(api::tus::kVersion))),
                          412)
        .withHeader("Tus-Version", api::tus::kVersion);
}

std::optional<Response> refuseOtherTypes(const RequestContext &context)
{
    const QByteArray type = context.header("content-type").split(';').constFirst().trimmed().toLower();
    if (type == api::tus::kChunkType)
        return std::nullopt;
    return Response::json(
        json::encodeError(
            QStringLiteral("The bytes of an upload need the Content-Type %1").arg(QLatin1String(api::tus::kChunkType))),
        415);
}

// Bytes on their way into an upload, and the answer that tells how far it is then.
class Arriving final : public http::BodySink
{
public:
    Arriving(domain::OpenUpload open, Response answer)
        : m_open(std::move(open))
        , m_answer(std::move(answer))
    {
    }

    Result<> take(QByteArrayView piece) override { return m_open.append->write(piece); }

    Result<Response> finish(const Deadline &deadline) override
    {
        const Result<qint64> end = m_open.append->commit(deadline);
        m_open.append.reset(); // unlocked before the client hears of it
        if (!end)
            return inTheWordsOfTus(end.error());
        m_answer.headers.append(field("Upload-Offset", QByteArray::number(*end)));
        m_answer.headers.append(field("Upload-Expires", httpDate(m_open.upload.expiresAt)));
        return std::move(m_answer);
    }

private:
    domain::OpenUpload m_open;
    Response m_answer;
};

Result<domain::AppendRequest> appendRequest(const RequestContext &context)
{
    domain::AppendRequest request;
    request.checksum = GI_TRY(checksumHeader(context));
    request.bytes = GI_TRY(byteHeader(context, "Content-Length")).value_or(0);
    return request;
}

Result<Response> receive(const RequestContext &context, const Services &services, const domain::AppendRequest &request,
                         Response answer)
{
    Response response;
    response.sink = std::make_shared<Arriving>(
        GI_TRY(services.appendUpload.run(context.viewer, request, context.deadline)), std::move(answer));
    return response;
}

Result<domain::NewUpload> newUpload(const RequestContext &context, UploadKind kind)
{
    const std::optional<qint64> length = GI_TRY(byteHeader(context, "Upload-Length"));
    const QByteArray deferred = context.header("upload-defer-length");
    if (!deferred.isEmpty() && deferred != "1")
        return makeError(Fault::Invalid, QStringLiteral("Upload-Defer-Length must be 1"));
    if (length.has_value() != deferred.isEmpty())
        return makeError(Fault::Invalid,
                         QStringLiteral("Either Upload-Length or Upload-Defer-Length is needed, and not both"));
    return domain::NewUpload { length, GI_TRY(metadataHeader(context)), kind };
}

Response created(const RequestContext &context, const Upload &upload)
{
    Response response = done(201);
    response.headers.append(
        field("Location", (context.baseUrl + QLatin1String(api::tus::kPath) + upload.id.toString()).toUtf8()));
    return response;
}

Result<Response> join(const RequestContext &context, const Services &services, const Concatenation &concatenation)
{
    if (!context.header("upload-length").isEmpty() || !context.header("content-type").isEmpty())
        return makeError(Fault::Invalid,
                         QStringLiteral("A file that is put together has neither Upload-Length nor bytes of its own"));
    const domain::JoinedUpload wanted { concatenation.parts, concatenation.names, GI_TRY(metadataHeader(context)) };
    const Upload upload = GI_TRY(services.createUpload.join(context.viewer, wanted, context.deadline));
    return created(context, upload)
        .withHeader("Upload-Offset", QByteArray::number(upload.length.value_or(0)))
        .withHeader("Upload-Expires", httpDate(upload.expiresAt));
}

Result<Response> create(const RequestContext &context, const Services &services)
{
    if (std::optional<Response> refused = refuseOtherVersions(context))
        return *std::move(refused);
    domain::AppendRequest first = GI_TRY(appendRequest(context));
    const Concatenation concatenation = GI_TRY(concatHeader(context));
    if (concatenation.kind == UploadKind::Joined)
        return join(context, services, concatenation);
    if (std::optional<Response> refused = first.bytes > 0 ? refuseOtherTypes(context) : std::nullopt)
        return *std::move(refused);
    const domain::NewUpload wanted = GI_TRY(newUpload(context, concatenation.kind));
    const Upload upload = GI_TRY(services.createUpload.run(context.viewer, wanted, context.deadline));
    first.id = upload.id;
    return receive(context, services, first, created(context, upload));
}

Result<Response> append(const RequestContext &context, const Services &services)
{
    if (std::optional<Response> refused = refuseOtherVersions(context))
        return *std::move(refused);
    if (std::optional<Response> refused = refuseOtherTypes(context))
        return *std::move(refused);
    domain::AppendRequest request = GI_TRY(appendRequest(context));
    request.id = GI_TRY(context.pathId<UploadId>());
    const std::optional<qint64> offset = GI_TRY(byteHeader(context, "Upload-Offset"));
    if (!offset)
        return makeError(Fault::Invalid, QStringLiteral("Upload-Offset is needed: where the bytes go"));
    request.offset = *offset;
    request.length = GI_TRY(byteHeader(context, "Upload-Length"));
    return receive(context, services, request, done(204));
}

Result<Response> show(const RequestContext &context, const Services &services)
{
    if (std::optional<Response> refused = refuseOtherVersions(context))
        return *std::move(refused);
    const UploadId id = GI_TRY(context.pathId<UploadId>());
    const domain::UploadProgress progress = GI_TRY(services.ownUploads.show(context.viewer, id, context.deadline));
    Response response = done(200);
    response.headers = { field("Cache-Control", "no-store"),
                         field("Upload-Offset", QByteArray::number(progress.offset)),
                         field("Upload-Expires", httpDate(progress.upload.expiresAt)) };
    if (progress.upload.length)
        response.headers.append(field("Upload-Length", QByteArray::number(*progress.upload.length)));
    else
        response.headers.append(field("Upload-Defer-Length", "1"));
    if (!progress.upload.metadata.isEmpty())
        response.headers.append(field("Upload-Metadata", progress.upload.metadata));
    if (progress.upload.kind == UploadKind::Part)
        response.headers.append(field("Upload-Concat", "partial"));
    else if (progress.upload.kind == UploadKind::Joined)
        response.headers.append(field("Upload-Concat", "final;" + progress.upload.parts));
    return response;
}

Result<Response> terminate(const RequestContext &context, const Services &services)
{
    if (std::optional<Response> refused = refuseOtherVersions(context))
        return *std::move(refused);
    GI_TRY(services.ownUploads.terminate(context.viewer, GI_TRY(context.pathId<UploadId>()), context.deadline));
    return done(204);
}

Response abilities(const Services &services)
{
    return done(204)
        .withHeader("Tus-Version", api::tus::kVersion)
        .withHeader("Tus-Extension", api::tus::kExtensions)
        .withHeader("Tus-Max-Size", QByteArray::number(domain::maxUploadBytes(services.settings)))
        .withHeader("Tus-Checksum-Algorithm", api::tus::kChecksums);
}

} // namespace

void addUploadHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("uploads.options", [&](const RequestContext &) -> Result<Response> { return abilities(services); });
    const auto add = [&](const char *name, auto handler) {
        table.insert(name, [handler, &services](const RequestContext &context) {
            return inTheWordsOfTus(handler(context, services));
        });
    };
    add("uploads.create", create);
    add("uploads.show", show);
    add("uploads.append", append);
    add("uploads.terminate", terminate);
}

} // namespace graminsta::handlers
