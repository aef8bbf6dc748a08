// SPDX-License-Identifier: GPL-3.0-or-later
// The instance's numbers and its node leases in the database. Thread-safe.
#pragma once

#include "executor.h"
#include "transactionrunner.h"

#include <graminsta/ports/instance.h>

namespace graminsta::sql
{

class SqlInstance final : public ports::InstanceStore
{
public:
    // Both must outlive it.
    SqlInstance(Executor &reads, TransactionRunner &writes)
        : m_reads(reads)
        , m_writes(writes)
    {
    }

    Result<ports::Usage> usage(Timestamp now, const Deadline &deadline) const override;
    Result<> ping(const Deadline &deadline) const override;
    Result<int> leaseNode(const QString &holder, Timestamp now, Timestamp until, const Deadline &deadline) override;
    Result<> renewNode(int node, const QString &holder, Timestamp until, const Deadline &deadline) override;
    Result<> releaseNode(int node, const QString &holder, const Deadline &deadline) override;

private:
    Executor &m_reads;
    TransactionRunner &m_writes;
};

} // namespace graminsta::sql
