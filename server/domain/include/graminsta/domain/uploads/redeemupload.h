// SPDX-License-Identifier: GPL-3.0-or-later
// Makes a media attachment of an upload that is whole (POST /api/v2/media with "upload"), once: whoever names the same
// upload again, or at the same time, gets the same attachment. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/domain/media/receivemedia.h>
#include <graminsta/ports/uploads.h>
#include <graminsta/ports/uploadstore.h>

namespace graminsta::domain
{

class RedeemUpload
{
public:
    RedeemUpload(const ports::UploadReader &uploads, ports::UploadStore &store, const ReceiveMedia &receiveMedia,
                 const ports::MediaReader &media, const Clock &clock);

    // `request` without a file. Fault::Unprocessable for an upload that is not the viewer's, or of which bytes are
    // missing, Fault::Gone for one that has expired; and those of ReceiveMedia, after which it can be tried again.
    [[nodiscard]] Result<entities::MediaAttachment> run(const entities::Viewer &viewer, entities::UploadId id,
                                                        UploadRequest request, const Deadline &deadline) const;

private:
    [[nodiscard]] Result<entities::MediaAttachment> receive(const entities::Viewer &viewer,
                                                            const entities::Upload &upload, UploadRequest request,
                                                            const Deadline &deadline) const;

    const ports::UploadReader &m_uploads;
    ports::UploadStore &m_store;
    const ReceiveMedia &m_receiveMedia;
    const ports::MediaReader &m_media;
    const Clock &m_clock;
};

} // namespace graminsta::domain
