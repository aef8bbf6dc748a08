// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of media attachments. Readers are thread-safe; writers live inside one UnitOfWork::write().
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/media.h>

namespace graminsta::ports
{

class MediaReader
{
public:
    virtual ~MediaReader() = default;

    // Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<entities::MediaAttachment> byId(MediaId id, const Deadline &deadline) const = 0;
    // In the order asked for; ids that do not exist are left out. One query.
    [[nodiscard]] virtual Result<QList<entities::MediaAttachment>> byIds(const QList<MediaId> &ids,
                                                                         const Deadline &deadline) const = 0;
    // Those of these statuses, by status and position. One query.
    [[nodiscard]] virtual Result<QList<entities::MediaAttachment>> byStatuses(const QList<StatusId> &ids,
                                                                              const Deadline &deadline) const = 0;
    // Of all originals of the account, what quotas count. Fault::NotFound if there is no such account.
    [[nodiscard]] virtual Result<qint64> bytesOf(AccountId account, const Deadline &deadline) const = 0;
};

class MediaWriter : public MediaReader
{
public:
    // Is counted in bytesOf().
    [[nodiscard]] virtual Result<> insert(const entities::MediaAttachment &media) = 0;
    // Its description and focus, nothing else: it may be processed meanwhile. Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<> describe(const entities::MediaAttachment &media) = 0;
    // What processing has come to: state, failure, blurhash, size, variants, and the original's bytes, which are
    // counted anew in bytesOf(). Fault::NotFound if there is none that is not ready yet.
    [[nodiscard]] virtual Result<> settle(const entities::MediaAttachment &media) = 0;
    // In this order. Fault::Conflict if one is not the account's, is attached already or is not ready: then none is.
    [[nodiscard]] virtual Result<> attach(AccountId owner, StatusId status, const QList<MediaId> &ids) = 0;
    // Makes these, in this order, the media of the status; others that it had become loose. Fault::Conflict as
    // attach(), but those of the status itself are free to stay.
    [[nodiscard]] virtual Result<> rearrange(AccountId owner, StatusId status, const QList<MediaId> &ids) = 0;
    // Those of a deleted status become loose again (delete and redraft), for the sweeper to remove when they stay so.
    [[nodiscard]] virtual Result<> detach(StatusId status) = 0;
    // Success also if there is none.
    [[nodiscard]] virtual Result<> remove(MediaId id) = 0;
};

} // namespace graminsta::ports
