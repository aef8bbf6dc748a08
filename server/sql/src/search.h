// SPDX-License-Identifier: GPL-3.0-or-later
// The words of statuses in the database. As a reader thread-safe on a pool; as a writer inside one transaction.
#pragma once

#include "connection.h"
#include "executor.h"

#include <graminsta/ports/search.h>

namespace graminsta::sql
{

class SqlSearch final : public ports::SearchWriter
{
public:
    explicit SqlSearch(Executor &executor)
        : m_executor(executor)
    {
    }

    Result<ports::SearchStep> statuses(const ports::StatusSearch &search, int candidates,
                                       const Deadline &deadline) const override;

    Result<> index(StatusId id) override;
    Result<bool> indexBacklog(int most) override;

private:
    // The texts by which each of these is found; of a missing status none.
    Result<QHash<StatusId, QStringList>> textsOf(const QList<StatusId> &ids, const Deadline &deadline) const;
    Result<> add(StatusId id, const QStringList &words);

    Executor &m_executor;
};

// Appends a line for each status of which the index does not hold its words, at most `most`.
[[nodiscard]] Result<> findUnindexed(Connection &connection, int most, const Deadline &deadline, QStringList &damage);

} // namespace graminsta::sql
