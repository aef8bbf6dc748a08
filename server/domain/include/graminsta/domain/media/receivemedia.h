// SPDX-License-Identifier: GPL-3.0-or-later
// Takes an uploaded photo or video in (POST /api/v1/media, /api/v2/media): the original is kept byte for byte for its
// owner, and a job makes the clean files that everybody else sees (ProcessMedia). Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/media/bringfiles.h>
#include <graminsta/domain/settings.h>
#include <graminsta/entities/media.h>
#include <graminsta/entities/upload.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/accounts.h>
#include <graminsta/ports/imageprocessor.h>
#include <graminsta/ports/media.h>
#include <graminsta/ports/unitofwork.h>
#include <graminsta/ports/videoprocessor.h>

#include <optional>

namespace graminsta::domain
{

struct UploadRequest {
    QString file; // in the staging folder; taken over after success
    QString description;
    entities::FocusPoint focus;
    std::optional<entities::License> license; // not set: the account's default
    entities::UploadId upload {}; // which the file was, and which becomes this once; null: it came in one piece
};

class ReceiveMedia
{
public:
    ReceiveMedia(const InstanceSettings &settings, const ports::AccountReader &accounts,
                 const ports::MediaReader &media, const ports::ImageProcessor &images,
                 const ports::VideoProcessor &videos, const BringFiles &files, ports::UnitOfWork &unitOfWork,
                 IdGenerator &ids, const Clock &clock);

    // The attachment, received and not processed yet: its row and its job are there together. The faults of
    // VideoProcessor::identify() and ImageProcessor::identify() for what cannot be taken, Fault::Unprocessable for a
    // description or a focus that is out of its limits, and where the account's photos take all that they may;
    // Fault::Conflict where the upload has become another attachment. After a failure there is neither row nor job.
    [[nodiscard]] Result<entities::MediaAttachment> run(const entities::Viewer &viewer, const UploadRequest &request,
                                                        const Deadline &deadline) const;

private:
    // What ReceiveMedia must know of a file, whichever kind it is.
    struct Identity {
        entities::MediaKind kind = entities::MediaKind::Image;
        QString mimeType;
        QString key;
        qint64 bytes = 0;
    };
    [[nodiscard]] Result<Identity> identify(const QString &file) const;
    [[nodiscard]] Result<> checkQuota(qint64 used, qint64 more) const;

    const InstanceSettings &m_settings;
    const ports::AccountReader &m_accounts;
    const ports::MediaReader &m_media;
    const ports::ImageProcessor &m_images;
    const ports::VideoProcessor &m_videos;
    const BringFiles &m_files;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

// Shared with UpdateMedia. Fault::Unprocessable.
[[nodiscard]] Result<> checkDescription(const QString &description, const ContentLimits &limits);
[[nodiscard]] Result<> checkFocus(const entities::FocusPoint &focus);

} // namespace graminsta::domain
