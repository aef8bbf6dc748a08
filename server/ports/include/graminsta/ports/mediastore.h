// SPDX-License-Identifier: GPL-3.0-or-later
// Where the bytes of photos live, by content key ("<sha-256 in hex>.<extension>"). Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>

#include <QList>
#include <QString>

namespace graminsta::ports
{

// Who may be given an object. An object may be in several areas; each area has it once, whoever has brought it.
// The numbers are kept in the database.
enum class MediaArea {
    Public = 0, // by plain URL to anybody, and cached by anybody
    Private = 1, // originals: to their owner, through the API only
    Restricted = 2, // by signed URL only
};

struct MediaKey {
    MediaArea area = MediaArea::Public;
    QString name;
    friend bool operator==(const MediaKey &, const MediaKey &) = default;
};

class MediaStore
{
public:
    virtual ~MediaStore() = default;

    // A folder for files on their way in, on the same file system as the store where there is one. Whoever makes a file
    // there removes it; what a crash leaves is swept at the next start.
    [[nodiscard]] virtual QString stagingFolder() const = 0;

    // Takes the staged file over under `key`, durably; after success the staged file is gone. Success too if the key
    // was there: same name means same bytes. After a failure the staged file is where it was. Whoever puts has the key
    // held (BlobWriter::hold): what nobody holds or counts may be removed at any time.
    [[nodiscard]] virtual Result<> put(const MediaKey &key, const QString &stagedFile, const Deadline &deadline) = 0;
    // Puts the same object under the same name in another area too. Fault::NotFound if `key` is not there; success if
    // it is there already. As put(), of a held key.
    [[nodiscard]] virtual Result<> copy(const MediaKey &key, MediaArea to, const Deadline &deadline) = 0;
    // A path to read the object from, for serving with Range. Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<QString> localFile(const MediaKey &key, const Deadline &deadline) const = 0;
    // Success also if there is none.
    [[nodiscard]] virtual Result<> remove(const MediaKey &key, const Deadline &deadline) = 0;

    // The names after `after` (empty: from the first on), in order, of objects put before `before`. May end early where
    // looking takes long; `last` is what to go on after, empty at the end.
    struct Listing {
        QList<QString> names;
        QString last;
    };
    [[nodiscard]] virtual Result<Listing> list(MediaArea area, const QString &after, Timestamp before, int limit,
                                               const Deadline &deadline) const = 0;

    // Whether the store can take a file now (exists, writable, room left).
    [[nodiscard]] virtual Result<> ping(const Deadline &deadline) const = 0;
};

} // namespace graminsta::ports
