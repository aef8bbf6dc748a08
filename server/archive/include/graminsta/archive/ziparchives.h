// SPDX-License-Identifier: GPL-3.0-or-later
// Archives of accounts as ZIP files (ZIP64 where it is needed) by libzip, with JSON in the words of Mastodon's API:
// docs/archive.md. Photos are streamed, so that memory grows with the number of files and not with their bytes.
// Thread-safe.
#pragma once

#include <graminsta/ports/archives.h>

namespace graminsta::archive
{

class ZipArchives final : public ports::Archives
{
public:
    [[nodiscard]] Result<std::unique_ptr<ports::ArchiveWriter>> create(const QString &folder,
                                                                       const QString &server) const override;
    [[nodiscard]] Result<std::unique_ptr<ports::ArchiveReader>> open(const QString &file,
                                                                     const ports::ArchiveLimits &limits) const override;
    [[nodiscard]] QString fileOf(entities::ArchivePart part) const override;
};

} // namespace graminsta::archive
