// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/uploads/redeemupload.h>

#include "ownupload.h"

namespace graminsta::domain
{

using entities::MediaAttachment;
using entities::Upload;
using entities::UploadId;
using entities::Viewer;

RedeemUpload::RedeemUpload(const ports::UploadReader &uploads, ports::UploadStore &store,
                           const ReceiveMedia &receiveMedia, const ports::MediaReader &media, const Clock &clock)
    : m_uploads(uploads)
    , m_store(store)
    , m_receiveMedia(receiveMedia)
    , m_media(media)
    , m_clock(clock)
{
}

Result<MediaAttachment> RedeemUpload::run(const Viewer &viewer, UploadId id, UploadRequest request,
                                          const Deadline &deadline) const
{
    const Result<Upload> upload = ownUpload(m_uploads, viewer, id, m_clock.now(), deadline);
    if (!upload && upload.error().fault == Fault::NotFound)
        return makeError(Fault::Unprocessable,
                         QStringLiteral("Validation failed: Upload %1 is none of yours").arg(id.toString()));
    if (!upload)
        return upload.error();
    if (!upload->mediaId.isNull())
        return m_media.byId(upload->mediaId, deadline);
    Result<MediaAttachment> media = receive(viewer, *upload, std::move(request), deadline);
    if (media)
        return media;
    // Somebody may have been faster: then this failure, whatever it is, is none.
    const Upload now = GI_TRY(m_uploads.byId(id, deadline));
    return now.mediaId.isNull() ? std::move(media) : m_media.byId(now.mediaId, deadline);
}

Result<MediaAttachment> RedeemUpload::receive(const Viewer &viewer, const Upload &upload, UploadRequest request,
                                              const Deadline &deadline) const
{
    if (upload.kind == entities::UploadKind::Part)
        return makeError(
            Fault::Unprocessable,
            QStringLiteral("Validation failed: Upload is a part; put the parts together, and name what comes of it"));
    const qint64 there = GI_TRY(m_store.durableSize(upload.id, deadline));
    if (!upload.length)
        return makeError(
            Fault::Unprocessable,
            QStringLiteral("Validation failed: Upload has %1 bytes and no length yet; say it with Upload-Length")
                .arg(there));
    if (there < *upload.length)
        return makeError(Fault::Unprocessable,
                         QStringLiteral("Validation failed: Upload has %1 of %2 bytes; %3 are missing")
                             .arg(there)
                             .arg(*upload.length)
                             .arg(*upload.length - there));
    // A name of its own, which may be taken away: were we stopped in between, the upload would still be whole.
    const ports::StagedFile staged = GI_TRY(m_store.stage(upload.id, deadline));
    request.file = staged.path();
    request.upload = upload.id;
    MediaAttachment media = GI_TRY(m_receiveMedia.run(viewer, request, deadline));
    removeQuietly(m_store, upload.id, deadline);
    return media;
}

} // namespace graminsta::domain
