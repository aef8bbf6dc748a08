// SPDX-License-Identifier: GPL-3.0-or-later
// Removes what is kept for a while only: what made a post (Idempotency-Key), after its hour. Comes round by itself, as
// a job. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

class ForgetExpired
{
public:
    ForgetExpired(ports::UnitOfWork &unitOfWork, const Clock &clock);

    // A bounded part of it. True if there may be more.
    [[nodiscard]] Result<bool> run(const Deadline &deadline) const;

private:
    ports::UnitOfWork &m_unitOfWork;
    const Clock &m_clock;
};

} // namespace graminsta::domain
