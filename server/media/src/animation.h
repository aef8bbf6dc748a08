// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of an animation before it is kept. Stateless and thread-safe.
#pragma once

#include "cleanfile.h"

#include <graminsta/core/deadline.h>
#include <graminsta/ports/imageprocessor.h>

namespace graminsta::media
{

// Fault::TooLarge with the limit and what it has.
[[nodiscard]] Result<> checkAnimation(const CleanFile &animation, const ports::ImageLimits &limits);

// Decodes every picture of the file, one after the other. Fault::Unprocessable if one is broken.
[[nodiscard]] Result<> proveAnimation(const QString &file, const ImageType &type, const Deadline &deadline);

} // namespace graminsta::media
