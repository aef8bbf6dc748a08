// SPDX-License-Identifier: GPL-3.0-or-later
// From an uploaded video to the MP4 that everybody can play: which tracks are copied, which are encoded.
#pragma once

#include "inventory.h"

namespace graminsta::video
{

// Whether the pictures can stay as they are: H.264 in 8 bit 4:2:0, SDR, square pixels, as large and as fast as what is
// made here.
[[nodiscard]] ports::VideoMaking makingOf(const VideoSource &source, const Inventory &inventory);

// Writes the file. The faults of sourceError() and outputError(). After a failure part of a file may be there.
[[nodiscard]] Result<> convert(VideoSource &source, const Inventory &inventory, ports::VideoMaking making,
                               const ports::VideoLimits &limits, int threads, const QString &file);

} // namespace graminsta::video
