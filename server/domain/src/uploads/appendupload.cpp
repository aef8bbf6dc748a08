// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/uploads/appendupload.h>

#include "ownupload.h"

#include <graminsta/domain/uploads/createupload.h>

namespace graminsta::domain
{

using entities::Upload;
using entities::UploadKind;

namespace
{

Error endsElsewhere(qint64 end, qint64 offset)
{
    return makeError(
        Fault::Conflict,
        QStringLiteral("The upload has %1 bytes; the next ones go there, and not to %2.").arg(end).arg(offset));
}

} // namespace

AppendUpload::AppendUpload(const InstanceSettings &settings, const ports::UploadReader &uploads,
                           ports::UploadStore &store, ports::UnitOfWork &unitOfWork, const Clock &clock)
    : m_settings(settings)
    , m_uploads(uploads)
    , m_store(store)
    , m_unitOfWork(unitOfWork)
    , m_clock(clock)
{
}

Result<OpenUpload> AppendUpload::run(const entities::Viewer &viewer, const AppendRequest &request,
                                     const Deadline &deadline) const
{
    Upload upload = GI_TRY(ownUpload(m_uploads, viewer, request.id, m_clock.now(), deadline));
    if (upload.kind == UploadKind::Joined)
        return makeError(Fault::Forbidden, QStringLiteral("Nothing can be added to a file that was put together."));
    // Its bytes are the photo's now.
    if (!upload.mediaId.isNull())
        return endsElsewhere(upload.length.value_or(0), request.offset);
    std::unique_ptr<ports::UploadAppend> append = GI_TRY(m_store.append(request.id, request.checksum, deadline));
    if (append->offset() != request.offset)
        return endsElsewhere(append->offset(), request.offset);
    if (request.length && !upload.length) {
        GI_TRY(checkUploadLength(m_settings, *request.length));
        GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) {
            return writers.uploads.setLength(request.id, *request.length);
        }));
        upload.length = request.length;
    } else if (request.length && request.length != upload.length) {
        return makeError(Fault::Conflict,
                         QStringLiteral("The length of the upload is %1 already.").arg(*upload.length));
    }
    const qint64 most = upload.length.value_or(maxUploadBytes(m_settings));
    if (request.offset + request.bytes > most)
        return makeError(Fault::TooLarge,
                         QStringLiteral("The upload is to have %1 bytes, and has %2: %3 more are too many.")
                             .arg(most)
                             .arg(request.offset)
                             .arg(request.bytes));
    GI_TRY(m_store.checkRoom(request.bytes));
    return OpenUpload { std::move(upload), std::move(append) };
}

} // namespace graminsta::domain
