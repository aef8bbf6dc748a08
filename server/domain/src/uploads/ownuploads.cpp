// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/uploads/ownuploads.h>

#include "ownupload.h"

namespace graminsta::domain
{

using entities::Upload;
using entities::UploadId;
using entities::Viewer;

OwnUploads::OwnUploads(const ports::UploadReader &uploads, ports::UploadStore &store, ports::UnitOfWork &unitOfWork,
                       const Clock &clock)
    : m_uploads(uploads)
    , m_store(store)
    , m_unitOfWork(unitOfWork)
    , m_clock(clock)
{
}

Result<UploadProgress> OwnUploads::show(const Viewer &viewer, UploadId id, const Deadline &deadline) const
{
    Upload upload = GI_TRY(ownUpload(m_uploads, viewer, id, m_clock.now(), deadline));
    // The file has gone into the photo.
    const qint64 offset =
        upload.mediaId.isNull() ? GI_TRY(m_store.durableSize(id, deadline)) : upload.length.value_or(0);
    return UploadProgress { std::move(upload), offset };
}

Result<> OwnUploads::terminate(const Viewer &viewer, UploadId id, const Deadline &deadline) const
{
    GI_TRY(ownUpload(m_uploads, viewer, id, m_clock.now(), deadline));
    // A row without its file can be removed again; a file without its row would only be swept.
    GI_TRY(m_store.remove(id, deadline));
    return m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) { return writers.uploads.remove({ id }); });
}

} // namespace graminsta::domain
