// SPDX-License-Identifier: GPL-3.0-or-later
// Archives that people bring to their account (/api/graminsta/v1/account/imports): taken in by a job, in parts.
// Thread-safe.
#pragma once

#include <graminsta/domain/archive/importarchive.h>
#include <graminsta/ports/jobs.h>

#include <atomic>

namespace graminsta::domain
{

inline constexpr char kImportJob[] = "account.import";
inline constexpr int kMostImportsPerDay = 10; // of an account, in any 24 hours

// With the reasons for what was not taken in.
struct ImportReport {
    entities::AccountImport import;
    QList<entities::ImportProblem> problems;
};

// How an attempt of the job has ended.
enum class ImportStep { Done, More, NotYet };

class AccountImports
{
public:
    AccountImports(const ImportArchive &importArchive, const ports::TransferReader &transfers,
                   const ports::MediaStore &store, const BringFiles &files, ports::UnitOfWork &unitOfWork,
                   ports::JobQueue &queue, IdGenerator &ids, const Clock &clock);

    // `file` is in the staging folder, wherever it has come from; it is taken over after success. A dry run changes
    // nothing but its own report. Fault::Unprocessable if it is no archive, while another is being taken in, and after
    // too many on one day.
    [[nodiscard]] Result<entities::AccountImport> create(const entities::Viewer &viewer, const QString &file,
                                                         bool dryRun, const Deadline &deadline) const;
    // The following: Fault::NotFound for what is not there, or another account's.
    [[nodiscard]] Result<ImportReport> show(const entities::Viewer &viewer, ImportId id,
                                            const Deadline &deadline) const;
    [[nodiscard]] Result<entities::Page<entities::AccountImport>>
    list(const entities::Viewer &viewer, const entities::PageRequest &page, const Deadline &deadline) const;
    // Ends it if it is under way; what it has taken in stays.
    [[nodiscard]] Result<> remove(const entities::Viewer &viewer, ImportId id, const Deadline &deadline) const;

    // The job: the next part. It prolongs its claim as it goes.
    [[nodiscard]] Result<ImportStep> run(const entities::Job &job) const;

    // Those that are taken in end soon, and go on where somebody runs jobs next.
    void stop() { m_stopping = true; }

    // By the operator's hand, from `file`, which stays. `progress` is told after each part.
    using Progress = std::function<void(const entities::AccountImport &)>;
    [[nodiscard]] Result<ImportReport> runByHand(AccountId account, const QString &file, bool dryRun,
                                                 const Progress &progress) const;

private:
    [[nodiscard]] Result<> checkNumbers(ports::WriteSet &writers, const entities::AccountImport &import,
                                        const Deadline &deadline) const;
    // It is over, well or not; its archive is gone. `job` may be null.
    [[nodiscard]] Result<> end(const entities::Job *job, entities::AccountImport import, const Error *error) const;
    [[nodiscard]] Result<ImportReport> report(const entities::AccountImport &import, const Deadline &deadline) const;

    const ImportArchive &m_importArchive;
    const ports::TransferReader &m_transfers;
    const ports::MediaStore &m_store;
    const BringFiles &m_files;
    ports::UnitOfWork &m_unitOfWork;
    ports::JobQueue &m_queue;
    IdGenerator &m_ids;
    const Clock &m_clock;
    std::atomic<bool> m_stopping { false };
};

} // namespace graminsta::domain
