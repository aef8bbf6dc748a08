// SPDX-License-Identifier: GPL-3.0-or-later
// The child's side of IsolatedVideoProcessor.
#pragma once

namespace graminsta::video
{

// Answers requests with FfmpegVideoProcessor until the parent is gone. Gives the exit code of the process, which has no
// other thread yet.
[[nodiscard]] int runVideoWorker();

} // namespace graminsta::video
