// SPDX-License-Identifier: GPL-3.0-or-later
// The colours that HEIC and AVIF files declare by numbers alone, without a profile ("nclx", ITU-T H.273). Stateless and
// thread-safe.
#pragma once

#include "vipspicture.h"

#include <QString>

namespace graminsta::media
{

struct ColourCodes {
    int primaries = 1;
    int transfer = 13;
};

// Notes them on the picture, where they stay through what is made from it; does nothing where there are none, or a
// profile, which comes first. libvips 8.14 does not read them.
void noteColourCodes(const Picture &picture, const QByteArray &file);

// What was noted, if it is anything but sRGB. Codes that are not specified, or not known here, count as sRGB's.
[[nodiscard]] std::optional<ColourCodes> notedColourCodes(const Picture &picture);

// 8-bit sRGB, of a picture of three channels with 8 or 16 bits. High dynamic range (PQ, HLG) is shown as BT.2408 has
// it: 203 cd/m2 is the white of paper. From 0.7 of that on highlights are compressed, so that 1000 cd/m2 is the
// screen's white; above they are clipped, as colours outside of sRGB are.
[[nodiscard]] Result<Picture> srgbFromCodes(const Picture &picture, const ColourCodes &codes);

} // namespace graminsta::media
