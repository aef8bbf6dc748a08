// SPDX-License-Identifier: GPL-3.0-or-later
// Where the bytes of uploads in pieces lie until they are whole. One writer at a time for each upload, whichever
// process it is in; who dies lets go at once. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/upload.h>
#include <graminsta/ports/stagedfile.h>

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <memory>
#include <optional>

namespace graminsta::ports
{

// Codes of errors that a protocol has its own words for.
inline constexpr char kUploadLocked[] = "upload_locked"; // somebody else writes
inline constexpr char kChecksumMismatch[] = "checksum_mismatch"; // these are not the bytes that were meant
inline constexpr char kNoStorage[] = "insufficient_storage"; // the disk has no room for it

enum class ChecksumKind { Sha1, Sha256 };

struct Checksum {
    ChecksumKind kind = ChecksumKind::Sha256;
    QByteArray value; // raw
};

// Bytes on their way to the end of an upload, which is locked for as long as this lives. For one thread at a time.
// Destroyed without commit(), it leaves what has come; with a checksum, nothing of it.
class UploadAppend
{
public:
    virtual ~UploadAppend() = default;

    // Where the first byte goes.
    [[nodiscard]] virtual qint64 offset() const = 0;
    // To the page cache: waits for no disk unless the system makes it. Fault::Unavailable if it is full.
    [[nodiscard]] virtual Result<> write(QByteArrayView piece) = 0;
    // What was written is on the disk, and the end of the upload is there now; that is the value. Fault::Conflict with
    // kChecksumMismatch, and nothing kept, where the checksum says so.
    [[nodiscard]] virtual Result<qint64> commit(const Deadline &deadline) = 0;
};

class UploadStore
{
public:
    virtual ~UploadStore() = default;

    // Fault::Unavailable with kNoStorage if there is no room for so many bytes.
    [[nodiscard]] virtual Result<> checkRoom(qint64 bytes) const = 0;
    // An empty one, durably. Fault::Conflict if the id is taken.
    [[nodiscard]] virtual Result<> create(entities::UploadId id, const Deadline &deadline) = 0;
    // The bytes that are there, put on the disk first: no crash takes back what this has said. Fault::NotFound.
    [[nodiscard]] virtual Result<qint64> durableSize(entities::UploadId id, const Deadline &deadline) const = 0;
    // Fault::Conflict with kUploadLocked if somebody else writes, Fault::NotFound.
    [[nodiscard]] virtual Result<std::unique_ptr<UploadAppend>>
    append(entities::UploadId id, const std::optional<Checksum> &checksum, const Deadline &deadline) = 0;
    // Copies all of `parts`, in order, to the end of an upload. Durable. Faults as append() and durableSize().
    [[nodiscard]] virtual Result<> join(entities::UploadId id, const QList<entities::UploadId> &parts,
                                        const Deadline &deadline) = 0;
    // A second name in the staging folder of the media store, for it to take: the upload stays as it is.
    // Fault::NotFound.
    [[nodiscard]] virtual Result<StagedFile> stage(entities::UploadId id, const Deadline &deadline) = 0;
    // Success also if there is none. Fault::Conflict with kUploadLocked.
    [[nodiscard]] virtual Result<> remove(entities::UploadId id, const Deadline &deadline) = 0;
    // Removes what nobody has written to since then, whatever became of its row.
    [[nodiscard]] virtual Result<> removeIdle(Timestamp since, const Deadline &deadline) = 0;
};

} // namespace graminsta::ports
