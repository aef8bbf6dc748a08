// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes on their way to the end of a file that is locked for them.
#pragma once

#include "digest.h"
#include "lockedfile.h"

#include <graminsta/ports/uploadstore.h>

#include <memory>

namespace graminsta::media
{

// All of it, or Fault::Unavailable. What has been written before a failure stays.
[[nodiscard]] Result<> writeAt(int file, qint64 offset, QByteArrayView bytes, const QString &path);
// The first `size` bytes of one file to a place in another. Fault::Timeout at the deadline, and as writeAt().
[[nodiscard]] Result<> copyTo(int target, qint64 offset, int source, qint64 size, const QString &path,
                              const Deadline &deadline);

class FileAppend final : public ports::UploadAppend
{
public:
    // `file` ends at `offset`.
    FileAppend(std::shared_ptr<LockedFile> file, QString path, qint64 offset);
    // The bytes wait in `waiting`, an empty file, until they have proved right.
    FileAppend(std::shared_ptr<LockedFile> file, QString path, qint64 offset, Descriptor waiting, Digest digest,
               QByteArray expected);

    [[nodiscard]] qint64 offset() const override { return m_offset; }
    [[nodiscard]] Result<> write(QByteArrayView piece) override;
    [[nodiscard]] Result<qint64> commit(const Deadline &deadline) override;

private:
    [[nodiscard]] Result<> writeTo(int file, QByteArrayView piece);
    [[nodiscard]] Result<qint64> commitTo(int file, const Deadline &deadline);

    const std::shared_ptr<LockedFile> m_file;
    const QString m_path;
    const qint64 m_offset;
    const Descriptor m_waiting; // with a checksum
    std::optional<Digest> m_digest;
    const QByteArray m_expected;
    qint64 m_written = 0;
};

} // namespace graminsta::media
