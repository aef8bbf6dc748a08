// SPDX-License-Identifier: GPL-3.0-or-later
#include "ownupload.h"

#include <graminsta/core/logging.h>

#include <QLoggingCategory>

namespace graminsta::domain
{

namespace
{

Q_LOGGING_CATEGORY(log, "graminsta.uploads")

} // namespace

Result<entities::Upload> ownUpload(const ports::UploadReader &uploads, const entities::Viewer &viewer,
                                   entities::UploadId id, Timestamp now, const Deadline &deadline)
{
    Result<entities::Upload> upload = uploads.byId(id, deadline);
    if (!upload && upload.error().fault != Fault::NotFound)
        return upload;
    if (!upload || upload->accountId != viewer.account)
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    if (upload->expiresAt <= now)
        return makeError(Fault::Gone, QStringLiteral("This upload has expired; begin another one."));
    return upload;
}

void removeQuietly(ports::UploadStore &store, entities::UploadId id, const Deadline &deadline)
{
    if (const Result<> removed = store.remove(id, deadline); !removed)
        qCWarning(log).noquote() << "an upload's file is left to be swept:" << describe(removed.error());
}

} // namespace graminsta::domain
