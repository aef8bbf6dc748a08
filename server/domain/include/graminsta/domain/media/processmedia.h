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

#include <graminsta/domain/media/bringfiles.h>
#include <graminsta/domain/settings.h>
#include <graminsta/entities/job.h>
#include <graminsta/entities/media.h>
#include <graminsta/ports/imageprocessor.h>
#include <graminsta/ports/media.h>
#include <graminsta/ports/mediastore.h>
#include <graminsta/ports/unitofwork.h>
#include <graminsta/ports/videoprocessor.h>

namespace graminsta::domain
{

// The payload is the attachment's id in decimal.
inline constexpr char kProcessMediaJob[] = "media.process";
// The same for videos, which take minutes: a kind of its own, so that photos never wait for them.
inline constexpr char kProcessVideoJob[] = "media.process_video";
// About ten minutes of trying again with the queue's pauses.
inline constexpr int kProcessMediaAttempts = 8;

class ProcessMedia
{
public:
    ProcessMedia(const InstanceSettings &settings, const ports::MediaReader &media, ports::ImageProcessor &images,
                 ports::VideoProcessor &videos, const ports::MediaStore &store, const BringFiles &files,
                 ports::UnitOfWork &unitOfWork);

    // Success when the attachment is ready, has failed for good or is gone: the job was taken off together with that.
    // An error: to be tried again; with the last attempt's error the attachment has failed, and the queue gives the job
    // up. May be repeated, and run beside itself: what was made twice has the same names, and one of them settles it.
    [[nodiscard]] Result<> run(const entities::Job &job, const Deadline &deadline) const;

private:
    // What there is to make depends on what the original is: here is where to choose by its type.
    struct Made {
        entities::MediaAttachment media;
        QList<ports::BlobHold> holds; // of its files, which are in the store
    };
    [[nodiscard]] Result<Made> made(const entities::MediaAttachment &received, const Deadline &deadline) const;
    [[nodiscard]] Result<Made> madeOfImage(const entities::MediaAttachment &received, const Deadline &deadline) const;
    // The video itself, and the sizes of its poster for grids and feeds.
    [[nodiscard]] Result<Made> madeOfVideo(const entities::MediaAttachment &received, const Deadline &deadline) const;
    // Its picture is stored as grids and feeds want it.
    [[nodiscard]] Result<Made> withPicture(const entities::MediaAttachment &received,
                                           const ports::ProcessedImage &image, const Deadline &deadline) const;
    [[nodiscard]] Result<QString> originalOf(const entities::MediaAttachment &received, const Deadline &deadline) const;
    [[nodiscard]] Result<> settle(const entities::Job &job, const Made &made) const;
    [[nodiscard]] Result<> giveUp(const entities::MediaAttachment &media) const;

    const InstanceSettings &m_settings;
    const ports::MediaReader &m_media;
    ports::ImageProcessor &m_images;
    ports::VideoProcessor &m_videos;
    const ports::MediaStore &m_store;
    const BringFiles &m_files;
    ports::UnitOfWork &m_unitOfWork;
};

} // namespace graminsta::domain
