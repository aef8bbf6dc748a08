// SPDX-License-Identifier: GPL-3.0-or-later
// Exports and imports of accounts in the database. As a reader thread-safe on a pool; as a writer inside one
// transaction, and counts which archives its rows name (ports/blobs.h).
#pragma once

#include "blobs.h"

#include <graminsta/ports/transfers.h>

namespace graminsta::sql
{

class SqlTransfers final : public ports::TransferWriter
{
public:
    // `blobs`, where anything is written.
    explicit SqlTransfers(Executor &executor, SqlBlobs *blobs = nullptr)
        : m_executor(executor)
        , m_blobs(blobs)
    {
    }

    Result<entities::AccountExport> exportById(ExportId id, const Deadline &deadline) const override;
    Result<entities::AccountImport> importById(ImportId id, const Deadline &deadline) const override;
    Result<entities::Page<entities::AccountExport>> exports(AccountId account, const entities::PageRequest &page,
                                                            const Deadline &deadline) const override;
    Result<entities::Page<entities::AccountImport>> imports(AccountId account, const entities::PageRequest &page,
                                                            const Deadline &deadline) const override;
    Result<QList<entities::ImportProblem>> problems(ImportId id, int limit, const Deadline &deadline) const override;
    Result<QList<ports::ImportedStatus>> imported(AccountId account, const QString &origin,
                                                  const QList<qint64> &archivedIds,
                                                  const Deadline &deadline) const override;
    Result<QList<entities::ArchivedRelation>> notes(AccountId account, AccountId after, int limit,
                                                    const Deadline &deadline) const override;
    Result<QList<entities::AccountExport>> expired(Timestamp now, int limit, const Deadline &deadline) const override;

    Result<> lock(AccountId account) override;
    Result<> insert(const entities::AccountExport &row) override;
    Result<> update(const entities::AccountExport &row) override;
    Result<> remove(ExportId id) override;
    Result<> insert(const entities::AccountImport &row) override;
    Result<> update(const entities::AccountImport &row) override;
    Result<> remove(ImportId id) override;
    Result<> addProblem(ImportId id, const entities::ImportProblem &problem, int most) override;
    Result<> remember(AccountId account, const QString &origin, const ports::ImportedStatus &imported) override;

private:
    // The key of the row is this from now on; `select` gives what it was.
    [[nodiscard]] Result<> changeKey(const QByteArray &select, qint64 row, const QString &key);

    Executor &m_executor;
    SqlBlobs *m_blobs;
};

} // namespace graminsta::sql
