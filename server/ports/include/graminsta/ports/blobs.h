// SPDX-License-Identifier: GPL-3.0-or-later
// Which objects of the store are in use, and by how many: counted in the transactions that write what names them.
//
// Files and rows cannot change in one step, hence an order that a crash can break off anywhere:
//   bringing a file:   hold (durable) -> MediaStore::put or copy -> in one transaction: confirm, and write what names
//   it removing a file:   in one transaction: write that nobody names it any more -> takeUnused (durable)
//                      -> MediaStore::remove -> forget
// A key that is held or named is not taken; a key that is taken cannot be held until it is forgotten. Whoever confirms
// a hold that ended meanwhile is told so, and brings the file again.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/result.h>
#include <graminsta/ports/mediastore.h>

#include <QList>

#include <chrono>

namespace graminsta::ports
{

// For how long a held key is kept without being named. Longer than any request or job takes.
inline constexpr std::chrono::hours kBlobHold { 1 };
// After that, whoever has taken a key to remove it has died. Far longer than they have time for.
inline constexpr std::chrono::minutes kBlobRemoval { 10 };
// The kind of job that removes what nobody uses. Whoever makes the last use of a key end enqueues it (in the writers).
inline constexpr const char *kTidyJob = "media.tidy";

struct BlobHold {
    MediaKey key;
    qint64 epoch = 0; // of the row: it has another one when it has been forgotten and made anew
};

// Inside one UnitOfWork::write().
class BlobWriter
{
public:
    virtual ~BlobWriter() = default;

    // Keeps the keys, new or not, until `until`. `epoch` is a number that was never used before.
    // Fault::Unavailable if one is being removed just now: try again in a moment.
    [[nodiscard]] virtual Result<QList<BlobHold>> hold(const QList<MediaKey> &keys, qint64 epoch, Timestamp until) = 0;
    // Locks them for what names them in this transaction. Fault::Unavailable if one has ended since.
    [[nodiscard]] virtual Result<> confirm(const QList<BlobHold> &holds) = 0;

    // Takes at most `limit` keys that nobody names or holds. While there are media that are not counted yet: none.
    [[nodiscard]] virtual Result<QList<MediaKey>> takeUnused(Timestamp now, int limit) = 0;
    // Those that were taken, after their files are gone.
    [[nodiscard]] virtual Result<> forget(const QList<MediaKey> &keys) = 0;

    // Files that were found in the store: those of which nobody knows become unused keys. Gives how many.
    [[nodiscard]] virtual Result<qint64> adopt(MediaArea area, const QList<QString> &names, qint64 epoch) = 0;
    // Where the search for such files has come to: a name of the area, empty for its beginning.
    [[nodiscard]] virtual Result<MediaKey> sweepPosition() = 0;
    [[nodiscard]] virtual Result<> setSweepPosition(const MediaKey &position) = 0;
};

// Thread-safe.
class BlobReader
{
public:
    virtual ~BlobReader() = default;

    // At most `limit` keys in use after `after`, in order.
    [[nodiscard]] virtual Result<QList<MediaKey>> used(const MediaKey &after, int limit,
                                                       const Deadline &deadline) const = 0;
};

} // namespace graminsta::ports
