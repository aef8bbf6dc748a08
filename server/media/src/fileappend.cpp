// SPDX-License-Identifier: GPL-3.0-or-later
#include "fileappend.h"

#include <algorithm>

#include <cerrno>
#include <unistd.h>

namespace graminsta::media
{

namespace
{

constexpr qint64 kPiece = 256 * 1024;

} // namespace

Result<> writeAt(int file, qint64 offset, QByteArrayView bytes, const QString &path)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = ::pwrite(file, bytes.data(), static_cast<size_t>(bytes.size()), offset);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return storageError("pwrite", path);
        bytes = bytes.sliced(written);
        offset += written;
    }
    return {};
}

Result<> copyTo(int target, qint64 offset, int source, qint64 size, const QString &path, const Deadline &deadline)
{
    QByteArray piece(std::min(size, kPiece), Qt::Uninitialized);
    for (qint64 copied = 0; copied < size;) {
        if (deadline.expired())
            return makeError(Fault::Timeout, QStringLiteral("Storing the upload took too long."));
        const auto wanted = static_cast<size_t>(std::min<qint64>(piece.size(), size - copied));
        const ssize_t got = ::pread(source, piece.data(), wanted, copied);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return storageError("pread", path);
        if (got == 0)
            return makeError(Fault::Conflict, QStringLiteral("The upload has changed meanwhile."), path);
        GI_TRY(writeAt(target, offset + copied, QByteArrayView(piece).first(got), path));
        copied += got;
    }
    return {};
}

FileAppend::FileAppend(std::shared_ptr<LockedFile> file, QString path, qint64 offset)
    : m_file(std::move(file))
    , m_path(std::move(path))
    , m_offset(offset)
{
}

FileAppend::FileAppend(std::shared_ptr<LockedFile> file, QString path, qint64 offset, Descriptor waiting, Digest digest,
                       QByteArray expected)
    : m_file(std::move(file))
    , m_path(std::move(path))
    , m_offset(offset)
    , m_waiting(std::move(waiting))
    , m_digest(std::move(digest))
    , m_expected(std::move(expected))
{
}

Result<> FileAppend::write(QByteArrayView piece)
{
    return m_file->use([&](int file) { return writeTo(file, piece); });
}

Result<qint64> FileAppend::commit(const Deadline &deadline)
{
    return m_file->use([&](int file) { return commitTo(file, deadline); });
}

Result<> FileAppend::writeTo(int file, QByteArrayView piece)
{
    if (m_digest) {
        m_digest->add(piece);
        GI_TRY(writeAt(m_waiting.number(), m_written, piece, m_path));
    } else {
        GI_TRY(writeAt(file, m_offset + m_written, piece, m_path));
    }
    m_written += piece.size();
    return {};
}

Result<qint64> FileAppend::commitTo(int file, const Deadline &deadline)
{
    if (m_digest) {
        if (m_digest->finish() != m_expected)
            return makeCodedError(
                Fault::Conflict, QLatin1String(ports::kChecksumMismatch),
                QStringLiteral("The checksum does not fit these bytes: they are discarded. Send them again."));
        GI_TRY(copyTo(file, m_offset, m_waiting.number(), m_written, m_path, deadline));
    }
    if (::fdatasync(file) != 0)
        return storageError("fdatasync", m_path);
    return m_offset + m_written;
}

} // namespace graminsta::media
