// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/archive/accountexports.h>

#include <graminsta/ports/stagedfile.h>

#include <QFileInfo>
#include <QRandomGenerator>

#include <array>

namespace graminsta::domain
{

using entities::AccountExport;
using entities::ArchiveState;
using entities::Viewer;

namespace
{

constexpr std::chrono::seconds kClaim { 60 }; // as the kind of job says
constexpr std::chrono::seconds kProlongEvery { 15 };
constexpr std::chrono::seconds kStoreTime { 60 };
constexpr int kMostAttempts = 5;
constexpr int kExpiredAtOnce = 20;

Error notThere()
{
    return makeError(Fault::NotFound, QStringLiteral("Record not found"));
}

Result<AccountExport> ownOnly(Result<AccountExport> row, const Viewer &viewer)
{
    if (row ? row->accountId == viewer.account : row.error().fault != Fault::NotFound)
        return row;
    return notThere();
}

// What may be better the next time.
bool isPassing(Fault fault)
{
    return fault == Fault::Unavailable || fault == Fault::Timeout || fault == Fault::Internal;
}

} // namespace

QString freshArchiveKey()
{
    std::array<quint64, 4> bits {};
    for (quint64 &some : bits)
        some = QRandomGenerator::system()->generate64();
    QString key;
    for (const quint64 some : bits)
        key += QStringLiteral("%1").arg(some, 16, 16, QLatin1Char('0'));
    return key + QStringLiteral(".zip");
}

AccountExports::AccountExports(const WriteArchive &writeArchive, const ports::TransferReader &transfers,
                               const ports::AccountReader &accounts, const ports::MediaStore &store,
                               const BringFiles &files, ports::UnitOfWork &unitOfWork, ports::JobQueue &queue,
                               IdGenerator &ids, const Clock &clock)
    : m_writeArchive(writeArchive)
    , m_transfers(transfers)
    , m_accounts(accounts)
    , m_store(store)
    , m_files(files)
    , m_unitOfWork(unitOfWork)
    , m_queue(queue)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<AccountExport> AccountExports::create(const Viewer &viewer, const Deadline &deadline) const
{
    AccountExport row;
    row.id = m_ids.next<ExportId>();
    row.accountId = viewer.account;
    row.createdAt = m_clock.now();
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.transfers.lock(viewer.account));
        entities::PageRequest newest;
        newest.limit = kMostExportsPerDay;
        const QList<AccountExport> earlier = GI_TRY(writers.transfers.exports(viewer.account, newest, deadline)).rows;
        if (!earlier.isEmpty() && earlier.first().state == ArchiveState::Working)
            return makeError(Fault::Unprocessable,
                             QStringLiteral("Validation failed: An archive of your account is being made already"));
        if (earlier.size() == kMostExportsPerDay
            && earlier.last().createdAt > row.createdAt - std::chrono::hours { 24 })
            return makeError(Fault::Unprocessable,
                             QStringLiteral("Validation failed: At most %1 archives of an account are made in 24 hours")
                                 .arg(kMostExportsPerDay));
        GI_TRY(writers.transfers.insert(row));
        GI_TRY(writers.jobs.enqueue({ m_ids.next<entities::JobId>(), QLatin1String(kExportJob),
                                      row.id.toString().toLatin1(), row.createdAt, row.id.toString() },
                                    row.createdAt));
        return {};
    }));
    return row;
}

Result<AccountExport> AccountExports::show(const Viewer &viewer, ExportId id, const Deadline &deadline) const
{
    return ownOnly(m_transfers.exportById(id, deadline), viewer);
}

Result<entities::Page<AccountExport>> AccountExports::list(const Viewer &viewer, const entities::PageRequest &page,
                                                           const Deadline &deadline) const
{
    return m_transfers.exports(viewer.account, page, deadline);
}

Result<ArchiveFile> AccountExports::file(const Viewer &viewer, ExportId id, const Deadline &deadline) const
{
    const AccountExport row = GI_TRY(show(viewer, id, deadline));
    if (row.state != ArchiveState::Done || row.archiveKey.isEmpty())
        return notThere();
    const entities::Account account = GI_TRY(m_accounts.byId(viewer.account, deadline));
    const QString day = toRfc3339(row.createdAt).left(10);
    return ArchiveFile { row, GI_TRY(m_store.localFile({ ports::MediaArea::Private, row.archiveKey }, deadline)),
                         QStringLiteral("graminsta-%1-%2.zip").arg(account.username, day) };
}

Result<> AccountExports::remove(const Viewer &viewer, ExportId id, const Deadline &deadline) const
{
    GI_TRY(show(viewer, id, deadline));
    return m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.jobs.cancel(QLatin1String(kExportJob), id.toString()));
        return writers.transfers.remove(id);
    });
}

Result<> AccountExports::run(const entities::Job &job) const
{
    const std::optional<ExportId> id = ExportId::fromString(QString::fromLatin1(job.payload));
    if (!id)
        return makeError(Fault::Invalid, QStringLiteral("The job names no export"));
    const Result<AccountExport> row = m_transfers.exportById(*id, Deadline::after(kStoreTime));
    if (!row)
        return row.error().fault == Fault::NotFound ? Result<>() : Result<>(row.error());
    if (row->state != ArchiveState::Working)
        return {};
    Result<> made = make(job, *row);
    // Somebody else has the job, or nobody wants it any more.
    if (made || made.error().fault == Fault::Conflict)
        return {};
    if (isPassing(made.error().fault) && (m_stopping || job.attempts < kMostAttempts))
        return made;
    return giveUp(job, *row, made.error());
}

Result<> AccountExports::make(const entities::Job &job, AccountExport row) const
{
    Deadline prolongAt = Deadline::after(kProlongEvery);
    const ports::KeepGoing keepGoing = [&]() -> Result<> {
        if (m_stopping)
            return makeError(Fault::Unavailable, QStringLiteral("The server is stopping"));
        if (!prolongAt.expired())
            return {};
        prolongAt = Deadline::after(kProlongEvery);
        return m_queue.prolong(job, m_clock.now() + kClaim, Deadline::after(kStoreTime));
    };
    row.archiveKey = freshArchiveKey();
    ports::StagedFile file(m_store.stagingFolder() + QLatin1Char('/') + row.archiveKey);
    const entities::ArchiveManifest manifest = GI_TRY(m_writeArchive.run(row.accountId, file.path(), keepGoing));
    row.state = ArchiveState::Done;
    row.bytes = QFileInfo(file.path()).size();
    row.statuses = manifest.items[size_t(entities::ArchivePart::Statuses)];
    row.media = manifest.media;
    row.finishedAt = m_clock.now();
    row.expiresAt = *row.finishedAt + kExportLife;
    const QList<ports::BlobHold> holds = GI_TRY(
        m_files.put({ { { ports::MediaArea::Private, row.archiveKey }, file.path() } }, Deadline::after(kStoreTime)));
    return m_unitOfWork.write(Deadline::after(kStoreTime), [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.jobs.finish(job));
        GI_TRY(writers.blobs.confirm(holds));
        const Result<> updated = writers.transfers.update(row);
        // Its owner has removed it meanwhile.
        return !updated && updated.error().fault == Fault::NotFound
            ? Result<>(makeError(Fault::Conflict, QStringLiteral("The export was removed")))
            : updated;
    });
}

Result<> AccountExports::giveUp(const entities::Job &job, AccountExport row, const Error &error) const
{
    row.state = ArchiveState::Failed;
    row.archiveKey.clear();
    row.error = error.safe;
    row.finishedAt = m_clock.now();
    return m_unitOfWork.write(Deadline::after(kStoreTime), [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.jobs.finish(job));
        return writers.transfers.update(row);
    });
}

Result<bool> AccountExports::forgetExpired(const Deadline &deadline) const
{
    const QList<AccountExport> expired = GI_TRY(m_transfers.expired(m_clock.now(), kExpiredAtOnce, deadline));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        for (const AccountExport &row : expired)
            GI_TRY(writers.transfers.remove(row.id));
        return {};
    }));
    return expired.size() == kExpiredAtOnce;
}

} // namespace graminsta::domain
