// SPDX-License-Identifier: GPL-3.0-or-later
// The cheapest bomb of all: a PNG of two megabytes whose texts unpack to two thousand, each time its header is read.
// Thread-safe.
#pragma once

#include <graminsta/core/imagetypes.h>
#include <graminsta/core/result.h>

#include <QString>

namespace graminsta::media
{

// Walks over the chunks of a PNG without unpacking any; other types have no packed texts. Fault::TooLarge if they are
// more than a picture's own words could be. A file that is no sound PNG passes: its decoder says so better.
[[nodiscard]] Result<> checkPackedText(const QString &path, const ImageType &type);

} // namespace graminsta::media
