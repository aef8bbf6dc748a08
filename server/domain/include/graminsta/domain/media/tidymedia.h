// SPDX-License-Identifier: GPL-3.0-or-later
// What nobody needs any more goes: photos that were uploaded and never posted, and files that nothing names. Jobs, in
// parts; may be repeated. Thread-safe.
#pragma once

#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/media/bringfiles.h>
#include <graminsta/ports/blobs.h>
#include <graminsta/ports/media.h>
#include <graminsta/ports/unitofwork.h>

#include <chrono>

namespace graminsta::domain
{

class TidyMedia
{
public:
    // `keepLoose`: for how long what belongs to no post stays, for its owner to post it (again).
    TidyMedia(const ports::MediaReader &media, ports::MediaStore &store, const BringFiles &files,
              ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock, std::chrono::milliseconds keepLoose);

    // All give true if there is more.
    // Removes files that nothing names.
    [[nodiscard]] Result<bool> removeUnused(const Deadline &deadline) const;
    // Removes media that have belonged to no post for long enough.
    [[nodiscard]] Result<bool> removeLoose(const Deadline &deadline) const;
    // Finds files that nobody knows, older than a day, for removeUnused(). Goes through the store once, over many
    // parts.
    [[nodiscard]] Result<bool> findStrays(const Deadline &deadline) const;
    // Counts the files of media that were here before files were counted, and puts their pictures where signed URLs
    // find them.
    [[nodiscard]] Result<bool> countBacklog(const Deadline &deadline) const;

private:
    const ports::MediaReader &m_media;
    ports::MediaStore &m_store;
    const BringFiles &m_files;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
    const std::chrono::milliseconds m_keepLoose;
};

} // namespace graminsta::domain
