// SPDX-License-Identifier: GPL-3.0-or-later
// Tells what kind of file it is by how it begins, never by its name. Thread-safe.
#pragma once

#include <graminsta/core/imagetypes.h>
#include <graminsta/core/result.h>

#include <QByteArray>

namespace graminsta::media
{

inline constexpr qint64 kSniffedBytes = 512;

// `head` is the first kSniffedBytes of the file, or all of it. Fault::Unprocessable for an empty file,
// Fault::UnsupportedType with the name of what it is, as far as that is known, and of what would be right.
[[nodiscard]] Result<const ImageType *> sniffImageType(const QByteArray &head);

} // namespace graminsta::media
