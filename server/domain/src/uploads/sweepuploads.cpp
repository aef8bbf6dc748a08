// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/uploads/sweepuploads.h>

namespace graminsta::domain
{

using entities::UploadId;

namespace
{

constexpr int kBatch = 100;
// A row is written a moment after its file, and clocks of file systems differ.
constexpr std::chrono::hours kGrace { 1 };

bool isLocked(const Result<> &removed)
{
    return !removed && removed.error().code == QLatin1String(ports::kUploadLocked);
}

} // namespace

SweepUploads::SweepUploads(const InstanceSettings &settings, const ports::UploadReader &uploads,
                           ports::UploadStore &store, ports::UnitOfWork &unitOfWork, const Clock &clock)
    : m_settings(settings)
    , m_uploads(uploads)
    , m_store(store)
    , m_unitOfWork(unitOfWork)
    , m_clock(clock)
{
}

Result<bool> SweepUploads::run(const Deadline &deadline) const
{
    const Timestamp now = m_clock.now();
    const QList<UploadId> expired = GI_TRY(m_uploads.expired(now, kBatch, deadline));
    QList<UploadId> removed;
    for (const UploadId id : expired) {
        const Result<> gone = m_store.remove(id, deadline);
        if (gone)
            removed.append(id);
        else if (!isLocked(gone)) // whose bytes still come is left for the next round
            return gone.error();
    }
    if (!removed.isEmpty())
        GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) { return writers.uploads.remove(removed); }));
    if (removed.size() == kBatch)
        return true;
    // No upload lives longer than its life after its last byte.
    GI_TRY(m_store.removeIdle(now - m_settings.uploads.life - kGrace, deadline));
    return false;
}

} // namespace graminsta::domain
