// SPDX-License-Identifier: GPL-3.0-or-later
// Takes from this process what it does not need. Nothing of it can be taken back. For a process with one thread.
#pragma once

#include <graminsta/core/result.h>
#include <graminsta/isolation/childlimits.h>

namespace graminsta::isolation
{

// Ends this process with its parent, whose id is `parent`; false if that has ended already.
[[nodiscard]] bool dieWithParent(int parent);

// Resource limits, no core dumps, no new privileges, first to go when memory is short. Fault::Unavailable if a limit
// is refused.
[[nodiscard]] Result<> limitResources(const ChildLimits &limits);

// By Landlock: only `readFolder`, `writeFolder` and what libraries read at their start stay within reach. False if the
// kernel cannot, or may not here.
[[nodiscard]] bool restrictFiles(const QString &readFolder, const QString &writeFolder);

// By seccomp: only the calls that decoding needs, on all threads. False as above.
[[nodiscard]] bool restrictCalls();

} // namespace graminsta::isolation
