// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/housekeeping/forgetexpired.h>

#include <graminsta/domain/statuses/poststatus.h>
#include <graminsta/ports/statuses.h>

namespace graminsta::domain
{

namespace
{

// Short enough for the one writer that others wait for.
constexpr int kBatch = 500;

} // namespace

ForgetExpired::ForgetExpired(ports::UnitOfWork &unitOfWork, const Clock &clock)
    : m_unitOfWork(unitOfWork)
    , m_clock(clock)
{
}

Result<bool> ForgetExpired::run(const Deadline &deadline) const
{
    qint64 forgotten = 0;
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        forgotten = GI_TRY(writers.statuses.forgetIdempotencyKeys(m_clock.now() - kIdempotencyLifetime, kBatch));
        return {};
    }));
    return forgotten == kBatch;
}

} // namespace graminsta::domain
