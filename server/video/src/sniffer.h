// SPDX-License-Identifier: GPL-3.0-or-later
// What kind of video a file is, by its first bytes. Thread-safe.
#pragma once

#include <graminsta/core/result.h>
#include <graminsta/core/videotypes.h>

#include <QByteArray>

namespace graminsta::video
{

inline constexpr qsizetype kSniffedBytes = 64;

// Null if it is none of those that are taken.
[[nodiscard]] const VideoType *sniffVideoType(const QByteArray &head);

// For what sniffVideoType() does not know: Fault::UnsupportedType with what it is, as far as that can be said.
[[nodiscard]] Error notTaken(const QByteArray &head);

} // namespace graminsta::video
