// SPDX-License-Identifier: GPL-3.0-or-later
// Avatars and headers: one clean picture of a fixed shape out of an upload. Thread-safe.
#pragma once

#include <graminsta/domain/media/bringfiles.h>
#include <graminsta/domain/settings.h>
#include <graminsta/ports/imageprocessor.h>
#include <graminsta/ports/mediastore.h>

namespace graminsta::domain
{

struct StoredPicture {
    QString key;
    QList<ports::BlobHold> holds; // to be confirmed where the key is written
};

class ProfileImage
{
public:
    ProfileImage(const InstanceSettings &settings, ports::ImageProcessor &processor, const ports::MediaStore &store,
                 const BringFiles &files);

    // The faults of ImageProcessor::process().
    [[nodiscard]] Result<StoredPicture> storeAvatar(const QString &file, const Deadline &deadline) const;
    [[nodiscard]] Result<StoredPicture> storeHeader(const QString &file, const Deadline &deadline) const;

private:
    [[nodiscard]] Result<StoredPicture> store(const QString &file, int maxSide, ports::Fit fit,
                                              const Deadline &deadline) const;

    const InstanceSettings &m_settings;
    ports::ImageProcessor &m_processor;
    const ports::MediaStore &m_store;
    const BringFiles &m_files;
};

} // namespace graminsta::domain
