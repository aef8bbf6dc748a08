// SPDX-License-Identifier: GPL-3.0-or-later
// One's own attachments: looking at them, describing them, taking them back, fetching the original. Thread-safe.
#pragma once

#include <graminsta/domain/media/mediagrants.h>
#include <graminsta/domain/settings.h>
#include <graminsta/entities/media.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/media.h>
#include <graminsta/ports/mediastore.h>
#include <graminsta/ports/unitofwork.h>

#include <optional>

namespace graminsta::domain
{

struct MediaChange {
    std::optional<QString> description;
    std::optional<entities::FocusPoint> focus;
    std::optional<entities::License> license;
};

struct OriginalFile {
    entities::MediaAttachment media;
    QString path;
};

class OwnMedia
{
public:
    OwnMedia(const InstanceSettings &settings, const ports::MediaReader &media, ports::MediaStore &store,
             const MediaGrants &grants, ports::UnitOfWork &unitOfWork);

    // All: Fault::NotFound if there is none or it is another account's.
    [[nodiscard]] Result<entities::MediaAttachment> show(const entities::Viewer &viewer, MediaId id,
                                                         const Deadline &deadline) const;
    // Fault::Unprocessable for what is out of its limits.
    [[nodiscard]] Result<entities::MediaAttachment> update(const entities::Viewer &viewer, MediaId id,
                                                           const MediaChange &change, const Deadline &deadline) const;
    // Fault::Unprocessable if it is posted, or will be: then it goes with its post.
    [[nodiscard]] Result<> remove(const entities::Viewer &viewer, MediaId id, const Deadline &deadline) const;
    [[nodiscard]] Result<OriginalFile> original(const entities::Viewer &viewer, MediaId id,
                                                const Deadline &deadline) const;

private:
    const InstanceSettings &m_settings;
    const ports::MediaReader &m_media;
    ports::MediaStore &m_store;
    const MediaGrants &m_grants;
    ports::UnitOfWork &m_unitOfWork;
};

} // namespace graminsta::domain
