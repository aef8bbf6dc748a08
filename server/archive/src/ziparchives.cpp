// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/archive/ziparchives.h>

#include "format.h"
#include "zipreader.h"
#include "zipwriter.h"

namespace graminsta::archive
{

Result<std::unique_ptr<ports::ArchiveWriter>> ZipArchives::create(const QString &folder, const QString &server) const
{
    std::unique_ptr<ports::ArchiveWriter> writer = std::make_unique<ZipWriter>(folder, server);
    return writer;
}

Result<std::unique_ptr<ports::ArchiveReader>> ZipArchives::open(const QString &file,
                                                                const ports::ArchiveLimits &limits) const
{
    std::unique_ptr<ports::ArchiveReader> reader = GI_TRY(ZipReader::open(file, limits));
    return reader;
}

QString ZipArchives::fileOf(entities::ArchivePart part) const
{
    return fileName(part);
}

} // namespace graminsta::archive
