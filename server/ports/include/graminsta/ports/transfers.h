// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of exports and imports of accounts. Readers are thread-safe; writers live inside one UnitOfWork::write(),
// and count which archives their rows name (ports/blobs.h), in the private area. Whoever makes a row name one has its
// hold confirmed before, in the same transaction.
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/archive.h>
#include <graminsta/entities/page.h>

namespace graminsta::ports
{

// Which status an archived one is here.
struct ImportedStatus {
    qint64 archivedId = 0;
    StatusId statusId;
};

class TransferReader
{
public:
    virtual ~TransferReader() = default;

    // Both: Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<entities::AccountExport> exportById(ExportId id, const Deadline &deadline) const = 0;
    [[nodiscard]] virtual Result<entities::AccountImport> importById(ImportId id, const Deadline &deadline) const = 0;
    [[nodiscard]] virtual Result<entities::Page<entities::AccountExport>>
    exports(AccountId account, const entities::PageRequest &page, const Deadline &deadline) const = 0;
    [[nodiscard]] virtual Result<entities::Page<entities::AccountImport>>
    imports(AccountId account, const entities::PageRequest &page, const Deadline &deadline) const = 0;
    // In their order, at most `limit`.
    [[nodiscard]] virtual Result<QList<entities::ImportProblem>> problems(ImportId id, int limit,
                                                                          const Deadline &deadline) const = 0;
    // Those of these archived statuses of `origin` that the account has here. One query.
    [[nodiscard]] virtual Result<QList<ImportedStatus>> imported(AccountId account, const QString &origin,
                                                                 const QList<qint64> &archivedIds,
                                                                 const Deadline &deadline) const = 0;
    // The account's notes on those with larger ids than `after`, in the order of their ids. One query.
    [[nodiscard]] virtual Result<QList<entities::ArchivedRelation>> notes(AccountId account, AccountId after, int limit,
                                                                          const Deadline &deadline) const = 0;
    // Those that are over, and whose archive ends before `now`. At most `limit`.
    [[nodiscard]] virtual Result<QList<entities::AccountExport>> expired(Timestamp now, int limit,
                                                                         const Deadline &deadline) const = 0;
};

class TransferWriter : public TransferReader
{
public:
    // Nobody else begins an export or an import of the account until the transaction ends.
    [[nodiscard]] virtual Result<> lock(AccountId account) = 0;

    [[nodiscard]] virtual Result<> insert(const entities::AccountExport &row) = 0;
    // All but owner and beginning. Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<> update(const entities::AccountExport &row) = 0;
    [[nodiscard]] virtual Result<> remove(ExportId id) = 0;

    [[nodiscard]] virtual Result<> insert(const entities::AccountImport &row) = 0;
    // All but owner, kind and beginning. Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<> update(const entities::AccountImport &row) = 0;
    [[nodiscard]] virtual Result<> remove(ImportId id) = 0;
    // The first `most` of an import are kept.
    [[nodiscard]] virtual Result<> addProblem(ImportId id, const entities::ImportProblem &problem, int most) = 0;

    // Fault::Conflict if the account has it here already: let the transaction fail.
    [[nodiscard]] virtual Result<> remember(AccountId account, const QString &origin,
                                            const ImportedStatus &imported) = 0;
};

} // namespace graminsta::ports
