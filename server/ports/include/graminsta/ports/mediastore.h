// SPDX-License-Identifier: GPL-3.0-or-later
// Where the bytes of photos live, by content key ("<sha-256 in hex>.<extension>"). Thread-safe.
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>

#include <QString>

namespace graminsta::ports
{

// Who may be given an object: public ones by URL to anybody, private ones (originals) only through the API.
enum class MediaArea { Public, Private };

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
    // was there: same name means same bytes. After a failure the staged file is where it was.
    [[nodiscard]] virtual Result<> put(const MediaKey &key, const QString &stagedFile, const Deadline &deadline) = 0;
    // A path to read the object from, for serving with Range. Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<QString> localFile(const MediaKey &key, const Deadline &deadline) const = 0;
    // Success also if there is none.
    [[nodiscard]] virtual Result<> remove(const MediaKey &key, const Deadline &deadline) = 0;
    // Whether the store can take a file now (exists, writable, room left).
    [[nodiscard]] virtual Result<> ping(const Deadline &deadline) const = 0;
};

} // namespace graminsta::ports
