// SPDX-License-Identifier: GPL-3.0-or-later
// Opens an upload for more of its bytes (PATCH /files/:id). Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/domain/settings.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/unitofwork.h>
#include <graminsta/ports/uploads.h>
#include <graminsta/ports/uploadstore.h>

namespace graminsta::domain
{

struct AppendRequest {
    entities::UploadId id;
    qint64 offset = 0; // where the client thinks that they go
    qint64 bytes = 0; // how many come
    std::optional<qint64> length; // of the whole, said only now
    std::optional<ports::Checksum> checksum;
};

// The upload as it is for its uploader, and a place for the bytes.
struct OpenUpload {
    entities::Upload upload;
    std::unique_ptr<ports::UploadAppend> append;
};

class AppendUpload
{
public:
    AppendUpload(const InstanceSettings &settings, const ports::UploadReader &uploads, ports::UploadStore &store,
                 ports::UnitOfWork &unitOfWork, const Clock &clock);

    // Fault::Conflict where the upload ends elsewhere, or with ports::kUploadLocked; Fault::TooLarge for more than it
    // is to have; Fault::Forbidden for one that was put together; Fault::NotFound for one of somebody else's,
    // Fault::Gone for one that has expired.
    [[nodiscard]] Result<OpenUpload> run(const entities::Viewer &viewer, const AppendRequest &request,
                                         const Deadline &deadline) const;

private:
    const InstanceSettings &m_settings;
    const ports::UploadReader &m_uploads;
    ports::UploadStore &m_store;
    ports::UnitOfWork &m_unitOfWork;
    const Clock &m_clock;
};

} // namespace graminsta::domain
