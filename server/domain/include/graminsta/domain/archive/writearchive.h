// SPDX-License-Identifier: GPL-3.0-or-later
// Writes all that an account has here into an archive: what it has said and shown, with the original of each photo, and
// how it stands to others. No password, token nor second factor, and nobody else's words. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/ports/accounts.h>
#include <graminsta/ports/archives.h>
#include <graminsta/ports/filters.h>
#include <graminsta/ports/follows.h>
#include <graminsta/ports/media.h>
#include <graminsta/ports/mediastore.h>
#include <graminsta/ports/relations.h>
#include <graminsta/ports/scheduledstatuses.h>
#include <graminsta/ports/statuses.h>
#include <graminsta/ports/tags.h>
#include <graminsta/ports/transfers.h>

namespace graminsta::domain
{

// Where an account's things are.
struct ArchiveSources {
    const ports::AccountReader &accounts;
    const ports::StatusReader &statuses;
    const ports::MediaReader &media;
    const ports::FollowReader &follows;
    const ports::RelationReader &relations;
    const ports::FilterReader &filters;
    const ports::TagReader &tags;
    const ports::ScheduledStatusReader &scheduled;
    const ports::TransferReader &transfers;
    const ports::MediaStore &store;
};

class WriteArchive
{
public:
    // `server` is its URL, for the handles of people; it may be empty.
    WriteArchive(const ArchiveSources &sources, const ports::Archives &archives, const Clock &clock, QString server);

    // Writes it to `file`, which is not there yet. It reads page by page, so that memory stays flat; what changes
    // meanwhile may or may not be in it. After a failure there is no file. Fault::NotFound if there is no such account.
    [[nodiscard]] Result<entities::ArchiveManifest> run(AccountId account, const QString &file,
                                                        const ports::KeepGoing &keepGoing) const;

private:
    const ArchiveSources m_sources;
    const ports::Archives &m_archives;
    const Clock &m_clock;
    const QString m_server;
};

} // namespace graminsta::domain
