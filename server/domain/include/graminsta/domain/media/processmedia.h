// SPDX-License-Identifier: GPL-3.0-or-later
// Makes of a received original what everybody else sees: the job that every upload leaves. Thread-safe.
//
//               process() well                    the owner posts it
//   Received ------------------> Ready  . . . . . . . . . . . . . . .
//      |  ^ failed for now: the queue tries again
//      |  |
//      +--+--------------------> Failed, with a reason for its owner
//           not a sound picture: at once, and no job is left
//           given up: the job stays among the dead ones, and may be tried again from there
#pragma once

#include <graminsta/domain/settings.h>
#include <graminsta/entities/job.h>
#include <graminsta/entities/media.h>
#include <graminsta/ports/imageprocessor.h>
#include <graminsta/ports/media.h>
#include <graminsta/ports/mediastore.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

// The payload is the attachment's id in decimal.
inline constexpr char kProcessMediaJob[] = "media.process";
// About ten minutes of trying again with the queue's pauses.
inline constexpr int kProcessMediaAttempts = 8;

class ProcessMedia
{
public:
    ProcessMedia(const InstanceSettings &settings, const ports::MediaReader &media, ports::ImageProcessor &processor,
                 ports::MediaStore &store, ports::UnitOfWork &unitOfWork);

    // Success when the attachment is ready, has failed for good or is gone: the job was taken off together with that.
    // An error: to be tried again; with the last attempt's error the attachment has failed, and the queue gives the job
    // up. May be repeated, and run beside itself: what was made twice has the same names, and one of them settles it.
    [[nodiscard]] Result<> run(const entities::Job &job, const Deadline &deadline) const;

private:
    // What there is to make depends on what the original is: here is where to choose by its type.
    [[nodiscard]] Result<entities::MediaAttachment> made(const entities::MediaAttachment &received,
                                                         const Deadline &deadline) const;
    [[nodiscard]] Result<entities::MediaAttachment> madeOfImage(const entities::MediaAttachment &received,
                                                                const Deadline &deadline) const;
    [[nodiscard]] Result<> settle(const entities::Job &job, const entities::MediaAttachment &media) const;
    [[nodiscard]] Result<> giveUp(const entities::MediaAttachment &media) const;

    const InstanceSettings &m_settings;
    const ports::MediaReader &m_media;
    ports::ImageProcessor &m_processor;
    ports::MediaStore &m_store;
    ports::UnitOfWork &m_unitOfWork;
};

} // namespace graminsta::domain
