// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/search/indexbacklog.h>

#include <graminsta/ports/search.h>

namespace graminsta::domain
{

namespace
{

// Short enough for the one writer that others wait for.
constexpr int kBatch = 200;
constexpr int kBatches = 20;

} // namespace

IndexBacklog::IndexBacklog(ports::UnitOfWork &unitOfWork)
    : m_unitOfWork(unitOfWork)
{
}

Result<bool> IndexBacklog::run(const Deadline &deadline) const
{
    bool isMore = true;
    for (int batch = 0; isMore && batch < kBatches; ++batch) {
        GI_TRY(m_unitOfWork.write(deadline, [&isMore](ports::WriteSet &writers) -> Result<> {
            isMore = GI_TRY(writers.search.indexBacklog(kBatch));
            return {};
        }));
    }
    return isMore;
}

} // namespace graminsta::domain
