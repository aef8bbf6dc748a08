// SPDX-License-Identifier: GPL-3.0-or-later
// The port: a transaction with all writers on it. Thread-safe.
#pragma once

#include "jobs.h"

#include <graminsta/ports/unitofwork.h>

namespace graminsta::sql
{

class SqlUnitOfWork final : public ports::UnitOfWork
{
public:
    // Both must outlive it.
    SqlUnitOfWork(TransactionRunner &runner, const SqlJobQueue &jobs)
        : m_runner(runner)
        , m_jobs(jobs)
    {
    }

    Result<> write(const Deadline &deadline, const Work &work) override;

private:
    TransactionRunner &m_runner;
    const SqlJobQueue &m_jobs;
};

} // namespace graminsta::sql
