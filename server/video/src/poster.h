// SPDX-License-Identifier: GPL-3.0-or-later
// The picture that stands for a video until it is played.
#pragma once

#include "inventory.h"

namespace graminsta::video
{

// Writes a PNG of a frame near the beginning that is not black, where there is one. The faults of sourceError() and
// outputError(). After a failure part of a file may be there.
[[nodiscard]] Result<> writePoster(VideoSource &source, const Inventory &inventory, int threads, const QString &file);

} // namespace graminsta::video
