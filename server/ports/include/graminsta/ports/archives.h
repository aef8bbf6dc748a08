// SPDX-License-Identifier: GPL-3.0-or-later
// The archive of an account as a file (docs/archive.md). Archives come from anywhere: a reader believes nothing that it
// has not checked. `Archives` is thread-safe, a writer and a reader are for one thread at a time.
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/archive.h>

#include <functional>
#include <memory>

namespace graminsta::ports
{

// Asked every now and then during long work; an error ends the work with it.
using KeepGoing = std::function<Result<>()>;
// Where the bytes of a file are; asked when they are wanted. Fault::NotFound if there are none.
using FileSource = std::function<Result<QString>()>;

class ArchiveWriter
{
public:
    virtual ~ArchiveWriter() = default;

    // In the order in which they come.
    [[nodiscard]] virtual Result<> add(entities::ArchivePart part, const entities::ArchivedItem &item) = 0;
    // A file of the archive, once, however often it is added. `sha256` is in hex.
    [[nodiscard]] virtual Result<> addFile(const QString &path, const QString &sha256, FileSource source) = 0;
    // Writes the archive. Counts are filled into `manifest`, and the files that could not be had or that are not what
    // their hashes say: the archive goes without them. After a failure there is no file.
    [[nodiscard]] virtual Result<> finish(const QString &file, entities::ArchiveManifest &manifest,
                                          const KeepGoing &keepGoing) = 0;
};

struct ArchiveLimits {
    qint64 maxEntries = 500'000;
    qint64 maxUnpackedBytes = qint64 { 1 } << 40; // of all entries
    qint64 maxRatio = 200; // of an entry, unpacked to packed, above a megabyte
    qint64 maxFileBytes = 26'214'400; // of a photo
    qint64 maxLineBytes = 1 << 20; // of an item
};

class ArchiveReader
{
public:
    virtual ~ArchiveReader() = default;

    [[nodiscard]] virtual const entities::ArchiveManifest &manifest() const = 0;
    // Reads entries from the one at `position` on until all are read or `deadline` has come, and holds each against the
    // list of the archive: every file is listed, every listed file is there, every byte is what the list says. Gives
    // the position to go on from, or nothing when all are good. Fault::Unprocessable naming the first entry that is
    // not.
    [[nodiscard]] virtual Result<std::optional<qint64>> verify(qint64 position, const Deadline &deadline) = 0;
    // At most `limit` items of the part from the one at `position` on; fewer only at its end. What cannot be understood
    // is an error in its place. Fault::Unprocessable if the part cannot be read.
    [[nodiscard]] virtual Result<QList<Result<entities::ArchivedItem>>> items(entities::ArchivePart part,
                                                                              qint64 position, int limit) = 0;
    // Writes a file of the archive to `target`, which the caller removes. Fault::NotFound if there is none,
    // Fault::TooLarge, Fault::Unprocessable if its bytes are not those of `sha256` (in hex; empty: any).
    [[nodiscard]] virtual Result<> extract(const QString &path, const QString &sha256, const QString &target) = 0;
};

class Archives
{
public:
    virtual ~Archives() = default;

    // Of an account of the server with this URL, which may be empty. What it must keep meanwhile is in `folder`.
    [[nodiscard]] virtual Result<std::unique_ptr<ArchiveWriter>> create(const QString &folder,
                                                                        const QString &server) const = 0;
    // Fault::Unprocessable naming what is wrong with it, before anything is unpacked.
    [[nodiscard]] virtual Result<std::unique_ptr<ArchiveReader>> open(const QString &file,
                                                                      const ArchiveLimits &limits) const = 0;
    // The file that a part is in, for people.
    [[nodiscard]] virtual QString fileOf(entities::ArchivePart part) const = 0;
};

} // namespace graminsta::ports
