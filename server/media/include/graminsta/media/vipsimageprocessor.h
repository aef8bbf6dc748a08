// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures by libvips, with only the loaders of the accepted types in reach of a file. Thread-safe; a call works on its
// own thread and one of libvips'.
#pragma once

#include <graminsta/media/memorybudget.h>
#include <graminsta/ports/imageprocessor.h>

#include <memory>

namespace graminsta::media
{

struct VipsSettings {
    // What all pictures that are being processed may take together; the next one waits. One that is decoded line by
    // line counts as 32 MiB; one that must be decoded as a whole (HEIC, AVIF, WebP, progressive JPEG, interlaced PNG)
    // as more, and if it is more than all of it, it is processed alone.
    qint64 memoryBytes = 64LL * 1024 * 1024;
};

class VipsImageProcessor final : public ports::ImageProcessor
{
public:
    // Starts libvips for the whole process. Fault::Unavailable if it does not start.
    [[nodiscard]] static Result<std::unique_ptr<VipsImageProcessor>> create(const VipsSettings &settings = {});

    [[nodiscard]] Result<ports::ImageIdentity> identify(const QString &sourceFile,
                                                        const ports::ImageLimits &limits) const override;

    // Of an animation it takes the first picture. Besides the port's faults Fault::Unavailable, if a variant cannot be
    // written (the disk is full).
    [[nodiscard]] Result<ports::ProcessedImage> process(const QString &sourceFile, const ports::ImageLimits &limits,
                                                        const QList<ports::VariantSpec> &variants,
                                                        const QString &outputFolder, const Deadline &deadline) override;

    [[nodiscard]] QStringList supportedMimeTypes() const override;

private:
    explicit VipsImageProcessor(const VipsSettings &settings);

    MemoryBudget m_memory;
};

} // namespace graminsta::media
