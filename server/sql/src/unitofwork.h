// SPDX-License-Identifier: GPL-3.0-or-later
// The port: a transaction with all writers on it. Thread-safe.
#pragma once

#include "transactionrunner.h"

#include <graminsta/ports/unitofwork.h>

namespace graminsta::sql
{

class SqlUnitOfWork final : public ports::UnitOfWork
{
public:
    // `runner` must outlive it.
    explicit SqlUnitOfWork(TransactionRunner &runner)
        : m_runner(runner)
    {
    }

    Result<> write(const Deadline &deadline, const Work &work) override;

private:
    TransactionRunner &m_runner;
};

} // namespace graminsta::sql
