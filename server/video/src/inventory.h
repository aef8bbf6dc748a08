// SPDX-License-Identifier: GPL-3.0-or-later
// What a video really holds, counted packet by packet without decoding: headers lie and files are cut short.
#pragma once

#include "videosource.h"

#include <graminsta/ports/videoprocessor.h>

#include <QSize>

namespace graminsta::video
{

struct Inventory {
    ports::VideoFacts facts;
    int64_t start = 0; // what becomes 0, in microseconds: of the pictures, or of sound that is heard before them
    int64_t videoStart = 0;
    bool changesMidway = false; // its codec is set up anew in the middle
};

// Reads the source to its end. Fault::TooLarge for what is above the limits, Fault::Unprocessable for what ends before
// its header says or has no times.
[[nodiscard]] Result<Inventory> takeInventory(VideoSource &source, const ports::VideoLimits &limits);

// The size in square pixels, upright.
[[nodiscard]] Result<QSize> shownSize(const VideoSource &source, const ports::VideoLimits &limits);

} // namespace graminsta::video
