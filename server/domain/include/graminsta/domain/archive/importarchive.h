// SPDX-License-Identifier: GPL-3.0-or-later
// Takes an archive in, part by part: first every byte of it is held against its own list, then its items are taken in.
// Whatever stops it, it goes on from where it was. Thread-safe.
#pragma once

#include <graminsta/domain/archive/importrelations.h>
#include <graminsta/domain/archive/importstatuses.h>

namespace graminsta::domain
{

class ImportArchive
{
public:
    ImportArchive(const InstanceSettings &settings, const ports::Archives &archives,
                  const ports::AccountReader &accounts, const ports::MediaReader &media,
                  const ports::TransferReader &transfers, const ImportStatuses &importStatuses,
                  const ImportRelations &importRelations, ports::UnitOfWork &unitOfWork);

    // Fault::Unprocessable naming what is wrong with it, as far as can be seen without reading all of it.
    [[nodiscard]] Result<entities::ArchiveManifest> look(const QString &file) const;

    // Goes on for some seconds. True if there is more. How far it has come is stored, and in `import`. The archive's
    // faults, for its owner: Unprocessable, also where its photos do not fit what the account has here; or the
    // server's, among them Fault::Timeout where a photo was not processed yet. `keepGoing` is asked every few seconds,
    // but not while one file is verified.
    [[nodiscard]] Result<bool> part(entities::AccountImport &import, const QString &file,
                                    const ports::KeepGoing &keepGoing) const;

private:
    [[nodiscard]] Result<bool> verify(entities::AccountImport &import, ports::ArchiveReader &reader,
                                      const Deadline &deadline) const;
    [[nodiscard]] Result<> checkRoom(const entities::AccountImport &import, ports::ArchiveReader &reader) const;
    [[nodiscard]] Result<> save(const entities::AccountImport &import) const;
    [[nodiscard]] ports::ArchiveLimits limits() const;

    const InstanceSettings &m_settings;
    const ports::Archives &m_archives;
    const ports::AccountReader &m_accounts;
    const ports::MediaReader &m_media;
    const ports::TransferReader &m_transfers;
    const ImportStatuses &m_importStatuses;
    const ImportRelations &m_importRelations;
    ports::UnitOfWork &m_unitOfWork;
};

} // namespace graminsta::domain
