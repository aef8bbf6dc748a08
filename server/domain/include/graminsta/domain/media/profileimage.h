// SPDX-License-Identifier: GPL-3.0-or-later
// Avatars and headers: one clean picture of a fixed shape out of an upload. Thread-safe.
#pragma once

#include <graminsta/domain/settings.h>
#include <graminsta/ports/imageprocessor.h>
#include <graminsta/ports/mediastore.h>

namespace graminsta::domain
{

class ProfileImage
{
public:
    ProfileImage(const InstanceSettings &settings, ports::ImageProcessor &processor, ports::MediaStore &store);

    // The key of the stored picture. The faults of ImageProcessor::process().
    [[nodiscard]] Result<QString> storeAvatar(const QString &file, const Deadline &deadline) const;
    [[nodiscard]] Result<QString> storeHeader(const QString &file, const Deadline &deadline) const;

private:
    [[nodiscard]] Result<QString> store(const QString &file, int maxSide, ports::Fit fit,
                                        const Deadline &deadline) const;

    const InstanceSettings &m_settings;
    ports::ImageProcessor &m_processor;
    ports::MediaStore &m_store;
};

} // namespace graminsta::domain
