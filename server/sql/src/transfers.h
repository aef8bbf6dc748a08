// SPDX-License-Identifier: GPL-3.0-or-later
// Exports and imports of accounts in the database. As a reader thread-safe on a pool; as a writer inside one
// transaction.
#pragma once

#include "executor.h"

#include <graminsta/ports/transfers.h>

namespace graminsta::sql
{

class SqlTransfers final : public ports::TransferWriter
{
public:
    explicit SqlTransfers(Executor &executor)
        : m_executor(executor)
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
    Executor &m_executor;
};

} // namespace graminsta::sql
