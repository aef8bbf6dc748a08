// SPDX-License-Identifier: GPL-3.0-or-later
// Archives of their account that people ask for (/api/graminsta/v1/account/exports): made by a job, kept for a week,
// given to nobody else. Thread-safe.
#pragma once

#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/archive/writearchive.h>
#include <graminsta/domain/media/bringfiles.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/jobs.h>
#include <graminsta/ports/unitofwork.h>

#include <atomic>

namespace graminsta::domain
{

inline constexpr char kExportJob[] = "account.export";
inline constexpr std::chrono::hours kExportLife { 24 * 7 };
inline constexpr int kMostExportsPerDay = 3; // of an account, in any 24 hours

struct ArchiveFile {
    entities::AccountExport row;
    QString path;
    QString name; // as it is called for its owner: "graminsta-anna-2026-11-30.zip"
};

class AccountExports
{
public:
    AccountExports(const WriteArchive &writeArchive, const ports::TransferReader &transfers,
                   const ports::AccountReader &accounts, const ports::MediaStore &store, const BringFiles &files,
                   ports::UnitOfWork &unitOfWork, ports::JobQueue &queue, IdGenerator &ids, const Clock &clock);

    // Fault::Unprocessable while one is being made, and after too many on one day.
    [[nodiscard]] Result<entities::AccountExport> create(const entities::Viewer &viewer,
                                                         const Deadline &deadline) const;
    // The following: Fault::NotFound for what is not there, or another account's.
    [[nodiscard]] Result<entities::AccountExport> show(const entities::Viewer &viewer, ExportId id,
                                                       const Deadline &deadline) const;
    [[nodiscard]] Result<entities::Page<entities::AccountExport>>
    list(const entities::Viewer &viewer, const entities::PageRequest &page, const Deadline &deadline) const;
    // Fault::NotFound also if it is not done.
    [[nodiscard]] Result<ArchiveFile> file(const entities::Viewer &viewer, ExportId id, const Deadline &deadline) const;
    // Ends it if it is being made; its archive is gone.
    [[nodiscard]] Result<> remove(const entities::Viewer &viewer, ExportId id, const Deadline &deadline) const;

    // The job: makes one. It has no end that could be known before, so it prolongs its claim as it goes.
    [[nodiscard]] Result<> run(const entities::Job &job) const;
    // A bounded part of what has expired. True if there may be more.
    [[nodiscard]] Result<bool> forgetExpired(const Deadline &deadline) const;
    // Those that are being made end soon, and are begun again by whoever runs jobs next.
    void stop() { m_stopping = true; }

private:
    [[nodiscard]] Result<> make(const entities::Job &job, entities::AccountExport row) const;
    [[nodiscard]] Result<> giveUp(const entities::Job &job, entities::AccountExport row, const Error &error) const;

    const WriteArchive &m_writeArchive;
    const ports::TransferReader &m_transfers;
    const ports::AccountReader &m_accounts;
    const ports::MediaStore &m_store;
    const BringFiles &m_files;
    ports::UnitOfWork &m_unitOfWork;
    ports::JobQueue &m_queue;
    IdGenerator &m_ids;
    const Clock &m_clock;
    std::atomic<bool> m_stopping { false };
};

// The name of a file that is in the store for a while, and that nobody can guess: "<256 random bits>.zip".
[[nodiscard]] QString freshArchiveKey();

} // namespace graminsta::domain
