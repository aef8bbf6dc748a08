// SPDX-License-Identifier: GPL-3.0-or-later
// What the use cases of uploads share. Internal to the library.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/uploads.h>
#include <graminsta/ports/uploadstore.h>

namespace graminsta::domain
{

// Fault::NotFound for what is somebody else's, Fault::Gone for what has expired.
[[nodiscard]] Result<entities::Upload> ownUpload(const ports::UploadReader &uploads, const entities::Viewer &viewer,
                                                 entities::UploadId id, Timestamp now, const Deadline &deadline);

// What cannot be removed now is swept later.
void removeQuietly(ports::UploadStore &store, entities::UploadId id, const Deadline &deadline);

} // namespace graminsta::domain
