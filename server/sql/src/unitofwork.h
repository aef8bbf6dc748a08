// SPDX-License-Identifier: GPL-3.0-or-later
// The port: a transaction with all writers on it. Thread-safe.
#pragma once

#include "transactionrunner.h"

#include <graminsta/ports/events.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::sql
{

class SqlUnitOfWork final : public ports::UnitOfWork
{
public:
    // Both must outlive it; `publisher` may be null.
    SqlUnitOfWork(TransactionRunner &runner, ports::EventPublisher *publisher)
        : m_runner(runner)
        , m_publisher(publisher)
    {
    }

    Result<> write(const Deadline &deadline, const Work &work) override;

private:
    TransactionRunner &m_runner;
    ports::EventPublisher *const m_publisher;
};

} // namespace graminsta::sql
