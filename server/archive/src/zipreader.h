// SPDX-License-Identifier: GPL-3.0-or-later
// Reads an archive, which may be anything. Not thread-safe.
#pragma once

#include "linereader.h"
#include "ziphandle.h"

#include <graminsta/ports/archives.h>

#include <QHash>

#include <optional>

namespace graminsta::archive
{

class ZipReader final : public ports::ArchiveReader
{
public:
    [[nodiscard]] static Result<std::unique_ptr<ZipReader>> open(const QString &file,
                                                                 const ports::ArchiveLimits &limits);

    const entities::ArchiveManifest &manifest() const override { return m_manifest; }
    Result<std::optional<qint64>> verify(qint64 position, const Deadline &deadline) override;
    Result<QList<Result<entities::ArchivedItem>>> items(entities::ArchivePart part, qint64 position,
                                                        int limit) override;
    Result<> extract(const QString &path, const QString &sha256, const QString &target) override;

private:
    // Where reading a part has come to, so that the next items need not be looked for from its beginning.
    struct Cursor {
        entities::ArchivePart part;
        LineReader lines;
    };

    ZipReader(Zip zip, const ports::ArchiveLimits &limits);
    [[nodiscard]] Result<> checkEntries() const;
    [[nodiscard]] Result<> readManifest();
    [[nodiscard]] Result<> readSums();
    [[nodiscard]] Result<> verifyEntry(zip_uint64_t index);
    // Nothing if there is no such entry.
    [[nodiscard]] std::optional<zip_uint64_t> find(const QString &name) const;
    [[nodiscard]] Result<QByteArray> readSmall(const QString &name, qint64 maxBytes) const;
    [[nodiscard]] Result<ZipFile> openEntry(zip_uint64_t index) const;
    [[nodiscard]] zip_uint64_t count() const;
    [[nodiscard]] QString nameOf(zip_uint64_t index) const;

    const Zip m_zip;
    const ports::ArchiveLimits m_limits;
    entities::ArchiveManifest m_manifest;
    QByteArray m_sumsSha256;
    std::optional<QHash<QByteArray, QByteArray>> m_sums; // hex by path; read when it is first wanted
    std::optional<Cursor> m_cursor;
};

} // namespace graminsta::archive
