// SPDX-License-Identifier: GPL-3.0-or-later
// The child process behind IsolatedImageProcessor.
#pragma once

namespace graminsta::media
{

// Processes pictures by libvips for the parent until that is gone; gives the exit code. For the main thread of a
// process that has started no other.
[[nodiscard]] int runImageWorker();

} // namespace graminsta::media
