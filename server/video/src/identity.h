// SPDX-License-Identifier: GPL-3.0-or-later
// What a file is, without FFmpeg: safe in any process. Thread-safe.
#pragma once

#include <graminsta/core/videotypes.h>
#include <graminsta/ports/videoprocessor.h>

namespace graminsta::video
{

// Fault::TooLarge, Fault::Unprocessable (empty), Fault::UnsupportedType (what it is, as far as that can be said).
[[nodiscard]] Result<const VideoType *> videoTypeOf(const QString &file, const ports::VideoLimits &limits);

// As the port says.
[[nodiscard]] Result<std::optional<ports::VideoIdentity>> identifyVideo(const QString &file,
                                                                        const ports::VideoLimits &limits);

[[nodiscard]] QStringList videoMimeTypes();

} // namespace graminsta::video
