// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON of an archive, both ways, and the names of its files: docs/archive.md. Pure functions, thread-safe.
#pragma once

#include <graminsta/core/result.h>
#include <graminsta/entities/archive.h>

#include <QByteArray>

namespace graminsta::archive
{

inline constexpr int kFormatVersion = 1;
inline const QString kManifestName = QStringLiteral("manifest.json");
inline const QString kSumsName = QStringLiteral("SHA256SUMS");

// "statuses.jsonl"
[[nodiscard]] QString fileName(entities::ArchivePart part);
// Whether a file of this name may be in an archive: one of ours, or any other that stays in its folder.
[[nodiscard]] bool isHarmlessName(const QByteArray &name);

// One line, without its end. Precondition: the item is of the part's kind.
[[nodiscard]] QByteArray encode(entities::ArchivePart part, const entities::ArchivedItem &item, const QString &server);
// Fault::Unprocessable saying what is wrong with it.
[[nodiscard]] Result<entities::ArchivedItem> decode(entities::ArchivePart part, const QByteArray &line);

[[nodiscard]] QByteArray encodeManifest(const entities::ArchiveManifest &manifest, const QByteArray &sumsSha256);

struct ReadManifest {
    entities::ArchiveManifest manifest;
    QByteArray sumsSha256; // in hex
};
// Fault::Unprocessable saying what is wrong with it, also if it is of a newer format.
[[nodiscard]] Result<ReadManifest> decodeManifest(const QByteArray &json);

} // namespace graminsta::archive
