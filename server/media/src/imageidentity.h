// SPDX-License-Identifier: GPL-3.0-or-later
// What can be said of an uploaded file without decoding it. Thread-safe.
#pragma once

#include <graminsta/core/imagetypes.h>
#include <graminsta/ports/imageprocessor.h>

namespace graminsta::media
{

// The type by content, if bytes and packed texts are within their limits. The faults of ImageProcessor::identify().
[[nodiscard]] Result<const ImageType *> checkedType(const QString &sourceFile, const ports::ImageLimits &limits);

// As ImageProcessor::identify().
[[nodiscard]] Result<ports::ImageIdentity> identityOf(const QString &sourceFile, const ports::ImageLimits &limits);

} // namespace graminsta::media
