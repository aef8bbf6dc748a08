// SPDX-License-Identifier: GPL-3.0-or-later
// Removes uploads that have expired, files and rows, and files that have no row. Comes round by itself, as a job.
// Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/domain/settings.h>
#include <graminsta/ports/unitofwork.h>
#include <graminsta/ports/uploads.h>
#include <graminsta/ports/uploadstore.h>

namespace graminsta::domain
{

class SweepUploads
{
public:
    SweepUploads(const InstanceSettings &settings, const ports::UploadReader &uploads, ports::UploadStore &store,
                 ports::UnitOfWork &unitOfWork, const Clock &clock);

    // A bounded part of it. True if there is more.
    [[nodiscard]] Result<bool> run(const Deadline &deadline) const;

private:
    const InstanceSettings &m_settings;
    const ports::UploadReader &m_uploads;
    ports::UploadStore &m_store;
    ports::UnitOfWork &m_unitOfWork;
    const Clock &m_clock;
};

} // namespace graminsta::domain
