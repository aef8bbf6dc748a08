// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/archive/accountimports.h>

#include <graminsta/domain/archive/accountexports.h>

namespace graminsta::domain
{

using entities::AccountImport;
using entities::ArchiveState;
using entities::Viewer;

namespace
{

constexpr std::chrono::seconds kStoreTime { 60 };
constexpr int kMostAttempts = 8;
constexpr std::chrono::seconds kClaim { 30 }; // as the kind of job says
constexpr std::chrono::seconds kProlongEvery { 5 };
constexpr int kProblemsShown = 1000;

Deadline storeDeadline()
{
    return Deadline::after(kStoreTime);
}

Result<AccountImport> ownOnly(Result<AccountImport> row, const Viewer &viewer)
{
    if (row ? row->accountId == viewer.account : row.error().fault != Fault::NotFound)
        return row;
    return makeError(Fault::NotFound, QStringLiteral("Record not found"));
}

ports::MediaKey placeOf(const AccountImport &import)
{
    return { ports::MediaArea::Private, import.archiveKey };
}

} // namespace

AccountImports::AccountImports(const ImportArchive &importArchive, const ports::TransferReader &transfers,
                               const ports::MediaStore &store, const BringFiles &files, ports::UnitOfWork &unitOfWork,
                               ports::JobQueue &queue, IdGenerator &ids, const Clock &clock)
    : m_importArchive(importArchive)
    , m_transfers(transfers)
    , m_store(store)
    , m_files(files)
    , m_unitOfWork(unitOfWork)
    , m_queue(queue)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<AccountImport> AccountImports::create(const Viewer &viewer, const QString &file, bool dryRun,
                                             const Deadline &deadline) const
{
    if (const Result<entities::ArchiveManifest> seen = m_importArchive.look(file); !seen) {
        Error error = seen.error();
        error.safe = QStringLiteral("Validation failed: ") + error.safe;
        return error;
    }
    AccountImport import;
    import.id = m_ids.next<ImportId>();
    import.accountId = viewer.account;
    import.dryRun = dryRun;
    import.archiveKey = freshArchiveKey();
    import.createdAt = m_clock.now();
    const QList<ports::BlobHold> holds = GI_TRY(m_files.put({ { placeOf(import), file } }, deadline));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.transfers.lock(viewer.account));
        GI_TRY(checkNumbers(writers, import, deadline));
        GI_TRY(writers.blobs.confirm(holds));
        GI_TRY(writers.transfers.insert(import));
        const QString key = import.id.toString();
        GI_TRY(writers.jobs.enqueue(
            { m_ids.next<entities::JobId>(), QLatin1String(kImportJob), key.toLatin1(), import.createdAt, key },
            import.createdAt));
        return {};
    }));
    return import;
}

Result<> AccountImports::checkNumbers(ports::WriteSet &writers, const AccountImport &import,
                                      const Deadline &deadline) const
{
    entities::PageRequest newest;
    newest.limit = kMostImportsPerDay;
    const QList<AccountImport> earlier = GI_TRY(writers.transfers.imports(import.accountId, newest, deadline)).rows;
    for (const AccountImport &one : earlier) {
        if (one.state == ArchiveState::Working && !one.archiveKey.isEmpty())
            return makeError(Fault::Unprocessable,
                             QStringLiteral("Validation failed: An archive is being taken in already"));
    }
    if (earlier.size() == kMostImportsPerDay && earlier.last().createdAt > import.createdAt - std::chrono::hours { 24 })
        return makeError(Fault::Unprocessable,
                         QStringLiteral("Validation failed: At most %1 archives are taken in within 24 hours")
                             .arg(kMostImportsPerDay));
    return {};
}

Result<ImportReport> AccountImports::show(const Viewer &viewer, ImportId id, const Deadline &deadline) const
{
    return report(GI_TRY(ownOnly(m_transfers.importById(id, deadline), viewer)), deadline);
}

Result<ImportReport> AccountImports::report(const AccountImport &import, const Deadline &deadline) const
{
    return ImportReport { import, GI_TRY(m_transfers.problems(import.id, kProblemsShown, deadline)) };
}

Result<entities::Page<AccountImport>> AccountImports::list(const Viewer &viewer, const entities::PageRequest &page,
                                                           const Deadline &deadline) const
{
    return m_transfers.imports(viewer.account, page, deadline);
}

Result<> AccountImports::remove(const Viewer &viewer, ImportId id, const Deadline &deadline) const
{
    GI_TRY(ownOnly(m_transfers.importById(id, deadline), viewer));
    return m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.jobs.cancel(QLatin1String(kImportJob), id.toString()));
        return writers.transfers.remove(id);
    });
}

Result<ImportStep> AccountImports::run(const entities::Job &job) const
{
    const std::optional<ImportId> id = ImportId::fromString(QString::fromLatin1(job.payload));
    if (!id)
        return makeError(Fault::Invalid, QStringLiteral("The job names no import"));
    Result<AccountImport> import = m_transfers.importById(*id, storeDeadline());
    if (!import && import.error().fault != Fault::NotFound)
        return import.error();
    if (!import || import->state != ArchiveState::Working)
        return ImportStep::Done;
    const Result<QString> file = m_store.localFile(placeOf(*import), storeDeadline());
    import->attempt = job.attempts;
    Deadline prolongAt = Deadline::after(kProlongEvery);
    const ports::KeepGoing keepGoing = [&]() -> Result<> {
        if (m_stopping)
            return makeError(Fault::Unavailable, QStringLiteral("The server is stopping"));
        if (!prolongAt.expired())
            return {};
        prolongAt = Deadline::after(kProlongEvery);
        return m_queue.prolong(job, m_clock.now() + kClaim, storeDeadline());
    };
    const Result<bool> more = file ? m_importArchive.part(*import, *file, keepGoing) : Result<bool>(file.error());
    if (more && *more)
        return ImportStep::More;
    if (!more) {
        // It was removed meanwhile.
        if (const Result<AccountImport> still = m_transfers.importById(*id, storeDeadline());
            !still && still.error().fault == Fault::NotFound)
            return ImportStep::Done;
        if (more.error().fault == Fault::Timeout && job.attempts < kMostAttempts)
            return ImportStep::NotYet;
        if (isOfServer(more.error().fault) && (m_stopping || job.attempts < kMostAttempts))
            return more.error();
        // Somebody else has the job.
        if (more.error().fault == Fault::Conflict)
            return ImportStep::Done;
    }
    GI_TRY(end(&job, *import, more ? nullptr : &more.error()));
    return ImportStep::Done;
}

Result<> AccountImports::end(const entities::Job *job, AccountImport import, const Error *error) const
{
    import.archiveKey.clear();
    import.state = error ? ArchiveState::Failed : ArchiveState::Done;
    import.error = error ? error->safe : QString();
    import.finishedAt = m_clock.now();
    return m_unitOfWork.write(storeDeadline(), [&](ports::WriteSet &writers) -> Result<> {
        if (job)
            GI_TRY(writers.jobs.finish(*job));
        return writers.transfers.update(import);
    });
}

Result<ImportReport> AccountImports::runByHand(AccountId account, const QString &file, bool dryRun,
                                               const Progress &progress) const
{
    AccountImport import;
    import.id = m_ids.next<ImportId>();
    import.accountId = account;
    import.dryRun = dryRun;
    import.createdAt = m_clock.now();
    GI_TRY(m_unitOfWork.write(storeDeadline(),
                              [&](ports::WriteSet &writers) { return writers.transfers.insert(import); }));
    for (;;) {
        const Result<bool> more = m_importArchive.part(import, file, {});
        if (!more && more.error().fault == Fault::Timeout && import.attempt < kMostAttempts) {
            ++import.attempt;
            continue;
        }
        if (!more) {
            GI_TRY(end(nullptr, import, &more.error()));
            return more.error();
        }
        if (progress)
            progress(import);
        if (!*more)
            break;
        import.attempt = 1;
    }
    GI_TRY(end(nullptr, import, nullptr));
    return report(GI_TRY(m_transfers.importById(import.id, storeDeadline())), storeDeadline());
}

} // namespace graminsta::domain
