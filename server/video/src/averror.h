// SPDX-License-Identifier: GPL-3.0-or-later
// What FFmpeg's numbers mean to whoever has uploaded the file. Thread-safe.
#pragma once

#include "av.h"

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>

namespace graminsta::video
{

// FFmpeg's own words, with what was being done, for the log.
[[nodiscard]] QString avDetail(const char *doing, int number);

// Of the file that came: broken, unless the deadline has passed (Fault::Timeout) or memory ran out.
[[nodiscard]] Error sourceError(const char *doing, int number, const Deadline &deadline);
// Of the file that is made: Fault::Unavailable where it cannot be written, Fault::Internal for all else.
[[nodiscard]] Error outputError(const char *doing, int number, const Deadline &deadline);

[[nodiscard]] Error late();
[[nodiscard]] Error broken(const QString &detail);
[[nodiscard]] Error noMemory();

} // namespace graminsta::video
