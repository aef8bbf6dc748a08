// SPDX-License-Identifier: GPL-3.0-or-later
// What their uploader sees of uploads, and ends (HEAD and DELETE /files/:id). Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/unitofwork.h>
#include <graminsta/ports/uploads.h>
#include <graminsta/ports/uploadstore.h>

namespace graminsta::domain
{

struct UploadProgress {
    entities::Upload upload;
    qint64 offset = 0; // how much of it is there for good
};

// Everything of somebody else's is Fault::NotFound, and what has expired Fault::Gone.
class OwnUploads
{
public:
    OwnUploads(const ports::UploadReader &uploads, ports::UploadStore &store, ports::UnitOfWork &unitOfWork,
               const Clock &clock);

    [[nodiscard]] Result<UploadProgress> show(const entities::Viewer &viewer, entities::UploadId id,
                                              const Deadline &deadline) const;
    // A photo that was made of it stays. Fault::Conflict with ports::kUploadLocked while bytes come.
    [[nodiscard]] Result<> terminate(const entities::Viewer &viewer, entities::UploadId id,
                                     const Deadline &deadline) const;

private:
    const ports::UploadReader &m_uploads;
    ports::UploadStore &m_store;
    ports::UnitOfWork &m_unitOfWork;
    const Clock &m_clock;
};

} // namespace graminsta::domain
