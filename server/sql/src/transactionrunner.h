// SPDX-License-Identifier: GPL-3.0-or-later
// Runs transactions, as UnitOfWork::write() promises: durable when it returns, or nothing kept. Thread-safe.
#pragma once

#include "transaction.h"

#include <functional>

namespace graminsta::sql
{

class TransactionRunner
{
public:
    virtual ~TransactionRunner() = default;

    using Work = std::function<Result<>(Transaction &)>;
    [[nodiscard]] virtual Result<> run(const Deadline &deadline, const Work &work) = 0;
};

} // namespace graminsta::sql
