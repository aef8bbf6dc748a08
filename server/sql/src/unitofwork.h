// SPDX-License-Identifier: GPL-3.0-or-later
// The port: a transaction with all writers on it. Thread-safe.
#pragma once

#include "jobs.h"

#include <graminsta/ports/events.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::sql
{

class SqlUnitOfWork final : public ports::UnitOfWork
{
public:
    // All must outlive it; `publisher` may be null.
    SqlUnitOfWork(TransactionRunner &runner, const SqlJobQueue &jobs, ports::EventPublisher *publisher)
        : m_runner(runner)
        , m_jobs(jobs)
        , m_publisher(publisher)
    {
    }

    Result<> write(const Deadline &deadline, const Work &work) override;

private:
    TransactionRunner &m_runner;
    const SqlJobQueue &m_jobs;
    ports::EventPublisher *const m_publisher;
};

} // namespace graminsta::sql
