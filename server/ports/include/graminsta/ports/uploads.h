// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of uploads in pieces. Readers are thread-safe; writers live inside one UnitOfWork::write().
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/upload.h>

#include <QList>

namespace graminsta::ports
{

// Of an account: what takes up disk until it is a photo, or swept.
struct UnfinishedUploads {
    int count = 0;
    qint64 bytes = 0; // as announced
};

class UploadReader
{
public:
    virtual ~UploadReader() = default;

    // Fault::NotFound if there is none. Expired ones are there until they are swept.
    [[nodiscard]] virtual Result<entities::Upload> byId(entities::UploadId id, const Deadline &deadline) const = 0;
    // The longest expired, at most `limit`.
    [[nodiscard]] virtual Result<QList<entities::UploadId>> expired(Timestamp now, int limit,
                                                                    const Deadline &deadline) const = 0;
};

class UploadWriter : public UploadReader
{
public:
    // Of those that make an upload for this account, one at a time until the end of the transaction.
    [[nodiscard]] virtual Result<> lock(AccountId account) = 0;
    // An upload without a length counts as `unknownLength`.
    [[nodiscard]] virtual Result<UnfinishedUploads> unfinished(AccountId account, qint64 unknownLength) = 0;
    [[nodiscard]] virtual Result<> insert(const entities::Upload &upload) = 0;
    // Fault::Conflict if it has another length, or is gone.
    [[nodiscard]] virtual Result<> setLength(entities::UploadId id, qint64 length) = 0;
    // It has become this media attachment. Fault::Conflict if it is one already, or is gone: let the transaction fail.
    [[nodiscard]] virtual Result<> redeem(entities::UploadId id, MediaId media) = 0;
    // Ends the life of these, where it is longer.
    [[nodiscard]] virtual Result<> expire(const QList<entities::UploadId> &ids, Timestamp at) = 0;
    // Those that are gone already do not matter.
    [[nodiscard]] virtual Result<> remove(const QList<entities::UploadId> &ids) = 0;
};

} // namespace graminsta::ports
