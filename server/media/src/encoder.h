// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures to files, with nothing in them but the picture.
#pragma once

#include "vipspicture.h"

#include <graminsta/ports/imageprocessor.h>

namespace graminsta::media
{

// `picture` is as toSrgb() makes it. Fault::Unavailable if the file cannot be written, Fault::Internal for a type that
// is not made. After a failure part of a file may be there.
[[nodiscard]] Result<> encode(const Picture &picture, const ports::VariantSpec &variant, const QString &file);

// The pictures of an animation, one below the other, as a WebP; they are 8-bit sRGB, transparent or not. Faults as
// above.
[[nodiscard]] Result<> encodeAnimation(const Picture &pictures, int frames, const QString &file);

} // namespace graminsta::media
