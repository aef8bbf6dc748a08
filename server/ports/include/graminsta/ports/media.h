// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of media attachments. Readers are thread-safe; writers live inside one UnitOfWork::write(), and count which
// files their rows name (ports/blobs.h): of each its original in the private area, its variants in the restricted one,
// and of a published one its variants in the public area too. Whoever makes a row name files has their holds confirmed
// before, in the same transaction.
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
    // At most `limit` of the account, after `after`, that are published though not everybody may see them, or not
    // though everybody may.
    [[nodiscard]] virtual Result<QList<entities::MediaAttachment>>
    misplaced(AccountId account, MediaId after, int limit, const Deadline &deadline) const = 0;
    // At most `limit` whose files are not counted yet (MediaWriter::count).
    [[nodiscard]] virtual Result<QList<entities::MediaAttachment>> uncounted(int limit,
                                                                             const Deadline &deadline) const = 0;
};

class MediaWriter : public MediaReader
{
public:
    // Is counted in bytesOf(). Never published.
    [[nodiscard]] virtual Result<> insert(const entities::MediaAttachment &media) = 0;
    // Its description, focus and licence, nothing else: it may be processed meanwhile. Fault::NotFound if there is
    // none.
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
    // What is loose is not published.
    [[nodiscard]] virtual Result<> detach(StatusId status) = 0;
    // Publishes those of them that everybody may see: of a public or unlisted status, of an account that is not hidden.
    [[nodiscard]] virtual Result<> publish(const QList<MediaId> &ids) = 0;
    // Ends that for those that not everybody may see any more.
    [[nodiscard]] virtual Result<> unpublish(const QList<MediaId> &ids) = 0;
    // Success also if there is none.
    [[nodiscard]] virtual Result<> remove(MediaId id) = 0;
    // Fault::Conflict, and nothing removed, if it belongs to a post, a scheduled one too.
    [[nodiscard]] virtual Result<> removeUnposted(MediaId id) = 0;
    // Of those that belong to no post, scheduled ones too, at most `limit`: notes since when where that is new, and
    // removes those that have been so since `before`. Gives how many it has seen to.
    [[nodiscard]] virtual Result<int> removeLoose(Timestamp before, Timestamp now, int limit) = 0;
    // Counts the files of one that was here before they were counted; nothing if they are.
    [[nodiscard]] virtual Result<> count(MediaId id) = 0;
};

} // namespace graminsta::ports
